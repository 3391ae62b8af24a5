package dev.registrykit.blaxel;

/**
 * Whether the service builds an image that it was asked to create.
 *
 * @since 0.1.0
 */
public enum BuildState {
  /** It is being built. */
  BUILDING,
  /** It is not. */
  NOT_BUILDING,
  /** The service does not say. */
  NOT_SAID
}
