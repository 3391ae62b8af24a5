package dev.registrykit.spi.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many reads a registry is sent at a time. It begins with a quarter of what the first caller allows, at least
 * 4, and doubles with every round trip, up to what the caller allows, as long as answers take about as long as they
 * did; it halves when the registry says that
 * it is too much, and grows by one a round trip from then on. While one waits because the registry asked for
 * it, no other begins. Thread-safe.
 */
final class ReadLimit {

  private static final double FIRST = 4;

  /** So that a high bound, too, is reached in two round trips. */
  private static final double FIRST_OF_BOUND = 1 / 4.0;

  /** Answers of a server that is at its limit take longer in proportion to what is sent at a time. */
  private static final double SLOWER = 2;

  /** What scheduling alone may add. */
  private static final double SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** How much of the best is forgotten with each answer, for networks change. */
  private static final double FORGETTING = 1.002;

  /** How much one answer counts in the average. */
  private static final double WEIGHT = 0.2;

  private final TimeSource time;
  private double limit = FIRST;
  private double slowStartEnd = Double.POSITIVE_INFINITY;
  private int underWay;
  private int pauses;
  private long lastHalvedNanos;
  private boolean wasHalved;
  private double averageNanos;
  private double bestNanos = Double.POSITIVE_INFINITY;

  ReadLimit(TimeSource time) {
    this.time = time;
  }

  /**
   * Waits until one more may be sent, or until the operation of this thread has no time left: then its request
   * ends at once for that very reason.
   *
   * @param bound how many the caller allows
   * @return its turn, to be ended
   */
  synchronized Turn begin(int bound) throws InterruptedException {
    if (hasLearntNothing()) {
      limit = Math.max(limit, bound * FIRST_OF_BOUND);
    }
    long startNanos = System.nanoTime();
    Duration longest = OperationContext.left().orElse(LONGEST_WAIT);
    long leftMillis = longest.toMillis();
    while ((underWay >= (int) limit || pauses > 0) && leftMillis > 0) {
      wait(leftMillis);
      leftMillis = longest.minusNanos(System.nanoTime() - startNanos).toMillis();
    }
    underWay++;
    return new Turn(bound);
  }

  private boolean hasLearntNothing() {
    return averageNanos == 0 && !wasHalved;
  }

  /** Returns how many may be sent at a time now, by what was learnt so far. */
  synchronized int current() {
    return (int) limit;
  }

  private void halve() {
    wasHalved = true;
    lastHalvedNanos = time.nanoTime();
    limit = Math.max(1, limit / 2);
    slowStartEnd = limit;
  }

  private void grow(int bound, long tookNanos) {
    averageNanos += averageNanos == 0 ? tookNanos : WEIGHT * (tookNanos - averageNanos);
    if (limit < bound && isAsFastAsEver()) {
      limit += limit < slowStartEnd ? 1 : 1 / limit;
    }
  }

  private boolean isAsFastAsEver() {
    bestNanos = Math.min(bestNanos * FORGETTING, averageNanos);
    return averageNanos <= SLOWER * bestNanos + SLACK_NANOS;
  }

  /** One read's leave to be sent, again and again if the registry refuses it. */
  final class Turn implements Pace {

    private final int bound;
    private final long begunNanos = time.nanoTime();
    private long sentNanos = begunNanos;
    private int fewest;
    private boolean wasTooMuch;

    private Turn(int bound) {
      this.bound = bound;
      this.fewest = Math.min(bound, (int) limit);
    }

    /** Halves what is sent at a time, once for all that was sent together. */
    @Override
    public boolean slowDown() {
      synchronized (ReadLimit.this) {
        wasTooMuch = true;
        if (!wasHalved || sentNanos - lastHalvedNanos >= 0) {
          halve();
        }
        boolean isFewer = (int) limit < fewest;
        fewest = Math.min(fewest, (int) limit);
        return isFewer;
      }
    }

    @Override
    public void pause() {
      synchronized (ReadLimit.this) {
        pauses++;
      }
    }

    @Override
    public void resume() {
      synchronized (ReadLimit.this) {
        pauses--;
        sentNanos = time.nanoTime();
        ReadLimit.this.notifyAll();
      }
    }

    /** It is over, well or not. */
    void end() {
      synchronized (ReadLimit.this) {
        underWay--;
        if (!wasTooMuch) {
          grow(bound, time.nanoTime() - begunNanos);
        }
        ReadLimit.this.notifyAll();
      }
    }
  }
}
