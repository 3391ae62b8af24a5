package dev.registrykit;

import org.jspecify.annotations.Nullable;

/**
 * The registry did not answer in time; the limits are those of {@link
 * dev.registrykit.http.HttpOptions}. A change that was asked for may have taken effect.
 */
public final class RegistryTimeoutException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with that message and cause. */
  public RegistryTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
