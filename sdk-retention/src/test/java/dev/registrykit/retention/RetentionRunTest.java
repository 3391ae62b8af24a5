package dev.registrykit.retention;

import static dev.registrykit.retention.Fixtures.CLOCK;
import static dev.registrykit.retention.Fixtures.IMAGE;
import static dev.registrykit.retention.Fixtures.NOW;
import static dev.registrykit.retention.Fixtures.digest;
import static dev.registrykit.retention.Fixtures.registry;
import static dev.registrykit.retention.Fixtures.signature;
import static dev.registrykit.retention.Fixtures.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BulkDeleteListener;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.IncompleteDeletionException.Remedy;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.retention.TagReport.Outcome;
import dev.registrykit.testkit.InMemoryRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RetentionRunTest {

  private static final RetentionPolicy NEWEST =
      RetentionPolicy.of(TagMatcher.all()).keepNewestImages(1).build();

  private static final RetentionPolicy BUILDS =
      RetentionPolicy.of(TagMatcher.glob("build-*")).keepTags(Set.of("x")).build();

  private static InMemoryRegistry builds(int count) {
    InMemoryRegistry registry = registry(tag("release", "2026-03-30"));
    for (int i = 1; i <= count; i++) {
      registry.addTag(tag("build-" + i, "2026-03-%02d".formatted(i)));
    }
    return registry;
  }

  private static RetentionRun run(Registry registry, RetentionPolicy policy) {
    return RetentionRun.of(registry, RetentionPlan.of(registry, IMAGE, policy, CLOCK))
        .withClock(CLOCK);
  }

  private static Map<String, Outcome> outcomes(RetentionReport report) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    report.tags().forEach(tag -> outcomes.put(tag.tag().name(), tag.outcome()));
    return outcomes;
  }

  private static TagReport of(RetentionReport report, String tag) {
    return report.tags().stream()
        .filter(each -> each.tag().name().equals(tag))
        .findFirst()
        .orElseThrow();
  }

  private static void assertDetail(String expected, RetentionReport report, String tag) {
    String detail = of(report, tag).detail();
    assertTrue(detail.contains(expected), detail);
  }

  private static ErrorDetails details(String why) {
    return ErrorDetails.of("delete a tag", why);
  }

  private static Supplier<RegistryException> refusal() {
    return () -> new PermissionDeniedException(details("no"));
  }

  // What is deleted

  @Test
  void everythingThatWasPlannedGoesAndTheReportSaysSo() {
    InMemoryRegistry registry = builds(3);

    RetentionReport report = run(registry, BUILDS).execute();

    assertEquals(List.of("release"), registry.tagNames(IMAGE));
    assertEquals(
        Map.of("build-1", Outcome.DELETED, "build-2", Outcome.DELETED, "build-3", Outcome.DELETED),
        outcomes(report));
    assertTrue(report.isComplete());
    assertEquals(Optional.empty(), report.stoppedBy());
    assertEquals(3, report.count(Outcome.DELETED));
    assertEquals(IMAGE, report.image());
    assertDetail("deleted", report, "build-1");
  }

  @Test
  void aPlanWithObstaclesIsNotCarriedOut() {
    InMemoryRegistry registry = builds(3);
    RetentionRun run = run(
        registry,
        RetentionPolicy.of(TagMatcher.glob("build-*"))
            .keepTags(Set.of("x"))
            .deleteAtMost(2)
            .build());
    long calls = registry.callCount();

    assertTrue(assertThrows(IllegalStateException.class, run::execute)
        .getMessage()
        .contains("at most 2 are allowed"));
    assertEquals(calls, registry.callCount());
  }

  @Test
  void aPlanOfAnotherRegistryIsRefusedAtOnce() {
    RetentionPlan plan = RetentionPlan.of(builds(1), IMAGE, BUILDS, CLOCK);
    Registry other = InMemoryRegistry.builder().provider("other").build();

    assertTrue(assertThrows(IllegalArgumentException.class, () -> RetentionRun.of(other, plan))
        .getMessage()
        .startsWith("provider:"));
  }

  @Test
  void aPlanThatDeletesNothingSendsNothing() {
    InMemoryRegistry registry = registry(tag("1", "2026-03-01"));
    RetentionRun run = run(registry, NEWEST);
    long calls = registry.callCount();

    RetentionReport report = run.execute();

    assertTrue(report.isComplete());
    assertEquals(calls, registry.callCount());
    assertTrue(report.toText().contains("nothing to delete"), report.toText());
  }

  @Test
  void siblingsThatAllGoGoTogether() {
    InMemoryRegistry registry = registry(
        tag("build-1", "same", "2026-03-01"),
        tag("build-2", "same", "2026-03-01"),
        tag("release", "2026-03-02"));

    RetentionReport report = run(registry, BUILDS).execute();

    assertEquals(List.of("release"), registry.tagNames(IMAGE));
    assertEquals(2, report.count(Outcome.DELETED), report.toText());
  }

  @Test
  void whereTheRegistryTakesItsTimeTheyAreAccepted() {
    InMemoryRegistry registry = InMemoryRegistry.builder().deletionReads(5).build();
    registry.addTag(tag("build-1", "2026-03-01")).addTag(tag("release", "2026-03-02"));

    RetentionReport report = run(registry, BUILDS).execute();

    assertEquals(Outcome.ACCEPTED, of(report, "build-1").outcome());
    assertTrue(report.isComplete());
  }

  @Test
  void whatIsGoneByNowIsNoFailure() {
    InMemoryRegistry registry = builds(2);
    RetentionRun run = run(registry, BUILDS);
    registry.deleteTag(IMAGE, "build-1");

    RetentionReport report = run.execute();

    assertEquals(
        Map.of("build-1", Outcome.ALREADY_GONE, "build-2", Outcome.DELETED), outcomes(report));
  }

  @Test
  void whereTagsHaveNoDigestsThereIsNothingToCompare() {
    InMemoryRegistry registry =
        InMemoryRegistry.builder().without(Feature.TAG_DIGEST).build();
    registry.addTag(tag("build-1", "2026-03-01")).addTag(tag("release", "2026-03-02"));

    assertEquals(
        Map.of("build-1", Outcome.DELETED), outcomes(run(registry, BUILDS).execute()));
  }

  private static InMemoryRegistry withoutDigests() {
    InMemoryRegistry registry =
        InMemoryRegistry.builder().without(Feature.TAG_DIGEST).build();
    registry.addTag(tag("build-1", "2026-03-01")).addTag(tag("release", "2026-03-02"));
    return registry;
  }

  @Test
  void aTagThatWasPlannedWithADigestIsKeptWhereTagsHaveNone() {
    RetentionPlan plan = RetentionPlan.of(builds(1), IMAGE, BUILDS, CLOCK);

    RetentionReport report =
        RetentionRun.of(withoutDigests(), plan).withClock(CLOCK).execute();

    assertEquals(Outcome.KEPT, of(report, "build-1").outcome());
    assertDetail("it was planned with a digest, and tags have none here", report, "build-1");
  }

  @Test
  void aTagThatWasPlannedWithoutADigestIsKeptWhereTagsHaveOne() {
    RetentionPlan plan = RetentionPlan.of(withoutDigests(), IMAGE, BUILDS, CLOCK);

    RetentionReport report = RetentionRun.of(builds(1), plan).withClock(CLOCK).execute();

    assertEquals(Outcome.KEPT, of(report, "build-1").outcome());
    assertDetail("it was planned without a digest, and tags have digests here", report, "build-1");
  }

  // What is kept

  @Test
  void aTagThatWasMovedIsKept() {
    InMemoryRegistry registry = builds(2);
    RetentionRun run = run(registry, BUILDS);
    registry.addTag(tag("build-1", "mended", "2026-03-31"));

    RetentionReport report = run.execute();

    assertEquals(Outcome.KEPT, of(report, "build-1").outcome());
    assertDetail("it points to " + digest("mended"), report, "build-1");
    assertTrue(report.isComplete());
    assertEquals(Set.of("build-1", "release"), Set.copyOf(registry.tagNames(IMAGE)));
  }

  @Test
  void aTagThatHasASiblingByNowIsKeptWhereItCannotGoAlone() {
    InMemoryRegistry registry = builds(2);
    RetentionRun run = run(registry, BUILDS);
    registry.addTag(tag("prod", "build-1", "2026-03-31"));

    RetentionReport report = run.execute();

    assertEquals(Outcome.KEPT, of(report, "build-1").outcome());
    assertInstanceOf(
        SharedDigestException.class, of(report, "build-1").failure().orElseThrow());
    assertDetail("prod", report, "build-1");
    assertEquals(Set.of("build-1", "prod", "release"), Set.copyOf(registry.tagNames(IMAGE)));
  }

  @Test
  void whatTheRegistrySaysIsInUseIsKept() {
    InMemoryRegistry registry = builds(2);
    RetentionRun run = run(registry, BUILDS);
    registry.markInUse(IMAGE, "build-1");

    RetentionReport report = run.execute();

    assertEquals(Outcome.KEPT, of(report, "build-1").outcome());
    assertInstanceOf(TagInUseException.class, of(report, "build-1").failure().orElseThrow());
  }

  @Test
  void whatACallerSaysIsInUseIsKeptAndAskedRightBefore() {
    InMemoryRegistry registry = builds(9);
    List<String> asked = new ArrayList<>();

    RetentionReport report = run(registry, BUILDS)
        .keepingIf("it runs in the cluster", tag -> {
          asked.add(tag.name());
          assertTrue(registry.tagNames(IMAGE).contains(tag.name()));
          return tag.digest().equals(Optional.of(digest("build-2")));
        })
        .keepingIf("it is odd", tag -> tag.name().equals("build-3"))
        .execute();

    assertEquals(9, Set.copyOf(asked).size());
    assertEquals(9, asked.size());
    assertEquals("it runs in the cluster", of(report, "build-2").detail());
    assertEquals("it is odd", of(report, "build-3").detail());
    assertEquals(2, report.count(Outcome.KEPT));
    assertEquals(Set.of("build-2", "build-3", "release"), Set.copyOf(registry.tagNames(IMAGE)));
  }

  @Test
  void aSiblingOfWhatIsInUseIsKeptWhereItCannotGoAlone() {
    InMemoryRegistry registry = registry(
        tag("build-1", "same", "2026-03-01"),
        tag("build-2", "same", "2026-03-01"),
        tag("release", "2026-03-02"));

    RetentionReport report = run(registry, BUILDS)
        .keepingIf("in use", tag -> tag.name().equals("build-2"))
        .execute();

    assertEquals(2, report.count(Outcome.KEPT), report.toText());
    assertEquals(3, registry.tagNames(IMAGE).size());
  }

  // Signatures and the like

  private static InMemoryRegistry signed() {
    return registry(
        tag("build-1", "2026-03-01"),
        tag(signature(digest("build-1"), ".sig"), "2026-03-01"),
        tag(
            signature(digest(signature(digest("build-1"), ".sig")), ".att"),
            "attestation",
            "2026-03-01"),
        tag("release", "2026-03-02"));
  }

  @Test
  void signaturesGoAfterWhatTheyAreAbout() {
    InMemoryRegistry registry = signed();
    List<String> done = new ArrayList<>();

    RetentionReport report = run(registry, BUILDS)
        .withProgress(
            progress -> progress.last().ifPresent(tag -> done.add(tag.tag().name())))
        .execute();

    assertEquals(report.tags().stream().map(tag -> tag.tag().name()).toList(), done);
    assertEquals("build-1", done.get(0));
    assertTrue(done.get(1).endsWith(".sig") && done.get(2).endsWith(".att"), done.toString());
    assertEquals(List.of("release"), registry.tagNames(IMAGE));
  }

  @Test
  void theSignatureOfWhatIsKeptIsKept() {
    InMemoryRegistry registry = signed();
    RetentionReport report = run(registry, BUILDS)
        .keepingIf("in use", tag -> tag.name().equals("build-1"))
        .execute();

    assertEquals(3, report.count(Outcome.KEPT), report.toText());
    assertDetail("it is about build-1, which stays", report, signature(digest("build-1"), ".sig"));
    assertEquals(4, registry.tagNames(IMAGE).size());
  }

  @Test
  void theSignatureOfWhatCouldNotBeDeletedIsForAnotherRun() {
    InMemoryRegistry registry = signed();
    RetentionRun run = run(registry, BUILDS);
    registry.failNext(1, refusal());

    RetentionReport report = run.execute();

    assertEquals(
        List.of(Outcome.FAILED, Outcome.NOT_ATTEMPTED, Outcome.NOT_ATTEMPTED),
        List.copyOf(outcomes(report).values()));
    assertFalse(report.isComplete());
    assertEquals(4, registry.tagNames(IMAGE).size());
  }

  /** The tag itself can go alone here, so that nobody else notices the new one. */
  @Test
  void theSignatureOfAnImageThatHasAnotherTagByNowIsKept() {
    InMemoryRegistry registry = InMemoryRegistry.builder().sparingSiblings().build();
    String signature = signature(digest("build-1"), ".sig");
    registry.addTag(tag("build-1", "2026-03-01")).addTag(tag("release", "2026-03-02"));
    registry.addTag(tag(signature, "2026-03-01"));
    RetentionRun run = run(registry, BUILDS);
    registry.addTag(tag("prod", "build-1", "2026-03-31"));

    RetentionReport report = run.execute();

    assertEquals(Map.of("build-1", Outcome.DELETED, signature, Outcome.KEPT), outcomes(report));
    assertDetail("the tag prod points to what it is about", report, signature);
    assertEquals(Set.of("prod", "release", signature), Set.copyOf(registry.tagNames(IMAGE)));
  }

  @Test
  void whatIsOnItsWayOutHoldsNoSignatureBack() {
    InMemoryRegistry registry = InMemoryRegistry.builder().deletionReads(9).build();
    String signature = signature(digest("build-1"), ".sig");
    registry.addTag(tag("build-1", "2026-03-01")).addTag(tag("release", "2026-03-02"));
    registry.addTag(tag(signature, "2026-03-01"));

    RetentionReport report = run(registry, BUILDS).execute();

    assertEquals(2, report.count(Outcome.ACCEPTED), report.toText());
  }

  @Test
  void aSignatureWhoseSubjectCannotBeSeenStays() {
    InMemoryRegistry registry = signed();
    RetentionRun run = run(registry, BUILDS).withProgress(progress -> {
      if (progress.done() == 1) {
        registry.failNext(new RegistryIOException(details("the connection broke"), null));
      }
    });

    RetentionReport report = run.execute();

    String signature = signature(digest("build-1"), ".sig");
    assertEquals(Outcome.FAILED, of(report, signature).outcome());
    assertDetail("could not be seen", report, signature);
    assertEquals(3, registry.tagNames(IMAGE).size());
  }

  /** How much each look at the tags asked for, from the second on: the first makes the plan. */
  private static List<TagDetail> looks(InMemoryRegistry registry) {
    List<TagDetail> looks = new ArrayList<>();
    Registry seen = (Registry) Proxy.newProxyInstance(
        Registry.class.getClassLoader(), new Class<?>[] {Registry.class}, (proxy, method, args) -> {
          if (method.getName().equals("listTags")) {
            looks.add(((ListTagsOptions) args[1]).detail());
          }
          return method.invoke(registry, args);
        });
    run(seen, BUILDS).execute();
    return looks.subList(1, looks.size());
  }

  @Test
  void whetherSubjectsHaveOtherTagsIsSeenByDigestsAlone() {
    assertEquals(List.of(TagDetail.DIGEST, TagDetail.DIGEST), looks(signed()));
  }

  @Test
  void whereATagWasOnItsWayOutTheStatusIsLookedAtToo() {
    InMemoryRegistry registry = signed();
    registry.addTag(Tag.builder(IMAGE, "going")
        .digest(digest("going"))
        .updatedAt(NOW)
        .status(Status.DELETING)
        .build());

    assertEquals(List.of(TagDetail.FULL, TagDetail.FULL), looks(registry));
  }

  @Test
  void anInterruptWhileSubjectsAreLookedAtEndsIt() {
    InMemoryRegistry registry = signed();
    RetentionRun run = run(registry, BUILDS).withProgress(progress -> {
      if (progress.done() == 1) {
        registry.failNext(new RegistryInterruptedException(details("interrupted"), null));
      }
    });

    RetentionReport report = run.execute();

    assertEquals(Optional.of("the thread was interrupted"), report.stoppedBy());
    assertEquals(
        List.of(Outcome.DELETED, Outcome.NOT_ATTEMPTED, Outcome.NOT_ATTEMPTED),
        List.copyOf(outcomes(report).values()));
  }

  // What the journal is told

  private static PlannedTag firstOf(RetentionPlan plan) {
    return plan.deletions().get(0);
  }

  @Test
  void howATagEndedIsWrittenOnceAndAgainIfItIsKnownBetter() {
    RetentionPlan plan = RetentionPlan.of(builds(2), IMAGE, BUILDS, CLOCK);
    List<String> written = new ArrayList<>();
    Ledger ledger = new Ledger(
        plan,
        RunSettings.defaults(),
        entry -> written.add(entry.outcome() + " " + entry.detail()),
        List.of());

    ledger.end(Outcomes.report(firstOf(plan), Outcome.FAILED, "no"));
    ledger.end(Outcomes.report(firstOf(plan), Outcome.FAILED, "no"));
    ledger.end(Outcomes.report(firstOf(plan), Outcome.FAILED, "no; it was put back"));
    ledger.end(Outcomes.report(firstOf(plan), Outcome.UNKNOWN, "no; it was put back"));

    assertEquals(
        List.of("FAILED no", "FAILED no; it was put back", "UNKNOWN no; it was put back"), written);
  }

  @Test
  void aTagThatWasBegunAndNotAttemptedIsEndedInTheJournal() {
    RetentionPlan plan = RetentionPlan.of(builds(2), IMAGE, BUILDS, CLOCK);
    List<String> written = new ArrayList<>();
    Ledger ledger = new Ledger(
        plan,
        RunSettings.defaults(),
        entry -> written.add(entry.event() + " " + entry.tag()),
        List.of());

    assertTrue(ledger.mayBegin(firstOf(plan)));
    RetentionReport report = ledger.close();

    assertEquals(2, report.count(Outcome.NOT_ATTEMPTED));
    assertEquals(List.of("BEGUN build-1", "ENDED build-1"), written);
  }

  @Test
  void aThreadThatIsInterruptedBeginsNothingMore() {
    RetentionPlan plan = RetentionPlan.of(builds(1), IMAGE, BUILDS, CLOCK);
    Ledger ledger = new Ledger(plan, RunSettings.defaults(), Journal.NONE, List.of());

    Thread.currentThread().interrupt();
    boolean mayBegin = ledger.mayBegin(firstOf(plan));

    assertTrue(Thread.interrupted());
    assertFalse(mayBegin);
    assertEquals(Optional.of("the thread was interrupted"), ledger.close().stoppedBy());
  }

  // What goes wrong

  @Test
  void aFailureIsThatOfOneTag() {
    InMemoryRegistry registry = builds(3);
    RetentionRun run = run(registry, BUILDS);
    registry.failNext(1, refusal());

    RetentionReport report = run.execute();

    assertEquals(Outcome.FAILED, of(report, "build-1").outcome());
    assertInstanceOf(
        PermissionDeniedException.class, of(report, "build-1").failure().orElseThrow());
    assertEquals(2, report.count(Outcome.DELETED));
    assertFalse(report.isComplete());
    assertEquals(Optional.empty(), report.stoppedBy());
  }

  @Test
  void aFailureThatMayHaveTakenEffectIsUnknown() {
    InMemoryRegistry registry = builds(1);
    RetentionRun run = run(registry, BUILDS);
    registry.failNext(new RegistryIOException(
        ErrorDetails.builder("delete a tag")
            .serverMessage("the connection broke")
            .mayHaveTakenEffect(true)
            .build(),
        null));

    RetentionReport report = run.execute();

    assertEquals(Outcome.UNKNOWN, of(report, "build-1").outcome());
    assertDetail("it may be gone all the same", report, "build-1");
  }

  @Test
  void tooManyFailuresInARowEndIt() {
    InMemoryRegistry registry = builds(28);
    RetentionRun run = run(registry, BUILDS);
    registry.failNext(1_000, refusal());
    long calls = registry.callCount();

    RetentionReport report = run.execute();

    assertTrue(report.stoppedBy().orElseThrow().startsWith("5 failures in a row, the last: "));
    // Eight at a time were under way when the fifth failed.
    assertTrue(registry.callCount() - calls < 15, "calls: " + (registry.callCount() - calls));
    assertTrue(report.count(Outcome.NOT_ATTEMPTED) > 12, report.toText());
    assertDetail("the run ended before: 5 failures in a row", report, "build-28");
    assertEquals(29, registry.tagNames(IMAGE).size());
  }

  @Test
  void aDeletionBeginsTheCountOfFailuresAnewAndWhatIsKeptDoesNot() {
    InMemoryRegistry registry = builds(9);
    RetentionPlan plan = RetentionPlan.of(registry, IMAGE, BUILDS, CLOCK);
    Ledger ledger = new Ledger(plan, RunSettings.defaults().with(2), Journal.NONE, List.of());
    List<PlannedTag> tags = plan.deletions();
    Outcome[] ends = {Outcome.FAILED, Outcome.DELETED, Outcome.UNKNOWN, Outcome.KEPT};
    for (int i = 0; i < ends.length; i++) {
      ledger.end(Outcomes.report(tags.get(i), ends[i], "why"));
    }
    assertFalse(ledger.isOver());

    ledger.end(Outcomes.report(tags.get(4), Outcome.FAILED, "why"));

    assertTrue(ledger.isOver());
    assertFalse(ledger.mayBegin(tags.get(5)));
  }

  @Test
  void howManyFailuresIsTheCallersChoice() {
    InMemoryRegistry registry = builds(3);
    RetentionRun run = run(registry, BUILDS).stoppingAfterFailures(1);
    registry.failNext(1, refusal());

    RetentionReport report = run.execute();

    assertTrue(report.stoppedBy().orElseThrow().startsWith("1 failure, the last: "));
    assertEquals(2, report.count(Outcome.NOT_ATTEMPTED));
    assertThrows(IllegalArgumentException.class, () -> run.stoppingAfterFailures(0));
  }

  @Test
  void whatMakesTheRestPointlessEndsIt() {
    InMemoryRegistry registry = builds(3);
    RetentionRun run = run(registry, BUILDS);
    registry.failNext(new AuthenticationException(details("who are you")));

    RetentionReport report = run.execute();

    assertTrue(report.stoppedBy().orElseThrow().contains("who are you"));
    assertEquals(
        Map.of(
            "build-1", Outcome.FAILED,
            "build-2", Outcome.NOT_ATTEMPTED,
            "build-3", Outcome.NOT_ATTEMPTED),
        outcomes(report));
  }

  @Test
  void aRegistryThatIsClosedMeanwhileEndsIt() {
    InMemoryRegistry registry = signed();

    RetentionReport report = run(registry, BUILDS)
        .withProgress(progress -> {
          if (progress.done() == 1) {
            registry.close();
          }
        })
        .execute();

    assertTrue(report.stoppedBy().isPresent());
    assertEquals(1, report.count(Outcome.DELETED));
    assertEquals(2, report.count(Outcome.NOT_ATTEMPTED));
  }

  @Test
  void anInterruptEndsItAndIsHandedOn() {
    InMemoryRegistry registry = builds(28);

    CountDownLatch never = new CountDownLatch(1);

    RetentionReport report = run(registry, BUILDS)
        .withProgress(progress -> {
          if (progress.done() == 1) {
            Thread.currentThread().interrupt(); // the first goes alone, on this very thread
          }
        })
        .keepingIf("in use", tag -> {
          if (!tag.name().equals("build-1")) {
            assertThrows(InterruptedException.class, never::await); // the others are told of it
            Thread.currentThread().interrupt();
          }
          return false;
        })
        .execute();

    assertTrue(Thread.interrupted());
    assertEquals(Optional.of("the thread was interrupted"), report.stoppedBy());
    int deleted = report.count(Outcome.DELETED);
    int failed = report.count(Outcome.FAILED);
    assertTrue(deleted + failed < 10, report.toText()); // some may have been about to begin
    assertEquals(28 - deleted - failed, report.count(Outcome.NOT_ATTEMPTED));
    assertEquals(29 - deleted, registry.tagNames(IMAGE).size());
  }

  @Test
  void aJournalThatCanNoLongerBeWrittenEndsIt() {
    for (int written = 0; written < 6; written++) {
      InMemoryRegistry registry = builds(5);
      RetentionPlan plan = RetentionPlan.of(registry, IMAGE, BUILDS, CLOCK);
      int[] left = {written};
      List<String> begun = new ArrayList<>();
      Journal full = entry -> {
        if (left[0]-- <= 0) {
          throw new IOException("no space left on device");
        }
        if (entry.event() == JournalEntry.Event.BEGUN) {
          begun.add(entry.tag());
        }
      };

      RetentionReport report = new Execution(
              registry, plan, new Ledger(plan, RunSettings.defaults(), full, List.of()))
          .run();

      assertTrue(report.stoppedBy().orElseThrow().contains("no space left on device"));
      List<String> gone = report.tags().stream()
          .filter(tag -> tag.outcome() == Outcome.DELETED)
          .map(tag -> tag.tag().name())
          .toList();
      assertTrue(begun.containsAll(gone), "deleted without a word: " + gone + " but " + begun);
      assertEquals(6 - gone.size(), registry.tagNames(IMAGE).size());
      assertFalse(report.isComplete());
    }
  }

  @Test
  void aConditionThatThrowsEndsItAndDeletesNothing() {
    InMemoryRegistry registry = builds(3);

    RetentionReport report = run(registry, BUILDS)
        .keepingIf("in use", tag -> {
          throw new IllegalArgumentException("the cluster does not answer");
        })
        .execute();

    assertTrue(report.stoppedBy().orElseThrow().contains("the cluster does not answer"));
    assertEquals(3, report.count(Outcome.NOT_ATTEMPTED));
    assertEquals(4, registry.tagNames(IMAGE).size());
  }

  @Test
  void aProgressListenerThatThrowsEndsItAndIsNotAskedAgain() {
    InMemoryRegistry registry = builds(28);
    int[] calls = {0};

    RetentionReport report = run(registry, BUILDS)
        .withProgress(progress -> {
          if (progress.done() == 1) {
            calls[0]++;
            throw new IllegalArgumentException("no terminal");
          }
        })
        .execute();

    assertTrue(report.stoppedBy().orElseThrow().contains("no terminal"));
    assertEquals(1, report.count(Outcome.DELETED));
    assertEquals(1, calls[0]);
  }

  // What a result says

  /** What a registry does with many tags. */
  @FunctionalInterface
  private interface Deletion {
    BulkDeleteResult delete(BulkDeleteListener listener);
  }

  private static Registry deleting(InMemoryRegistry registry, Deletion deletion) {
    return (Registry) Proxy.newProxyInstance(
        Registry.class.getClassLoader(),
        new Class<?>[] {Registry.class},
        (proxy, method, args) -> method.getName().equals("deleteTags")
            ? deletion.delete((BulkDeleteListener) args[3])
            : method.invoke(registry, args));
  }

  private static Entry deleted(String tag, String... with) {
    return Entry.deleted(
        tag, DeleteResult.of(DeleteOutcome.DELETED, null).withDeleted(List.of(with)));
  }

  @Test
  void aTagThatWentAlongBeforeItsTurnCameIsDeleted() {
    AuthenticationException refusal = new AuthenticationException(details("who are you"));
    Registry registry = deleting(
        builds(3),
        listener -> BulkDeleteResult.of(
            List.of(
                deleted("build-1", "build-2"),
                Entry.notAttempted("build-2"),
                Entry.notAttempted("build-3")),
            refusal));

    RetentionReport report = run(registry, BUILDS).execute();

    assertEquals(
        List.of(Outcome.DELETED, Outcome.DELETED, Outcome.NOT_ATTEMPTED),
        List.copyOf(outcomes(report).values()));
    assertDetail("it went along with build-1", report, "build-2");
    assertEquals("deleted", of(report, "build-1").detail()); // and nothing of what was not to go
  }

  @Test
  void whatWentAlongAndWasNotToGoIsSaid() {
    Registry registry = deleting(
        builds(1), listener -> BulkDeleteResult.of(List.of(deleted("build-1", "prod")), null));

    assertDetail(
        "with it went what was not to go: prod", run(registry, BUILDS).execute(), "build-1");
  }

  @Test
  void manyDeletionsThatAnInterruptEndsAreNoRowOfFailures() {
    RegistryInterruptedException interrupt =
        new RegistryInterruptedException(details("the thread was interrupted"), null);
    Registry registry = deleting(builds(6), listener -> {
      List<Entry> entries = new ArrayList<>();
      for (int i = 1; i <= 6; i++) {
        assertTrue(listener.mayBegin("build-" + i));
        entries.add(Entry.failed("build-" + i, interrupt));
      }
      entries.forEach(listener::ended);
      return BulkDeleteResult.of(entries, interrupt);
    });

    RetentionReport report = run(registry, BUILDS).execute();

    assertEquals(Optional.of("the thread was interrupted"), report.stoppedBy());
    assertEquals(6, report.count(Outcome.FAILED));
  }

  @Test
  void whatWasBegunInARegistryThatBreaksIsUnknown() {
    Registry registry = deleting(builds(3), listener -> {
      listener.mayBegin("build-1");
      listener.ended(deleted("build-1"));
      listener.mayBegin("build-2");
      throw new IllegalArgumentException("a bug");
    });

    RetentionReport report = run(registry, BUILDS).execute();

    assertEquals(
        List.of(Outcome.DELETED, Outcome.UNKNOWN, Outcome.NOT_ATTEMPTED),
        List.copyOf(outcomes(report).values()));
    assertTrue(report.stoppedBy().orElseThrow().contains("a bug"));
  }

  // Placeholders that were left

  /** A registry whose deletions stop half-way, and whose repairs do as they are told. */
  private static Registry leavingPlaceholders(
      InMemoryRegistry registry, Supplier<Boolean> repair, List<String> repaired) {
    return (Registry) Proxy.newProxyInstance(
        Registry.class.getClassLoader(), new Class<?>[] {Registry.class}, (proxy, method, args) -> {
          if (method.getName().equals("restoreTag")) {
            repaired.add((String) args[1]);
            assertFalse(Thread.currentThread().isInterrupted());
            return repair.get();
          }
          try {
            return method.invoke(registry, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static RetentionReport halfDone(Supplier<Boolean> repair, List<String> repaired) {
    InMemoryRegistry registry = builds(1);
    Registry half = leavingPlaceholders(registry, repair, repaired);
    RetentionRun run = run(half, BUILDS);
    registry.failNext(placeholderLeft());
    return run.execute();
  }

  private static IncompleteDeletionException placeholderLeft() {
    return new IncompleteDeletionException(
        ErrorDetails.builder("delete tag build-1")
            .serverMessage("a placeholder is left")
            .mayHaveTakenEffect(true)
            .build(),
        IMAGE,
        "build-1",
        Remedy.RESTORE_TAG,
        null);
  }

  @Test
  void aPlaceholderThatWasLeftIsPutBackOnceAfterTheRun() {
    List<String> repaired = new ArrayList<>();

    RetentionReport report = halfDone(() -> true, repaired);

    assertEquals(List.of("build-1"), repaired);
    assertEquals(Outcome.FAILED, of(report, "build-1").outcome());
    assertDetail("a placeholder is left; it was put back after the run", report, "build-1");
  }

  @Test
  void anInterruptDoesNotHinderThat() {
    List<String> repaired = new ArrayList<>();

    RetentionReport report = halfDone(
        () -> {
          Thread.currentThread().interrupt();
          return true;
        },
        repaired);

    assertTrue(Thread.interrupted());
    assertDetail("it was put back", report, "build-1");
  }

  @Test
  void anInterruptBeforeItIsHandedOnAfterIt() {
    InMemoryRegistry registry = builds(1);
    List<String> repaired = new ArrayList<>();
    Registry half = leavingPlaceholders(registry, () -> true, repaired);
    RetentionRun run = run(half, BUILDS).withProgress(progress -> {
      if (progress.done() == 1) {
        Thread.currentThread().interrupt();
      }
    });
    registry.failNext(placeholderLeft());

    RetentionReport report = run.execute();

    assertTrue(Thread.interrupted());
    assertEquals(List.of("build-1"), repaired);
    assertDetail("it was put back after the run", report, "build-1");
  }

  @Test
  void aTagThatIsGoneAllTheSameIsNoFailure() {
    RetentionReport report = halfDone(
        () -> {
          throw new TagNotFoundException(IMAGE, "build-1", details("not there"));
        },
        new ArrayList<>());

    assertEquals(Outcome.ALREADY_GONE, of(report, "build-1").outcome());
    assertDetail("it is gone all the same", report, "build-1");
  }

  @Test
  void thatItCouldNotBePutBackIsSaid() {
    RetentionReport report = halfDone(
        () -> {
          throw new RegistryIOException(details("the connection broke"), null);
        },
        new ArrayList<>());

    assertEquals(Outcome.UNKNOWN, of(report, "build-1").outcome());
    assertDetail("could not be put back after the run either", report, "build-1");
    assertDetail("the connection broke", report, "build-1");
  }

  // Progress

  /** Moves on by a second whenever it is asked. */
  private static Clock ticking() {
    Instant[] now = {NOW};
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return CLOCK.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public synchronized Instant instant() {
        now[0] = now[0].plusSeconds(1);
        return now[0];
      }
    };
  }

  @Test
  void progressIsToldAtTheStartAndAfterEachTag() {
    InMemoryRegistry registry = builds(4);
    registry.markInUse(IMAGE, "build-2");
    RetentionRun run = run(registry, BUILDS);
    registry.failNext(1, refusal());
    List<RetentionProgress> told = new ArrayList<>();

    RetentionReport report = run.withClock(ticking()).withProgress(told::add).execute();

    assertEquals(
        List.of(0, 1, 2, 3, 4), told.stream().map(RetentionProgress::done).toList());
    assertEquals(Optional.empty(), told.get(0).last());
    assertEquals(Optional.empty(), told.get(0).remaining());
    RetentionProgress second = told.get(2);
    assertEquals(
        second.elapsed().dividedBy(2).multipliedBy(2), second.remaining().orElseThrow());
    RetentionProgress end = told.get(4);
    assertEquals(
        List.of(4, 2, 1, 1), List.of(end.total(), end.deleted(), end.kept(), end.failed()));
    assertEquals(Duration.ZERO, end.remaining().orElseThrow());
    assertTrue(end.elapsed().compareTo(Duration.ZERO) > 0);
    assertEquals(IMAGE, end.image());
    told.stream()
        .flatMap(progress -> progress.last().stream())
        .forEach(tag -> assertSame(of(report, tag.tag().name()).outcome(), tag.outcome()));
  }

  @Test
  void aClockThatIsSetBackMakesNoNegativeTime() {
    RetentionProgress progress = new RetentionProgress(
        IMAGE, 2, new RetentionProgress.Counts(1, 0, 0), 0, Duration.ofSeconds(-5), null);

    assertEquals(Duration.ZERO, progress.elapsed());
    assertEquals(Optional.of(Duration.ZERO), progress.remaining());
  }

  // The report

  @Test
  void theTextHasALineForEachTagAndNoControlCharacters() {
    InMemoryRegistry registry = builds(2);
    RetentionRun run = run(registry, BUILDS).stoppingAfterFailures(1);
    registry.failNext(1, () -> new RegistryException(details("no\u001b[2J\u202e"), null));

    String text = run.execute().toText();

    assertTrue(text.contains("failed         build-1  delete a tag failed: no"), text);
    assertTrue(text.contains("not attempted  build-2  the run ended before: 1 failure"), text);
    assertTrue(text.contains("shop/web: 1 failed, 1 not attempted.\n"), text);
    assertTrue(text.contains("ENDED EARLY: 1 failure, the last: "), text);
    assertFalse(text.replace("\n", "").matches(".*[\\p{Cc}\\p{Cf}].*"), text);
  }

  @Test
  void theTextIsWhatItIs() {
    RetentionReport report = run(builds(2), BUILDS)
        .keepingIf("in use", tag -> tag.name().equals("build-2"))
        .execute();

    assertEquals("""
        Report for shop/web on InMemoryRegistry[memory]

        deleted        build-1
        kept           build-2  in use

        shop/web: 1 deleted, 1 kept.
        """, report.toText());
  }

  @Test
  void theJsonSaysWhyItEndedEarly() {
    InMemoryRegistry registry = builds(2);
    RetentionRun run = run(registry, BUILDS).stoppingAfterFailures(1);
    registry.failNext(1, refusal());

    String json = run.execute().toJson();

    assertTrue(json.contains("\"complete\" : false"), json);
    assertTrue(json.contains("\"stoppedBy\" : \"1 failure, the last: "), json);
  }

  @Test
  void whatIsLoggedOfARunNamesImageAndCounts() {
    List<RetentionProgress> told = new ArrayList<>();
    RetentionRun run = run(builds(2), BUILDS).withProgress(told::add);
    RetentionReport report = run.execute();

    assertEquals("RetentionRun[RetentionPlan[shop/web: delete 2 of 3 tags]]", run.toString());
    assertEquals(2, run.plan().deletions().size());
    assertEquals(
        "RetentionProgress[shop/web: 1 of 2, 1 deleted, 0 kept, 0 failed]",
        told.get(1).toString());
    assertEquals("RetentionReport[shop/web: 2 deleted]", report.toString());
    assertEquals("DELETED build-1: deleted", of(report, "build-1").toString());
  }

  @Test
  void reportsOfTagsAreEqualIfAllOfThemIs() {
    RetentionPlan plan = RetentionPlan.of(builds(2), IMAGE, BUILDS, CLOCK);
    RegistryException failure = new RegistryException(details("no"), null);
    TagReport report = new TagReport(firstOf(plan), Outcome.FAILED, "no", failure);

    TagReport same = new TagReport(firstOf(plan), Outcome.FAILED, "no", failure);
    assertEquals(report, same);
    assertEquals(report.hashCode(), same.hashCode());
    assertNotEquals(report, new TagReport(plan.deletions().get(1), Outcome.FAILED, "no", failure));
    assertNotEquals(report, new TagReport(firstOf(plan), Outcome.UNKNOWN, "no", failure));
    assertNotEquals(report, new TagReport(firstOf(plan), Outcome.FAILED, "yes", failure));
    assertNotEquals(report, new TagReport(firstOf(plan), Outcome.FAILED, "no", null));
  }

  @Test
  void theJsonHasWhatTheReportHas() {
    RetentionReport report = run(builds(2), BUILDS)
        .keepingIf("in use", tag -> tag.name().equals("build-2"))
        .execute();

    assertEquals(
        """
        {
          "registrykit-retention-report" : 1,
          "provider" : "memory",
          "registry" : "InMemoryRegistry[memory]",
          "image" : "shop/web",
          "policy" : "%s",
          "plannedAt" : "2026-03-31T12:00:00Z",
          "complete" : true,
          "counts" : {
            "DELETED" : 1,
            "ACCEPTED" : 0,
            "ALREADY_GONE" : 0,
            "KEPT" : 1,
            "FAILED" : 0,
            "UNKNOWN" : 0,
            "NOT_ATTEMPTED" : 0
          },
          "tags" : [ {
            "name" : "build-1",
            "digest" : "%s",
            "outcome" : "DELETED",
            "detail" : "deleted"
          }, {
            "name" : "build-2",
            "digest" : "%s",
            "outcome" : "KEPT",
            "detail" : "in use"
          } ]
        }
        """.formatted(
                BUILDS.toString().replace("\"", "\\\""), digest("build-1"), digest("build-2")),
        report.toJson());
  }

  /** Plans can be written by hand. */
  @Test
  void aPlanThatContradictsItselfKeepsWhatItContradictsItselfAbout() {
    InMemoryRegistry registry = signed();
    String signature = signature(digest("build-1"), ".sig");
    String json = RetentionPlan.of(registry, IMAGE, BUILDS, CLOCK).toJson();
    RetentionPlan circle = RetentionPlan.fromJson(
        json.replace("\"subjects\" : [ \"build-1\" ]", "\"subjects\" : [ \"" + signature + "\" ]"),
        registry);
    RetentionPlan foreign = RetentionPlan.fromJson(
        json.replace("\"subjects\" : [ \"build-1\" ]", "\"subjects\" : [ \"release\" ]"), registry);
    RetentionPlan undigested =
        RetentionPlan.fromJson(json.replaceFirst("\"digest\" : \"[^\"]*\",", ""), registry);

    assertEquals(
        Outcome.KEPT,
        of(RetentionRun.of(registry, foreign).execute(), signature).outcome());
    registry.addTag(tag("build-1", "2026-03-01"));
    assertEquals(
        Outcome.KEPT, of(RetentionRun.of(registry, circle).execute(), signature).outcome());
    registry.addTag(tag("build-1", "2026-03-01"));
    RetentionReport report = RetentionRun.of(registry, undigested).execute();
    assertEquals(Outcome.KEPT, of(report, "build-1").outcome());
    assertEquals(4, registry.tagNames(IMAGE).size());
  }
}
