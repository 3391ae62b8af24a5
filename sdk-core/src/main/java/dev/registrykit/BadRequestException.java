package dev.registrykit;

/**
 * The registry found the request malformed (HTTP 400 or 422): mend it, do not repeat it.
 *
 * @since 0.1.0
 */
public class BadRequestException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public BadRequestException(ErrorDetails details) {
    super(details);
  }
}
