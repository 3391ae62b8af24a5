package dev.registrykit.spi;

import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks again and again until something is so. */
public final class Waiting {

  private Waiting() {}

  /**
   * Returns once the question is answered yes; it is asked at once and then at growing intervals.
   *
   * @param question is given the time it may take; null for as long as it needs
   * @param description what is waited for, in words, such as {@code wait until tag 1.2 is gone}
   * @throws RegistryTimeoutException if the time is up
   * @throws RegistryIOException if the thread is interrupted; its flag is set then
   */
  public static void until(
      Predicate<@Nullable Duration> question,
      String description,
      WaitOptions options,
      TimeSource time) {
    RegistryTimeoutException unmet = ask(question, description, options, time);
    if (unmet != null) {
      throw unmet;
    }
  }

  /**
   * Asks as {@link #until} does, and returns whether the last answer was yes; time that is up is no
   * failure here.
   *
   * @throws RegistryIOException if the thread is interrupted; its flag is set then
   */
  public static boolean isSo(
      Predicate<@Nullable Duration> question,
      String description,
      WaitOptions options,
      TimeSource time) {
    return ask(question, description, options, time) == null;
  }

  /** Returns null once the answer is yes, else what says that the time is up. */
  private static @Nullable RegistryTimeoutException ask(
      Predicate<@Nullable Duration> question,
      String description,
      WaitOptions options,
      TimeSource time) {
    Deadline deadline = Deadline.in(options.timeout(), time);
    Duration interval = options.firstInterval();
    while (true) {
      try {
        if (isYes(question, deadline)) {
          return null;
        }
      } catch (RegistryTimeoutException e) {
        if (deadline.left().isZero()) {
          return timeout(description, options, e);
        }
        throw e;
      }
      if (deadline.left().isZero()) {
        return timeout(description, options, null);
      }
      pause(shorter(interval, deadline.left()), description, time);
      interval = shorter(interval.multipliedBy(2), options.maxInterval());
    }
  }

  /** Asked once without a limit of its own if there is no time to wait at all. */
  private static boolean isYes(Predicate<@Nullable Duration> question, Deadline deadline) {
    Duration left = deadline.left();
    return question.test(left.isZero() ? null : left);
  }

  private static RegistryTimeoutException timeout(
      String description, WaitOptions options, @Nullable Exception cause) {
    return new RegistryTimeoutException(
        description + " failed: still not so after " + options.timeout().toMillis() + " ms", cause);
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
