package dev.registrykit;

/**
 * A condition does not hold (HTTP 412), such as {@link DeleteOptions#onlyIfDigest(String)}.
 *
 * @since 0.1.0
 */
public final class PreconditionFailedException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public PreconditionFailedException(ErrorDetails details) {
    super(details);
  }
}
