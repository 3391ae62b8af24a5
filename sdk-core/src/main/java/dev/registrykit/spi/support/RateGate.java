package dev.registrykit.spi.support;

import java.time.Duration;

/**
 * What all threads of a run pass before they send, and wait at while it is closed: one that was told to
 * slow down closes it for all. Thread-safe.
 */
final class RateGate implements Pace {

  private final TimeSource time;
  private long opensAtNanos;
  private int pauses;

  RateGate(TimeSource time) {
    this.time = time;
    this.opensAtNanos = time.nanoTime();
  }

  /** Closes it for this long from now on, unless it stays closed for longer anyway. */
  synchronized void closeFor(Duration duration) {
    Deadline opening = Deadline.in(duration, time);
    if (opening.left().compareTo(left()) > 0) {
      opensAtNanos = time.nanoTime() + opening.left().toNanos();
    }
  }

  private synchronized Duration left() {
    return Duration.ofNanos(Math.max(0, opensAtNanos - time.nanoTime()));
  }

  /** As many go on as before, one after the other for a while. */
  @Override
  public boolean slowDown() {
    return false;
  }

  @Override
  public synchronized void pause() {
    pauses++;
  }

  @Override
  public synchronized void resume() {
    pauses--;
    notifyAll();
  }

  synchronized boolean isOpen() {
    return pauses == 0 && left().isZero();
  }

  /** Waits until it is open. */
  void await() throws InterruptedException {
    awaitPauses();
    for (Duration left = left(); !left.isZero(); left = left()) {
      time.sleep(left);
    }
  }

  private synchronized void awaitPauses() throws InterruptedException {
    while (pauses > 0) {
      wait();
    }
  }
}
