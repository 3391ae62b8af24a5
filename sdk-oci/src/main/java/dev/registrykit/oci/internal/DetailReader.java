package dev.registrykit.oci.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.spi.Call;
import dev.registrykit.spi.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when an image was built and how large it is. What a digest stands for never changes, so
 * each is read once and remembered. Thread-safe.
 */
final class DetailReader {

  private static final String CREATED = "org.opencontainers.image.created";

  /** Configurations that hold a date; those of charts, signatures and the like do not. */
  private static final Set<String> IMAGE_CONFIGS = Set.of(
      "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");

  /** Whoever pushes an index decides how long it is, and none of it may have a date. */
  private static final int MAX_PLATFORMS = 10;

  /** Some hundred bytes each. */
  private static final int REMEMBERED = 10_000;

  private final OciApi api;
  private final OncePerKey<Key, ImageDetails> details = new OncePerKey<>(REMEMBERED);

  DetailReader(OciApi api) {
    this.api = api;
  }

  /** A digest alone would let a caller look into a repository that is closed to it. */
  private record Key(ImageRef image, String digest) {}

  /**
   * Reads a manifest by digest and its configuration, if it is not known yet: up to two requests.
   *
   * @throws NotFoundException as the operation makes it, if the manifest is gone
   */
  ImageDetails of(Operation operation, ImageRef image, String digest) {
    return details.get(
        new Key(image, digest),
        () -> read(operation, image, api.getManifest(operation, image, digest)));
  }

  /** Reads the configuration of a manifest that is here already, if it is not known yet. */
  ImageDetails of(Operation operation, ImageRef image, OciManifest manifest) {
    return details.get(new Key(image, manifest.digest()), () -> read(operation, image, manifest));
  }

  private ImageDetails read(Operation operation, ImageRef image, OciManifest manifest) {
    Instant annotated = Dates.parse(manifest.annotations().get(CREATED));
    if (manifest.isIndex()) {
      return new ImageDetails(
          annotated != null ? annotated : dateOfAPlatform(operation, image, manifest), null);
    }
    return new ImageDetails(
        annotated != null ? annotated : dateInConfig(operation, image, manifest), size(manifest));
  }

  /** Platforms are built together; the first that knows its date answers for all. */
  private @Nullable Instant dateOfAPlatform(
      Operation operation, ImageRef image, OciManifest index) {
    return index.manifests().stream()
        .map(child -> Dates.parse(child.annotations().get(CREATED)))
        .filter(Objects::nonNull)
        .findFirst()
        .or(() -> index.manifests().stream()
            .filter(DetailReader::isPlatform)
            .limit(MAX_PLATFORMS)
            .map(child -> dateOf(operation, image, child))
            .filter(Objects::nonNull)
            .findFirst())
        .orElse(null);
  }

  /** Build tools list attestations for the platform unknown/unknown; an index in an index is rare. */
  private static boolean isPlatform(OciDescriptor child) {
    return !OciManifest.isIndex(child.mediaType())
        && child.platform().filter(platform -> platform.startsWith("unknown/")).isEmpty()
        && Digests.isVerifiable(child.digest());
  }

  private @Nullable Instant dateOf(Operation operation, ImageRef image, OciDescriptor child) {
    Operation onPart = Operation.on(operation.description());
    try {
      return details
          .get(new Key(image, child.digest()), () -> readPlatform(onPart, image, child.digest()))
          .createdAt();
    } catch (NotFoundException e) {
      return null; // a platform that was left out when the index was copied
    }
  }

  /** An index that was listed as an image is not looked into: what it lists may lie likewise. */
  private ImageDetails readPlatform(Operation operation, ImageRef image, String digest) {
    OciManifest manifest = api.getManifest(operation, image, digest);
    return manifest.isIndex() ? new ImageDetails(null, null) : read(operation, image, manifest);
  }

  private @Nullable Instant dateInConfig(
      Operation operation, ImageRef image, OciManifest manifest) {
    OciDescriptor config = manifest.config().orElse(null);
    boolean mayHaveDate = config != null
        && IMAGE_CONFIGS.contains(config.mediaType())
        && config.sizeBytes() <= Call.MAX_MANIFEST_BYTES
        && Digests.isVerifiable(config.digest());
    if (config == null || !mayHaveDate) {
      return null;
    }
    Operation onPart = Operation.on(operation.description());
    byte[] bytes;
    try {
      bytes = api.getConfig(onPart, image, config.digest());
    } catch (NotFoundException e) {
      return null; // the tag is there all the same
    }
    try {
      JsonNode document = api.json().readTree(new String(bytes, StandardCharsets.UTF_8));
      return document == null ? null : Dates.parse(document.path("created").textValue());
    } catch (JsonProcessingException e) {
      return null; // its digest is right, so it was pushed like that
    }
  }

  private static @Nullable Long size(OciManifest manifest) {
    long size = manifest.config().map(OciDescriptor::sizeBytes).orElse(0L);
    List<OciDescriptor> layers = manifest.layers();
    for (OciDescriptor layer : layers) {
      size += layer.sizeBytes();
      if (size < 0) {
        return null; // no sum of sizes that a server made up
      }
    }
    return size;
  }
}
