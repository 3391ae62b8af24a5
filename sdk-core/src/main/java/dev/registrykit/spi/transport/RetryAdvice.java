package dev.registrykit.spi.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal itself says about sending the request again. Immutable.
 *
 * @param retryable whether it may help; null if only the status tells
 * @param safe whether the request was not carried out, so that any method may be repeated if true,
 *     and none that changes something if false; null if only the method tells
 * @param retryAfter how long to wait where no {@code Retry-After} says so; null if unknown
 */
public record RetryAdvice(
    @Nullable Boolean retryable,
    @Nullable Boolean safe,
    @Nullable Duration retryAfter) {

  /** Says nothing. */
  public static final RetryAdvice NONE = new RetryAdvice(null, null, null);
}
