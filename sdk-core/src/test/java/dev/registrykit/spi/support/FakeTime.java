package dev.registrykit.spi.support;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that sleeps in no time: it notes for how long and moves on. */
public final class FakeTime implements TimeSource {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  private final long startNanos = System.nanoTime();
  private volatile Duration slept = Duration.ZERO;
  private volatile double jitter = 1;

  /** Scatters by this from now on. */
  public FakeTime withJitter(double jitter) {
    this.jitter = jitter;
    return this;
  }

  /** Returns every wait that was asked for, in turn. */
  public List<Duration> sleeps() {
    return sleeps;
  }

  @Override
  public Instant now() {
    return START.plus(slept);
  }

  /** Runs as the machine's does, so that a stall uses up a deadline, and jumps over the waits. */
  @Override
  public long nanoTime() {
    return System.nanoTime() - startNanos + slept.toNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    advance(duration);
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    slept = slept.plus(duration);
  }

  @Override
  public double jitter() {
    return jitter;
  }
}
