package dev.registrykit.oci.internal;

import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.spi.Operation;

/** Deletes manifests by digest, with all their tags, and finds out whether a registry does so. */
final class ManifestDeletion {

  /** No bytes have this digest, as far as anybody knows. */
  private static final String NO_MANIFEST = "sha256:" + "0".repeat(64);

  private final OciApi api;

  ManifestDeletion(OciApi api) {
    this.api = api;
  }

  /**
   * Finds out without harm: the registry is asked to delete a manifest that cannot exist. One that
   * deletes answers 404, recorded from distribution 2.8 and 3; one that does not answers 405. One
   * request.
   *
   * @throws UnsupportedFeatureException if manifests cannot be deleted, or nothing says they can
   * @throws RegistryServiceException if the registry says something else, such as 403
   */
  void requireOffered(Operation operation, ImageRef image) {
    Operation onProbe = Operation.on(operation.description());
    try {
      api.deleteManifest(onProbe, image, NO_MANIFEST);
    } catch (RegistryServiceException e) {
      switch (DeletionAnswer.of(e)) {
        case MISSING -> {
          return; // as it should be
        }
        case UNSUPPORTED, MISSING_OR_UNSUPPORTED -> throw notOffered(operation, e);
        default -> throw e;
      }
    }
    throw operation.invalid("the registry says that it deleted a manifest that cannot exist");
  }

  /**
   * Deletes a manifest that was seen just before; one request. Returns also if the answer was lost
   * and the repetition found nothing: a look tells.
   *
   * @throws NotFoundException if the registry says that it is gone
   * @throws UnsupportedFeatureException if manifests cannot be deleted
   */
  void delete(Operation operation, ImageRef image, String digest) {
    try {
      api.deleteManifest(operation, image, digest);
    } catch (RegistryServiceException e) {
      boolean isMissing = e instanceof NotFoundException;
      if (isMissing && e.answerWasLost()) {
        return;
      }
      switch (DeletionAnswer.of(e)) {
        // Without a code nobody has looked: the route is missing, or a gateway answered.
        case UNSUPPORTED, MISSING_OR_UNSUPPORTED -> throw notOffered(operation, e);
        default -> throw e;
      }
    }
  }

  private static UnsupportedFeatureException notOffered(
      Operation operation, RegistryServiceException refusal) {
    return operation.unsupported(
        "deletion is disabled on this registry, or not offered (HTTP "
            + refusal.statusCode()
            + refusal.errorCode().map(code -> " " + code).orElse("")
            + ")",
        Feature.DELETE_TAG,
        refusal);
  }
}
