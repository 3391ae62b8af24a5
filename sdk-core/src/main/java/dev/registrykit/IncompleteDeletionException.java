package dev.registrykit;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deletion stopped half-way, and what it changed could not be undone: something is left that needs to
 * be repaired. The message says what, {@link #remedy()} says how, and the cause says why it stopped.
 *
 * <p>Provider-neutral code needs to know no more than this:
 *
 * <pre>{@code
 * catch (IncompleteDeletionException e) {
 *   if (e.remedy() == IncompleteDeletionException.Remedy.RESTORE_TAG) {
 *     registry.restoreTag(e.image(), e.tag().orElseThrow());
 *   }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public class IncompleteDeletionException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final ImageRef image;
  private final @Nullable String tag;
  private final Remedy remedy;

  /**
   * How to repair what is left. The set may grow.
   *
   * @since 0.1.0
   */
  public enum Remedy {
    /**
     * The tag may point to a placeholder: {@link Registry#restoreTag(ImageRef, String)} puts it back on
     * what it pointed to before. Deleting the tag again finishes the deletion instead.
     */
    RESTORE_TAG,
    /**
     * Some of the image is gone for good: {@link Registry#deleteImage(ImageRef, DeleteOptions)} goes on
     * with what is left, tags that were pushed since included.
     */
    DELETE_IMAGE_AGAIN
  }

  /**
   * Makes an exception.
   *
   * @param tag the tag whose deletion it was; null if it was the whole image's
   * @throws IllegalArgumentException if a tag is to be restored, but none is named
   */
  public IncompleteDeletionException(
      ErrorDetails details,
      ImageRef image,
      @Nullable String tag,
      Remedy remedy,
      @Nullable Throwable cause) {
    super(details, cause);
    if (remedy == Remedy.RESTORE_TAG && tag == null) {
      throw new IllegalArgumentException("no tag is named that could be restored");
    }
    this.image = Objects.requireNonNull(image, "image");
    this.tag = tag;
    this.remedy = Objects.requireNonNull(remedy, "remedy");
  }

  /** Returns the image. */
  public ImageRef image() {
    return image;
  }

  /**
   * Returns the tag whose deletion it was; empty if it was the whole image's, and so never where the
   * remedy is {@link Remedy#RESTORE_TAG}.
   */
  public Optional<String> tag() {
    return Optional.ofNullable(tag);
  }

  /** Returns how to repair what is left. */
  public Remedy remedy() {
    return remedy;
  }
}
