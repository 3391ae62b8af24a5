package dev.registrykit.oci;

import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryException;
import java.util.List;
import java.util.Objects;

/**
 * Deleting an image stopped half-way: some of its manifests are gone with their tags, or tags alone,
 * and the others are there. The cause says why; deleting the image again goes on with what is left.
 */
public final class ImagePartlyDeletedException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final ImageRef image;
  private final String[] deletedDigests;

  /** Makes an exception that names what is gone. */
  public ImagePartlyDeletedException(
      ImageRef image, List<String> deletedDigests, RegistryException cause) {
    super(
        ErrorDetails.builder("delete image " + image)
            .serverMessage("stopped half-way, manifests deleted: %d; %s"
                .formatted(deletedDigests.size(), cause.getMessage()))
            .mayHaveTakenEffect(true)
            .build(),
        cause);
    this.image = Objects.requireNonNull(image, "image");
    this.deletedDigests = deletedDigests.toArray(String[]::new);
  }

  /** Returns the image. */
  public ImageRef image() {
    return image;
  }

  /** Returns the digests of the manifests that are gone, in the order of their deletion. */
  public List<String> deletedDigests() {
    return List.of(deletedDigests);
  }
}
