package dev.registrykit.testkit.internal.scaleway.state;

import java.time.Instant;

/** A clock that moves one second whenever something is written, and never by itself. */
public final class EmulatorClock {
  /** Nine digits that do not end in zeros, so that reads rounded to microseconds differ. */
  private static final Instant START = Instant.parse("2024-01-15T08:00:00.123456789Z");

  private Instant next = START;

  public Instant tick() {
    return tick(1);
  }

  /** Reserves consecutive seconds and returns the first one. */
  public Instant tick(int seconds) {
    Instant first = next;
    next = next.plusSeconds(seconds);
    return first;
  }
}
