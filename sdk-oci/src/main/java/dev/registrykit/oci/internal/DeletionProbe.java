package dev.registrykit.oci.internal;

import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.spi.Intent;

/**
 * Finds out, without harm, whether a registry deletes manifests: it is asked to delete one that
 * cannot exist. One that does answers 404, recorded from distribution 2.8 and 3; one that does not
 * answers 405.
 */
final class DeletionProbe {

  /** No bytes have this digest, as far as anybody knows. */
  private static final String NO_MANIFEST = "sha256:" + "0".repeat(64);

  private final OciApi api;

  DeletionProbe(OciApi api) {
    this.api = api;
  }

  /**
   * Returns if manifests can be deleted; one request.
   *
   * @throws UnsupportedFeatureException if they cannot
   * @throws RegistryServiceException if the registry says something else, such as 403
   */
  void requireEnabled(Intent intent, ImageRef image) {
    Intent onProbe = Intent.on(intent.description()).within(intent.limit());
    try {
      api.deleteManifest(onProbe, image, NO_MANIFEST);
    } catch (NotFoundException e) {
      return; // as it should be
    } catch (RegistryServiceException e) {
      if (DeletionAnswer.of(e) == DeletionAnswer.UNSUPPORTED) {
        throw disabled(intent, e);
      }
      throw e;
    }
    throw intent.invalid("the registry says that it deleted a manifest that cannot exist");
  }

  /** Returns the exception for a registry that refuses to delete even a manifest. */
  UnsupportedFeatureException disabled(Intent intent, RegistryServiceException refusal) {
    return new UnsupportedFeatureException(
        intent.description()
            + " failed: deletion is disabled on this registry, or not offered (HTTP "
            + refusal.statusCode()
            + refusal.errorCode().map(code -> " " + code).orElse("")
            + ")",
        refusal);
  }
}
