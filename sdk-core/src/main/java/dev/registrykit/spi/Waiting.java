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
    if (!isSo(question, description, options, time)) {
      throw timeout(description, options, null);
    }
  }

  /**
   * Asks as {@link #until} does, and returns whether the last answer was yes; time that is up is no
   * failure here.
   *
   * @throws RegistryTimeoutException if an answer did not come in time
   * @throws RegistryIOException if the thread is interrupted; its flag is set then
   */
  public static boolean isSo(
      Predicate<@Nullable Duration> question,
      String description,
      WaitOptions options,
      TimeSource time) {
    Deadline deadline = Deadline.in(options.timeout(), time);
    Duration interval = options.firstInterval();
    while (!ask(question, description, options, deadline)) {
      if (deadline.left().isZero()) {
        return false;
      }
      pause(shorter(interval, deadline.left()), description, time);
      interval = shorter(interval.multipliedBy(2), options.maxInterval());
    }
    return true;
  }

  /** Asked once without a limit of its own if there is no time to wait at all. */
  private static boolean ask(
      Predicate<@Nullable Duration> question,
      String description,
      WaitOptions options,
      Deadline deadline) {
    Duration left = deadline.left();
    try {
      return question.test(left.isZero() ? null : left);
    } catch (RegistryTimeoutException e) {
      throw deadline.left().isZero() ? timeout(description, options, e) : e;
    }
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
