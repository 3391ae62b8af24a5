package dev.registrykit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A tag of an image, as the provider described it. Immutable.
 *
 * <p>What the provider does not say, or was not asked for with {@link ListTagsOptions#detail()}, is
 * empty. Two tags are equal if all their parts are.
 */
public final class Tag {

  private final ImageRef image;
  private final String name;
  private final @Nullable String digest;
  private final @Nullable Instant createdAt;
  private final @Nullable Instant updatedAt;
  private final @Nullable Long sizeBytes;
  private final Status status;
  private final @Nullable String providerId;

  private Tag(Builder builder) {
    this.image = builder.image;
    this.name = builder.name;
    this.digest = builder.digest;
    this.createdAt = builder.createdAt;
    this.updatedAt = builder.updatedAt;
    this.sizeBytes = builder.sizeBytes;
    this.status = builder.status;
    this.providerId = builder.providerId;
  }

  /** Starts a tag of that name, for tests and provider modules. */
  public static Builder builder(ImageRef image, String name) {
    return new Builder(image, name);
  }

  /** Returns the image the tag belongs to, by its path alone. */
  public ImageRef image() {
    return image;
  }

  /** Returns the name, unique inside the image. */
  public String name() {
    return name;
  }

  /** Returns the digest of the manifest the tag points to; other tags may share it. */
  public Optional<String> digest() {
    return Optional.ofNullable(digest);
  }

  /**
   * Returns when the tag was created; on OCI registries, when the image was built, as its
   * configuration says.
   */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(createdAt);
  }

  /** Returns when the tag was last changed. */
  public Optional<Instant> updatedAt() {
    return Optional.ofNullable(updatedAt);
  }

  /**
   * Returns the last change that the provider knows of: {@link #updatedAt()}, else {@link
   * #createdAt()}, else empty. It is what {@link TagOrder#CHANGED_DESC} orders by, on every provider;
   * what it stands for is in the table there.
   */
  public Optional<Instant> changedAt() {
    return updatedAt().or(this::createdAt);
  }

  /** Returns the size in bytes, by the provider's way of counting. */
  public OptionalLong sizeBytes() {
    return sizeBytes == null ? OptionalLong.empty() : OptionalLong.of(sizeBytes);
  }

  /** Returns the state; {@link Status#UNKNOWN} where the provider has none. */
  public Status status() {
    return status;
  }

  /**
   * Returns the provider's own identifier, opaque; where there is one, {@link
   * Registry#deleteTag(Tag, DeleteOptions)} needs no look-up.
   */
  public Optional<String> providerId() {
    return Optional.ofNullable(providerId);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tag that
        && image.equals(that.image)
        && name.equals(that.name)
        && Objects.equals(digest, that.digest)
        && Objects.equals(createdAt, that.createdAt)
        && Objects.equals(updatedAt, that.updatedAt)
        && Objects.equals(sizeBytes, that.sizeBytes)
        && status.equals(that.status)
        && Objects.equals(providerId, that.providerId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(image, name, digest, providerId);
  }

  /** Returns image, name and digest, for logs. */
  @Override
  public String toString() {
    return image + ":" + name + (digest == null ? "" : "@" + digest);
  }

  /** Collects the parts of a {@link Tag}. Not thread-safe. */
  public static final class Builder {

    private final ImageRef image;
    private final String name;
    private @Nullable String digest;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable Long sizeBytes;
    private Status status = Status.UNKNOWN;
    private @Nullable String providerId;

    private Builder(ImageRef image, String name) {
      this.image = image.withoutHostAndTag();
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Sets the digest; {@code null} for none. */
    public Builder digest(@Nullable String digest) {
      this.digest = digest;
      return this;
    }

    /** Sets when the tag was created; {@code null} for unknown. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets when the tag was last changed; {@code null} for unknown. */
    public Builder updatedAt(@Nullable Instant updatedAt) {
      this.updatedAt = updatedAt;
      return this;
    }

    /** Sets the size in bytes; {@code null} for unknown. */
    public Builder sizeBytes(@Nullable Long sizeBytes) {
      this.sizeBytes = sizeBytes;
      return this;
    }

    /** Sets the state. */
    public Builder status(Status status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /** Sets the provider's identifier; {@code null} for none. */
    public Builder providerId(@Nullable String providerId) {
      this.providerId = providerId;
      return this;
    }

    /** Makes the tag. */
    public Tag build() {
      return new Tag(this);
    }
  }
}
