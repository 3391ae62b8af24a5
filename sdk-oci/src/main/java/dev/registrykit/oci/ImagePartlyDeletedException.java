package dev.registrykit.oci;

import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.RegistryException;
import java.util.List;

/**
 * Deleting an image stopped half-way: some of its manifests are gone with their tags, or tags alone,
 * and the others are there. The cause says why; {@link Remedy#DELETE_IMAGE_AGAIN deleting the image
 * again} goes on with what is left.
 *
 * @since 0.1.0
 */
public final class ImagePartlyDeletedException extends IncompleteDeletionException {

  private static final long serialVersionUID = 1L;

  private final String[] deletedDigests;
  private final String[] remainingTags;

  /** Makes an exception that names what is gone and what is left. */
  public ImagePartlyDeletedException(
      ImageRef image,
      List<String> deletedDigests,
      List<String> remainingTags,
      RegistryException cause) {
    super(
        ErrorDetails.builder("delete image " + image)
            .serverMessage("stopped half-way, manifests deleted: %d, tags left: %d; %s"
                .formatted(deletedDigests.size(), remainingTags.size(), cause.getMessage()))
            .mayHaveTakenEffect(true)
            .build(),
        image,
        null,
        Remedy.DELETE_IMAGE_AGAIN,
        cause);
    this.deletedDigests = deletedDigests.toArray(String[]::new);
    this.remainingTags = remainingTags.toArray(String[]::new);
  }

  /** Returns the digests of the manifests that are gone, in the order of their deletion. */
  public List<String> deletedDigests() {
    return List.of(deletedDigests);
  }

  /**
   * Returns the tags that were there before and that no deletion reached which the registry confirmed. One
   * whose deletion was not answered may be gone by now; one that was pushed since is not among them.
   */
  public List<String> remainingTags() {
    return List.of(remainingTags);
  }
}
