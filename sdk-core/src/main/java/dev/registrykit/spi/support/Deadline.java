package dev.registrykit.spi.support;

import java.time.Duration;

/**
 * A moment by which something must be done. Immutable.
 *
 * @since 0.1.0
 */
public final class Deadline {

  private final TimeSource time;
  private final long endNanos;

  private Deadline(TimeSource time, long endNanos) {
    this.time = time;
    this.endNanos = endNanos;
  }

  /** Returns the moment that is this long from now. */
  public static Deadline in(Duration duration, TimeSource time) {
    return new Deadline(time, time.nanoTime() + saturatedNanos(duration));
  }

  /** Returns how long it is till then; zero if it is over. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - time.nanoTime()));
  }

  /** Half the range, so that differences of {@code nanoTime} cannot overflow. */
  private static long saturatedNanos(Duration duration) {
    Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
    return (duration.compareTo(longest) < 0 ? duration : longest).toNanos();
  }
}
