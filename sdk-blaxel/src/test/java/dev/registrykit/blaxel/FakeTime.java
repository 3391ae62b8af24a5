package dev.registrykit.blaxel;

import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that sleeps in no time: it notes for how long and moves on. */
final class FakeTime implements TimeSource {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  private volatile Duration slept = Duration.ZERO;
  private volatile Runnable duringSleep = () -> {};

  /** Does something in the middle of every wait, such as to interrupt the thread. */
  void duringSleep(Runnable action) {
    duringSleep = action;
  }

  /** Returns every wait that was asked for, in turn. */
  List<Duration> sleeps() {
    return sleeps;
  }

  Duration slept() {
    return slept;
  }

  @Override
  public Instant now() {
    return START.plus(slept);
  }

  /** Runs as the machine's does, so that a stall uses up a deadline, and jumps over the waits. */
  @Override
  public long nanoTime() {
    return System.nanoTime() + slept.toNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    sleeps.add(duration);
    duringSleep.run();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    slept = slept.plus(duration);
  }

  @Override
  public double jitter() {
    return 1;
  }
}
