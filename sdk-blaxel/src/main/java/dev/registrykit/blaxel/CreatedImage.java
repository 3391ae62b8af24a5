package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the service said to the creation of an image. Immutable.
 *
 * @since 0.1.0
 */
public final class CreatedImage {

  private final Parts parts;

  private CreatedImage(Builder builder) {
    this.parts = new Parts(
        builder.image,
        builder.message,
        builder.imageReference,
        builder.buildState,
        builder.uploadUrl);
  }

  /** Starts one, for tests. */
  public static Builder builder(ImageRef image) {
    return new Builder(image);
  }

  /** Returns the image, by its path alone. */
  public ImageRef image() {
    return parts.image;
  }

  /** Returns what the service adds. */
  public Optional<String> message() {
    return Optional.ofNullable(parts.message);
  }

  /** Returns the reference of the image in the service's registry, as it words it. */
  public Optional<String> imageReference() {
    return Optional.ofNullable(parts.imageReference);
  }

  /** Returns whether it is being built, as far as the service says so. */
  public BuildState buildState() {
    return parts.buildState;
  }

  /**
   * Returns where to PUT the zipped sources. The address is a secret: whoever has it can upload, and no
   * credential of the registry belongs there.
   */
  public Optional<URI> uploadUrl() {
    return Optional.ofNullable(parts.uploadUrl);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CreatedImage that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Names the image, never the address to upload to. */
  @Override
  public String toString() {
    return "CreatedImage[image=%s, uploadUrl=%s]"
        .formatted(parts.image, parts.uploadUrl == null ? "none" : "redacted");
  }

  /** All parts, by which two are equal. */
  private record Parts(
      ImageRef image,
      @Nullable String message,
      @Nullable String imageReference,
      BuildState buildState,
      @Nullable URI uploadUrl) {}

  /**
   * Collects the parts of a {@link CreatedImage}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final ImageRef image;
    private @Nullable String message;
    private @Nullable String imageReference;
    private BuildState buildState = BuildState.NOT_SAID;
    private @Nullable URI uploadUrl;

    private Builder(ImageRef image) {
      this.image = image.withoutHostAndTag();
    }

    /** Sets what the service adds; {@code null} for nothing. */
    public Builder message(@Nullable String message) {
      this.message = message;
      return this;
    }

    /** Sets the reference in the registry; {@code null} for unknown. */
    public Builder imageReference(@Nullable String imageReference) {
      this.imageReference = imageReference;
      return this;
    }

    /** Sets whether it is being built; {@link BuildState#NOT_SAID} otherwise. */
    public Builder buildState(BuildState buildState) {
      this.buildState = Objects.requireNonNull(buildState, "buildState");
      return this;
    }

    /** Sets where to upload; {@code null} for nowhere. */
    public Builder uploadUrl(@Nullable URI uploadUrl) {
      this.uploadUrl = uploadUrl;
      return this;
    }

    /** Makes it. */
    public CreatedImage build() {
      return new CreatedImage(this);
    }
  }
}
