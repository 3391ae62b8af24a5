package dev.registrykit.testkit.internal.blaxel;

import java.time.Instant;

/** A clock that moves one second whenever something is written, and never by itself. */
final class EmulatorClock {
  private Instant next = Instant.parse("2026-09-22T10:00:00.123456789Z");

  Instant tick() {
    Instant now = next;
    next = next.plusSeconds(1);
    return now;
  }
}
