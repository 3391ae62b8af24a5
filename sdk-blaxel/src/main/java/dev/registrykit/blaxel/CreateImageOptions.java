package dev.registrykit.blaxel;

import dev.registrykit.ImageRef;
import dev.registrykit.blaxel.internal.wire.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An image to build from sources, or to import from another registry. Immutable: each method returns
 * a copy with that change.
 *
 * @since 0.1.0
 */
public final class CreateImageOptions {

  private final ImageRef image;
  private final Settings settings;

  private CreateImageOptions(ImageRef image, Settings settings) {
    if (settings.importedImage != null && settings.upload) {
      throw new IllegalArgumentException("an image is imported or built from sources, not both");
    }
    this.image = image;
    this.settings = settings;
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
    return new CreateImageOptions(image, new Settings());
  }

  /**
   * Returns a copy whose sources are to be uploaded: {@link CreatedImage#uploadUrl()} says where.
   *
   * @throws IllegalArgumentException if it is imported
   */
  public CreateImageOptions withUpload() {
    return with(changed -> changed.upload = true);
  }

  /** Returns a copy that is registered and not built. */
  public CreateImageOptions withoutBuild() {
    return with(changed -> changed.unbuilt = true);
  }

  /**
   * Returns a copy that is imported from this reference, such as {@code docker.io/library/nginx:1}.
   *
   * @throws IllegalArgumentException if it is blank or not printable ASCII, or there is an upload
   */
  public CreateImageOptions withImportedImage(String importedImage) {
    Checks.line(importedImage, "importedImage");
    return with(changed -> changed.importedImage = importedImage);
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
    return with(changed -> changed.dockerConfig = dockerConfig);
  }

  /** Returns a copy for this generation of the runtime, instead of the service's default. */
  public CreateImageOptions withGeneration(String generation) {
    Checks.line(generation, "generation");
    return with(changed -> changed.generation = generation);
  }

  /**
   * Returns a copy that is imported with this much memory, in MiB.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public CreateImageOptions withMemoryMib(int memoryMib) {
    requirePositive(memoryMib);
    return with(changed -> changed.memoryMib = memoryMib);
  }

  /**
   * Returns a copy that is imported with this much scratch disk, in MiB.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public CreateImageOptions withVolumeMib(int volumeMib) {
    requirePositive(volumeMib);
    return with(changed -> changed.volumeMib = volumeMib);
  }

  private CreateImageOptions with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new CreateImageOptions(image, changed);
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
    return Optional.ofNullable(settings.generation);
  }

  /** Returns what is imported, if set. */
  public Optional<String> importedImage() {
    return Optional.ofNullable(settings.importedImage);
  }

  /** Returns the credentials for the import, if set. */
  public Optional<String> dockerConfig() {
    return Optional.ofNullable(settings.dockerConfig);
  }

  /** Returns the memory of the import in MiB, if set. */
  public OptionalInt memoryMib() {
    Integer memoryMib = settings.memoryMib;
    return memoryMib == null ? OptionalInt.empty() : OptionalInt.of(memoryMib);
  }

  /** Returns the scratch disk of the import in MiB, if set. */
  public OptionalInt volumeMib() {
    Integer volumeMib = settings.volumeMib;
    return volumeMib == null ? OptionalInt.empty() : OptionalInt.of(volumeMib);
  }

  /** Returns whether sources are to be uploaded. */
  public boolean isUpload() {
    return settings.upload;
  }

  /** Returns whether it is registered only. */
  public boolean isUnbuilt() {
    return settings.unbuilt;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CreateImageOptions that
        && image.equals(that.image)
        && settings.all().equals(that.settings.all());
  }

  @Override
  public int hashCode() {
    return Objects.hash(image, settings.all());
  }

  /** Returns all settings but the credentials, for logs. */
  @Override
  public String toString() {
    return ("CreateImageOptions[image=%s, generation=%s, importedImage=%s, dockerConfig=%s,"
            + " memoryMib=%s, volumeMib=%s, upload=%s, unbuilt=%s]")
        .formatted(
            image,
            settings.generation,
            settings.importedImage,
            settings.dockerConfig == null ? "none" : "redacted",
            settings.memoryMib,
            settings.volumeMib,
            settings.upload,
            settings.unbuilt);
  }

  /** All settings; changed only before they are given to options. */
  private static final class Settings {

    private @Nullable String generation;
    private @Nullable String importedImage;
    private @Nullable String dockerConfig;
    private @Nullable Integer memoryMib;
    private @Nullable Integer volumeMib;
    private boolean upload;
    private boolean unbuilt;

    private Settings() {}

    private Settings(Settings other) {
      this.generation = other.generation;
      this.importedImage = other.importedImage;
      this.dockerConfig = other.dockerConfig;
      this.memoryMib = other.memoryMib;
      this.volumeMib = other.volumeMib;
      this.upload = other.upload;
      this.unbuilt = other.unbuilt;
    }

    private List<@Nullable Object> all() {
      return Arrays.asList(
          generation, importedImage, dockerConfig, memoryMib, volumeMib, upload, unbuilt);
    }
  }
}
