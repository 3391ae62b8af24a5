package dev.registrykit.oci;

import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.IncompleteDeletionException;
import java.util.Objects;

/**
 * Deleting a tag failed half-way, and so did putting the original back: the tag points, or may
 * point, to an empty placeholder now.
 *
 * <p>For 30 seconds that was tried. {@link OciRegistry#restoreTag(ImageRef, String)} puts the original
 * back once the registry answers again, from another process too, and touches nothing if another has
 * pushed since; the original's manifest was not deleted. Deleting the tag again finishes the deletion
 * instead.
 *
 * @since 0.1.0
 */
public final class PlaceholderLeftException extends IncompleteDeletionException {

  private static final long serialVersionUID = 1L;

  private final String originalDigest;
  private final String placeholderDigest;

  /**
   * Makes an exception.
   *
   * @param why what made the deletion fail, in words
   * @param cause what made the deletion fail; what made putting back fail is suppressed in it
   */
  public PlaceholderLeftException(
      ImageRef image,
      String tag,
      String originalDigest,
      String placeholderDigest,
      String why,
      Throwable cause) {
    super(
        ErrorDetails.builder("delete tag " + tag + " of " + image)
            .serverMessage("%s; the tag may be left on the placeholder %s, its original was %s"
                .formatted(why, placeholderDigest, originalDigest))
            .mayHaveTakenEffect(true)
            .build(),
        image,
        Objects.requireNonNull(tag, "tag"),
        Remedy.RESTORE_TAG,
        cause);
    this.originalDigest = Objects.requireNonNull(originalDigest, "originalDigest");
    this.placeholderDigest = Objects.requireNonNull(placeholderDigest, "placeholderDigest");
  }

  /** Returns the digest the tag pointed to before. */
  public String originalDigest() {
    return originalDigest;
  }

  /** Returns the digest of the placeholder. */
  public String placeholderDigest() {
    return placeholderDigest;
  }
}
