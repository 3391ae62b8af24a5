package dev.registrykit;

/**
 * The provider refuses to delete because something runs from this image; force does not help.
 *
 * @since 0.1.0
 */
public final class ImageInUseException extends BadRequestException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public ImageInUseException(ErrorDetails details) {
    super(details);
  }
}
