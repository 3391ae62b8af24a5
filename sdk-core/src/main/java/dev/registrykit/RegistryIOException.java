package dev.registrykit;

import org.jspecify.annotations.Nullable;

/**
 * The connection failed. Whether a change that was asked for may have taken effect says {@link
 * #mayHaveTakenEffect()}.
 *
 * @since 0.1.0
 */
public final class RegistryIOException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public RegistryIOException(ErrorDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
