package dev.registrykit.oci.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.retention.ImageMatcher;
import dev.registrykit.retention.ImagePlan;
import dev.registrykit.retention.ImagePlans;
import dev.registrykit.retention.PlannedTag;
import dev.registrykit.retention.RetentionPlan;
import dev.registrykit.retention.RetentionPolicy;
import dev.registrykit.retention.RetentionReport;
import dev.registrykit.retention.RetentionRun;
import dev.registrykit.retention.TagMatcher;
import dev.registrykit.retention.TagReport;
import dev.registrykit.retention.TagReport.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of other tools lost is there after a run on a real server, as others see it. */
abstract class RetentionTests extends RealServerTests {

  private static final Clock CLOCK = Clock.fixed(NOON.plus(Duration.ofDays(60)), ZoneOffset.UTC);

  @TempDir
  Path folder;

  RetentionTests(ServerOfClass server) {
    super(server);
  }

  private static RetentionPolicy.Builder all() {
    return RetentionPolicy.of(TagMatcher.all());
  }

  /** Governs some tags and keeps none of them. */
  private static RetentionPolicy none(TagMatcher governed) {
    return RetentionPolicy.of(governed).keepNothing().build();
  }

  private RetentionPlan plan(RetentionPolicy policy) {
    return RetentionPlan.of(registry(), APP, policy, CLOCK);
  }

  private RetentionReport run(RetentionPlan plan) {
    return RetentionRun.of(registry(), plan).execute();
  }

  private TestImage pushOfDay(int day, String content, String... tags) {
    TestImage image = TestImage.of(content, NOON.plus(Duration.ofDays(day)));
    for (String tag : tags) {
      raw().push(APP.path(), tag, image);
    }
    return image;
  }

  private static Set<String> deletions(RetentionPlan plan) {
    return plan.deletions().stream().map(PlannedTag::name).collect(Collectors.toSet());
  }

  private static Map<String, Outcome> outcomes(RetentionReport report) {
    return report.tags().stream()
        .collect(Collectors.toMap(
            each -> each.tag().name(), TagReport::outcome, (one, other) -> one, TreeMap::new));
  }

  private static String signature(TestImage image) {
    return image.digest().replace(':', '-') + ".sig";
  }

  @Test
  void loss1PlatformChildrenOfAKeptImageStay() {
    TestIndex index = TestIndex.of("multi", NOON);
    raw().push(APP.path(), "1.0", index);
    raw().push(APP.path(), "1.0-amd64", index.platforms().get(0));

    RetentionReport report = run(plan(none(TagMatcher.glob("*-amd64"))));

    assertEquals(Map.of("1.0-amd64", Outcome.DELETED), outcomes(report));
    witnesses().assertTags(APP, "1.0");
    witnesses().assertBytes(index.bytes(), APP, "1.0");
    for (TestImage platform : index.platforms()) {
      witnesses().assertBytes(platform.manifest(), APP, platform.digest());
    }
  }

  @Test
  void loss2SiblingsOfADigestStay() {
    TestImage image = push(APP, "3.2.2", "v3.2.2", "latest", "v3.2.2-unsigned");

    RetentionReport report = run(plan(none(TagMatcher.glob("*-unsigned"))));

    assertEquals(Map.of("v3.2.2-unsigned", Outcome.DELETED), outcomes(report));
    witnesses().assertTags(APP, "v3.2.2", "latest");
    witnesses().assertBytes(image.manifest(), APP, "v3.2.2");
    witnesses().assertBytes(image.manifest(), APP, "latest");
  }

  @Test
  void loss3SignaturesOfWhatStaysStayAndOthersGo() {
    TestImage one = pushOfDay(1, "one", "1");
    TestImage two = pushOfDay(2, "two", "2");
    pushOfDay(1, "signature of one", signature(one));
    TestImage kept = pushOfDay(20, "signature of two", signature(two));

    RetentionReport report = run(plan(all().keepNewestImages(1).build()));

    assertEquals(Map.of("1", Outcome.DELETED, signature(one), Outcome.DELETED), outcomes(report));
    witnesses().assertTags(APP, "2", signature(two));
    witnesses().assertBytes(two.manifest(), APP, "2");
    witnesses().assertBytes(kept.manifest(), APP, signature(two));
    witnesses().assertMissing(APP, "1");
  }

  @Test
  void loss4TagsOfOneImageAreOneImageAndReproducibleBuildsAreNotTheOldest() {
    TestImage reproducible = TestImage.of("reproducible", Instant.EPOCH);
    raw().push(APP.path(), "reproducible", reproducible);
    pushOfDay(1, "one", "1");
    TestImage two = pushOfDay(2, "two", "2");
    pushOfDay(3, "three", "3", "3.0", "3.0.0", "stable", "prod");

    RetentionReport report = run(plan(all().keepNewestImages(2).build()));

    assertEquals(Map.of("1", Outcome.DELETED), outcomes(report));
    witnesses().assertTags(APP, "2", "3", "3.0", "3.0.0", "stable", "prod", "reproducible");
    witnesses().assertBytes(two.manifest(), APP, "2");
    witnesses().assertBytes(reproducible.manifest(), APP, "reproducible");
  }

  @Test
  void loss5WhatMatchesEveryTagIsNotCarriedOut() {
    TestImage one = pushOfDay(1, "one", "1");
    pushOfDay(2, "two", "2");
    RetentionPlan plan = plan(none(TagMatcher.regex("[0-9]+")));

    assertEquals(Set.of("1", "2"), deletions(plan));
    assertThrows(IllegalStateException.class, () -> run(plan));
    witnesses().assertTags(APP, "1", "2");
    witnesses().assertBytes(one.manifest(), APP, "1");
  }

  @Test
  void loss6ATagThatIsPushedBetweenPlanAndRunStaysWithItsSignature() {
    TestImage one = pushOfDay(1, "one", "1");
    pushOfDay(1, "signature of one", signature(one));
    pushOfDay(2, "two", "2");
    pushOfDay(3, "three", "3");
    RetentionPlan plan = plan(all().keepNewestImages(1).build());
    assertEquals(Set.of("1", "2", signature(one)), deletions(plan));
    TestImage mended = pushOfDay(29, "one, mended", "1");

    RetentionReport report = run(plan);

    assertEquals(Outcome.KEPT, outcomes(report).get("1"));
    assertEquals(Outcome.DELETED, outcomes(report).get("2"));
    assertFalse(outcomes(report).get(signature(one)).isGone());
    witnesses().assertTags(APP, "1", "3", signature(one));
    witnesses().assertBytes(mended.manifest(), APP, "1");
  }

  @Test
  void loss6ASiblingThatAppearsBetweenPlanAndRunStays() {
    pushOfDay(1, "one", "1");
    pushOfDay(2, "two", "2");
    RetentionPlan plan = plan(all().keepNewestImages(1).build());
    TestImage released = pushOfDay(1, "one", "released");

    run(plan);

    assertTrue(raw().tagNames(APP.path()).contains("released"));
    witnesses().assertBytes(released.manifest(), APP, "released");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 7, 9})
  void loss7ARunThatEndsHalfWayIsTakenUpAgainFromItsJournal(int request) {
    Set<String> doomed = Set.of("a", "b", "c", "d", "e", "f");
    for (String tag : doomed) {
      pushOfDay(1, tag.compareTo("d") < 0 ? tag : "shared", tag);
    }
    TestImage kept = pushOfDay(2, "kept", "kept");
    RetentionPolicy policy = all().keepNewestImages(1).build();
    assertEquals(doomed, deletions(plan(policy)));

    Path journal = folder.resolve("journal");
    RetentionReport ended = runInterruptedAfter(request, plan(policy), journal);
    assertTrue(ended.stoppedBy().isPresent(), ended.toText());
    assertFalse(ended.isComplete());
    assertTrue(raw().tagNames(APP.path()).contains("kept"));

    RetentionReport resumed = RetentionRun.resume(registry(), journal).execute();

    assertEquals(doomed, outcomes(resumed).keySet());
    assertTrue(outcomes(resumed).values().stream().allMatch(Outcome::isGone), resumed.toText());
    witnesses().assertTags(APP, "kept");
    witnesses().assertBytes(kept.manifest(), APP, "kept");
  }

  private RetentionReport runInterruptedAfter(int request, RetentionPlan plan, Path journal) {
    Thread runner = Thread.currentThread();
    AtomicInteger requests = new AtomicInteger();
    HttpOptions interrupting = HttpOptions.defaults().withRequestListener(event -> {
      if (requests.incrementAndGet() == request) {
        runner.interrupt();
      }
    });
    try (OciRegistry registry = builder().httpOptions(interrupting).build()) {
      return RetentionRun.of(registry, plan).withJournal(journal).execute();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void aPolicyOverManyImagesIsCarriedOutOnThoseThatMatch() {
    pushOfDay(1, "one", "1");
    pushOfDay(2, "two", "2");
    for (ImageRef image : List.of(OTHER, ImageRef.of("another/app"))) {
      raw().push(image.path(), "1", TestImage.of("one", NOON));
      raw().push(image.path(), "2", TestImage.of("two", NOON.plus(Duration.ofDays(1))));
    }

    Set<String> planned = new HashSet<>();
    for (ImagePlan each : ImagePlans.of(
        registry(),
        ImageMatcher.glob(APP.path().replaceFirst("/.*", "/*")),
        all().keepNewestImages(1).build(),
        CLOCK)) {
      planned.add(each.image().path());
      assertTrue(run(each.plan().orElseThrow()).isComplete());
    }

    assertEquals(Set.of(APP.path(), OTHER.path()), planned);
    witnesses().assertTags(APP, "2");
    witnesses().assertTags(OTHER, "2");
    witnesses().assertTags(ImageRef.of("another/app"), "1", "2");
  }
}
