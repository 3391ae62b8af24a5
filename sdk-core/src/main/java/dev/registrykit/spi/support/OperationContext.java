package dev.registrykit.spi.support;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operation that the current thread works on for a caller: its deadline, and whether anything it sent
 * may have changed something. Every request that the thread sends belongs to it, those for tokens
 * included; {@link ParallelReads} hands it on to its threads. (gRPC has its {@code Context} for this.)
 *
 * @since 0.1.0
 */
public final class OperationContext {

  private static final ThreadLocal<@Nullable OperationContext> CURRENT = new ThreadLocal<>();

  private final Deadline deadline;
  private final Sent sent;
  private final @Nullable Pace pace;

  private OperationContext(Deadline deadline, Sent sent, @Nullable Pace pace) {
    this.deadline = deadline;
    this.sent = sent;
    this.pace = pace;
  }

  /**
   * Does a piece of work that has this long. Within another operation it is a part of that one, and has
   * no longer than what that has left.
   */
  public static <T> T within(Duration limit, TimeSource time, Supplier<T> work) {
    OperationContext outer = CURRENT.get();
    Duration longest =
        outer == null || limit.compareTo(outer.deadline.left()) < 0 ? limit : outer.deadline.left();
    return run(part(outer, longest, time, paceOf(outer)), work);
  }

  /**
   * Does a piece of work that has this long whatever is left of the operation around it, because it
   * must not be left undone: putting back what was changed.
   */
  public static <T> T withOwnTime(Duration limit, TimeSource time, Supplier<T> work) {
    return withOwnTime(limit, time, paceOf(CURRENT.get()), work);
  }

  /** Does such work as one of several pieces that keep the same pace. */
  static <T> T withOwnTime(Duration limit, TimeSource time, @Nullable Pace pace, Supplier<T> work) {
    return run(part(CURRENT.get(), limit, time, pace), work);
  }

  private static @Nullable Pace paceOf(@Nullable OperationContext operation) {
    return operation == null ? null : operation.pace;
  }

  private static OperationContext part(
      @Nullable OperationContext outer, Duration limit, TimeSource time, @Nullable Pace pace) {
    return new OperationContext(
        Deadline.in(limit, time), outer == null ? new Sent() : outer.sent, pace);
  }

  /** Returns a part of an operation that keeps a pace with others. */
  static @Nullable OperationContext part(@Nullable OperationContext operation, Pace pace) {
    return operation == null
        ? null
        : new OperationContext(operation.deadline, operation.sent, pace);
  }

  /** Does a piece of work as a part of an operation; null for none. */
  static <T> T run(@Nullable OperationContext operation, Supplier<T> work) {
    OperationContext before = CURRENT.get();
    CURRENT.set(operation);
    try {
      return work.get();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  /**
   * Returns how long the operation of this thread still has; empty if there is none. It bounds the waits
   * that are not for an answer, such as that for a value which another thread is loading.
   */
  public static Optional<Duration> left() {
    OperationContext current = CURRENT.get();
    return current == null ? Optional.empty() : Optional.of(current.deadline.left());
  }

  /** Returns the operation of this thread; null if there is none. */
  static @Nullable OperationContext current() {
    return CURRENT.get();
  }

  /** Returns by when the operation of this thread, which has to have one, must be done. */
  public static Deadline deadline() {
    return Objects.requireNonNull(CURRENT.get(), "no operation").deadline;
  }

  /** Returns whether anything that this thread's operation sent may have changed something. */
  public static boolean mayHaveTakenEffect() {
    OperationContext current = CURRENT.get();
    return current != null && current.sent.mayHaveTakenEffect;
  }

  /** Remembers that a request may have changed something. */
  public static void changed() {
    OperationContext current = CURRENT.get();
    if (current != null) {
      current.sent.mayHaveTakenEffect = true;
    }
  }

  /** Remembers what secrets a request is sent with, for its answer may repeat them anywhere. */
  public static void sentWith(Redactor redactor) {
    OperationContext current = CURRENT.get();
    if (current != null) {
      current.sent.with(redactor);
    }
  }

  /** Returns what hides the secrets that this thread's operation sent. */
  static Redactor redactor() {
    OperationContext current = CURRENT.get();
    return current == null ? Redactor.none() : current.sent.secrets;
  }

  /**
   * Says that the registry asked to slow down.
   *
   * @return whether it is sent fewer requests at a time from now on, so that the same one has a better chance
   */
  public static boolean slowDown() {
    Pace pace = paceOf(CURRENT.get());
    return pace != null && pace.slowDown();
  }

  /**
   * Waits because the registry asked to slow down. Nothing that keeps the same pace is begun meanwhile.
   *
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   */
  public static void pause(Duration duration, TimeSource time) throws InterruptedException {
    Pace pace = paceOf(CURRENT.get());
    if (pace == null) {
      time.sleep(duration);
      return;
    }
    pace.pause();
    try {
      time.sleep(duration);
    } finally {
      pace.resume();
    }
  }

  /** What is to be known of the requests of an operation and its parts, on whatever threads. */
  private static final class Sent {

    private volatile Redactor secrets = Redactor.none();
    private volatile boolean mayHaveTakenEffect;

    private synchronized void with(Redactor more) {
      secrets = secrets.and(more);
    }
  }
}
