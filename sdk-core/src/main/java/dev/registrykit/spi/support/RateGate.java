package dev.registrykit.spi.support;

import java.time.Duration;

/**
 * What all threads of a run pass before they send, and wait at while it is closed: one that was told to
 * slow down closes it for all. Thread-safe.
 */
final class RateGate {

  private final TimeSource time;
  private long opensAtNanos;

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

  boolean isOpen() {
    return left().isZero();
  }

  /** Waits until it is open. */
  void await() throws InterruptedException {
    for (Duration left = left(); !left.isZero(); left = left()) {
      time.sleep(left);
    }
  }
}
