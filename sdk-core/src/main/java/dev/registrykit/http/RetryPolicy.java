package dev.registrykit.http;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often and how patiently a failed request is repeated. Immutable.
 *
 * <pre>{@code
 * RetryPolicy policy = RetryPolicy.standard()
 *     .withMaxAttempts(5)
 *     .withBackoff(Duration.ofMillis(500), Duration.ofSeconds(20));
 * }</pre>
 *
 * <p>Repeated is what may be done twice without harm, reading and the changes and deletions that say so,
 * after a connection error, a time-out of one attempt, or one of the statuses 408, 429, 500, 502, 503 and
 * 504; anything else only where the registry's answer says that nothing was done. The wait before attempt
 * n + 1 is random between zero and {@code baseDelay · 2ⁿ⁻¹}, at most {@code maxDelay}. A {@code
 * Retry-After} of the server, in seconds or as a date, takes its place; one longer than {@code
 * maxRetryAfter}, or than what is left of {@link HttpOptions#callTimeout()}, ends the call at once,
 * and the exception carries it. Two policies are equal if all their settings are.
 *
 * @since 0.1.0
 */
public final class RetryPolicy {

  private static final RetryPolicy STANDARD = new RetryPolicy(
      new Settings(3, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(30)));

  private static final RetryPolicy NONE =
      new RetryPolicy(new Settings(1, Duration.ZERO, Duration.ZERO, Duration.ZERO));

  private final Settings settings;

  private RetryPolicy(Settings settings) {
    this.settings = settings;
  }

  /** Returns 3 attempts, base delay 200 ms, at most 5 s, {@code Retry-After} up to 30 s. */
  public static RetryPolicy standard() {
    return STANDARD;
  }

  /** Returns a single attempt. */
  public static RetryPolicy none() {
    return NONE;
  }

  /**
   * Returns a copy with this many attempts, the first included. Where several reads go out at a time, one that is
   * refused with 429 or 503 does not count once fewer go out; with 1 nothing is repeated at all.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public RetryPolicy withMaxAttempts(int maxAttempts) {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("there is at least 1 attempt, not " + maxAttempts);
    }
    return new RetryPolicy(
        new Settings(maxAttempts, settings.baseDelay, settings.maxDelay, settings.maxRetryAfter));
  }

  /**
   * Returns a copy with this back-off.
   *
   * @param baseDelay the most to wait before the second attempt
   * @param maxDelay the most to wait before any attempt
   * @throws IllegalArgumentException if one is negative or the base is more than the maximum
   */
  public RetryPolicy withBackoff(Duration baseDelay, Duration maxDelay) {
    requireNotNegative(baseDelay, "baseDelay");
    requireNotNegative(maxDelay, "maxDelay");
    if (baseDelay.compareTo(maxDelay) > 0) {
      throw new IllegalArgumentException(
          "base delay " + baseDelay + " is more than the maximum " + maxDelay);
    }
    return new RetryPolicy(
        new Settings(settings.maxAttempts, baseDelay, maxDelay, settings.maxRetryAfter));
  }

  /**
   * Returns a copy that obeys a {@code Retry-After} up to this long.
   *
   * @throws IllegalArgumentException if negative
   */
  public RetryPolicy withMaxRetryAfter(Duration maxRetryAfter) {
    requireNotNegative(maxRetryAfter, "maxRetryAfter");
    return new RetryPolicy(
        new Settings(settings.maxAttempts, settings.baseDelay, settings.maxDelay, maxRetryAfter));
  }

  private static void requireNotNegative(Duration duration, String name) {
    Objects.requireNonNull(duration, name);
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + " is negative: " + duration);
    }
  }

  /** Returns the number of attempts, the first included. */
  public int maxAttempts() {
    return settings.maxAttempts;
  }

  /** Returns the most to wait before the second attempt. */
  public Duration baseDelay() {
    return settings.baseDelay;
  }

  /** Returns the most to wait before any attempt. */
  public Duration maxDelay() {
    return settings.maxDelay;
  }

  /** Returns the longest {@code Retry-After} that is obeyed. */
  public Duration maxRetryAfter() {
    return settings.maxRetryAfter;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RetryPolicy that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "RetryPolicy[maxAttempts=%s, baseDelay=%s, maxDelay=%s, maxRetryAfter=%s]"
        .formatted(
            settings.maxAttempts, settings.baseDelay, settings.maxDelay, settings.maxRetryAfter);
  }

  private record Settings(
      int maxAttempts, Duration baseDelay, Duration maxDelay, Duration maxRetryAfter) {}
}
