package dev.registrykit.oci.internal.auth;

import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** A clock that a test moves on; it never sleeps. */
public final class FakeTime implements TimeSource {

  private volatile Duration passed = Duration.ZERO;

  public void advance(Duration duration) {
    passed = passed.plus(duration);
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-01-02T03:04:05Z").plus(passed);
  }

  /** Stands still while a busy machine takes its time. */
  @Override
  public long nanoTime() {
    return passed.toNanos();
  }

  @Override
  public void sleep(Duration duration) {
    advance(duration);
  }

  @Override
  public double jitter() {
    return 1;
  }
}
