package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import dev.registrykit.blaxel.internal.Checks;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An image to build from sources, or to import from another registry. Immutable: each method returns
 * a copy with that change.
 */
public final class CreateImageOptions {

  private final ImageRef image;
  private final @Nullable String generation;
  private final @Nullable String importedImage;
  private final @Nullable String dockerConfig;
  private final @Nullable Integer memoryMib;
  private final @Nullable Integer volumeMib;
  private final boolean upload;
  private final boolean unbuilt;

  private CreateImageOptions(
      ImageRef image,
      @Nullable String generation,
      @Nullable String importedImage,
      @Nullable String dockerConfig,
      @Nullable Integer memoryMib,
      @Nullable Integer volumeMib,
      boolean upload,
      boolean unbuilt) {
    if (importedImage != null && upload) {
      throw new IllegalArgumentException("an image is imported or built from sources, not both");
    }
    this.image = image;
    this.generation = generation;
    this.importedImage = importedImage;
    this.dockerConfig = dockerConfig;
    this.memoryMib = memoryMib;
    this.volumeMib = volumeMib;
    this.upload = upload;
    this.unbuilt = unbuilt;
  }

  /**
   * Returns an image of this path, {@code resourceType/name}, and nothing said about its content.
   *
   * @throws IllegalArgumentException if the reference names a tag or a digest
   */
  public static CreateImageOptions of(ImageRef image) {
    Objects.requireNonNull(image, "image");
    if (image.tag().isPresent() || image.digest().isPresent()) {
      throw new IllegalArgumentException("the service names the tag itself");
    }
    return new CreateImageOptions(image, null, null, null, null, null, false, false);
  }

  /**
   * Returns a copy whose sources are to be uploaded: {@link CreatedImage#uploadUrl()} says where.
   *
   * @throws IllegalArgumentException if it is imported
   */
  public CreateImageOptions withUpload() {
    return new CreateImageOptions(
        image, generation, importedImage, dockerConfig, memoryMib, volumeMib, true, unbuilt);
  }

  /** Returns a copy that is registered and not built. */
  public CreateImageOptions withoutBuild() {
    return new CreateImageOptions(
        image, generation, importedImage, dockerConfig, memoryMib, volumeMib, upload, true);
  }

  /**
   * Returns a copy that is imported from this reference, such as {@code docker.io/library/nginx:1}.
   *
   * @throws IllegalArgumentException if it is blank or not printable ASCII, or there is an upload
   */
  public CreateImageOptions withImportedImage(String importedImage) {
    Checks.line(importedImage, "importedImage");
    return new CreateImageOptions(
        image, generation, importedImage, dockerConfig, memoryMib, volumeMib, upload, unbuilt);
  }

  /**
   * Returns a copy with the credentials for the registry to import from: the JSON of a Docker
   * configuration. It is a secret, and {@link #toString()} hides it.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public CreateImageOptions withDockerConfig(String dockerConfig) {
    Objects.requireNonNull(dockerConfig, "dockerConfig");
    if (dockerConfig.isBlank()) {
      throw new IllegalArgumentException("dockerConfig is blank");
    }
    return new CreateImageOptions(
        image, generation, importedImage, dockerConfig, memoryMib, volumeMib, upload, unbuilt);
  }

  /** Returns a copy for this generation of the runtime, instead of the service's default. */
  public CreateImageOptions withGeneration(String generation) {
    Checks.line(generation, "generation");
    return new CreateImageOptions(
        image, generation, importedImage, dockerConfig, memoryMib, volumeMib, upload, unbuilt);
  }

  /**
   * Returns a copy that is imported with this much memory, in MiB.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public CreateImageOptions withMemoryMib(int memoryMib) {
    requirePositive(memoryMib);
    return new CreateImageOptions(
        image, generation, importedImage, dockerConfig, memoryMib, volumeMib, upload, unbuilt);
  }

  /**
   * Returns a copy that is imported with this much scratch disk, in MiB.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public CreateImageOptions withVolumeMib(int volumeMib) {
    requirePositive(volumeMib);
    return new CreateImageOptions(
        image, generation, importedImage, dockerConfig, memoryMib, volumeMib, upload, unbuilt);
  }

  private static void requirePositive(int mib) {
    if (mib < 1) {
      throw new IllegalArgumentException("at least 1 MiB is needed, not " + mib);
    }
  }

  /** Returns the image. */
  public ImageRef image() {
    return image;
  }

  /** Returns the generation of the runtime, if set. */
  public Optional<String> generation() {
    return Optional.ofNullable(generation);
  }

  /** Returns what is imported, if set. */
  public Optional<String> importedImage() {
    return Optional.ofNullable(importedImage);
  }

  /** Returns the credentials for the import, if set. */
  public Optional<String> dockerConfig() {
    return Optional.ofNullable(dockerConfig);
  }

  /** Returns the memory of the import in MiB, if set. */
  public OptionalInt memoryMib() {
    return memoryMib == null ? OptionalInt.empty() : OptionalInt.of(memoryMib);
  }

  /** Returns the scratch disk of the import in MiB, if set. */
  public OptionalInt volumeMib() {
    return volumeMib == null ? OptionalInt.empty() : OptionalInt.of(volumeMib);
  }

  /** Returns whether sources are to be uploaded. */
  public boolean isUpload() {
    return upload;
  }

  /** Returns whether it is registered only. */
  public boolean isUnbuilt() {
    return unbuilt;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CreateImageOptions that
        && image.equals(that.image)
        && Objects.equals(generation, that.generation)
        && Objects.equals(importedImage, that.importedImage)
        && Objects.equals(dockerConfig, that.dockerConfig)
        && Objects.equals(memoryMib, that.memoryMib)
        && Objects.equals(volumeMib, that.volumeMib)
        && upload == that.upload
        && unbuilt == that.unbuilt;
  }

  @Override
  public int hashCode() {
    return Objects.hash(image, generation, importedImage, memoryMib, volumeMib, upload, unbuilt);
  }

  /** Returns all settings but the credentials, for logs. */
  @Override
  public String toString() {
    return ("CreateImageOptions[image=%s, generation=%s, importedImage=%s, dockerConfig=%s,"
            + " memoryMib=%s, volumeMib=%s, upload=%s, unbuilt=%s]")
        .formatted(
            image,
            generation,
            importedImage,
            dockerConfig == null ? "none" : "redacted",
            memoryMib,
            volumeMib,
            upload,
            unbuilt);
  }
}
