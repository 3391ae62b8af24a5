package dev.registrykit.spi.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal itself says about sending the request again. Immutable.
 *
 * @param retryable whether it may help; null if only the status tells
 * @param safe whether the request was certainly not carried out: if true, any call may be repeated but
 *     one that is sent {@linkplain Call#once() once}; if false, none that changes something; null if the
 *     answer does not say, so that the kind of {@link Call} decides
 * @param retryAfter how long to wait where no {@code Retry-After} says so; null if unknown
 * @since 0.1.0
 */
public record RetryAdvice(
    @Nullable Boolean retryable,
    @Nullable Boolean safe,
    @Nullable Duration retryAfter) {

  /** Says nothing. */
  public static final RetryAdvice NONE = new RetryAdvice(null, null, null);
}
