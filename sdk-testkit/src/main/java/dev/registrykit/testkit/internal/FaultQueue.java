package dev.registrykit.testkit.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Faults waiting for their requests; of those that match, the oldest comes first. */
final class FaultQueue {
  private final List<Pending> waiting = new ArrayList<>();

  private static final class Pending {
    private final Predicate<ApiRequest> matches;
    private final FaultScript fault;
    private int timesLeft;

    Pending(int times, Predicate<ApiRequest> matches, FaultScript fault) {
      this.timesLeft = times;
      this.matches = matches;
      this.fault = fault;
    }
  }

  void add(int times, Predicate<ApiRequest> matches, FaultScript fault) {
    waiting.add(new Pending(times, matches, fault));
  }

  Optional<FaultScript> take(ApiRequest request) {
    Optional<Pending> met =
        waiting.stream().filter(pending -> pending.matches.test(request)).findFirst();
    met.ifPresent(this::countDown);
    return met.map(pending -> pending.fault);
  }

  int size() {
    return waiting.stream().mapToInt(pending -> pending.timesLeft).sum();
  }

  private void countDown(Pending pending) {
    pending.timesLeft--;
    if (pending.timesLeft == 0) {
      waiting.remove(pending);
    }
  }
}
