package dev.registrykit;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted, or was so already; its flag is set. Nothing is wrong with the
 * registry. Whether a change that was asked for may have taken effect says {@link
 * #mayHaveTakenEffect()}.
 *
 * @since 0.1.0
 */
public final class RegistryInterruptedException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception from what is known of the failure. */
  public RegistryInterruptedException(ErrorDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
