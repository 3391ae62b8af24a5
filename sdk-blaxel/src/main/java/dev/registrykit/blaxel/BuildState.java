package dev.registrykit.blaxel;

/** Whether the service builds an image that it was asked to create. */
public enum BuildState {
  /** It is being built. */
  BUILDING,
  /** It is not. */
  NOT_BUILDING,
  /** The service does not say. */
  NOT_SAID
}
