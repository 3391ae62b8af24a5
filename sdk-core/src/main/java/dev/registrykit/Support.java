package dev.registrykit;

/**
 * Whether a registry has an ability, as far as is known without asking it. The set may grow.
 *
 * @since 0.1.0
 */
public enum Support {
  /** It has. */
  YES,
  /**
   * It depends on the registry's software or settings, which have to be tried: {@link
   * Registry#checkSupport(ImageRef, Feature)} does, and so does the call itself, which may end in an
   * {@link UnsupportedFeatureException} then.
   */
  MAYBE,
  /** It has not: the call ends in an {@link UnsupportedFeatureException} before anything is sent. */
  NO
}
