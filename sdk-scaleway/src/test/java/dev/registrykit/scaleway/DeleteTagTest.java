package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What deleting a tag sends, takes away, and refuses. */
class DeleteTagTest extends ScalewayTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final DeleteOptions FORCED = STRICT.withForce();
  private static final String OTHER = ScalewayEmulator.digestOf("other");
  private static final String OTHER_ID = "00000000-1111-4222-8333-555555555555";

  @Test
  void aStrictDeletionLooksAtAllTagsAndDeletesWithoutForce() {
    String image = emulator.addImage("shop/app");
    String tag = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    knowing(APP);

    DeleteResult result = registry.deleteTag(APP, "1.0");

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), result);
    assertSent(listTags(image), "DELETE /tags/" + tag);
    assertEquals(List.of(), emulator.tagNames("shop/app"));
  }

  @Test
  void theFirstDeletionInAnImageCostsTwoRequestsMore() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    registry.deleteTag(APP, "1.0");

    assertEquals(4, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"status\":\"ready\"", ",\"status\":\"deleting\""})
  void theServiceNeverSaysThatATagIsGoneByNow(String status) {
    String tag = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.failNext(
        "DELETE", "/tags/", 1, Fault.json(200, "{\"id\":\"" + tag + "\"" + status + "}"));

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), registry.deleteTag(APP, "1.0"));
  }

  @Test
  void aTagThatIsBeingDeletedIsNotDeletedAgain() {
    emulator.setDeletionReads(10);
    emulator.faults().setForceTakesSiblings(false);
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    registry.deleteTag(APP, "1.0", FORCED);
    emulator.clearRequests();

    for (DeleteOptions options : List.of(STRICT, FORCED)) {
      assertEquals(
          DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), registry.deleteTag(APP, "1.0", options));
    }
    assertFalse(sent().toString().contains("DELETE"));
  }

  @Test
  void deletingATagLeavesTheOthers() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "2.0", TagContent.ofDigest(OTHER));

    registry.deleteTag(APP, "1.0");

    assertEquals(List.of("2.0"), emulator.tagNames("shop/app"));
  }

  @Test
  void deletingATagThatWasReadLooksAtAllTagsToo() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    Tag tag = registry.getTag(APP, "1.0");
    emulator.clearRequests();

    DeleteResult result = registry.deleteTag(tag, STRICT);

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), result);
    assertSent(listTags(image), "DELETE /tags/" + id);
  }

  @Test
  void aTagWithoutTheProvidersIdentifierIsFoundByItsName() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    knowing(APP);

    registry.deleteTag(Tag.builder(APP, "1.0").build(), STRICT);

    assertSent(listTags(image), "DELETE /tags/" + id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "../namespaces/x", "a/b", "not-a-uuid"})
  void aTagWithAForeignIdentifierIsRefusedBeforeAnythingIsSent(String id) {
    Tag tag = Tag.builder(APP, "1.0").providerId(id).build();

    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(tag, STRICT));
    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(tag, FORCED));
    assertNothingSent();
  }

  /** Whether the service would refuse, or would take the siblings along: it is never asked. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSharedDigestIsRefusedBeforeAnythingIsSentThatDeletes(boolean isEnforced) {
    emulator.faults().setSharedDigestRefused(isEnforced);
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "stable", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "2.0", TagContent.ofDigest(OTHER));
    Tag tag = registry.getTag(APP, "1.0");
    emulator.clearRequests();

    for (var deletion : List.<Executable>of(
        () -> registry.deleteTag(APP, "1.0"),
        () -> registry.deleteTag(tag, STRICT),
        () -> registry.byId().deleteTag(id),
        () -> registry.deleteTag(APP, "1.0", STRICT.ignoringMissing().onlyIfDigest(DIGEST)),
        () -> registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("stable"))))) {
      var failure = assertThrows(SharedDigestException.class, deletion);

      assertTrue(failure.siblings().contains("latest"), failure.getMessage());
      assertEquals(0, failure.statusCode());
      assertFalse(failure.mayHaveTakenEffect());
    }
    assertSent(
        listTags(image),
        listTags(image),
        "GET /tags/" + id,
        listTags(image),
        listTags(image),
        listTags(image));
    assertEquals(List.of("1.0", "stable", "latest", "2.0"), emulator.tagNames("shop/app"));
  }

  @Test
  void theSiblingsAreNamed() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "stable", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));

    var failure = assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(List.of("latest", "stable"), failure.siblings());
    assertEquals(
        "delete tag 1.0 of shop/app failed: the digest is shared with latest, stable",
        failure.getMessage());
  }

  @Test
  void onlyThoseAreNamedThatMayNotGo() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "stable", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));

    var failure = assertThrows(
        SharedDigestException.class,
        () -> registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("stable", "gone"))));

    assertEquals(List.of("latest"), failure.siblings());
  }

  @Test
  void doomedTagsThatShareADigestGoTogether() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "1.1", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "2.0", TagContent.ofDigest(OTHER));
    knowing(APP);

    DeleteResult result =
        registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("1.0", "1.1", "0.9")));

    assertEquals(
        DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST).withDeleted(List.of("1.1")), result);
    assertSent(listTags(image), "DELETE /tags/" + id + "?force=true", listTags(image));
    assertEquals(List.of("2.0"), emulator.tagNames("shop/app"));
  }

  @Test
  void anAllowedSiblingThatTheServiceKeepsIsNotSaidToBeGone() {
    emulator.faults().setForceTakesSiblings(false);
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "1.1", TagContent.ofDigest(DIGEST));

    DeleteResult result = registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("1.1")));

    assertEquals(List.of(), result.deletedWith());
    assertEquals(List.of("1.1"), emulator.tagNames("shop/app"));
  }

  @Test
  void allowingSiblingsThatAreNoneSendsNoForce() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "2.0", TagContent.ofDigest(OTHER));
    knowing(APP);

    registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("2.0")));

    assertSent(listTags(image), "DELETE /tags/" + id);
    assertEquals(List.of("2.0"), emulator.tagNames("shop/app"));
  }

  @Test
  void aTagWhoseDigestIsNotToldMayShareThatOfAnyOther() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "2.0", TagContent.ofDigest(OTHER));
    knowing(APP);
    String secret = tag("1.0", UNKNOWN_ID, "");
    answerTags(secret, tag("2.0", OTHER_ID, ",\"digest\":\"" + OTHER + "\""));
    var ofUnknown = assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));
    answerTags(secret, tag("2.0", OTHER_ID, ",\"digest\":\"" + OTHER + "\""));
    var ofKnown = assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "2.0"));

    assertEquals(List.of("2.0"), ofUnknown.siblings());
    assertEquals(List.of("1.0"), ofKnown.siblings());
    assertEquals(
        text(
            "delete tag 2.0 of shop/app failed: ",
            "the registry does not tell every digest, so it may be shared with 1.0"),
        ofKnown.getMessage());
    assertFalse(sent().toString().contains("DELETE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"digest\":null", ",\"digest\":\"\""})
  void theOnlyTagOfAnImageHasNoSiblingsThoughItsDigestIsNotTold(String digest) {
    emulator.addImage("shop/app");
    knowing(APP);
    answerTags(tag("1.0", UNKNOWN_ID, digest));
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(200, "{\"id\":\"" + UNKNOWN_ID + "\"}"));

    DeleteResult result = registry.deleteTag(APP, "1.0");

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, null), result);
    assertEquals("DELETE /tags/" + UNKNOWN_ID, sent().get(1));
  }

  @Test
  void anEntryThatIsNullMayBeASibling() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    knowing(APP);
    answerTags(tag("1.0", UNKNOWN_ID, ",\"digest\":\"" + DIGEST + "\""), "null");

    assertThrows(InvalidResponseException.class, () -> registry.deleteTag(APP, "1.0"));
    assertFalse(sent().toString().contains("DELETE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatMovesToAnEarlierPageWhileTheSiblingsAreLookedForIsFound(int pages) {
    emulator.addTag("shop/app", "0.0", TagContent.ofDigest(OTHER));
    emulator.addTags("shop/app", 99);
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.faults().setSharedDigestRefused(false);
    knowing(APP);
    // The 101st of 102 becomes the 100th just when a page or two have been read.
    deleteElsewhereAfterAnswering(pages, "0.0");

    var failure = assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(List.of("latest"), failure.siblings());
    assertFalse(emulator.tagNames("shop/app").contains("0.0"));
  }

  /** A sibling that comes between look and deletion is the service's to see. */
  @ParameterizedTest
  @ValueSource(ints = {400, 409, 412})
  void aRefusalForASiblingThatCameAfterTheLookIsRecognised(int status) {
    emulator.faults().setSharedDigestRefusal(status, "{\"message\":\"no\"}");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    knowing(APP);
    answerTags(tag("1.0", id, ",\"digest\":\"" + DIGEST + "\""));

    var failure = assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(status, failure.statusCode());
    assertEquals(List.of("latest"), failure.siblings());
    assertEquals("{\"message\":\"no\"}", failure.body());
    assertTrue(
        failure.getMessage().contains("HTTP " + status + ": no; the digest is shared with latest"),
        failure.getMessage());
  }

  @Test
  void aRefusalIsExplainedByTheDigestThatTheTagHasByNow() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(409, "{\"message\":\"no\"}"));
    emulator.beforeNext(
        "DELETE",
        "/tags/",
        () -> answerTags(
            tag("old", UNKNOWN_ID, ",\"digest\":\"" + DIGEST + "\""),
            tag("1.0", id, ",\"digest\":\"" + OTHER + "\""),
            tag("latest", OTHER_ID, ",\"digest\":\"" + OTHER + "\"")));

    var failure = assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(List.of("latest"), failure.siblings());
  }

  @Test
  void siblingsOnTheirWayOutAreNone() {
    emulator.setDeletionReads(10);
    emulator.faults().setForceTakesSiblings(false);
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "old", TagContent.ofDigest(DIGEST));
    registry.deleteTag(APP, "old", FORCED);

    DeleteResult result = registry.deleteTag(APP, "1.0");

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), result);
    assertFalse(sent().get(sent().size() - 1).contains("force"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, dev.registrykit.BadRequestException",
    "409, dev.registrykit.ConflictException",
    "412, dev.registrykit.PreconditionFailedException"
  })
  void aRefusalOfATagWithoutSiblingsStaysWhatItIs(int status, Class<?> expected) {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "2.0", TagContent.ofDigest(OTHER));
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(status, "{\"message\":\"no\"}"));

    var failure =
        assertThrows(RegistryServiceException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(expected, failure.getClass());
    assertEquals(status, failure.statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "409, transient_state",
    "409, locked",
    "423, locked",
    "423, ''",
  })
  void aTagInAStateOfItsOwnIsNotBlamedOnItsSiblings(int status, String type) {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    knowing(APP);
    answerTags(tag("1.0", id, ",\"digest\":\"" + DIGEST + "\""));
    String typeField = type.isEmpty() ? "" : ",\"type\":\"" + type + "\"";
    emulator.faults().setSharedDigestRefusal(status, "{\"message\":\"no\"" + typeField + "}");

    var failure = assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(ConflictException.class, failure.getClass());
    assertEquals(status, failure.statusCode());
    assertEquals(2, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void otherRefusalsAreNotLookedInto(int status) {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(status, "{\"message\":\"no\"}"));

    assertThrows(RegistryServiceException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(4, emulator.requestCount());
  }

  @Test
  void aRefusalWhoseSiblingsCannotBeListedSaysSo() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    Tag tag = registry.getTag(APP, "1.0");
    emulator.failNext("GET", "/tags$", 1, Fault.delayed(Duration.ZERO));
    emulator.failNext("GET", "/tags$", 1, Fault.json(403, "{\"message\":\"Not authorized\"}"));
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(412, "{\"message\":\"no\"}"));

    var failure =
        assertThrows(PreconditionFailedException.class, () -> registry.deleteTag(tag, STRICT));

    assertEquals(412, failure.statusCode());
    assertInstanceOf(PermissionDeniedException.class, failure.getSuppressed()[0]);
  }

  @Test
  void forceIsSentAndTheSiblingsThatWentAreNamed() {
    String image = emulator.addImage("shop/app");
    String tag = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "stable", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "2.0", TagContent.ofDigest(OTHER));
    knowing(APP);

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST).withDeleted(List.of("latest", "stable")),
        result);
    assertSent(listTags(image), "DELETE /tags/" + tag + "?force=true", listTags(image));
    assertEquals(List.of("2.0"), emulator.tagNames("shop/app"));
  }

  @Test
  void siblingsThatGoAtOnceAreNamedToo() {
    emulator.setDeletionReads(0);
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));

    assertEquals(List.of("latest"), registry.deleteTag(APP, "1.0", FORCED).deletedWith());
  }

  @Test
  void siblingsThatTheServerKeepsAreNotNamed() {
    emulator.faults().setForceTakesSiblings(false);
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(List.of(), result.deletedWith());
    assertEquals(List.of("latest"), emulator.tagNames("shop/app"));
  }

  @Test
  void aForcedDeletionWithoutSiblingsListsOnce() {
    String image = emulator.addImage("shop/app");
    String tag = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "2.0", TagContent.ofDigest(OTHER));
    knowing(APP);

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), result);
    assertSent(listTags(image), "DELETE /tags/" + tag + "?force=true");
  }

  @Test
  void siblingsOnLaterPagesAreFound() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTags("shop/app", 150);
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    knowing(APP);

    assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));
    String second = listTags(image).replace("page=1&", "page=2&");
    assertSent(listTags(image), second, listTags(image));

    emulator.clearRequests();
    assertEquals(List.of("latest"), registry.deleteTag(APP, "1.0", FORCED).deletedWith());
    assertSent(
        listTags(image),
        second,
        listTags(image),
        "DELETE /tags/" + id + "?force=true",
        listTags(image),
        second,
        listTags(image));
  }

  @Test
  void forcingATagThatWasReadListsItsSiblings() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    Tag tag = registry.getTag(APP, "1.0");
    emulator.clearRequests();

    assertEquals(List.of("latest"), registry.deleteTag(tag, FORCED).deletedWith());
    assertSent(listTags(image), "DELETE /tags/" + id + "?force=true", listTags(image));
  }

  @Test
  void theSiblingsOfATagThatMovedSinceItWasReadAreThoseOfItsNewDigest() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(OTHER));
    emulator.addTag("shop/app", "former", TagContent.ofDigest(OTHER));
    Tag tag = registry.getTag(APP, "1.0");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));

    var refusal = assertThrows(SharedDigestException.class, () -> registry.deleteTag(tag, STRICT));
    DeleteResult result = registry.deleteTag(tag, FORCED);

    assertEquals(List.of("latest"), refusal.siblings());
    assertEquals(List.of("latest"), result.deletedWith());
    assertEquals(Optional.of(DIGEST), result.digest());
    assertEquals(List.of("former"), emulator.tagNames("shop/app"));
  }

  @Test
  void forceDoesNotOverrideALock() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.failNext(
        "DELETE", "/tags/", 1, Fault.json(423, "{\"message\":\"m\",\"type\":\"locked\"}"));

    var failure =
        assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "1.0", FORCED));

    assertEquals(423, failure.statusCode());
    assertEquals(List.of("1.0"), emulator.tagNames("shop/app"));
  }

  @Test
  void aTagOfTheRequiredDigestIsDeleted() {
    String image = emulator.addImage("shop/app");
    String tag = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    knowing(APP);

    registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(DIGEST));

    assertSent(listTags(image), "DELETE /tags/" + tag);
  }

  @Test
  void aTagOfAnotherDigestThanRequiredStays() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    for (DeleteOptions options : List.of(STRICT, FORCED)) {
      var failure = assertThrows(
          PreconditionFailedException.class,
          () -> registry.deleteTag(APP, "1.0", options.onlyIfDigest(OTHER)));

      assertEquals(
          "delete tag 1.0 of shop/app failed: it points to " + DIGEST + ", not to " + OTHER,
          failure.getMessage());
      assertEquals(0, failure.statusCode());
    }
    assertFalse(sent().toString().contains("DELETE"));
  }

  @Test
  void theDigestOfATagThatWasReadIsReadAgainBeforeItIsDeleted() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    Tag tag = registry.getTag(APP, "1.0");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(OTHER));
    emulator.clearRequests();

    assertThrows(
        PreconditionFailedException.class,
        () -> registry.deleteTag(tag, STRICT.onlyIfDigest(DIGEST)));
    assertSent(listTags(image));

    emulator.clearRequests();
    registry.deleteTag(tag, STRICT.onlyIfDigest(OTHER));
    assertSent(listTags(image), "DELETE /tags/" + id);
  }

  @Test
  void aTagThatMovesBetweenLookAndDeletionTellsWhatWent() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    emulator.faults().setSharedDigestRefused(false);
    knowing(APP);
    answerTags(
        tag("1.0", id, ",\"digest\":\"" + OTHER + "\""),
        tag("latest", OTHER_ID, ",\"digest\":\"" + DIGEST + "\""),
        tag("stable", UNKNOWN_ID, ",\"digest\":\"" + DIGEST + "\""));

    DeleteResult result = registry.deleteTag(APP, "1.0");

    assertEquals(
        DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST).withDeleted(List.of("stable")), result);
  }

  @Test
  void aMissingTagIsAnErrorAndNothingIsDeleted() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    for (DeleteOptions options : List.of(STRICT, FORCED)) {
      var failure =
          assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "2.0", options));

      assertEquals("2.0", failure.tag());
      assertEquals("delete tag 2.0 of shop/app failed: there is no such tag", failure.getMessage());
    }
    assertFalse(sent().toString().contains("DELETE"));
  }

  @Test
  void aTagOfAMissingImageIsAMissingImage() {
    assertThrows(ImageNotFoundException.class, () -> registry.deleteTag(APP, "1.0"));
    assertThrows(ImageNotFoundException.class, () -> registry.deleteTag(APP, "1.0", FORCED));
  }

  @Test
  void whatIsMissingIsAbsentAlreadyIfThatIsWanted() {
    emulator.addImage("shop/app");
    DeleteResult absent = DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null);

    assertEquals(absent, registry.deleteTag(APP, "1.0", STRICT.ignoringMissing()));
    assertEquals(absent, registry.deleteTag(APP, "1.0", FORCED.ignoringMissing()));
    assertEquals(
        absent, registry.deleteTag(ImageRef.of("shop/no"), "1.0", STRICT.ignoringMissing()));
    assertEquals(absent, registry.deleteTag(ImageRef.of("no/no"), "1.0", STRICT.ignoringMissing()));
  }

  @Test
  void aTagThatIsNotListedAnyMoreIsMissing() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    Tag tag = registry.getTag(APP, "1.0");
    elsewhere(other -> other.deleteTag(APP, "1.0"));
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    var failure = assertThrows(TagNotFoundException.class, () -> registry.deleteTag(tag, STRICT));

    assertEquals(0, failure.statusCode());
    assertEquals(
        "delete tag 1.0 of shop/app failed: there is no such tag any more", failure.getMessage());
    assertEquals(List.of("1.0"), emulator.tagNames("shop/app"));
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry.deleteTag(tag, STRICT.ignoringMissing()).outcome());
  }

  @Test
  void aDeletionWhoseAnswerWasLostIsRepeatedAndFindsTheTagAbsent() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    Tag tag = registry.getTag(APP, "1.0");
    emulator.clearRequests();
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());

    DeleteResult result = registry.deleteTag(tag, STRICT);

    assertEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
    assertSent(listTags(image), "DELETE /tags/" + id, "DELETE /tags/" + id);
  }

  @Test
  void aForcedDeletionWhoseAnswerWasLostIsRepeatedWithForce() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, DIGEST).withDeleted(List.of("latest")),
        result);
    assertEquals(2, sent().stream().filter(line -> line.endsWith("?force=true")).count());
  }

  @Test
  void aDeletionWhoseAnswerWasLostMayStillBeUnderWay() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.setDeletionReads(3);
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());

    assertEquals(DeleteOutcome.ACCEPTED, registry.deleteTag(APP, "1.0").outcome());
  }

  @Test
  void aStrangers404IsNoFailureWhileTheTagIsOnItsWayOut() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(404, "{\"message\":\"no route\"}"));
    emulator.beforeNext(
        "DELETE",
        "/tags/",
        () -> answerTags(
            tag("latest", OTHER_ID, ",\"digest\":\"" + OTHER + "\""),
            tag("1.0", id, ",\"status\":\"deleting\",\"digest\":\"" + DIGEST + "\"")));

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), registry.deleteTag(APP, "1.0"));
  }

  @Test
  void aServerErrorAndThenNothingIsAbsentToo() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.failNext("DELETE", "/tags/", 1, Fault.gatewayTimeout());
    emulator.failNext(
        "DELETE", "/tags/", 1, Fault.json(404, "{\"message\":\"Tag was not found\"}"));

    assertEquals(DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "1.0").outcome());
  }

  @Test
  void aRateLimitAndThenNothingIsAMissingTag() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.failNext("DELETE", "/tags/", 1, Fault.rateLimited());
    emulator.failNext(
        "DELETE", "/tags/", 1, Fault.json(404, "{\"message\":\"Tag was not found\"}"));

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "1.0"));
  }

  @Test
  void aDeletionWhoseAnswerIsLostForGoodMayHaveTakenEffect() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.failNext("DELETE", "/tags/", 3, Fault.lostAnswer());

    assertThrows(RegistryIOException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(List.of(), emulator.tagNames("shop/app"));
  }

  @Test
  void withoutRetriesALostAnswerIsAnError() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());
    var options = httpOptions().withRetryPolicy(RetryPolicy.none());

    try (ScalewayRegistry impatient = builder().httpOptions(options).build()) {
      assertThrows(RegistryIOException.class, () -> impatient.deleteTag(APP, "1.0"));
    }
  }

  @Test
  void aDeletionIsNeverRedirected() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.failNext(
        "DELETE", "/tags/", 1, Fault.redirect(307, emulator.baseUrl() + "/elsewhere"));

    var failure =
        assertThrows(RegistryServiceException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(307, failure.statusCode());
    assertTrue(failure.getMessage().contains("redirects are followed for reading only"));
    assertEquals(List.of("1.0"), emulator.tagNames("shop/app"));
    assertTrue(
        emulator.requests().stream().noneMatch(request -> request.rawPath().equals("/elsewhere")));
  }

  @Test
  void aForcedDeletionThatIsDoneIsNoFailureThoughTheSiblingsCannotBeListedAfter() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    emulator.failNext("GET", "/tags$", 1, Fault.delayed(Duration.ZERO));
    emulator.failNext("GET", "/tags$", 9, Fault.status(503));

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(DeleteOutcome.ACCEPTED, result.outcome());
    assertEquals(List.of("latest"), result.deletedWith());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aTagThatAShiftHidesFromALaterPageIsFound(int pages) {
    emulator.addTag("shop/app", "0.0", TagContent.ofDigest(OTHER));
    emulator.addTags("shop/app", 150);
    knowing(APP);
    deleteElsewhereAfterAnswering(pages, "0.0");

    DeleteResult result = registry.deleteTag(APP, "t-000099", STRICT.ignoringMissing());

    assertEquals(DeleteOutcome.ACCEPTED, result.outcome());
  }

  @Test
  void aDeletionByIdentifierReadsTheTagToLearnItsImage() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();

    assertEquals(
        DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), registry.byId().deleteTag(id));
    assertSent("GET /tags/" + id, listTags(image), "DELETE /tags/" + id);
  }

  @Test
  void aDeletionByIdentifierCanBeForced() {
    String image = emulator.addImage("shop/app");
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));

    DeleteResult result = registry.byId().deleteTag(id, FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST).withDeleted(List.of("latest")), result);
    assertSent(
        "GET /tags/" + id, listTags(image), "DELETE /tags/" + id + "?force=true", listTags(image));
  }

  @Test
  void aDeletionByIdentifierKeepsToTheRequiredDigest() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();

    assertThrows(
        PreconditionFailedException.class,
        () -> registry.byId().deleteTag(id, STRICT.onlyIfDigest(OTHER)));
    assertEquals(List.of("1.0"), emulator.tagNames("shop/app"));
  }

  @Test
  void aMissingIdentifierIsAbsentAlreadyIfThatIsWanted() {
    assertThrows(NotFoundException.class, () -> registry.byId().deleteTag(UNKNOWN_ID));
    assertEquals(
        DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null),
        registry.byId().deleteTag(UNKNOWN_ID, STRICT.ignoringMissing()));
  }

  @Test
  void theDigestOfATagThatGoesAfterItWasReadIsKnownAnyway() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    answerTags();

    assertThrows(NotFoundException.class, () -> registry.byId().deleteTag(id));
    answerTags();

    assertEquals(
        DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, DIGEST),
        registry.byId().deleteTag(id, STRICT.ignoringMissing()));
  }

  @Test
  void aLostAnswerToADeletionByIdentifierIsNoError() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());

    assertEquals(
        DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, DIGEST), registry.byId().deleteTag(id));
    assertEquals("DELETE /tags/" + id, sent().get(3));
  }

  /** Deletes another tag just after that many pages of tags have been answered. */
  private void deleteElsewhereAfterAnswering(int pages, String name) {
    emulator.setDeletionReads(0);
    for (int i = 0; i < pages; i++) {
      emulator.beforeNext("GET", "/tags$", () -> {});
    }
    emulator.beforeNext("GET", "/tags$", () -> elsewhere(other -> other.deleteTag(APP, name)));
  }

  private void answerTags(String... tags) {
    String items = String.join(",", tags);
    emulator.failNext(
        "GET",
        "/tags$",
        1,
        Fault.json(200, "{\"tags\":[" + items + "],\"total_count\":" + tags.length + "}"));
  }

  private static String tag(String name, String id, String fields) {
    return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\"" + fields + "}";
  }

  @Test
  void deletingWhatWasCollectedFirstSkipsNothing() {
    emulator.setDeletionReads(0);
    emulator.addTags("shop/app", 120);

    registry.listTags(APP).toList().forEach(tag -> registry.deleteTag(tag, STRICT));

    assertEquals(List.of(), emulator.tagNames("shop/app"));
  }

  @Test
  void aServerThatFailsForGoodIsAServerError() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.failNext("DELETE", "/tags/", 3, Fault.status(500));

    var failure = assertThrows(ServerException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(3, failure.attempts());
    assertEquals(List.of("1.0"), emulator.tagNames("shop/app"));
  }
}
