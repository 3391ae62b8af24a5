package dev.registrykit.retention;

import static dev.registrykit.retention.Fixtures.CLOCK;
import static dev.registrykit.retention.Fixtures.IMAGE;
import static dev.registrykit.retention.Fixtures.deletions;
import static dev.registrykit.retention.Fixtures.planned;
import static dev.registrykit.retention.Fixtures.signature;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.RateLimitException;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users of other tools lost, on the emulators. */
class LossesTest {

  private static final String REPOSITORY = IMAGE.path();

  private static RetentionPolicy.Builder all() {
    return RetentionPolicy.of(TagMatcher.all());
  }

  private static Registry registry(Emulator emulator) {
    return registry(emulator, HttpOptions.defaults());
  }

  private static Registry registry(Emulator emulator, HttpOptions options) {
    return Registries.open(emulator.uri(), emulator.environment(), options);
  }

  private static Instant day(int day) {
    return Instant.parse("2026-03-01T00:00:00Z").plusSeconds(86_400L * day);
  }

  private static void push(OciEmulator emulator, String tag, String content, Instant built) {
    emulator.addTag(REPOSITORY, tag, TagContent.of(content).withDates(built, null));
  }

  /** Carries a plan out, and returns the tags that were kept. */
  private static Set<String> carryOut(RetentionPlan plan, Registry registry) {
    RetentionReport report = RetentionRun.of(registry, plan).withClock(CLOCK).execute();
    assertTrue(report.isComplete(), report.toText());
    return report.tags().stream()
        .filter(tag -> tag.outcome() == TagReport.Outcome.KEPT)
        .map(tag -> tag.tag().name())
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource(names = {"DISTRIBUTION_2", "DISTRIBUTION_3_1", "ZOT"})
  void loss1PlatformChildrenOfAKeptImageStay(OciPersonality personality) {
    try (OciEmulator emulator = OciEmulator.start(personality);
        Registry registry = registry(emulator)) {
      String amd64 = emulator.pushImage(REPOSITORY, "1.0-amd64", "amd64", day(1), Map.of());
      String arm64 = emulator.pushUntaggedImage(REPOSITORY, "arm64", day(2));
      emulator.pushIndex(REPOSITORY, "1.0", amd64, arm64);
      push(emulator, "2.0", "two", day(9));

      RetentionPlan plan = RetentionPlan.of(
          registry,
          IMAGE,
          RetentionPolicy.of(TagMatcher.regex(".*-(amd|arm)64"))
              .keepTags(Set.of("x"))
              .build(),
          CLOCK);
      assertEquals(List.of("1.0-amd64"), deletions(plan));
      carryOut(plan, registry);

      assertTrue(emulator.manifests(REPOSITORY).containsAll(List.of(amd64, arm64)));
      assertEquals(Set.of("1.0", "2.0"), Set.copyOf(emulator.tagNames(REPOSITORY)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DISTRIBUTION_2", "DISTRIBUTION_3_1", "ZOT"})
  void loss2SiblingsOfADigestStay(OciPersonality personality) {
    try (OciEmulator emulator = OciEmulator.start(personality);
        Registry registry = registry(emulator)) {
      push(emulator, "v3.2.2", "3.2.2", day(1));
      push(emulator, "latest", "3.2.2", day(1));
      push(emulator, "v3.2.2-unsigned", "3.2.2", day(1));

      RetentionPlan plan = RetentionPlan.of(
          registry,
          IMAGE,
          RetentionPolicy.of(TagMatcher.glob("*-unsigned"))
              .keepTags(Set.of("x"))
              .build(),
          CLOCK);
      assertEquals(List.of("latest", "v3.2.2"), planned(plan, "v3.2.2-unsigned").keptSiblings());
      carryOut(plan, registry);

      assertEquals(Set.of("v3.2.2", "latest"), emulator.tags(REPOSITORY).keySet());
      registry.getTag(IMAGE, "v3.2.2");
    }
  }

  @Test
  void loss2SiblingsStayWhereATagCannotBeDeletedAlone() {
    try (ScalewayEmulator emulator = ScalewayEmulator.start();
        Registry registry = registry(emulator)) {
      for (String tag : List.of("v1", "build-1", "build-2", "build-3")) {
        String digest =
            Fixtures.digest(tag.equals("build-1") ? "v1" : tag.equals("build-3") ? "build-2" : tag);
        emulator.addTag(REPOSITORY, tag, TagContent.ofDigest(digest).withDates(day(1), day(1)));
      }

      RetentionPlan plan = RetentionPlan.of(
          registry,
          IMAGE,
          RetentionPolicy.of(TagMatcher.glob("build-*")).keepTags(Set.of("x")).build(),
          CLOCK);

      assertEquals(Set.of("build-1"), carryOut(plan, registry));
      assertEquals(Set.of("v1", "build-1"), Set.copyOf(emulator.tagNames(REPOSITORY)));
    }
  }

  @Test
  void loss3SignaturesOfWhatStaysStayAndOthersGo() {
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_3_1);
        Registry registry = registry(emulator)) {
      push(emulator, "1", "one", day(1));
      push(emulator, "2", "two", day(2));
      Map<String, String> digests = emulator.tags(REPOSITORY);
      String first = signature(digests.get("1"), ".sig");
      String second = signature(digests.get("2"), ".sig");
      push(emulator, first, "signature of one", day(1));
      push(emulator, second, "signature of two", day(20));

      RetentionPlan plan =
          RetentionPlan.of(registry, IMAGE, all().keepNewestImages(1).build(), CLOCK);
      assertEquals(List.of("1", first), deletions(plan));
      carryOut(plan, registry);

      assertEquals(Set.of("2", second), emulator.tags(REPOSITORY).keySet());
    }
  }

  @Test
  void loss3TheSignatureOfATagThatWasMovedMeanwhileStays() {
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_3_1);
        Registry registry = registry(emulator)) {
      push(emulator, "1", "one", day(1));
      push(emulator, "2", "two", day(2));
      String signature = signature(emulator.tags(REPOSITORY).get("1"), ".sig");
      push(emulator, signature, "signature of one", day(1));

      RetentionPlan plan =
          RetentionPlan.of(registry, IMAGE, all().keepNewestImages(1).build(), CLOCK);
      emulator.moveTag(REPOSITORY, "1", emulator.tags(REPOSITORY).get("2"));

      assertEquals(Set.of("1", signature), carryOut(plan, registry));
      assertEquals(Set.of("1", "2", signature), emulator.tags(REPOSITORY).keySet());
    }
  }

  @Test
  void loss4SeveralTagsOfOneImageAreOneImage() {
    try (OciEmulator emulator = OciEmulator.start();
        Registry registry = registry(emulator)) {
      push(emulator, "1", "one", day(1));
      push(emulator, "2", "two", day(2));
      push(emulator, "3", "three", day(3));
      for (String alias : List.of("3.0", "3.0.0", "stable", "prod")) {
        push(emulator, alias, "three", day(3));
      }

      assertEquals(
          List.of("1"),
          deletions(RetentionPlan.of(registry, IMAGE, all().keepNewestImages(2).build(), CLOCK)));
    }
  }

  @Test
  void loss4ImagesOfReproducibleBuildsAreNotTheOldest() {
    try (OciEmulator emulator = OciEmulator.start();
        Registry registry = registry(emulator)) {
      push(emulator, "buildpack", "buildpack", Instant.parse("1980-01-01T00:00:01Z"));
      push(emulator, "kaniko", "kaniko", Instant.EPOCH);
      push(emulator, "cache", "cache", null);
      push(emulator, "1", "one", day(1));
      push(emulator, "2", "two", day(2));

      assertEquals(
          List.of("1"),
          deletions(RetentionPlan.of(registry, IMAGE, all().keepNewestImages(1).build(), CLOCK)));
    }
  }

  @Test
  void loss5APatternThatMatchesEverythingIsNoPattern() {
    assertThrows(IllegalArgumentException.class, () -> TagMatcher.glob(""));
    assertThrows(IllegalArgumentException.class, () -> TagMatcher.glob("*"));
    assertThrows(IllegalArgumentException.class, () -> TagMatcher.regex(".*"));
    assertThrows(IllegalArgumentException.class, () -> all().keepDigests(List.of()));
    assertThrows(IllegalArgumentException.class, () -> all().build());
  }

  @Test
  void loss5AMatcherThatFitsAllTagsOfAnImageStopsAtTheGuard() {
    try (BlaxelEmulator emulator = BlaxelEmulator.start();
        Registry registry = registry(emulator)) {
      ImageRef image = ImageRef.of("sandbox/web");
      emulator.addTag("sandbox/web", "1", TagContent.of("one").withDates(day(1), day(1)));
      emulator.addTag("sandbox/web", "2", TagContent.of("two").withDates(day(2), day(2)));

      RetentionPlan plan = RetentionPlan.of(
          registry,
          image,
          RetentionPolicy.of(TagMatcher.regex("[0-9]+")).keepTags(Set.of("x")).build(),
          CLOCK);
      assertThrows(IllegalStateException.class, () -> carryOut(plan, registry));
      assertEquals(Set.of("1", "2"), Set.copyOf(emulator.tagNames("sandbox/web")));

      RetentionPlan narrower =
          RetentionPlan.of(registry, image, all().keepNewestImages(1).build(), CLOCK);
      assertEquals(Set.of(), carryOut(narrower, registry));
      assertEquals(List.of("2"), emulator.tagNames("sandbox/web"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DISTRIBUTION_2", "DISTRIBUTION_3_1", "ZOT"})
  void loss6ATagThatIsPushedAgainAfterThePlanStays(OciPersonality personality) {
    try (OciEmulator emulator = OciEmulator.start(personality);
        Registry registry = registry(emulator)) {
      push(emulator, "1", "one", day(1));
      push(emulator, "2", "two", day(2));
      RetentionPlan plan =
          RetentionPlan.of(registry, IMAGE, all().keepNewestImages(1).build(), CLOCK);
      push(emulator, "1", "one, mended", day(29));

      assertEquals(Set.of("1"), carryOut(plan, registry));
      assertEquals(Set.of("1", "2"), emulator.tags(REPOSITORY).keySet());
    }
  }

  @Test
  void loss7AListThatEndsInARateLimitIsNoPlan() {
    try (OciEmulator emulator = OciEmulator.start();
        Registry registry =
            registry(emulator, HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()))) {
      push(emulator, "1", "one", day(1));
      push(emulator, "2", "two", day(2));
      emulator.failNext("GET", ".*/manifests/.*", 100, Fault.rateLimited());

      assertThrows(
          RateLimitException.class,
          () -> RetentionPlan.of(registry, IMAGE, all().keepNewestImages(1).build(), CLOCK));
      assertEquals(Set.of("1", "2"), emulator.tags(REPOSITORY).keySet());
    }
  }

  /** A kill in the middle of a run. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void loss7ARateLimitHalfWayAndAKillLeaveARecordOfEveryTag(@TempDir Path folder)
      throws IOException {
    Path journal = folder.resolve("journal.jsonl");
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_3_1)) {
      for (int day = 1; day <= 25; day++) {
        push(emulator, "build-" + day, "content " + day, day(day));
      }
      HttpOptions options = HttpOptions.defaults().withRetryPolicy(RetryPolicy.none());
      RetentionPlan plan;
      try (Registry registry = registry(emulator, options)) {
        plan = RetentionPlan.of(registry, IMAGE, all().keepNewestImages(1).build(), CLOCK);
        RetentionRun run = RetentionRun.of(registry, plan)
            .withJournal(journal)
            .withClock(CLOCK)
            .withProgress(progress -> {
              if (progress.deleted() == 7) {
                emulator.failAll(Fault.rateLimited());
              }
              if (progress.failed() == 3) {
                throw new Killed();
              }
            });
        assertThrows(Killed.class, run::execute);
      }
      Set<String> left = Set.copyOf(emulator.tagNames(REPOSITORY));
      assertTrue(left.size() > 8 && left.size() <= 18, left.toString());
      for (JournalEntry entry : JournalReader.read(Files.readAllBytes(journal)).entries()) {
        boolean isSaidToBeGone =
            entry.outcome() != null && entry.outcome() == TagReport.Outcome.DELETED;
        assertTrue(!isSaidToBeGone || !left.contains(entry.tag()), entry.toString());
      }
      emulator.clearFaults();

      RetentionReport report;
      try (Registry registry = registry(emulator, options)) {
        report = RetentionRun.resume(registry, journal).withClock(CLOCK).execute();
      }

      assertTrue(report.isComplete(), report.toText());
      assertEquals(
          deletions(plan),
          report.tags().stream()
              .filter(tag -> tag.outcome().isGone())
              .map(tag -> tag.tag().name())
              .toList());
      assertEquals(List.of("build-25"), emulator.tagNames(REPOSITORY));
    }
  }

  @Test
  void loss7ARateLimitThatStaysEndsTheRunAndTheReportHasEveryTag() {
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_3_1);
        Registry registry =
            registry(emulator, HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()))) {
      for (int day = 1; day <= 25; day++) {
        push(emulator, "build-" + day, "content " + day, day(day));
      }
      RetentionPlan plan =
          RetentionPlan.of(registry, IMAGE, all().keepNewestImages(1).build(), CLOCK);

      RetentionReport report = RetentionRun.of(registry, plan)
          .withClock(CLOCK)
          .stoppingAfterFailures(1) // what was answered before may be heard of between failures
          .withProgress(progress -> {
            if (progress.deleted() == 7) {
              emulator.failAll(Fault.rateLimited());
            }
          })
          .execute();

      assertTrue(report.stoppedBy().orElseThrow().contains("failure"), report.toText());
      assertEquals(
          deletions(plan), report.tags().stream().map(tag -> tag.tag().name()).toList());
      List<String> left = emulator.tagNames(REPOSITORY);
      for (TagReport tag : report.tags()) {
        // What is unknown was deleted, and the look afterwards was refused.
        if (tag.outcome() != TagReport.Outcome.UNKNOWN) {
          assertEquals(!tag.outcome().isGone(), left.contains(tag.tag().name()), tag.toString());
        }
      }
    }
  }

  @Test
  void aRegistryThatMayRefuseIsAsked() {
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_2_DELETE_DISABLED);
        Registry registry = registry(emulator)) {
      push(emulator, "1", "one", day(1));
      push(emulator, "2", "two", day(2));
      RetentionPolicy policy = all().keepNewestImages(1).build();

      RetentionPlan refused = RetentionPlan.of(registry, IMAGE, policy, CLOCK);
      assertEquals(
          List.of("the registry was asked whether it deletes tags, and does not"),
          refused.obstacles());
      assertEquals(List.of("1"), deletions(refused));

      emulator.personality(OciPersonality.DISTRIBUTION_2);
      RetentionPlan granted = RetentionPlan.of(registry, IMAGE, policy, CLOCK);
      assertEquals(List.of(), granted.obstacles());
      assertEquals(
          List.of("The registry was asked whether it deletes tags, and does."), granted.notes());
      assertEquals(Set.of("1", "2"), emulator.tags(REPOSITORY).keySet());
    }
  }

  @Test
  void aPlanIsForTheRegistryItWasMadeOn() {
    try (OciEmulator one = OciEmulator.start();
        OciEmulator other = OciEmulator.start();
        Registry registry = registry(one);
        Registry elsewhere = registry(other)) {
      push(one, "1", "one", day(1));
      String json = RetentionPlan.of(registry, IMAGE, all().keepNewestImages(1).build(), CLOCK)
          .toJson();

      RetentionPlan.fromJson(json, registry);
      assertTrue(assertThrows(
              IllegalArgumentException.class, () -> RetentionPlan.fromJson(json, elsewhere))
          .getMessage()
          .startsWith("registry:"));
    }
  }

  @Test
  void anImageThatIsNotThereIsNoEmptyPlan() {
    try (OciEmulator emulator = OciEmulator.start();
        Registry registry = registry(emulator)) {
      assertThrows(
          RegistryException.class,
          () -> RetentionPlan.of(registry, IMAGE, all().keepNewestImages(1).build(), CLOCK));
    }
  }
}
