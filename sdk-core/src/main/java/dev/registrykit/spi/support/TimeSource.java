package dev.registrykit.spi.support;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The time, and waiting, as tests may want to replace them. Thread-safe.
 *
 * @since 0.1.0
 */
public interface TimeSource {

  /** Returns the time of day. */
  Instant now();

  /** Returns nanoseconds since some fixed moment, never running backwards. */
  long nanoTime();

  /**
   * Waits.
   *
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   */
  void sleep(Duration duration) throws InterruptedException;

  /** Returns a random number from 0 to 1, by which a back-off is scattered. */
  double jitter();

  /** Returns the time of the machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /**
   * The clocks of the machine.
   *
   * @since 0.1.0
   */
  enum SystemTime implements TimeSource {
    /** The only one there is. */
    INSTANCE;

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Thread.sleep(duration.toMillis());
    }

    @Override
    public double jitter() {
      return ThreadLocalRandom.current().nextDouble();
    }
  }
}
