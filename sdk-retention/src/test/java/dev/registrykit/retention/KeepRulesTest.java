package dev.registrykit.retention;

import static dev.registrykit.retention.Fixtures.deletions;
import static dev.registrykit.retention.Fixtures.digest;
import static dev.registrykit.retention.Fixtures.plan;
import static dev.registrykit.retention.Fixtures.reason;
import static dev.registrykit.retention.Fixtures.tag;
import static dev.registrykit.retention.Fixtures.undated;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Status;
import dev.registrykit.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each rule, with its edge. */
class KeepRulesTest {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private static RetentionPolicy.Builder all() {
    return RetentionPolicy.of(TagMatcher.all());
  }

  @Test
  void newestImagesAreCountedByDigest() {
    RetentionPolicy policy = all().keepNewestImages(2).build();

    assertEquals(
        List.of("1"),
        deletions(
            policy,
            tag("1", "2026-03-01"),
            tag("2", "2026-03-02"),
            tag("3", "2026-03-03"),
            tag("3.0", "3", "2026-03-03T00:00:01Z"),
            tag("stable", "3", "2026-01-01")));
  }

  @Test
  void newestTagsAreCountedOneByOne() {
    RetentionPolicy policy = all().keepNewestTags(2).build();

    assertEquals(
        List.of("1", "2"),
        deletions(
            policy,
            tag("1", "2026-03-01"),
            tag("2", "2026-03-02"),
            tag("3", "2026-03-03"),
            tag("3.0", "3", "2026-03-03T00:00:01Z")));
  }

  @Test
  void ofEqualDatesAllAreKept() {
    for (RetentionPolicy policy :
        List.of(all().keepNewestImages(2).build(), all().keepNewestTags(2).build())) {
      assertEquals(
          List.of("old"),
          deletions(
              policy,
              tag("old", "2026-03-01"),
              tag("a", "2026-03-02"),
              tag("b", "2026-03-02"),
              tag("c", "2026-03-03")));
    }
  }

  @Test
  void equalDatesAreCountedOneByOne() {
    assertEquals(
        List.of("old"),
        deletions(
            all().keepNewestImages(2).build(),
            tag("old", "2026-03-01"),
            tag("a", "2026-03-02"),
            tag("b", "2026-03-02")));
  }

  @Test
  void whatIsExactlyAsOldIsNotYounger() {
    RetentionPolicy policy = all().keepYoungerThan(Duration.ofDays(1)).build();

    assertEquals(
        List.of("exactly"),
        deletions(
            policy,
            tag("exactly", "2026-03-30T12:00:00Z"),
            tag("younger", "2026-03-30T12:00:00.000000001Z")));
  }

  @Test
  void whatMatchesIsKept() {
    RetentionPolicy policy = all()
        .keepMatching(TagMatcher.glob("v*"))
        .keepMatching(TagMatcher.regex("pr-[0-9]+"))
        .build();

    assertEquals(
        List.of("pr-x"),
        deletions(
            policy, tag("v1", "2026-03-01"), tag("pr-1", "2026-03-01"), tag("pr-x", "2026-03-01")));
  }

  @Test
  void theHighestVersionsOfEachMinorOneAreKept() {
    RetentionPlan plan = plan(
        all().keepNewestPerMinor(2).build(),
        tag("1.9.9", "2026-03-01"),
        tag("v1.9.10", "2026-03-01"),
        tag("1.9.8", "2026-03-29"),
        tag("1.10.0", "2026-03-01"),
        tag("2.9.0", "2026-03-01"),
        tag("nightly", "2026-03-01"));

    assertEquals(List.of("nightly", "1.9.8"), deletions(plan));
    assertEquals("the newest 2 releases of 1.9.x", reason(plan, "v1.9.10"));
  }

  @Test
  void theHighestVersionsOfEachMajorOneAreKept() {
    assertEquals(
        List.of("1.9.10"),
        deletions(
            all().keepNewestPerMajor(1).build(),
            tag("1.9.10", "2026-03-01"),
            tag("1.10.0", "2026-03-01"),
            tag("v1.10.0", "2026-03-01"),
            tag("2.0.0", "2026-03-01")));
  }

  @Test
  void candidatesPushOutNoRelease() {
    assertEquals(
        List.of("1.3.0-alpha.1", "1.3.0-rc.2"),
        deletions(
            all().keepNewestPerMajor(1).build(),
            tag("1.2.0", "2026-03-01"),
            tag("1.3.0-alpha.1", "2026-03-01"),
            tag("1.3.0-rc.2", "2026-03-01"),
            tag("1.3.0-rc.10", "2026-03-01")));
  }

  @Test
  void theNewestImageOfEachDayIsKeptWithItsTags() {
    RetentionPlan plan = plan(
        all().keepDaily(2).inZone(UTC).build(),
        tag("a", "2026-03-01T10:00:00Z"),
        tag("b", "2026-03-04T10:00:00Z"),
        tag("c", "2026-03-04T11:00:00Z"),
        tag("c-too", "c", "2026-03-04T01:00:00Z"),
        tag("d", "2026-03-10T10:00:00Z"));

    assertEquals(List.of("a", "b"), deletions(plan));
    assertEquals("the newest image of the day 2026-03-04", reason(plan, "c-too"));
  }

  @Test
  void whereADayBeginsIsTheZonesToSay() {
    Tag[] tags = {
      tag("late", "2026-03-04T22:30:00Z"),
      tag("later", "2026-03-04T23:30:00Z"),
      tag("z", "2026-03-07")
    };

    assertEquals(List.of("late"), deletions(all().keepDaily(2).inZone(UTC).build(), tags));
    assertEquals(
        List.of("late"), // of the three days in Paris it is the third
        deletions(all().keepDaily(2).inZone(ZoneId.of("Europe/Paris")).build(), tags));
    assertEquals(
        List.of(),
        deletions(all().keepDaily(3).inZone(ZoneId.of("Europe/Paris")).build(), tags));
  }

  @Test
  void aDayOfTwentyThreeHoursIsOneDay() {
    ZoneId paris = ZoneId.of("Europe/Paris"); // 29 March 2026 began at 23:00 and ended at 22:00 UTC

    assertEquals(
        List.of("b"),
        deletions(
            all().keepDaily(3).inZone(paris).build(),
            tag("a", "2026-03-28T22:59:59Z"),
            tag("b", "2026-03-28T23:00:00Z"),
            tag("c", "2026-03-29T21:59:59Z"),
            tag("d", "2026-03-29T22:00:00Z")));
  }

  @Test
  void weeksBeginOnMondayAndYearsOfWeeksAreIsos() {
    assertEquals(
        List.of("monday"),
        deletions(
            all().keepWeekly(2).inZone(UTC).build(),
            tag("sunday", "2025-12-28"),
            tag("monday", "2025-12-29"),
            tag("new-year", "2026-01-01")));
  }

  @Test
  void monthsAndYearsAreThoseOfTheCalendar() {
    Tag[] tags = {
      tag("2024", "2024-06-01"),
      tag("dec", "2025-12-31"),
      tag("jan-1", "2026-01-01"),
      tag("jan-2", "2026-01-02")
    };

    assertEquals(
        List.of("2024", "jan-1"), deletions(all().keepMonthly(2).inZone(UTC).build(), tags));
    assertEquals(
        List.of("2024", "jan-1"), deletions(all().keepYearly(2).inZone(UTC).build(), tags));
  }

  @Test
  void theOldestImageIsKeptWhileACountIsNotUsedUp() {
    RetentionPlan plan = plan(
        all().keepMonthly(3).inZone(UTC).build(),
        tag("oldest", "2026-01-01"),
        tag("old", "2026-01-02"),
        tag("jan", "2026-01-03"),
        tag("feb", "2026-02-01"));

    assertEquals(List.of("old"), deletions(plan));
    assertEquals("the oldest image, while there are fewer than 3 months", reason(plan, "oldest"));
  }

  @Test
  void whatAFinerPeriodKeepsUsesUpNoCoarserCount() {
    Tag[] tags = {
      tag("w1", "2026-03-02"),
      tag("w2", "2026-03-09"),
      tag("w3", "2026-03-16"),
      tag("w4", "2026-03-23")
    };

    assertEquals(
        List.of("w1"), deletions(all().keepDaily(1).keepWeekly(2).inZone(UTC).build(), tags));
  }

  @Test
  void whatIsInUseIsKept() {
    RetentionPolicy policy = all()
        .keepTags(Set.of("a"))
        .keepDigests(List.of(digest("b")))
        .keepIf("runs on the cluster", tag -> tag.name().equals("c"))
        .build();

    RetentionPlan plan = plan(
        policy,
        tag("a", "2026-03-01"),
        tag("b", "2026-03-01"),
        tag("b-too", "b", "2026-03-01"),
        tag("c", "2026-03-01"),
        tag("d", "2026-03-01"));

    assertEquals(List.of("d"), deletions(plan));
    assertEquals("runs on the cluster", reason(plan, "c"));
  }

  @Test
  void whatAPredicateThrowsEndsThePlan() {
    RetentionPolicy policy = all()
        .keepIf("runs", tag -> {
          throw new IllegalStateException("the cluster does not answer");
        })
        .build();

    assertThrows(IllegalStateException.class, () -> plan(policy, tag("a", "2026-03-01")));
  }

  @Test
  void siblingsOfAKeptTagAreKeptIfThePolicySaysSo() {
    Tag[] tags = {
      tag("v1", "same", "2026-03-01"),
      tag("build-1", "same", "2026-03-01"),
      tag("build-2", "2026-03-01")
    };
    RetentionPolicy.Builder builds =
        RetentionPolicy.of(TagMatcher.glob("build-*")).keepTags(Set.of("x"));

    RetentionPlan spoken = plan(builds.keepSiblings().build(), tags);
    assertEquals(List.of("build-2"), deletions(spoken));
    assertEquals("shares its digest with v1", reason(spoken, "build-1"));
  }

  @Test
  void whichDateCountsIsThePolicysToSay() {
    Tag pushedAgain = Tag.builder(Fixtures.IMAGE, "again")
        .digest(digest("again"))
        .createdAt(Instant.parse("2026-01-01T00:00:00Z"))
        .updatedAt(Instant.parse("2026-03-31T00:00:00Z"))
        .build();
    Tag[] tags = {pushedAgain, tag("x", "x", "2026-03-30")};
    Duration week = Duration.ofDays(7);

    assertEquals(List.of(), deletions(all().keepYoungerThan(week).build(), tags));
    assertEquals(
        List.of(), deletions(all().keepYoungerThan(week).by(TagDate.NEWER).build(), tags));
    assertEquals(
        List.of(), deletions(all().keepYoungerThan(week).by(TagDate.UPDATED).build(), tags));
    assertEquals(
        List.of("again"), // and x has no date of creation
        deletions(all().keepYoungerThan(week).by(TagDate.CREATED).build(), tags));
  }

  @Test
  void theNewerDateIsTheLaterOfBoth() {
    Tag builtLater = Tag.builder(Fixtures.IMAGE, "x")
        .createdAt(Instant.parse("2026-03-02T00:00:00Z"))
        .updatedAt(Instant.parse("2026-03-01T00:00:00Z"))
        .build();

    assertEquals(builtLater.createdAt(), TagDate.NEWER.of(builtLater));
    assertEquals(builtLater.updatedAt(), TagDate.CHANGED.of(builtLater));
  }

  @Test
  void latestIsKeptUnlessThePolicySaysOtherwise() {
    Tag[] tags = {tag("latest", "2026-01-01"), tag("new", "2026-03-01")};

    assertEquals(List.of(), deletions(all().keepNewestImages(1).build(), tags));
    assertEquals(
        List.of("latest"), deletions(all().keepNewestImages(1).deleteLatestToo().build(), tags));
  }

  @Test
  void tagsWithoutATrustworthyDateAreKeptAndNotCounted() {
    Tag[] tags = {
      undated("none"),
      tag("epoch", "1970-01-01T00:00:01Z"),
      tag("before", "1989-12-31T23:59:59Z"),
      tag("first", "1990-01-01"),
      tag("new", "2026-03-01"),
      tag("skewed", "2026-04-01T12:00:00Z"),
      tag("future", "2026-04-01T12:00:01Z"),
    };

    RetentionPlan plan = plan(all().keepNewestImages(2).build(), tags);
    assertEquals(List.of("first"), deletions(plan));
    assertEquals("it has no date of the last change", reason(plan, "none"));
    assertEquals(
        "its date, 1970-01-01T00:00:01Z, is before 1990-01-01T00:00:00Z and not trusted",
        reason(plan, "epoch"));
    assertEquals(
        "its date, 2026-04-01T12:00:01Z, is in the future and not trusted", reason(plan, "future"));
    assertEquals(
        List.of("none", "epoch", "before", "first", "future"),
        deletions(all().keepNewestImages(2).deleteUndatedToo().build(), tags));
  }

  @Test
  void theFirstTrustedDateCanBeMoved() {
    RetentionPolicy policy = all()
        .keepNewestImages(1)
        .trustDatesFrom(Instant.parse("2001-01-01T00:00:00Z"))
        .build();

    assertEquals(
        List.of("a"),
        deletions(
            policy, tag("2000", "2000-01-01"), tag("a", "2001-01-01"), tag("b", "2026-01-01")));
  }

  @Test
  void whatIsNotGovernedIsKept() {
    RetentionPlan plan = plan(
        RetentionPolicy.of(TagMatcher.versions(">=1.0 <2.0.0"))
            .keepNewestTags(1)
            .build(),
        tag("1.0.0", "2026-03-01"),
        tag("1.1.0", "2026-03-02"),
        tag("2.0.0", "2026-03-01"),
        tag("2.0.0-rc.1", "2026-03-02"),
        tag("main", "2026-03-03"));

    assertEquals(List.of("1.0.0"), deletions(plan));
    assertEquals("not governed by the policy", reason(plan, "main"));
  }

  @Test
  void lockedTagsAreKept() {
    Tag locked = Tag.builder(Fixtures.IMAGE, "locked")
        .digest(digest("locked"))
        .updatedAt(Instant.parse("2026-01-01T00:00:00Z"))
        .status(Status.LOCKED)
        .build();

    RetentionPlan plan = plan(all().keepNewestImages(1).build(), locked, tag("new", "2026-03-01"));
    assertEquals("locked by the registry", reason(plan, "locked"));
  }
}
