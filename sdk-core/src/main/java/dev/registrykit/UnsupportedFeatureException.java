package dev.registrykit;

/** This registry cannot do that, or may not; nothing was sent. */
public final class UnsupportedFeatureException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with that message. */
  public UnsupportedFeatureException(String message) {
    super(message, null);
  }
}
