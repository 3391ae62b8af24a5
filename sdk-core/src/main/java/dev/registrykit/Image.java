package dev.registrykit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An image of a registry, as the provider described it. Immutable.
 *
 * <p>What the provider does not say is empty. Its tags are a listing of their own, {@link
 * Registry#listTags(ImageRef)}. Two images are equal if all their parts are.
 *
 * @since 0.1.0
 */
public final class Image {

  private final Parts parts;

  private Image(Builder builder) {
    this.parts = new Parts(
        builder.ref,
        builder.createdAt,
        builder.updatedAt,
        builder.sizeBytes,
        builder.status,
        builder.providerId);
  }

  /** Starts an image of that path, for tests and provider modules. */
  public static Builder builder(ImageRef ref) {
    return new Builder(ref);
  }

  /** Returns what to call the image by: its path alone. */
  public ImageRef ref() {
    return parts.ref;
  }

  /** Returns when the image was created. */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(parts.createdAt);
  }

  /** Returns when the image was last changed. */
  public Optional<Instant> updatedAt() {
    return Optional.ofNullable(parts.updatedAt);
  }

  /** Returns the size in bytes, by the provider's way of counting. */
  public OptionalLong sizeBytes() {
    Long sizeBytes = parts.sizeBytes;
    return sizeBytes == null ? OptionalLong.empty() : OptionalLong.of(sizeBytes);
  }

  /** Returns the state; {@link Status#UNKNOWN} where the provider has none. */
  public Status status() {
    return parts.status;
  }

  /** Returns the provider's own identifier, opaque. */
  public Optional<String> providerId() {
    return Optional.ofNullable(parts.providerId);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Image that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns the path, for logs. */
  @Override
  public String toString() {
    return parts.ref.toString();
  }

  /** All parts, by which images are equal. */
  private record Parts(
      ImageRef ref,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt,
      @Nullable Long sizeBytes,
      Status status,
      @Nullable String providerId) {}

  /**
   * Collects the parts of a {@link Image}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final ImageRef ref;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable Long sizeBytes;
    private Status status = Status.UNKNOWN;
    private @Nullable String providerId;

    private Builder(ImageRef ref) {
      this.ref = ref.withoutHostAndTag();
    }

    /** Sets when the image was created; {@code null} for unknown. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets when the image was last changed; {@code null} for unknown. */
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

    /** Makes the image. */
    public Image build() {
      return new Image(this);
    }
  }
}
