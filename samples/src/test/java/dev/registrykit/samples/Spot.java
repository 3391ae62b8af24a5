package dev.registrykit.samples;

import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A request of a run, found again in another one: the how many-th of its method and path, for some are
 * sent side by side and come in any order.
 */
record Spot(String method, String path, int occurrence) {

  private static final int FOR_EVER = 100_000;

  /** Returns the spots of a run, in the order of their requests. */
  static List<Spot> of(List<RecordedRequest> requests) {
    Map<String, Integer> seen = new HashMap<>();
    return requests.stream()
        .map(request -> new Spot(
            request.method(),
            request.rawPath(),
            seen.merge(request.method() + request.rawPath(), 1, Integer::sum)))
        .toList();
  }

  /** Spoils this request of the next run, or all from it on. */
  void spoil(Emulator emulator, Fault fault, boolean forEver) {
    String regex = "^" + Pattern.quote(path) + "$";
    for (int i = 1; i < occurrence; i++) {
      emulator.beforeNext(method, regex, () -> {});
    }
    emulator.beforeNext(method, regex, () -> {
      if (forEver) {
        emulator.failNext(FOR_EVER, fault);
      } else {
        emulator.failNext(method, regex, 1, fault);
      }
    });
  }
}
