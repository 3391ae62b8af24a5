package dev.registrykit;

import org.jspecify.annotations.Nullable;

/**
 * The root of all that goes wrong between a caller and a registry. Unchecked.
 *
 * <p>A message names the operation in words and never holds a credential, a response body or a
 * query string.
 */
public class RegistryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with that message and cause. */
  public RegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
