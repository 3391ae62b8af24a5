package dev.registrykit.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.PageCursor;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.retention.RetentionReport;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testsupport.Thorough;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The loops of the documentation lose nothing, whatever goes wrong with whichever of their requests: those of a clean
 * run are counted, and then each of them in turn is spoiled, once, or with all that follow; outside the profile thorough
 * one in eight.
 */
class StrayFaultsTest {

  private static final int WORKERS = 4;

  /** Of how many requests one is spoiled. */
  private static final int STRIDE = Boolean.getBoolean(Thorough.PROPERTY) ? 1 : 8;

  private static final HttpOptions ONE_ATTEMPT = HttpOptions.defaults()
      .withHttpClient(HttpClient.newHttpClient())
      .withRetryPolicy(RetryPolicy.none());

  private static final HttpOptions TWO_ATTEMPTS = ONE_ATTEMPT.withRetryPolicy(
      RetryPolicy.standard().withMaxAttempts(2).withBackoff(Duration.ZERO, Duration.ZERO));

  /** What goes wrong, with a name for messages. */
  private record Mishap(String name, Fault fault) {}

  /** What answers in front of a registry, or in its place; no registry words it so. */
  private static final List<Mishap> STRANGERS = List.of(
      new Mishap("gateway's 404", Fault.json(404, "{\"message\":\"Not Found\"}")),
      new Mishap(
          "Spring's 404",
          Fault.json(
              404,
              "{\"timestamp\":\"2026-03-01T09:30:00Z\",\"status\":404,"
                  + "\"error\":\"Not Found\",\"path\":\"/v2/shop/web\"}")),
      new Mishap(
          "Kong's 404", Fault.json(404, "{\"message\":\"no Route matched with those values\"}")),
      new Mishap("empty 404", Fault.status(404)),
      new Mishap("default backend's 404", Fault.status(404, "text/plain", "default backend - 404")),
      new Mishap(
          "nginx's 404",
          Fault.status(
              404,
              "text/html",
              "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1>"
                  + "</center><hr><center>nginx</center></body></html>")),
      new Mishap(
          "plain 404", Fault.status(404, "text/plain; charset=utf-8", "404 page not found\n")));

  private static final List<Mishap> REFUSALS = List.of(
      new Mishap("403", Fault.json(403, "{}")),
      new Mishap("410", Fault.json(410, "{\"message\":\"Gone\"}")));

  /** What is worth another attempt. */
  private static final List<Mishap> PASSING = List.of(
      new Mishap("429", Fault.rateLimited()),
      new Mishap("500", Fault.status(500, "text/plain", "oops")),
      new Mishap("reset", Fault.connectionReset()),
      new Mishap("lost answer", Fault.lostAnswer()));

  private static final Mishap SILENCE = new Mishap("silence", Fault.delayed(Duration.ofMinutes(5)));

  /** Tags enough for more than one page. */
  private static final int MANY = 120;

  private static PrintStream out;

  @BeforeAll
  static void beQuiet() {
    out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
  }

  @AfterAll
  static void speakAgain() {
    System.setOut(out);
  }

  @ParameterizedTest
  @EnumSource
  void pruningKeepsWhatACarefulPersonKeeps(Place place) throws Exception {
    assertNothingIsLost(() -> Trial.of(place, 0, place.old(), registry -> pruned(registry, place)));
  }

  private static Set<String> pruned(Registry registry, Place place) {
    try {
      RetentionReport report =
          PruneOldTags.prune(registry, place.image(), Place.KEEP, Place.SPARED);
      return report.tags().stream()
          .filter(tag -> tag.outcome().isGone())
          .map(tag -> tag.tag().name())
          .collect(Collectors.toSet());
    } catch (IllegalStateException e) { // the plan has obstacles, such as a probe that was refused
      return Set.of();
    }
  }

  @ParameterizedTest
  @EnumSource
  void deletingOneTagDeletesNoOther(Place place) throws Exception {
    assertNothingIsLost(() -> Trial.of(place, 0, Set.of("1.0"), registry -> {
      SafeDeletion.deleteUnlessMoved(registry, place.image(), "1.0");
      return Set.of("1.0");
    }));
  }

  @ParameterizedTest
  @EnumSource
  void aListIsWholeOrFails(Place place) throws Exception {
    assertNothingIsLost(() -> Trial.of(place, MANY, Set.of(), registry -> {
      assertWhole(place, ReadingPages.everyName(registry, place.image()));
      return Set.of();
    }));
  }

  @ParameterizedTest
  @EnumSource
  void aListThatIsResumedIsWholeOrFails(Place place) throws Exception {
    assertNothingIsLost(() -> Trial.of(place, MANY, Set.of(), registry -> {
      List<String> names = new ArrayList<>();
      Optional<PageCursor> where = Optional.empty();
      do {
        where = ReadingPages.onePage(registry, place.image(), where, names);
      } while (where.isPresent());
      assertWhole(place, names);
      return Set.of();
    }));
  }

  private static void assertWhole(Place place, List<String> names) {
    assertEquals(place.count() + MANY, Set.copyOf(names).size(), "a list that was cut short");
  }

  private static void assertNothingIsLost(Supplier<Trial> trials) throws Exception {
    List<Spot> spots;
    try (Trial trial = trials.get()) {
      spots = trial.clean(ONE_ATTEMPT);
    }
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Callable<List<String>>> shares = IntStream.range(0, WORKERS)
          .<Callable<List<String>>>mapToObj(worker -> () -> losses(trials, spots, worker))
          .toList();
      List<String> losses = new ArrayList<>();
      for (Future<List<String>> share : workers.invokeAll(shares)) {
        losses.addAll(share.get());
      }
      assertEquals("", String.join("\n", losses), () -> losses.size() + " losses");
    } finally {
      workers.shutdownNow();
    }
  }

  /** What is lost at the spots that are a worker's. */
  private static List<String> losses(Supplier<Trial> trials, List<Spot> spots, int worker) {
    List<String> losses = new ArrayList<>();
    try (Trial trial = trials.get()) {
      for (int i = worker * STRIDE; i < spots.size(); i += WORKERS * STRIDE) {
        losses.addAll(losses(trial, spots.get(i), i));
      }
    }
    return losses;
  }

  /** Tries every mishap once; for ever, and with a repetition, they take turns, for that takes time. */
  private static List<String> losses(Trial trial, Spot spot, int number) {
    List<Mishap> mishaps = new ArrayList<>(REFUSALS);
    mishaps.add(STRANGERS.get(number % STRANGERS.size()));
    mishaps.addAll(PASSING);
    mishaps.add(SILENCE);
    List<String> losses = new ArrayList<>();
    for (Mishap mishap : mishaps) {
      losses.addAll(losses(trial, spot, mishap, false, ONE_ATTEMPT));
    }
    Mishap stranger = STRANGERS.get((number + 3) % STRANGERS.size());
    losses.addAll(losses(trial, spot, stranger, true, ONE_ATTEMPT));
    Mishap lasting = mishaps.get(number % mishaps.size());
    losses.addAll(losses(trial, spot, lasting, true, ONE_ATTEMPT));
    Mishap passing = PASSING.get(number % PASSING.size());
    losses.addAll(losses(trial, spot, passing, false, TWO_ATTEMPTS));
    return losses;
  }

  private static List<String> losses(
      Trial trial, Spot spot, Mishap mishap, boolean forEver, HttpOptions options) {
    List<String> losses = mishap == SILENCE
        ? trial.silenced(spot, mishap.fault(), forEver, options)
        : trial.spoiled(spot, mishap.fault(), forEver, options);
    String what = "%s %s, %s: ".formatted(mishap.name(), forEver ? "for ever" : "once", spot);
    return losses.stream().map(what::concat).toList();
  }
}
