package dev.registrykit.scaleway;

import dev.registrykit.Status;
import dev.registrykit.spi.support.PrintableText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tag as Scaleway describes it, by identifiers instead of names. Immutable.
 *
 * @since 0.1.0
 */
public final class ScalewayTag {

  private final Parts parts;

  private ScalewayTag(Parts parts) {
    this.parts = parts;
  }

  /** Starts one, for tests. */
  public static Builder builder(String id, String name, String imageId) {
    return new Builder(id, name, imageId);
  }

  /** Returns the identifier, a UUID. */
  public String id() {
    return parts.id;
  }

  /** Returns the name, unique inside its image. */
  public String name() {
    return parts.name;
  }

  /** Returns the identifier of its image. */
  public String imageId() {
    return parts.imageId;
  }

  /** Returns the state. */
  public Status status() {
    return parts.status;
  }

  /** Returns the digest of the manifest it points to; other tags may share it. */
  public Optional<String> digest() {
    return Optional.ofNullable(parts.digest);
  }

  /** Returns when the name first appeared; it stays when the tag is pushed again. */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(parts.createdAt);
  }

  /** Returns when it was last pushed. */
  public Optional<Instant> updatedAt() {
    return Optional.ofNullable(parts.updatedAt);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScalewayTag that && parts.equals(that.parts);
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
   * Collects the parts of a {@link ScalewayTag}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String id;
    private final String name;
    private final String imageId;
    private Status status = Status.UNKNOWN;
    private @Nullable String digest;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;

    private Builder(String id, String name, String imageId) {
      this.id = Objects.requireNonNull(id, "id");
      this.name = Objects.requireNonNull(name, "name");
      this.imageId = Objects.requireNonNull(imageId, "imageId");
    }

    /** Sets the state. */
    public Builder status(Status status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /** Sets the digest of the manifest it points to; other tags may share it. */
    public Builder digest(@Nullable String digest) {
      this.digest = digest;
      return this;
    }

    /** Sets when the name first appeared. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets when it was last pushed. */
    public Builder updatedAt(@Nullable Instant updatedAt) {
      this.updatedAt = updatedAt;
      return this;
    }

    /** Makes it. */
    public ScalewayTag build() {
      return new ScalewayTag(new Parts(id, name, imageId, status, digest, createdAt, updatedAt));
    }
  }

  /** All parts. */
  private record Parts(
      String id,
      String name,
      String imageId,
      Status status,
      @Nullable String digest,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt) {}
}
