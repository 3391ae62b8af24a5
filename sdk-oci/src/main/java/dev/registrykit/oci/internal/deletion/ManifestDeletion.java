package dev.registrykit.oci.internal.deletion;

import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.Operation;

/** Deletes manifests by digest, with all their tags, and finds out whether a registry does so. */
public final class ManifestDeletion {

  /** No bytes have this digest, as far as anybody knows. */
  private static final String NO_MANIFEST = "sha256:" + "0".repeat(64);

  private final OciApi api;
  private final RepositoryTurns turns;
  private final boolean remembers;
  private volatile boolean isOffered;

  public ManifestDeletion(OciApi api, RepositoryTurns turns) {
    this(api, turns, false);
  }

  private ManifestDeletion(OciApi api, RepositoryTurns turns, boolean remembers) {
    this.api = api;
    this.turns = turns;
    this.remembers = remembers;
  }

  /** Returns one that finds out once that manifests are deleted, for a run over many tags of one image. */
  ManifestDeletion forMany() {
    return new ManifestDeletion(api, turns, true);
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
    if (!isOffered) {
      probe(operation, image);
      isOffered = remembers;
    }
  }

  private void probe(Operation operation, ImageRef image) {
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
   * Deletes a manifest that was seen just before; one request, when nothing else is pushed or deleted
   * in the repository by this registry object.
   *
   * @return whether it is in doubt that its tags went along: an answer was lost, or a server failed,
   *     and the repetition found nothing. docker-registry 2.8.2 deletes the manifest first, and may
   *     leave tags that are listed and lead nowhere
   * @throws NotFoundException if the registry says that it is gone
   * @throws UnsupportedFeatureException if manifests cannot be deleted
   */
  public boolean delete(Operation operation, ImageRef image, String digest) {
    return turns.inTurn(operation, image, () -> deleteInTurn(operation, image, digest));
  }

  private boolean deleteInTurn(Operation operation, ImageRef image, String digest) {
    try {
      api.deleteManifest(operation, image, digest);
      return false;
    } catch (RegistryServiceException e) {
      boolean isMissing = e instanceof NotFoundException;
      if (isMissing && e.answerWasLost()) {
        return true;
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
