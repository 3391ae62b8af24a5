package dev.registrykit;

/** What was asked for is not there (HTTP 404, or an empty look-up). */
public class NotFoundException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public NotFoundException(ErrorDetails details) {
    super(details);
  }
}
