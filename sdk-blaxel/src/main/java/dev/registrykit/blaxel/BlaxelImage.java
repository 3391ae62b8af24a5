package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import dev.registrykit.Status;
import dev.registrykit.spi.support.PrintableText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An image as Blaxel describes it, with what only Blaxel knows of it. Immutable.
 *
 * @since 0.1.0
 */
public final class BlaxelImage {

  private final Parts parts;

  private BlaxelImage(Builder builder) {
    this.parts = new Parts(
        builder.ref,
        builder.status,
        builder.displayName,
        builder.workspace,
        builder.sourceWorkspace,
        builder.sizeBytes,
        builder.tagCount,
        builder.createdAt,
        builder.updatedAt,
        builder.lastDeployedAt,
        builder.events);
  }

  /** Starts one, for tests. */
  public static Builder builder(ImageRef ref) {
    return new Builder(ref);
  }

  /** Returns what to call the image by: its path alone, {@code resourceType/name}. */
  public ImageRef ref() {
    return parts.ref;
  }

  /** Returns the state, such as {@code BUILT}. */
  public Status status() {
    return parts.status;
  }

  /** Returns registry, workspace and name, as the service words it. */
  public Optional<String> displayName() {
    return Optional.ofNullable(parts.displayName);
  }

  /** Returns the workspace it is listed in. */
  public Optional<String> workspace() {
    return Optional.ofNullable(parts.workspace);
  }

  /** Returns the workspace that owns it, if it is shared from there; empty for an image of one's own. */
  public Optional<String> sourceWorkspace() {
    return Optional.ofNullable(parts.sourceWorkspace);
  }

  /** Returns the size in bytes. */
  public OptionalLong sizeBytes() {
    Long sizeBytes = parts.sizeBytes;
    return sizeBytes == null ? OptionalLong.empty() : OptionalLong.of(sizeBytes);
  }

  /** Returns how many tags it has. */
  public OptionalLong tagCount() {
    Long tagCount = parts.tagCount;
    return tagCount == null ? OptionalLong.empty() : OptionalLong.of(tagCount);
  }

  /** Returns when it was created. */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(parts.createdAt);
  }

  /** Returns when it was last changed. */
  public Optional<Instant> updatedAt() {
    return Optional.ofNullable(parts.updatedAt);
  }

  /** Returns when any of its tags was last deployed. */
  public Optional<Instant> lastDeployedAt() {
    return Optional.ofNullable(parts.lastDeployedAt);
  }

  /** Returns what happened to it, in the service's order; empty where the service sends no events. */
  public List<ImageEvent> events() {
    return parts.events;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BlaxelImage that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns path and owner, for logs. */
  @Override
  public String toString() {
    return PrintableText.of(
        parts.ref + (parts.sourceWorkspace == null ? "" : " of " + parts.sourceWorkspace));
  }

  /** All parts, by which images are equal. */
  private record Parts(
      ImageRef ref,
      Status status,
      @Nullable String displayName,
      @Nullable String workspace,
      @Nullable String sourceWorkspace,
      @Nullable Long sizeBytes,
      @Nullable Long tagCount,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt,
      @Nullable Instant lastDeployedAt,
      List<ImageEvent> events) {}

  /**
   * Collects the parts of a {@link BlaxelImage}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final ImageRef ref;
    private Status status = Status.UNKNOWN;
    private @Nullable String displayName;
    private @Nullable String workspace;
    private @Nullable String sourceWorkspace;
    private @Nullable Long sizeBytes;
    private @Nullable Long tagCount;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable Instant lastDeployedAt;
    private List<ImageEvent> events = List.of();

    private Builder(ImageRef ref) {
      this.ref = ref.withoutHostAndTag();
    }

    /** Sets the state. */
    public Builder status(Status status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /** Sets registry, workspace and name; {@code null} for unknown. */
    public Builder displayName(@Nullable String displayName) {
      this.displayName = displayName;
      return this;
    }

    /** Sets the workspace; {@code null} for unknown. */
    public Builder workspace(@Nullable String workspace) {
      this.workspace = workspace;
      return this;
    }

    /** Sets the owner of a shared image; {@code null} or blank for one's own. */
    public Builder sourceWorkspace(@Nullable String sourceWorkspace) {
      this.sourceWorkspace = blankToNull(sourceWorkspace);
      return this;
    }

    /** Sets the size in bytes; {@code null} for unknown. */
    public Builder sizeBytes(@Nullable Long sizeBytes) {
      this.sizeBytes = sizeBytes;
      return this;
    }

    /** Sets the number of tags; {@code null} for unknown. */
    public Builder tagCount(@Nullable Long tagCount) {
      this.tagCount = tagCount;
      return this;
    }

    /** Sets when it was created; {@code null} for unknown. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets when it was last changed; {@code null} for unknown. */
    public Builder updatedAt(@Nullable Instant updatedAt) {
      this.updatedAt = updatedAt;
      return this;
    }

    /** Sets when a tag was last deployed; {@code null} for never or unknown. */
    public Builder lastDeployedAt(@Nullable Instant lastDeployedAt) {
      this.lastDeployedAt = lastDeployedAt;
      return this;
    }

    /** Sets what happened to it. */
    public Builder events(List<ImageEvent> events) {
      this.events = List.copyOf(events);
      return this;
    }

    /** Makes it. */
    public BlaxelImage build() {
      return new BlaxelImage(this);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
      return text == null || text.isBlank() ? null : text;
    }
  }
}
