package dev.registrykit.github.internal.wire;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.spi.support.Operation;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The registry's other half, ghcr.io itself: what tags point to now, and the bytes of manifests. Its failures
 * come out as those of the operation they belong to. Thread-safe.
 */
public final class Manifests {

  private final OciRegistry registry;

  /** Makes one; the registry is closed by whoever made it. */
  public Manifests(OciRegistry registry) {
    this.registry = registry;
  }

  /**
   * Returns the digest that a tag points to; one HEAD, which counts as no download.
   *
   * @throws TagNotFoundException if the registry says that there is no such tag
   * @throws ImageNotFoundException if it says that there is no such image
   */
  public String digestOf(Operation operation, ImageRef image, String tag) {
    return told(operation, () -> registry.resolveTag(image, tag));
  }

  /** Returns the digest that a tag points to; empty if the registry says that there is no such tag. */
  public Optional<String> find(Operation operation, ImageRef image, String tag) {
    try {
      return Optional.of(digestOf(operation, image, tag));
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Reads a manifest; one GET, which counts as a download. Its bytes are held against its digest. */
  public OciManifest read(Operation operation, ImageRef image, String tagOrDigest) {
    return told(operation, () -> registry.getManifest(image, tagOrDigest));
  }

  /** Puts a manifest on a tag; one request. */
  public void put(Operation operation, ImageRef image, String tag, String mediaType, byte[] bytes) {
    told(operation, () -> registry.putManifest(image, tag, mediaType, bytes));
  }

  /**
   * Puts a tag on a manifest that is there: two requests, and no entry for a subject is written, as it would
   * be for a new manifest.
   *
   * @throws NotFoundException if there is no such manifest
   */
  public void tag(Operation operation, ImageRef image, String digest, String tag) {
    told(operation, () -> registry.tagManifest(image, digest, tag));
  }

  /** Puts a tag back that is left on a placeholder; false if it is not. */
  public boolean restore(ImageRef image, String tag) {
    return registry.restoreTag(image, tag);
  }

  private static <T> T told(Operation operation, Supplier<T> request) {
    try {
      return request.get();
    } catch (RegistryException e) {
      throw Retold.as(operation.description(), e);
    }
  }
}
