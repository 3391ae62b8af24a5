package dev.registrykit;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How patiently to wait until something is gone. Immutable: each {@code with…} returns a copy with
 * that change. An interrupt ends the waiting at once.
 */
public final class WaitOptions {

  private static final WaitOptions DEFAULTS =
      new WaitOptions(Duration.ofMinutes(5), Duration.ofMillis(500), Duration.ofSeconds(5));

  private final Duration timeout;
  private final Duration firstInterval;
  private final Duration maxInterval;

  private WaitOptions(Duration timeout, Duration firstInterval, Duration maxInterval) {
    this.timeout = timeout;
    this.firstInterval = firstInterval;
    this.maxInterval = maxInterval;
  }

  /** Returns at most 5 minutes, asking again after 0.5 s, then 1 s, 2 s, 4 s, and every 5 s. */
  public static WaitOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a copy that gives up after this long.
   *
   * @throws IllegalArgumentException if negative
   */
  public WaitOptions withTimeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout is negative: " + timeout);
    }
    return new WaitOptions(timeout, firstInterval, maxInterval);
  }

  /**
   * Returns a copy that asks again after the first interval, and then after twice the interval
   * before, up to the longest.
   *
   * @throws IllegalArgumentException if the first is not positive, or more than the longest
   */
  public WaitOptions withIntervals(Duration first, Duration longest) {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(longest, "longest");
    if (first.isZero() || first.isNegative() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException("intervals from " + first + " to " + longest);
    }
    return new WaitOptions(timeout, first, longest);
  }

  /** Returns how long to wait at most. */
  public Duration timeout() {
    return timeout;
  }

  /** Returns the wait before asking a second time. */
  public Duration firstInterval() {
    return firstInterval;
  }

  /** Returns the longest wait before asking again. */
  public Duration maxInterval() {
    return maxInterval;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WaitOptions that
        && Objects.equals(timeout, that.timeout)
        && Objects.equals(firstInterval, that.firstInterval)
        && Objects.equals(maxInterval, that.maxInterval);
  }

  @Override
  public int hashCode() {
    return Objects.hash(timeout, firstInterval, maxInterval);
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "WaitOptions[timeout=%s, firstInterval=%s, maxInterval=%s]"
        .formatted(timeout, firstInterval, maxInterval);
  }
}
