package dev.registrykit;

/**
 * The credentials are fine but may not do this (HTTP 403).
 *
 * @since 0.1.0
 */
public final class PermissionDeniedException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public PermissionDeniedException(ErrorDetails details) {
    super(details);
  }
}
