package dev.registrykit.scaleway;

import dev.registrykit.Status;
import dev.registrykit.spi.support.PrintableText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An image as Scaleway describes it, by identifiers instead of names. Immutable.
 *
 * @since 0.1.0
 */
public final class ScalewayImage {

  private final Parts parts;

  private ScalewayImage(Parts parts) {
    this.parts = parts;
  }

  /** Starts one, for tests. */
  public static Builder builder(String id, String name, String namespaceId) {
    return new Builder(id, name, namespaceId);
  }

  /** Returns the identifier, a UUID. */
  public String id() {
    return parts.id;
  }

  /** Returns the name inside its namespace; it may have slashes. */
  public String name() {
    return parts.name;
  }

  /** Returns the identifier of its namespace. */
  public String namespaceId() {
    return parts.namespaceId;
  }

  /** Returns the state. */
  public Status status() {
    return parts.status;
  }

  /** Returns what the provider adds to the state; an empty text mostly. */
  public Optional<String> statusMessage() {
    return Optional.ofNullable(parts.statusMessage);
  }

  /** Returns who may pull it. */
  public Visibility visibility() {
    return parts.visibility;
  }

  /** Returns the size of its distinct layers, in bytes. */
  public OptionalLong sizeBytes() {
    return parts.sizeBytes == null ? OptionalLong.empty() : OptionalLong.of(parts.sizeBytes);
  }

  /** Returns the names of its newest tags, of which the provider sends five at most: never a list of all tags. */
  public List<String> newestTags() {
    return parts.newestTags;
  }

  /** Returns when it was created. */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(parts.createdAt);
  }

  /** Returns when it was last changed. */
  public Optional<Instant> updatedAt() {
    return Optional.ofNullable(parts.updatedAt);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScalewayImage that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns name and identifier, for logs. */
  @Override
  public String toString() {
    return PrintableText.of(parts.name + " (" + parts.id + ")");
  }

  /**
   * Collects the parts of a {@link ScalewayImage}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String id;
    private final String name;
    private final String namespaceId;
    private Status status = Status.UNKNOWN;
    private @Nullable String statusMessage;
    private Visibility visibility = Visibility.INHERIT;
    private @Nullable Long sizeBytes;
    private List<String> newestTags = List.of();
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;

    private Builder(String id, String name, String namespaceId) {
      this.id = Objects.requireNonNull(id, "id");
      this.name = Objects.requireNonNull(name, "name");
      this.namespaceId = Objects.requireNonNull(namespaceId, "namespaceId");
    }

    /** Sets the state. */
    public Builder status(Status status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /** Sets what the provider adds to the state; an empty text mostly. */
    public Builder statusMessage(@Nullable String statusMessage) {
      this.statusMessage = statusMessage;
      return this;
    }

    /** Sets who may pull it. */
    public Builder visibility(Visibility visibility) {
      this.visibility = Objects.requireNonNull(visibility, "visibility");
      return this;
    }

    /** Sets the size of its distinct layers, in bytes. */
    public Builder sizeBytes(@Nullable Long sizeBytes) {
      this.sizeBytes = sizeBytes;
      return this;
    }

    /** Sets the names of its newest tags, of which the provider sends five at most: never a list of all tags. */
    public Builder newestTags(List<String> newestTags) {
      this.newestTags = List.copyOf(newestTags);
      return this;
    }

    /** Sets when it was created. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets when it was last changed. */
    public Builder updatedAt(@Nullable Instant updatedAt) {
      this.updatedAt = updatedAt;
      return this;
    }

    /** Makes it. */
    public ScalewayImage build() {
      return new ScalewayImage(new Parts(
          id,
          name,
          namespaceId,
          status,
          statusMessage,
          visibility,
          sizeBytes,
          newestTags,
          createdAt,
          updatedAt));
    }
  }

  /** All parts. */
  private record Parts(
      String id,
      String name,
      String namespaceId,
      Status status,
      @Nullable String statusMessage,
      Visibility visibility,
      @Nullable Long sizeBytes,
      List<String> newestTags,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt) {}
}
