package dev.registrykit;

/**
 * The registry failed (HTTP 5xx), still so after the SDK's own retries.
 *
 * @since 0.1.0
 */
public final class ServerException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public ServerException(ErrorDetails details) {
    super(details);
  }
}
