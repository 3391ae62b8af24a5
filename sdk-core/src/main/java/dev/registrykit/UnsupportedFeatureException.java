package dev.registrykit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This registry cannot do that, or may not; nothing was changed. Where that is known beforehand,
 * nothing was sent either.
 *
 * @since 0.1.0
 */
public final class UnsupportedFeatureException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Feature feature;

  /**
   * Makes an exception.
   *
   * @param feature the ability that is missing; null for one that a provider's own type offers
   * @param cause the refusal that told, if one did
   */
  public UnsupportedFeatureException(
      ErrorDetails details, @Nullable Feature feature, @Nullable Throwable cause) {
    super(details, cause);
    this.feature = feature;
  }

  /**
   * Returns the ability that is missing; empty for one that only a provider's own type offers. A
   * registry may have it ({@link Registry#supports(Feature)}) and its operator have switched it off.
   */
  public Optional<Feature> feature() {
    return Optional.ofNullable(feature);
  }
}
