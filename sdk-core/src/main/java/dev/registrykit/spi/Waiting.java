package dev.registrykit.spi;

import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks again and again until something is so. */
public final class Waiting {

  private Waiting() {}

  /**
   * Returns once the question is answered yes; it is asked at once and then at growing intervals.
   *
   * @param description what is waited for, in words, such as {@code wait until tag 1.2 is gone}
   * @throws RegistryTimeoutException if the time is up
   * @throws RegistryIOException if the thread is interrupted; its flag is set then
   */
  public static void until(
      BooleanSupplier question, String description, WaitOptions options, TimeSource time) {
    Deadline deadline = Deadline.in(options.timeout(), time);
    Duration interval = options.firstInterval();
    while (!question.getAsBoolean()) {
      if (deadline.left().isZero()) {
        throw new RegistryTimeoutException(
            description + " failed: still not so after " + options.timeout().toMillis() + " ms",
            null);
      }
      pause(shorter(interval, deadline.left()), description, time);
      interval = shorter(interval.multipliedBy(2), options.maxInterval());
    }
  }

  private static void pause(Duration duration, String description, TimeSource time) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryIOException(description + " failed: the thread was interrupted", e);
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
