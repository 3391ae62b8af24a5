package dev.registrykit;

/**
 * The provider refuses to delete because something runs from this tag; force does not help.
 *
 * @since 0.1.0
 */
public final class TagInUseException extends BadRequestException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public TagInUseException(ErrorDetails details) {
    super(details);
  }
}
