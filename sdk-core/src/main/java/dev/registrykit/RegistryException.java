package dev.registrykit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of all that goes wrong between a caller and a registry. Unchecked.
 *
 * <p>A message names the operation in words and never holds a credential or a query string, and of a
 * response body only what explains the refusal, on one line.
 *
 * @since 0.1.0
 */
public class RegistryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorDetails details;

  /** Makes an exception from what is known of the failure. */
  public RegistryException(ErrorDetails details, @Nullable Throwable cause) {
    super(Objects.requireNonNull(details, "details").message(), cause);
    this.details = details;
  }

  /** Returns what failed, in words, such as {@code delete tag 1.2 of ns/app}. */
  public String operation() {
    return details.operation();
  }

  /** Returns how many times the request that failed was sent; 0 if it was refused unsent. */
  public int attempts() {
    return details.attempts();
  }

  /**
   * Returns whether anything that the operation sent may have changed something at the registry: a
   * change that was carried out, or one whose answer was lost. False means that nothing has changed.
   */
  public boolean mayHaveTakenEffect() {
    return details.mayHaveTakenEffect();
  }

  /** Returns all that is known of the failure, for provider modules. */
  public ErrorDetails details() {
    return details;
  }
}
