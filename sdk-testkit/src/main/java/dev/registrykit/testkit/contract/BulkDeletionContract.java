package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.ServerException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Tag;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Deleting many tags of one image in one call. */
abstract class BulkDeletionContract extends BulkDeletionTheme {

  BulkDeletionContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @Test
  void allNamedTagsGoAndEveryOtherStays() {
    addTags("1.0", "1.1", "1.2", "2.0", "latest");
    addTag(fixture().image("other"), "1.0", "1.0");
    if (cannotDeleteAny(STRICT, "1.0", "1.1", "1.2")) {
      return;
    }

    assertAllDeleted(deleteAll(STRICT, "1.0", "1.1", "1.2"), "1.0", "1.1", "1.2");

    assertTagsLeft(app(), "2.0", "latest");
    assertTagsLeft(fixture().image("other"), "1.0");
  }

  @Test
  void moreThanAtATimeGoAndAreReportedInTheOrderAsked() {
    List<String> all = numbered(40);
    all.forEach(name -> addTag(app(), name, name));
    List<String> asked = all.stream().sorted((a, b) -> b.compareTo(a)).limit(30).toList();
    String[] names = asked.toArray(String[]::new);
    if (cannotDeleteAny(STRICT, names)) {
      return;
    }

    assertAllDeleted(deleteAll(STRICT, names), names);

    assertEquals(new HashSet<>(all.subList(0, 10)), Set.copyOf(fixture().tagNames(app())));
  }

  @Test
  void aNameGivenTwiceCountsOnce() {
    addTags("1.0", "1.1", "2.0");
    if (cannotDeleteAny(STRICT, "1.0", "1.1")) {
      return;
    }

    assertAllDeleted(deleteAll(STRICT, "1.1", "1.0", "1.1", "1.0"), "1.1", "1.0");

    assertTagsLeft(app(), "2.0");
  }

  @Test
  void noTagsAreNoRequest() {
    addTags("1.0");
    if (lacks(Feature.DELETE_TAG, () -> deleteAll(STRICT))) {
      return;
    }
    assertRequests(0, () -> assertAllDeleted(deleteAll(STRICT)), "no tags");
    assertTagsLeft(app(), "1.0");
  }

  @Test
  void badArgumentsAreRefusedBeforeAnythingIsSent() {
    addTags("1.0");

    assertRefusedUnsent(IllegalArgumentException.class, () -> deleteAll(STRICT, "1.0", "a/b"));
    assertRefusedUnsent(
        IllegalArgumentException.class, () -> deleteAll(STRICT.onlyIfDigest(OTHER_DIGEST), "1.0"));
    assertTagsLeft(app(), "1.0");
  }

  // What goes wrong with one

  @Test
  void aMissingTagIsItsOwnFailureAndStopsNoOther() {
    addTags("1.0", "1.1", "1.2", "2.0");
    if (cannotDeleteAny(STRICT, "1.0", "1.1")) {
      return;
    }

    BulkDeleteResult result = deleteAll(STRICT, "missing-1", "1.0", "missing-2", "1.1", "1.2");

    assertEntries(result, List.of("missing-1", "1.0", "missing-2", "1.1", "1.2"));
    assertEquals(
        "missing-1",
        assertFailed(TagNotFoundException.class, result, "missing-1").tag());
    assertEquals(
        "missing-2",
        assertFailed(TagNotFoundException.class, result, "missing-2").tag());
    assertEquals(List.of("1.0", "1.1", "1.2"), List.copyOf(result.deleted().keySet()));
    assertTrue(result.stoppedBy().isEmpty());
    assertFalse(result.isComplete());
    assertTagsLeft(app(), "2.0");
  }

  @Test
  void aMissingTagIsNoFailureIfIgnored() {
    addTags("1.0", "1.1");
    if (cannotDeleteAny(IGNORING_MISSING, "1.0")) {
      return;
    }

    BulkDeleteResult result = deleteAll(IGNORING_MISSING, "missing", "1.0");

    assertTrue(result.isComplete(), result::toString);
    assertEquals(
        Optional.of(DeleteOutcome.ALREADY_ABSENT),
        result.entries().get(0).result().map(DeleteResult::outcome));
    assertTagsLeft(app(), "1.1");
  }

  @Test
  void tagsOfAMissingImageAreAllMissing() {
    addTags("1.0");
    if (cannotDeleteAny(STRICT, "1.0")) {
      return;
    }

    BulkDeleteResult result =
        registry().deleteTags(fixture().image("missing"), List.of("1", "2", "3"), STRICT);

    assertEntries(result, List.of("1", "2", "3"));
    result.failures().values().forEach(e -> {
      assertInstanceOf(NotFoundException.class, e);
      assertTrue(
          e instanceof TagNotFoundException || e instanceof ImageNotFoundException, e::toString);
    });
    assertEquals(3, result.failures().size());
    assertTagsLeft(app(), "1.0");
  }

  @Test
  void aTagInUseStaysAndTheOthersGo() {
    addTags("1.0", "1.1", "1.2");
    if (!fixture().putInUse(app(), "1.1") || cannotDeleteAny(STRICT, "1.0", "1.2")) {
      return;
    }

    BulkDeleteResult result = deleteAll(FORCE, "1.0", "1.1", "1.2");

    assertFailed(TagInUseException.class, result, "1.1");
    assertEquals(Set.of("1.0", "1.2"), result.deleted().keySet());
    assertTagsLeft(app(), "1.1");
  }

  // Shared digests

  @Test
  void aSiblingThatWasNotNamedIsSpared() {
    addSharing("shared", "1.0", "1", "latest");
    addTags("2.0", "3.0");
    if (cannotDeleteAny(STRICT, "2.0")) {
      return;
    }

    BulkDeleteResult result = deleteAll(STRICT, "2.0", "1.0", "1");

    if (differs(Difference.STRICT_REFUSES_SHARED_DIGEST)) {
      assertTrue(
          assertFailed(SharedDigestException.class, result, "1.0").siblings().contains("latest"));
      assertFailed(SharedDigestException.class, result, "1");
      assertEquals(Set.of("2.0"), result.deleted().keySet());
      assertTagsLeft(app(), "1.0", "1", "latest", "3.0");
    } else {
      assertAllDeleted(result, "2.0", "1.0", "1");
      assertTagsLeft(app(), "latest", "3.0");
    }
  }

  @Test
  void siblingsThatAreAllNamedGoWithoutForce() {
    addSharing("shared", "1.0", "1", "latest");
    addSharing("other", "2.0", "2");
    addTags("3.0");
    if (cannotDeleteAny(STRICT, "1.0", "1")) {
      return;
    }

    assertAllDeleted(
        deleteAll(STRICT, "1.0", "2", "1", "2.0", "latest"), "1.0", "2", "1", "2.0", "latest");

    assertTagsLeft(app(), "3.0");
  }

  @Test
  void aSiblingThatIsAllowedMayGoToo() {
    addSharing("shared", "1.0", "1", "latest");
    addTags("2.0");
    if (cannotDeleteAny(STRICT, "1.0")) {
      return;
    }

    BulkDeleteResult result = deleteAll(STRICT.allowingSiblings(List.of("latest")), "1.0", "1");

    assertAllDeleted(result, "1.0", "1");
    if (differs(Difference.STRICT_REFUSES_SHARED_DIGEST)) {
      assertTrue(
          result.deleted().values().stream()
              .anyMatch(done -> done.deletedWith().contains("latest")),
          () -> result.entries().toString());
      assertTagsLeft(app(), "2.0");
    } else {
      assertTagsLeft(app(), "latest", "2.0");
    }
  }

  @Test
  void forcedDeletionTakesTheSiblingsAsItDoesForOne() {
    addSharing("shared", "1.0", "1", "latest");
    addTags("2.0", "3.0");
    if (cannotDeleteAny(FORCE, "1.0", "2.0")) {
      return;
    }
    boolean takesThem =
        registry().supports(Feature.FORCE_DELETE) && !differs(Difference.FORCE_SPARES_SIBLINGS);

    BulkDeleteResult result = deleteAll(FORCE, "1.0", "2.0", "1");

    assertAllDeleted(result, "1.0", "2.0", "1");
    assertEquals(
        takesThem,
        result.deleted().values().stream().anyMatch(done -> done.deletedWith().contains("latest")));
    if (takesThem) {
      assertTagsLeft(app(), "3.0");
    } else {
      assertTagsLeft(app(), "latest", "3.0");
    }
  }

  // Required digests

  @Test
  void tagsOfTheRequiredDigestsGo() {
    Optional<String> shared = addSharing("shared", "1.0", "1");
    Optional<String> own = addSharing("own", "2.0");
    addTags("3.0");
    DeleteOptions onlyIf = onlyIf(Map.of("1.0", shared, "1", shared, "2.0", own, "3.0", shared));
    if (cannotDeleteOnlyIf(onlyIf, "1.0", "2.0", "1")) {
      return;
    }

    assertAllDeleted(deleteAll(onlyIf, "1.0", "2.0", "1"), "1.0", "2.0", "1");

    assertTagsLeft(app(), "3.0");
  }

  @Test
  void aTagThatWasMovedSinceItWasReadStaysAndTheOthersGo() {
    addTags("2.0");
    for (DeleteOptions options : List.of(STRICT, FORCE)) {
      Optional<String> first = addSharing("first", "1.0");
      Optional<String> second = addSharing("second", "1.1");
      Optional<String> third = addSharing("third", "1.2");
      DeleteOptions onlyIf = onlyIf(options, Map.of("1.0", first, "1.1", second, "1.2", third));
      if (cannotDeleteOnlyIf(onlyIf, "1.0", "1.1", "1.2")) {
        return;
      }
      addSharing("moved", "1.1");

      BulkDeleteResult result = deleteAll(onlyIf, "1.1", "1.0", "1.2");

      assertFailed(PreconditionFailedException.class, result, "1.1");
      assertEquals(List.of("1.0", "1.2"), List.copyOf(result.deleted().keySet()));
      assertTagsLeft(app(), "1.1", "2.0");
    }
  }

  @Test
  void aNamedTagThatWasMovedToTheDigestOfAnotherStays() {
    Optional<String> shared = addSharing("shared", "1.0", "1");
    Optional<String> own = addSharing("own", "2.0");
    addTags("3.0");
    DeleteOptions onlyIf = onlyIf(Map.of("1.0", shared, "1", shared, "2.0", own, "3.0", own));
    if (cannotDeleteOnlyIf(onlyIf, "1.0", "2.0", "1")) {
      return;
    }
    addSharing("shared", "2.0");

    BulkDeleteResult result = deleteAll(onlyIf.allowingSiblings(List.of("2.0")), "1.0", "2.0", "1");

    assertFailed(PreconditionFailedException.class, result, "2.0");
    if (differs(Difference.STRICT_REFUSES_SHARED_DIGEST)) {
      assertTrue(
          assertFailed(SharedDigestException.class, result, "1.0").siblings().contains("2.0"));
      assertFailed(SharedDigestException.class, result, "1");
      assertTagsLeft(app(), "1.0", "1", "2.0", "3.0");
    } else {
      assertEquals(Set.of("1.0", "1"), result.deleted().keySet());
      assertTagsLeft(app(), "2.0", "3.0");
    }
  }

  @Test
  void aMissingTagIsMissingWhateverDigestIsRequired() {
    Optional<String> digest = addSharing("content", "1.0");
    String[] left = addWhatStays();
    DeleteOptions onlyIf = onlyIf(Map.of("1.0", digest, "missing", digest));
    if (cannotDeleteOnlyIf(onlyIf, "1.0")) {
      return;
    }

    BulkDeleteResult result = deleteAll(onlyIf, "missing", "1.0");

    assertFailed(TagNotFoundException.class, result, "missing");
    assertEquals(Set.of("1.0"), result.deleted().keySet());
    assertTagsLeft(app(), left);
  }

  @Test
  void digestsOfManyAreRefusedForAnythingElseAndWhereOneIsMissing() {
    addTags("1.0", "1.1");
    DeleteOptions onlyIf = onlyIf(Map.of("1.0", Optional.empty()));

    for (Executable call : List.<Executable>of(
        () -> deleteAll(onlyIf, "1.0", "1.1"),
        () -> delete("1.0", onlyIf),
        () -> registry().deleteTag(Tag.builder(app(), "1.0").build(), onlyIf),
        () -> registry().deleteTag(ImageRef.parse(app() + ":1.0"), onlyIf),
        () -> registry().deleteTag(ImageRef.parse(app() + ":1.0@" + OTHER_DIGEST), onlyIf),
        () -> registry().deleteImage(app(), onlyIf))) {
      assertRefusedUnsent(IllegalArgumentException.class, call);
    }
    assertTagsLeft(app(), "1.0", "1.1");
  }

  // What makes the rest pointless

  @Test
  void refusedCredentialsStopTheRun() {
    addTags("1.0", "1.1", "1.2", "1.3");
    if (cannotDeleteAny(STRICT, "1.0") || !fixture().failNext(Mishap.UNAUTHORIZED)) {
      return;
    }

    BulkDeleteResult result = deleteAll(STRICT, "1.0", "1.1", "1.2", "1.3");

    assertStopped(AuthenticationException.class, result);
    assertEntries(result, List.of("1.0", "1.1", "1.2", "1.3"));
    assertEquals(Set.of(), result.deleted().keySet());
    assertTagsLeft(app(), "1.0", "1.1", "1.2", "1.3");
  }

  @Test
  void anInterruptEndsTheRunAndLosesNothingOfTheReport() {
    addTags("1.0", "1.1", "1.2");
    if (cannotDeleteAny(STRICT, "1.0")) {
      return;
    }
    Thread.currentThread().interrupt();
    BulkDeleteResult result;
    try {
      result = deleteAll(STRICT, "1.0", "1.1", "1.2");
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt flag was cleared");
    }

    assertStopped(RegistryInterruptedException.class, result);
    assertEntries(result, List.of("1.0", "1.1", "1.2"));
    assertEquals(List.of("1.0", "1.1", "1.2"), result.notAttempted());
    assertTagsLeft(app(), "1.0", "1.1", "1.2");
  }

  @Test
  void aClosedRegistryDeletesNothing() {
    addTags("1.0", "1.1");
    registry().close();

    assertThrows(IllegalStateException.class, () -> deleteAll(STRICT, "1.0", "1.1"));

    assertTagsLeft(app(), "1.0", "1.1");
  }

  // What passes

  @Test
  void aRequestToSlowDownSlowsAndLosesNoTag() {
    addTags("1.0", "1.1", "1.2", "2.0");
    if (cannotDeleteAny(STRICT, "1.0") || !fixture().failNext(Mishap.RATE_LIMITED)) {
      return;
    }

    assertAllDeleted(deleteAll(STRICT, "1.0", "1.1", "1.2"), "1.0", "1.1", "1.2");

    assertTagsLeft(app(), "2.0");
  }

  @Test
  void anHourIsNotWaitedButTold() {
    addTags("1.0", "1.1", "1.2", "2.0");
    if (cannotDeleteAny(STRICT, "1.0") || !fixture().failNext(Mishap.RATE_LIMITED_FOR_AN_HOUR)) {
      return;
    }

    BulkDeleteResult result = deleteAll(STRICT, "1.0", "1.1", "1.2");

    assertFailed(RateLimitException.class, result, "1.0");
    assertLeftAsReported(result);
  }

  @Test
  void aFailureOfTheServerIsInTheReport() {
    addTags("1.0", "1.1", "1.2", "2.0");
    if (cannotDeleteAny(STRICT, "1.0") || !fixture().failNext(Mishap.SERVER_ERROR)) {
      return;
    }

    BulkDeleteResult result = deleteAll(STRICT, "1.0", "1.1", "1.2");

    assertFailed(ServerException.class, result, "1.0");
    assertTrue(result.stoppedBy().isEmpty());
    assertEquals(List.of(), result.notAttempted());
    assertLeftAsReported(result);
  }

  private void assertLeftAsReported(BulkDeleteResult result) {
    assertEntries(result, List.of("1.0", "1.1", "1.2"));
    Set<String> left = new HashSet<>(Set.of("1.0", "1.1", "1.2", "2.0"));
    left.removeAll(result.deleted().keySet());
    assertTagsLeft(app(), left.toArray(String[]::new));
  }
}
