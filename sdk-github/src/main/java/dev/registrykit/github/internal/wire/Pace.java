package dev.registrykit.github.internal.wire;

import dev.registrykit.RateLimitException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps to the documented pace of GitHub's API, 900 points in a minute, of which a read costs 1 and a change
 * 5. Who would exceed it waits until enough of the past minute is over. Thread-safe.
 */
public final class Pace {

  /** What a read costs. */
  public static final int READ = 1;

  /** What a change costs. */
  public static final int CHANGE = 5;

  private static final int POINTS = 900;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final TimeSource time;
  private final Deque<Spent> spent = new ArrayDeque<>();
  private int sum;

  private record Spent(long atNanos, int points) {}

  /** Makes one that has spent nothing. */
  public Pace(TimeSource time) {
    this.time = time;
  }

  /**
   * Spends points, after a wait if need be.
   *
   * @throws RateLimitException if the wait is longer than the operation may still take
   */
  public void spend(int points, Operation operation) {
    for (Duration wait = trySpending(points); !wait.isZero(); wait = trySpending(points)) {
      Duration asked = wait;
      if (OperationContext.left().filter(left -> left.compareTo(asked) < 0).isPresent()) {
        throw new RateLimitException(operation
            .details("more requests than GitHub's pace of 900 points a minute were made by this"
                + " registry object")
            .toBuilder()
            .attempts(0)
            .retryAfter(asked)
            .build());
      }
      try {
        time.sleep(asked);
      } catch (InterruptedException e) {
        throw operation.interrupted(e);
      }
    }
  }

  /** Returns zero if they are spent, else how long to wait. */
  private synchronized Duration trySpending(int points) {
    long now = time.nanoTime();
    while (!spent.isEmpty() && now - spent.getFirst().atNanos() >= PERIOD.toNanos()) {
      sum -= spent.removeFirst().points();
    }
    if (sum + points > POINTS) {
      long left = PERIOD.toNanos() - (now - spent.getFirst().atNanos());
      return Duration.ofNanos(Math.max(1, left));
    }
    spent.addLast(new Spent(now, points));
    sum += points;
    return Duration.ZERO;
  }
}
