package dev.registrykit.samples;

import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * A request of a run, found again in another one: the how many-th of its kind, for some are sent side
 * by side and come in any order.
 *
 * @param path a regular expression
 */
record Spot(String method, String path, int occurrence) {

  private static final int FOR_EVER = 100_000;

  /** A placeholder is another one each time; no digest is all zeros, which is asked for as a probe. */
  private static final Pattern A_DIGEST = Pattern.compile("/manifests/sha256:(?!0{64}$)[0-9a-f]+$");

  /** A tag that is not there is another one each time. */
  private static final Pattern A_PROBE =
      Pattern.compile("/manifests/registrykit-probe-[0-9a-f-]+$");

  /** So is its version on GitHub. */
  private static final Pattern A_VERSION = Pattern.compile("/versions/[0-9]+$");

  /** Returns the spots of a run, in the order of their requests. */
  static List<Spot> of(List<RecordedRequest> requests) {
    Map<String, Integer> seen = new HashMap<>();
    return requests.stream()
        .map(request -> {
          String method = request.method();
          String path = path(method, request.rawPath());
          return new Spot(method, path, seen.merge(method + path, 1, Integer::sum));
        })
        .toList();
  }

  private static String path(String method, String rawPath) {
    if (A_PROBE.matcher(rawPath).find()) {
      return A_PROBE.pattern();
    }
    if (A_VERSION.matcher(rawPath).find()) {
      return A_VERSION.pattern();
    }
    boolean isPlaceholder = method.equals("DELETE") && A_DIGEST.matcher(rawPath).find();
    return isPlaceholder ? A_DIGEST.pattern() : "^" + Pattern.quote(rawPath) + "$";
  }

  /**
   * Spoils this request of the next run, or all from it on.
   *
   * @return whether the request has been made
   */
  BooleanSupplier spoil(Emulator emulator, Fault fault, boolean forEver) {
    AtomicBoolean wasMade = new AtomicBoolean();
    for (int i = 1; i < occurrence; i++) {
      emulator.beforeNext(method, path, () -> {});
    }
    emulator.beforeNext(method, path, () -> {
      wasMade.set(true);
      if (forEver) {
        emulator.failNext(FOR_EVER, fault);
      } else {
        emulator.failNext(method, path, 1, fault);
      }
    });
    return wasMade::get;
  }
}
