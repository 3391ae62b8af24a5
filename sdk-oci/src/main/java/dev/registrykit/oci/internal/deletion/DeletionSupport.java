package dev.registrykit.oci.internal.deletion;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.oci.internal.deletion.Capabilities.Deletion;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.Operation;
import java.util.UUID;

/** Finds out, without changing anything, whether a registry deletes tags and images. */
public final class DeletionSupport {

  /** A valid name that nobody has pushed, for it is made up each time. */
  private static final String NO_TAG = "registrykit-probe-";

  private final OciConfiguration configuration;
  private final OciApi api;
  private final Capabilities capabilities;
  private final ManifestDeletion manifests;

  /** Makes it; what is learnt here is what deletions know, too. */
  public DeletionSupport(
      OciConfiguration configuration,
      OciApi api,
      Capabilities capabilities,
      ManifestDeletion manifests) {
    this.configuration = configuration;
    this.api = api;
    this.capabilities = capabilities;
    this.manifests = manifests;
  }

  /**
   * Returns whether a tag can be deleted alone, as far as that shows without writing: a placeholder is not
   * pushed to see whether it is taken. No request where deletions have learnt that tags can be deleted;
   * else the registry is asked to delete a tag that cannot exist, unless it is known to delete manifests
   * only, and, where a placeholder may be used, a manifest that cannot exist.
   *
   * @throws ImageNotFoundException if the registry says that there is no such image
   * @throws RegistryServiceException if the registry says something else, such as 403
   */
  public boolean deletesTags(ImageRef image) {
    Operation operation = Operation.on("find out whether tags of " + image + " can be deleted");
    return switch (capabilities.of(image)) {
      case TAG -> true;
      case MANIFEST -> deletesByPlaceholder(operation, image);
      case UNKNOWN -> deletesNoTag(operation, image) || deletesByPlaceholder(operation, image);
    };
  }

  /** Asks for the deletion of a tag that is not there: to find that out, the registry has to look. */
  private boolean deletesNoTag(Operation operation, ImageRef image) {
    try {
      api.deleteManifest(operation, image, NO_TAG + UUID.randomUUID());
    } catch (RegistryServiceException e) {
      if (e instanceof ImageNotFoundException) {
        throw e; // nothing is known of what is there
      }
      switch (DeletionAnswer.of(e)) {
        case MISSING -> {
          capabilities.learn(image, Deletion.TAG);
          return true;
        }
        case UNSUPPORTED -> {
          if (e.errorCode().isPresent()) { // else it may have been a gateway's word
            capabilities.learn(image, Deletion.MANIFEST);
          }
          return false;
        }
        case MISSING_OR_UNSUPPORTED -> {
          return false;
        }
        default -> throw e;
      }
    }
    throw operation.invalid("the registry says that it deleted a tag that cannot exist");
  }

  private boolean deletesByPlaceholder(Operation operation, ImageRef image) {
    return configuration.usesPlaceholder() && deletesManifests(operation, image);
  }

  /** Returns whether images can be deleted, manifest by manifest; one request. */
  public boolean deletesImages(ImageRef image) {
    return deletesManifests(
        Operation.on("find out whether the image " + image + " can be deleted"), image);
  }

  private boolean deletesManifests(Operation operation, ImageRef image) {
    try {
      manifests.requireOffered(operation, image);
      return true;
    } catch (UnsupportedFeatureException e) {
      return false; // which is the answer to the question
    }
  }
}
