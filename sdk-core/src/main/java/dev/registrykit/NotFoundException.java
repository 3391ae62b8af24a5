package dev.registrykit;

/**
 * What was asked for is not there (HTTP 404, or an empty look-up). If this is neither a {@link
 * TagNotFoundException} nor an {@link ImageNotFoundException}, it does not prove that a tag or image is
 * missing: a mistyped URL, a gateway or another application may have answered.
 *
 * @since 0.1.0
 */
public class NotFoundException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public NotFoundException(ErrorDetails details) {
    super(details);
  }
}
