package dev.registrykit.testkit.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Faults or actions waiting for their requests; of those that match, the oldest comes first.
 * One that spares requests counts all that match it, whatever else they meet.
 *
 * @param <S> what waits
 */
final class ScriptQueue<S> {
  private final List<Pending<S>> waiting = new ArrayList<>();

  private static final class Pending<S> {
    private final Predicate<ApiRequest> matches;
    private final S script;
    private int sparedLeft;
    private int timesLeft;

    Pending(int spared, int times, Predicate<ApiRequest> matches, S script) {
      this.sparedLeft = spared;
      this.timesLeft = times;
      this.matches = matches;
      this.script = script;
    }
  }

  void add(int spared, int times, Predicate<ApiRequest> matches, S script) {
    waiting.add(new Pending<>(spared, times, matches, script));
  }

  Optional<S> take(ApiRequest request) {
    Pending<S> met = null;
    for (Pending<S> pending : waiting) {
      if (!pending.matches.test(request)) {
        continue;
      }
      if (pending.sparedLeft > 0) {
        pending.sparedLeft--;
      } else if (met == null) {
        met = pending;
      }
    }
    if (met == null) {
      return Optional.empty();
    }
    countDown(met);
    return Optional.of(met.script);
  }

  /** How often scripts still wait; {@link Integer#MAX_VALUE} for more than that. */
  int size() {
    long left = waiting.stream().mapToLong(pending -> pending.timesLeft).sum();
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  private void countDown(Pending<S> pending) {
    pending.timesLeft--;
    if (pending.timesLeft == 0) {
      waiting.remove(pending);
    }
  }
}
