package dev.registrykit.testkit.internal.oci.state;

import java.time.Instant;

/** A clock that moves one second with every push, and never by itself. */
public final class PushClock {
  private Instant next = Instant.parse("2024-01-15T08:00:00Z");

  public Instant tick() {
    Instant now = next;
    next = now.plusSeconds(1);
    return now;
  }
}
