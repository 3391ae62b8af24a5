package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the service said to the creation of an image. Immutable.
 */
public final class CreatedImage {

  private final ImageRef image;
  private final @Nullable String message;
  private final @Nullable String imageReference;
  private final @Nullable Boolean isBeingBuilt;
  private final @Nullable URI uploadUrl;

  private CreatedImage(Builder builder) {
    this.image = builder.image;
    this.message = builder.message;
    this.imageReference = builder.imageReference;
    this.isBeingBuilt = builder.isBeingBuilt;
    this.uploadUrl = builder.uploadUrl;
  }

  /** Starts one, for tests. */
  public static Builder builder(ImageRef image) {
    return new Builder(image);
  }

  /** Returns the image, by its path alone. */
  public ImageRef image() {
    return image;
  }

  /** Returns what the service adds. */
  public Optional<String> message() {
    return Optional.ofNullable(message);
  }

  /** Returns the reference of the image in the service's registry, as it words it. */
  public Optional<String> imageReference() {
    return Optional.ofNullable(imageReference);
  }

  /** Returns whether it is being built, if the service says so. */
  public Optional<Boolean> isBeingBuilt() {
    return Optional.ofNullable(isBeingBuilt);
  }

  /** Returns where to PUT the zipped sources. It carries its own permission: whoever has it can upload, and no credential of the registry's belongs there. */
  public Optional<URI> uploadUrl() {
    return Optional.ofNullable(uploadUrl);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CreatedImage that
        && image.equals(that.image)
        && Objects.equals(message, that.message)
        && Objects.equals(imageReference, that.imageReference)
        && Objects.equals(isBeingBuilt, that.isBeingBuilt)
        && Objects.equals(uploadUrl, that.uploadUrl);
  }

  @Override
  public int hashCode() {
    return image.hashCode();
  }

  /** Names the image, never the address to upload to. */
  @Override
  public String toString() {
    return "CreatedImage[image=%s, uploadUrl=%s]"
        .formatted(image, uploadUrl == null ? "none" : "redacted");
  }

  /** Collects the parts of a {@link CreatedImage}. Not thread-safe. */
  public static final class Builder {

    private final ImageRef image;
    private @Nullable String message;
    private @Nullable String imageReference;
    private @Nullable Boolean isBeingBuilt;
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

    /** Sets whether it is being built; {@code null} for unknown. */
    public Builder isBeingBuilt(@Nullable Boolean isBeingBuilt) {
      this.isBeingBuilt = isBeingBuilt;
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
