package dev.registrykit.testkit;

import dev.registrykit.spi.support.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A time that jumps over every wait, so that no test waits for real. Thread-safe. */
final class TimeWithoutWaiting implements TimeSource {

  private final Clock clock;
  private final AtomicLong nanos = new AtomicLong();

  TimeWithoutWaiting(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public double jitter() {
    return 1;
  }
}
