package dev.registrykit.spi.support;

import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Polls: looks again and again, at growing intervals, whether a condition holds.
 *
 * @since 0.1.0
 */
public final class Waiting {

  private Waiting() {}

  /**
   * Returns once the condition holds; it is looked at at once and then at growing intervals. What a look
   * sends has the time that is left; only with no time to wait at all, there is one look, which has as
   * long as any other.
   *
   * @param description what is waited for, in words, such as {@code wait until tag 1.2 is gone}
   * @throws RegistryTimeoutException if the time is up
   * @throws RegistryInterruptedException if the thread is interrupted; its flag is set then
   */
  public static void until(
      BooleanSupplier condition, String description, WaitOptions options, TimeSource time) {
    RegistryTimeoutException timeout = poll(condition, description, options, time);
    if (timeout != null) {
      throw timeout;
    }
  }

  /**
   * Polls as {@link #until} does, and returns whether the condition holds; time that is up is no failure
   * here.
   *
   * @throws RegistryInterruptedException if the thread is interrupted; its flag is set then
   */
  public static boolean pollUntil(
      BooleanSupplier condition, String description, WaitOptions options, TimeSource time) {
    return poll(condition, description, options, time) == null;
  }

  /** Returns null once the condition holds, else what says that the time is up. */
  private static @Nullable RegistryTimeoutException poll(
      BooleanSupplier condition, String description, WaitOptions options, TimeSource time) {
    Operation operation = Operation.on(description);
    if (options.timeout().isZero()) {
      return condition.getAsBoolean() ? null : timeout(operation, options, null);
    }
    return OperationContext.within(
        options.timeout(), time, () -> pollInTime(condition, operation, options, time));
  }

  private static @Nullable RegistryTimeoutException pollInTime(
      BooleanSupplier condition, Operation operation, WaitOptions options, TimeSource time) {
    Deadline deadline = OperationContext.deadline();
    Duration interval = options.firstInterval();
    while (true) {
      try {
        if (condition.getAsBoolean()) {
          return null;
        }
      } catch (RegistryTimeoutException e) {
        if (deadline.left().isZero()) {
          return timeout(operation, options, e);
        }
        throw e;
      }
      if (deadline.left().isZero()) {
        return timeout(operation, options, null);
      }
      pause(shorter(interval, deadline.left()), operation, time);
      interval = shorter(interval.multipliedBy(2), options.maxInterval());
    }
  }

  private static RegistryTimeoutException timeout(
      Operation operation, WaitOptions options, @Nullable Exception cause) {
    return new RegistryTimeoutException(
        operation.details("still not so after " + options.timeout().toMillis() + " ms"), cause);
  }

  private static void pause(Duration duration, Operation operation, TimeSource time) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      throw operation.interrupted(e);
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
