package dev.registrykit;

/**
 * The registry does not accept the credentials (HTTP 401): they are missing, wrong or expired.
 *
 * @since 0.1.0
 */
public final class AuthenticationException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public AuthenticationException(ErrorDetails details) {
    super(details);
  }
}
