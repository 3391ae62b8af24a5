package dev.registrykit;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How patiently to wait until something is gone. Immutable: each {@code with…} returns a copy with
 * that change. An interrupt ends the waiting at once.
 *
 * @since 0.1.0
 */
public final class WaitOptions {

  private static final WaitOptions DEFAULTS = new WaitOptions(
      new Settings(Duration.ofMinutes(5), Duration.ofMillis(500), Duration.ofSeconds(5)));

  private final Settings settings;

  private WaitOptions(Settings settings) {
    this.settings = settings;
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
    return new WaitOptions(new Settings(timeout, settings.firstInterval, settings.maxInterval));
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
    return new WaitOptions(new Settings(settings.timeout, first, longest));
  }

  /** Returns how long to wait at most. */
  public Duration timeout() {
    return settings.timeout;
  }

  /** Returns the wait before asking a second time. */
  public Duration firstInterval() {
    return settings.firstInterval;
  }

  /** Returns the longest wait before asking again. */
  public Duration maxInterval() {
    return settings.maxInterval;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WaitOptions that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "WaitOptions[timeout=%s, firstInterval=%s, maxInterval=%s]"
        .formatted(settings.timeout, settings.firstInterval, settings.maxInterval);
  }

  private record Settings(Duration timeout, Duration firstInterval, Duration maxInterval) {}
}
