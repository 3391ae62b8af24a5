package dev.registrykit.testsupport;

import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The system's time, of which every wait is skipped. Thread-safe. */
public final class SkippingTime implements TimeSource {

  private final TimeSource system = TimeSource.system();
  private final AtomicLong skipped = new AtomicLong();

  @Override
  public Instant now() {
    return system.now().plusNanos(skipped.get());
  }

  @Override
  public long nanoTime() {
    return system.nanoTime() + skipped.get();
  }

  @Override
  public void sleep(Duration duration) {
    skipped.addAndGet(duration.toNanos());
  }

  @Override
  public double jitter() {
    return 0.5;
  }
}
