package dev.registrykit.testsupport;

import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that sleeps in no time: it notes for how long and moves on. */
public final class FakeTime implements TimeSource {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final boolean isRunning;
  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  private volatile Duration slept = Duration.ZERO;
  private volatile Runnable duringSleep = () -> {};
  private volatile double jitter = 1;

  /** Makes a clock that runs as the machine's does, so that a stall uses up a deadline. */
  public FakeTime() {
    this(true);
  }

  private FakeTime(boolean isRunning) {
    this.isRunning = isRunning;
  }

  /** Returns a clock that only a test moves on, and no busy machine that takes its time. */
  public static FakeTime standingStill() {
    return new FakeTime(false);
  }

  /** Scatters by this from now on. */
  public FakeTime withJitter(double scatter) {
    jitter = scatter;
    return this;
  }

  /** Does something in the middle of every wait, such as to interrupt the thread. */
  public void duringSleep(Runnable action) {
    duringSleep = action;
  }

  /** Returns every wait that was asked for, in turn; it may be cleared. */
  public List<Duration> sleeps() {
    return sleeps;
  }

  /** Returns for how long it slept and was moved on. */
  public Duration slept() {
    return slept;
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    slept = slept.plus(duration);
  }

  @Override
  public Instant now() {
    return START.plus(slept);
  }

  @Override
  public long nanoTime() {
    return (isRunning ? System.nanoTime() : 0) + slept.toNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    requireNotInterrupted();
    sleeps.add(duration);
    duringSleep.run();
    requireNotInterrupted();
    advance(duration);
  }

  private static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public double jitter() {
    return jitter;
  }
}
