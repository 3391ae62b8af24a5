package dev.registrykit;

import org.jspecify.annotations.Nullable;

/**
 * This registry cannot do that, or may not; nothing was changed. Where that is known beforehand,
 * nothing was sent either.
 */
public final class UnsupportedFeatureException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with that message. */
  public UnsupportedFeatureException(String message) {
    this(message, null);
  }

  /** Makes an exception with that message, and the refusal that told. */
  public UnsupportedFeatureException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
