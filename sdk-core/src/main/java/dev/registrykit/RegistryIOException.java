package dev.registrykit;

import org.jspecify.annotations.Nullable;

/**
 * The connection failed, or the calling thread was interrupted (its flag is set then, and the cause
 * is an {@link InterruptedException}). A change that was asked for may have taken effect.
 */
public final class RegistryIOException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with that message and cause. */
  public RegistryIOException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
