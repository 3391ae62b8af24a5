package dev.registrykit.blaxel;

import dev.registrykit.ErrorDetails;
import dev.registrykit.RegistryServiceException;

/**
 * The pending share has expired (HTTP 410): it has to be shared anew.
 *
 * @since 0.1.0
 */
public final class ShareExpiredException extends RegistryServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public ShareExpiredException(ErrorDetails details) {
    super(details);
  }
}
