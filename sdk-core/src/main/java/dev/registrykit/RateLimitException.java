package dev.registrykit;

/**
 * Too many requests (HTTP 429), still so after the SDK's own retries: wait, for {@link #retryAfter()} if given.
 *
 * @since 0.1.0
 */
public final class RateLimitException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public RateLimitException(ErrorDetails details) {
    super(details);
  }
}
