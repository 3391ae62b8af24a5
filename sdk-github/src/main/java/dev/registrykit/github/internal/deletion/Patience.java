package dev.registrykit.github.internal.deletion;

import dev.registrykit.WaitOptions;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.support.Waiting;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long to wait for the two halves of the service to agree. How far GitHub's list of versions lags behind its
 * registry is not documented; seconds were reported (p2pool-starter-stack's pithead 429).
 *
 * @param limit how long at most
 */
public record Patience(Duration limit, TimeSource time) {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Returns whether it came to be so in time; it is looked at once at least. */
  public boolean isReached(String what, BooleanSupplier condition) {
    WaitOptions options = WaitOptions.defaults().withTimeout(limit).withIntervals(FIRST, LONGEST);
    return Waiting.pollUntil(condition, what, options, time);
  }
}
