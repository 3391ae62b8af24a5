package dev.registrykit;

import org.jspecify.annotations.Nullable;

/**
 * The registry reported success but sent something else than was promised: no JSON, a page of HTML,
 * a listing without end, too many bytes, a digest that does not match. Something other than the
 * registry may have answered, such as a proxy.
 *
 * @since 0.1.0
 */
public final class InvalidResponseException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public InvalidResponseException(ErrorDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
