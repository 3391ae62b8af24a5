package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Runs a loop on one registry, again and again, and says what it lost. Belongs to one thread. */
record Trial(Place place, int more, Set<String> doomed, Loop loop, Emulator emulator)
    implements AutoCloseable {

  private static final String NOT_MADE = "the request was not made";

  /** One of the documentation's loops. */
  @FunctionalInterface
  interface Loop {

    /** Runs it, and returns the names of the tags that it says are gone. */
    Set<String> run(Registry registry);
  }

  /**
   * Starts a registry to try a loop on.
   *
   * @param more how many more tags its image has
   * @param doomed the names of the tags that a careful person deletes
   */
  static Trial of(Place place, int more, Set<String> doomed, Loop loop) {
    return new Trial(place, more, doomed, loop, place.start());
  }

  /** Runs the loop where nothing goes wrong, and returns the requests it makes. */
  List<Spot> clean(HttpOptions options) {
    Map<String, String> kept = filled();
    kept.keySet().removeAll(doomed);
    try (Registry registry = place.open(emulator, options)) {
      assertEquals(doomed, loop.run(registry));
    }
    assertEquals(kept, place.tags(emulator));
    return Spot.of(emulator.requests());
  }

  /**
   * Runs the loop with silence, and otherwise as {@link #spoiled} does. A registry that is only slow, on a
   * machine that has much to do, is not taken for a silent one.
   */
  List<String> silenced(Spot spot, Fault silence, boolean forEver, HttpOptions options) {
    List<String> losses = List.of(NOT_MADE);
    Duration patience = Duration.ofMillis(50);
    while (losses.contains(NOT_MADE) && patience.compareTo(Duration.ofSeconds(30)) < 0) {
      patience = patience.multipliedBy(2);
      losses = spoiled(spot, silence, forEver, options.withAttemptTimeout(patience));
    }
    return losses;
  }

  /**
   * Runs the loop with a fault, and returns what was lost, or said in error; empty if all is well. An old
   * tag may be gone, but is not left on anything else once the fault has passed.
   */
  List<String> spoiled(Spot spot, Fault fault, boolean forEver, HttpOptions options) {
    Map<String, String> before = filled();
    BooleanSupplier wasMade = spot.spoil(emulator, fault, forEver);
    List<String> losses = new ArrayList<>();
    String outcome;
    try (Registry registry = place.open(emulator, options)) {
      Set<String> gone = loop.run(registry);
      outcome = "deleted " + gone;
      gone.stream()
          .filter(place.tags(emulator)::containsKey)
          .forEach(tag -> losses.add(tag + " is there, but was said to be gone"));
    } catch (RegistryException e) {
      outcome = e.toString();
    } catch (RuntimeException | AssertionError e) {
      outcome = "no exception of the SDK's";
      losses.add(e.toString());
    }
    if (!wasMade.getAsBoolean()) {
      return List.of(NOT_MADE);
    }
    Map<String, String> after = place.tags(emulator);
    before.forEach((tag, digest) -> {
      boolean mayHaveGone = doomed.contains(tag) && (forEver || !after.containsKey(tag));
      if (!mayHaveGone && !digest.equals(after.get(tag))) {
        losses.add(tag + " was " + digest + " and is " + after.get(tag));
      }
    });
    String how = " (" + outcome + ")";
    return losses.stream().map(loss -> loss + how).toList();
  }

  private Map<String, String> filled() {
    place.fill(emulator);
    if (more > 0) {
      place.addMany(emulator, more);
    }
    return place.tags(emulator);
  }

  @Override
  public void close() {
    emulator.close();
  }
}
