package dev.registrykit.testkit.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Faults or interludes waiting for their requests; of those that match, the oldest comes first.
 *
 * @param <S> what waits
 */
final class ScriptQueue<S> {
  private final List<Pending<S>> waiting = new ArrayList<>();

  private static final class Pending<S> {
    private final Predicate<ApiRequest> matches;
    private final S script;
    private int timesLeft;

    Pending(int times, Predicate<ApiRequest> matches, S script) {
      this.timesLeft = times;
      this.matches = matches;
      this.script = script;
    }
  }

  void add(int times, Predicate<ApiRequest> matches, S script) {
    waiting.add(new Pending<>(times, matches, script));
  }

  Optional<S> take(ApiRequest request) {
    Optional<Pending<S>> met =
        waiting.stream().filter(pending -> pending.matches.test(request)).findFirst();
    met.ifPresent(this::countDown);
    return met.map(pending -> pending.script);
  }

  int size() {
    return waiting.stream().mapToInt(pending -> pending.timesLeft).sum();
  }

  private void countDown(Pending<S> pending) {
    pending.timesLeft--;
    if (pending.timesLeft == 0) {
      waiting.remove(pending);
    }
  }
}
