package dev.registrykit;

/** The state of the thing does not allow this now (HTTP 409, or 423 for locked; on OCI
 * registries 412 and some 400 and 405, too).
 *
 * @since 0.1.0
 */
public class ConflictException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public ConflictException(ErrorDetails details) {
    super(details);
  }
}
