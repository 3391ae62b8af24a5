package dev.registrykit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.retention.MortalClient.Death;
import dev.registrykit.retention.MortalClient.Killed;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is killed at any request and resumed ends as one that was left in peace. */
@Execution(ExecutionMode.CONCURRENT)
class KilledRunTest {

  private static final HttpOptions OPTIONS =
      HttpOptions.defaults().withRetryPolicy(RetryPolicy.none());

  private static final int MANY = 1_000;

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  @TempDir
  Path folder;

  static Stream<Arguments> deaths() {
    return emulators()
        .flatMap(emulator -> Stream.of(Death.values())
            .map(death -> Arguments.of(emulator.get()[0], emulator.get()[1], death)));
  }

  static Stream<Arguments> emulators() {
    return Stream.of(
        emulator("Scaleway", ScalewayEmulator::start),
        emulator("Blaxel", BlaxelEmulator::start),
        emulator("docker-registry", OciEmulator::start),
        emulator("distribution", () -> OciEmulator.start(OciPersonality.DISTRIBUTION_3_1)));
  }

  private static Arguments emulator(String name, Supplier<Emulator> start) {
    return Arguments.of(name, start);
  }

  /** An image on an emulator, of its own for each kill. */
  private final class Scene {

    private final Emulator emulator;
    private final ImageRef image;
    private final Path journal;

    Scene(Emulator emulator, String name) {
      this.emulator = emulator;
      this.image = ImageRef.of("sandbox/" + name);
      this.journal = folder.resolve(name + ".jsonl");
      push("build-1", "one", 1);
      push("build-2", "two", 2);
      push("build-2-again", "two", 2);
      push("build-3", "three", 3);
      push("release", "three", 3);
      push("build-4", "four", 4);
      push("build-5", "five", 5);
      String first = state().get("build-1");
      if (first.startsWith("sha256:")) {
        push(Fixtures.signature(first, ".sig"), "signature", 1);
      }
    }

    private void push(String tag, String content, int day) {
      Instant date = Instant.parse("2026-03-0" + day + "T00:00:00Z");
      TagContent what = emulator instanceof OciEmulator
          ? TagContent.of(content)
          : TagContent.ofDigest(Fixtures.digest(content));
      emulator.addTag(image.path(), tag, what.withDates(date, date));
    }

    Registry open(HttpOptions options) {
      return Registries.open(emulator.uri(), emulator.environment(), options);
    }

    /** The digests of the tags where they can be seen, so that a placeholder shows. */
    Map<String, String> state() {
      if (emulator instanceof OciEmulator oci) {
        return new TreeMap<>(oci.tags(image.path()));
      }
      return emulator.tagNames(image.path()).stream()
          .collect(Collectors.toMap(
              name -> name,
              name -> emulator instanceof ScalewayEmulator ? digestOf(name) : "",
              (one, other) -> one,
              TreeMap::new));
    }

    private String digestOf(String name) {
      try (Registry registry = open(OPTIONS)) {
        return registry.getTag(image, name).digest().orElse("");
      }
    }

    RetentionPlan plan() {
      RetentionPolicy policy =
          RetentionPolicy.of(TagMatcher.glob("build-*")).keepNewestImages(1).build();
      try (Registry registry = open(OPTIONS)) {
        return RetentionPlan.of(registry, image, policy, Fixtures.CLOCK);
      }
    }

    /** Returns whether the process came to its end. */
    boolean lives(int requests, Death death, RetentionPlan begun) {
      MortalClient mortal = new MortalClient(client, requests, death);
      try (Registry registry = open(OPTIONS.withHttpClient(mortal))) {
        RetentionRun run = begun == null
            ? RetentionRun.resume(registry, journal)
            : RetentionRun.of(registry, begun).withJournal(journal);
        assertEnded(run.withClock(mortal.clock()).execute());
        return true;
      } catch (Killed e) {
        return false;
      }
    }

    RetentionReport resume() {
      try (Registry registry = open(OPTIONS)) {
        return RetentionRun.resume(registry, journal).withClock(Fixtures.CLOCK).execute();
      }
    }
  }

  private static void assertEnded(RetentionReport report) {
    assertTrue(report.isComplete(), report.toText());
    assertEquals(Optional.empty(), report.stoppedBy());
  }

  /** What is left when nobody is killed. */
  private Map<String, String> undisturbed(Emulator emulator) {
    Scene scene = new Scene(emulator, "undisturbed");
    Map<String, String> before = scene.state();
    RetentionPlan plan = scene.plan();
    assertTrue(scene.lives(MANY, Death.BEFORE_THE_REQUEST, plan));
    Map<String, String> after = scene.state();
    assertTrue(after.keySet().containsAll(Set.of("build-5", "release")), after.toString());
    assertTrue(!after.containsKey("build-1") && !after.containsKey("build-2"), after.toString());
    after.forEach((tag, digest) -> assertEquals(before.get(tag), digest));
    return after;
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("deaths")
  void aKillAtAnyRequest(String name, Supplier<Emulator> start, Death death) {
    try (Emulator emulator = start.get()) {
      Map<String, String> expected = undisturbed(emulator);
      for (int request = 1; request < MANY; request++) {
        Scene scene = new Scene(emulator, "web-" + request);
        if (scene.lives(request, death, scene.plan())) {
          assertTrue(request > 5, "killed before " + request);
          return;
        }
        RetentionReport report = scene.resume();

        assertEnded(report);
        assertEquals(expected, scene.state(), "killed at request " + request);
        emulator.clearRequests();
        assertEquals(
            report.tags().stream().map(TagReport::outcome).toList(),
            scene.resume().tags().stream().map(TagReport::outcome).toList());
        assertEquals(0, emulator.requestCount(), "a journal that is done with sends nothing");
      }
      fail("it never ended");
    }
  }

  /** Each goes on where the one before was killed, and may be killed while it puts back. */
  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("deaths")
  void manyProcessesThatAreKilledOneAfterAnother(
      String name, Supplier<Emulator> start, Death death) {
    try (Emulator emulator = start.get()) {
      Map<String, String> expected = undisturbed(emulator);
      for (int life = 20; life < 26; life++) {
        Scene scene = new Scene(emulator, "web-" + life);
        boolean isDone = scene.lives(life, death, scene.plan());
        int processes = 1;
        for (; !isDone && processes < 30; processes++) {
          isDone = scene.lives(life, death, null);
        }
        assertTrue(isDone, processes + " processes of " + life + " requests did not do it");
        assertEquals(expected, scene.state(), "killed at each request " + life);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("emulators")
  void aTagThatIsInUseByNowIsPutBackAndKept(String name, Supplier<Emulator> start) {
    try (Emulator emulator = start.get()) {
      undisturbed(emulator);
      for (int request = 1; request < MANY; request++) {
        Scene scene = new Scene(emulator, "web-" + request);
        Map<String, String> before = scene.state();
        if (scene.lives(request, Death.AFTER_THE_REQUEST, scene.plan())) {
          return;
        }
        try (Registry registry = scene.open(OPTIONS)) {
          RetentionReport report = RetentionRun.resume(registry, scene.journal)
              .keepingIf("in use", tag -> true)
              .execute();
          assertEnded(report);
          List<String> gone = report.tags().stream()
              .filter(tag -> tag.outcome().isGone())
              .map(tag -> tag.tag().name())
              .toList();
          before.keySet().removeAll(gone);
          String killed = "killed at request " + request;
          scene.state().forEach((tag, digest) -> assertEquals(before.get(tag), digest, killed));
          report.tags().stream()
              .filter(tag -> !tag.outcome().isGone())
              .filter(tag -> !tag.detail().contains("may have done it"))
              .forEach(tag ->
                  assertTrue(scene.state().containsKey(tag.tag().name()), killed + ": " + tag));
        }
      }
      fail("it never ended");
    }
  }
}
