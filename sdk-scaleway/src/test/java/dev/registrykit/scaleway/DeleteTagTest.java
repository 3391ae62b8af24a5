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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What deleting a tag sends, takes away, and refuses. */
class DeleteTagTest extends ScalewayTest {

  private static final DeleteOptions STRICT = DeleteOptions.strict();
  private static final DeleteOptions FORCED = STRICT.withForce();
  private static final String OTHER = ScalewayEmulator.digestOf("other");

  @Test
  void aStrictDeletionLooksTheTagUpAndDeletesItWithoutForce() {
    String image = emulator.addImage("shop", "app");
    String tag = emulator.addTag("shop", "app", "1.0", DIGEST);
    knowing(APP);

    DeleteResult result = registry.deleteTag(APP, "1.0");

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), result);
    assertSent(lookUpTag(image, "1.0"), "DELETE /tags/" + tag);
    assertEquals(List.of(), emulator.tagNames("shop", "app"));
  }

  @Test
  void theFirstDeletionInAnImageCostsTwoRequestsMore() {
    emulator.addTag("shop", "app", "1.0", DIGEST);

    registry.deleteTag(APP, "1.0");

    assertEquals(4, emulator.requestCount());
  }

  @Test
  void aTagThatIsGoneAtOnceIsDeleted() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(200, "{\"id\":\"1\",\"name\":\"1.0\"}"));

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());
  }

  @Test
  void deletingATagLeavesTheOthers() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "2.0", OTHER);

    registry.deleteTag(APP, "1.0");

    assertEquals(List.of("2.0"), emulator.tagNames("shop", "app"));
  }

  @Test
  void deletingATagThatWasReadNeedsNoLookUp() {
    String id = emulator.addTag("shop", "app", "1.0", DIGEST);
    Tag tag = registry.getTag(APP, "1.0");
    emulator.clearRequests();

    DeleteResult result = registry.deleteTag(tag, STRICT);

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), result);
    assertSent("DELETE /tags/" + id);
  }

  @Test
  void aTagWithoutTheProvidersIdentifierIsLookedUp() {
    String image = emulator.addImage("shop", "app");
    String id = emulator.addTag("shop", "app", "1.0", DIGEST);
    knowing(APP);

    registry.deleteTag(Tag.builder(APP, "1.0").build(), STRICT);

    assertSent(lookUpTag(image, "1.0"), "DELETE /tags/" + id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "../namespaces/x", "a/b", "not-a-uuid"})
  void aTagWithAForeignIdentifierIsRefusedBeforeAnythingIsSent(String id) {
    Tag tag = Tag.builder(APP, "1.0").providerId(id).build();

    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(tag, STRICT));
    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(tag, FORCED));
    assertNothingSent();
  }

  @Test
  void aSharedDigestIsRefusedAndTheSiblingsAreNamed() {
    String image = emulator.addImage("shop", "app");
    String tag = emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "stable", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);
    emulator.addTag("shop", "app", "2.0", OTHER);
    knowing(APP);

    var failure = assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(List.of("latest", "stable"), failure.siblings());
    assertEquals(412, failure.statusCode());
    assertEquals(Optional.of("precondition_failed"), failure.errorCode());
    assertEquals(
        text(
            "delete tag 1.0 of shop/app failed: HTTP 412 precondition_failed: ",
            "tag shares its digest with another tag; ",
            "other tags of this image have the same digest; ",
            "the digest is shared with latest, stable (request-id ",
            failure.requestId().orElseThrow(),
            ")"),
        failure.getMessage());
    assertSent(lookUpTag(image, "1.0"), "DELETE /tags/" + tag, listTags(image));
    assertEquals(List.of("1.0", "stable", "latest", "2.0"), emulator.tagNames("shop", "app"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 412})
  void aSharedDigestIsRecognisedWhateverTheStatusOfTheRefusal(int status) {
    emulator.setSharedDigestRefusal(status, "{\"message\":\"no\"}");
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);

    var failure = assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(status, failure.statusCode());
    assertEquals(List.of("latest"), failure.siblings());
    assertEquals("{\"message\":\"no\"}", failure.body());
    assertTrue(
        failure.getMessage().contains("HTTP " + status + ": no; the digest is shared with latest"),
        failure.getMessage());
  }

  @Test
  void aRefusalWithoutAMessageNamesTheSiblingsToo() {
    emulator.setSharedDigestRefusal(412, "");
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);

    var failure = assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertTrue(
        failure.getMessage().contains("HTTP 412: the digest is shared with latest"),
        failure.getMessage());
  }

  @Test
  void siblingsOnTheirWayOutAreNotBlamed() {
    emulator.setDeletionPolls(10);
    emulator.setForceTakesSiblings(false);
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "old", DIGEST);
    registry.deleteTag(APP, "old", FORCED);
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(409, "{\"message\":\"no\"}"));

    var failure = assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(ConflictException.class, failure.getClass());
  }

  @ParameterizedTest
  @CsvSource({
    "400, dev.registrykit.BadRequestException",
    "409, dev.registrykit.ConflictException",
    "412, dev.registrykit.PreconditionFailedException"
  })
  void aRefusalOfATagWithoutSiblingsStaysWhatItIs(int status, Class<?> expected) {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "2.0", OTHER);
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
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);
    String typeField = type.isEmpty() ? "" : ",\"type\":\"" + type + "\"";
    emulator.setSharedDigestRefusal(status, "{\"message\":\"no\"" + typeField + "}");

    var failure = assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(ConflictException.class, failure.getClass());
    assertEquals(status, failure.statusCode());
    assertEquals(4, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void otherRefusalsAreNotLookedInto(int status) {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(status, "{\"message\":\"no\"}"));

    assertThrows(RegistryServiceException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(4, emulator.requestCount());
  }

  @Test
  void aRefusalWhoseSiblingsCannotBeListedSaysSo() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);
    Tag tag = registry.getTag(APP, "1.0");
    emulator.failNext("GET", "/tags$", 1, Fault.json(403, "{\"message\":\"Not authorized\"}"));

    var failure =
        assertThrows(PreconditionFailedException.class, () -> registry.deleteTag(tag, STRICT));

    assertEquals(412, failure.statusCode());
    assertInstanceOf(PermissionDeniedException.class, failure.getSuppressed()[0]);
  }

  @Test
  void forceIsSentAndTheSiblingsThatWentAreNamed() {
    String image = emulator.addImage("shop", "app");
    String tag = emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "stable", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);
    emulator.addTag("shop", "app", "2.0", OTHER);
    knowing(APP);

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST).withDeleted(List.of("latest", "stable")),
        result);
    assertSent(listTags(image), "DELETE /tags/" + tag + "?force=true", listTags(image));
    assertEquals(List.of("2.0"), emulator.tagNames("shop", "app"));
  }

  @Test
  void siblingsThatGoAtOnceAreNamedToo() {
    emulator.setDeletionPolls(0);
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);

    assertEquals(List.of("latest"), registry.deleteTag(APP, "1.0", FORCED).deletedWith());
  }

  @Test
  void siblingsThatTheServerKeepsAreNotNamed() {
    emulator.setForceTakesSiblings(false);
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(List.of(), result.deletedWith());
    assertEquals(List.of("latest"), emulator.tagNames("shop", "app"));
  }

  @Test
  void aForcedDeletionWithoutSiblingsListsOnce() {
    String image = emulator.addImage("shop", "app");
    String tag = emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "2.0", OTHER);
    knowing(APP);

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST), result);
    assertSent(listTags(image), "DELETE /tags/" + tag + "?force=true");
  }

  @Test
  void siblingsOnLaterPagesAreFound() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTags("shop", "app", 150);
    emulator.addTag("shop", "app", "latest", DIGEST);

    assertEquals(List.of("latest"), registry.deleteTag(APP, "1.0", FORCED).deletedWith());
  }

  @Test
  void forcingATagThatWasReadListsItsSiblings() {
    String image = emulator.addImage("shop", "app");
    String id = emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);
    Tag tag = registry.getTag(APP, "1.0");
    emulator.clearRequests();

    assertEquals(List.of("latest"), registry.deleteTag(tag, FORCED).deletedWith());
    assertSent(listTags(image), "DELETE /tags/" + id + "?force=true", listTags(image));
  }

  @Test
  void theSiblingsOfATagThatMovedSinceItWasReadAreThoseOfItsNewDigest() {
    emulator.addTag("shop", "app", "1.0", OTHER);
    emulator.addTag("shop", "app", "former", OTHER);
    Tag tag = registry.getTag(APP, "1.0");
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);

    var refusal = assertThrows(SharedDigestException.class, () -> registry.deleteTag(tag, STRICT));
    DeleteResult result = registry.deleteTag(tag, FORCED);

    assertEquals(List.of("latest"), refusal.siblings());
    assertEquals(List.of("latest"), result.deletedWith());
    assertEquals(Optional.of(DIGEST), result.digest());
    assertEquals(List.of("former"), emulator.tagNames("shop", "app"));
  }

  @Test
  void forceDoesNotOverrideALock() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.failNext(
        "DELETE", "/tags/", 1, Fault.json(423, "{\"message\":\"m\",\"type\":\"locked\"}"));

    var failure =
        assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "1.0", FORCED));

    assertEquals(423, failure.statusCode());
    assertEquals(List.of("1.0"), emulator.tagNames("shop", "app"));
  }

  @Test
  void aTagOfTheRequiredDigestIsDeleted() {
    String image = emulator.addImage("shop", "app");
    String tag = emulator.addTag("shop", "app", "1.0", DIGEST);
    knowing(APP);

    registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(DIGEST));

    assertSent(lookUpTag(image, "1.0"), "DELETE /tags/" + tag);
  }

  @Test
  void aTagOfAnotherDigestThanRequiredStays() {
    emulator.addTag("shop", "app", "1.0", DIGEST);

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
    String id = emulator.addTag("shop", "app", "1.0", DIGEST);
    Tag tag = registry.getTag(APP, "1.0");
    emulator.addTag("shop", "app", "1.0", OTHER);
    emulator.clearRequests();

    assertThrows(
        PreconditionFailedException.class,
        () -> registry.deleteTag(tag, STRICT.onlyIfDigest(DIGEST)));
    assertSent("GET /tags/" + id);

    emulator.clearRequests();
    registry.deleteTag(tag, STRICT.onlyIfDigest(OTHER));
    assertSent("GET /tags/" + id, "DELETE /tags/" + id);
  }

  @Test
  void aMissingTagIsAnErrorAndNothingIsDeleted() {
    emulator.addTag("shop", "app", "1.0", DIGEST);

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
    emulator.addImage("shop", "app");
    DeleteResult absent = DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null);

    assertEquals(absent, registry.deleteTag(APP, "1.0", STRICT.ignoringMissing()));
    assertEquals(absent, registry.deleteTag(APP, "1.0", FORCED.ignoringMissing()));
    assertEquals(
        absent, registry.deleteTag(ImageRef.of("shop/no"), "1.0", STRICT.ignoringMissing()));
    assertEquals(absent, registry.deleteTag(ImageRef.of("no/no"), "1.0", STRICT.ignoringMissing()));
  }

  @Test
  void aTagThatGoesBetweenLookUpAndDeletionIsMissing() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    Tag tag = registry.getTag(APP, "1.0");
    elsewhere(other -> other.deleteTag(APP, "1.0"));

    var failure = assertThrows(TagNotFoundException.class, () -> registry.deleteTag(tag, STRICT));

    assertEquals(404, failure.statusCode());
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry.deleteTag(tag, STRICT.ignoringMissing()).outcome());
  }

  @Test
  void aDeletionWhoseAnswerWasLostIsRepeatedAndFindsTheTagAbsent() {
    String id = emulator.addTag("shop", "app", "1.0", DIGEST);
    Tag tag = registry.getTag(APP, "1.0");
    emulator.clearRequests();
    emulator.setDeletionPolls(0);
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());

    DeleteResult result = registry.deleteTag(tag, STRICT);

    assertEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
    assertSent("DELETE /tags/" + id, "DELETE /tags/" + id);
  }

  @Test
  void aForcedDeletionWhoseAnswerWasLostIsRepeatedWithForce() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);
    emulator.setDeletionPolls(0);
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
    assertEquals(2, sent().stream().filter(line -> line.endsWith("?force=true")).count());
  }

  @Test
  void aDeletionWhoseAnswerWasLostMayStillBeUnderWay() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.setDeletionPolls(3);
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());

    assertEquals(DeleteOutcome.ACCEPTED, registry.deleteTag(APP, "1.0").outcome());
  }

  @Test
  void aServerErrorAndThenNothingIsAbsentToo() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.failNext("DELETE", "/tags/", 1, Fault.gatewayTimeout());
    emulator.failNext(
        "DELETE", "/tags/", 1, Fault.json(404, "{\"message\":\"Tag was not found\"}"));

    assertEquals(DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "1.0").outcome());
  }

  @Test
  void aRateLimitAndThenNothingIsAMissingTag() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.failNext("DELETE", "/tags/", 1, Fault.rateLimited());
    emulator.failNext(
        "DELETE", "/tags/", 1, Fault.json(404, "{\"message\":\"Tag was not found\"}"));

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "1.0"));
  }

  @Test
  void aDeletionWhoseAnswerIsLostForGoodMayHaveTakenEffect() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.failNext("DELETE", "/tags/", 3, Fault.lostAnswer());

    assertThrows(RegistryIOException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(List.of(), emulator.tagNames("shop", "app"));
  }

  @Test
  void withoutRetriesALostAnswerIsAnError() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());
    var options = httpOptions().withRetryPolicy(RetryPolicy.none());

    try (ScalewayRegistry impatient = builder().httpOptions(options).build()) {
      assertThrows(RegistryIOException.class, () -> impatient.deleteTag(APP, "1.0"));
    }
  }

  @Test
  void aDeletionIsNeverRedirected() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.failNext(
        "DELETE", "/tags/", 1, Fault.redirect(307, emulator.baseUrl() + "/elsewhere"));

    var failure =
        assertThrows(RegistryServiceException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(307, failure.statusCode());
    assertTrue(failure.getMessage().contains("redirects are followed for reading only"));
    assertEquals(List.of("1.0"), emulator.tagNames("shop", "app"));
    assertTrue(
        emulator.requests().stream().noneMatch(request -> request.rawPath().equals("/elsewhere")));
  }

  @Test
  void aForcedDeletionThatIsDoneIsNoFailureThoughTheSiblingsCannotBeListedAfter() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);
    emulator.failNext("GET", "/tags$", 1, Fault.delayed(Duration.ZERO));
    emulator.failNext("GET", "/tags$", 9, Fault.status(503));

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(DeleteOutcome.ACCEPTED, result.outcome());
    assertEquals(List.of("latest"), result.deletedWith());
  }

  @Test
  void aForcedDeletionLooksUpATagThatAShiftHidFromTheListing() {
    emulator.addTags("shop", "app", 150);
    emulator.failNext("GET", "/tags$", 1, Fault.json(200, "{\"tags\":[],\"total_count\":0}"));

    DeleteResult result = registry.deleteTag(APP, "t-000100", FORCED.ignoringMissing());

    assertEquals(DeleteOutcome.ACCEPTED, result.outcome());
    assertFalse(emulator.tagNames("shop", "app").contains("t-000100"));
  }

  @Test
  void aDeletionByIdentifierDoesNotLookForSiblings() {
    String id = emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.addTag("shop", "app", "latest", DIGEST);

    assertThrows(PreconditionFailedException.class, () -> registry.deleteTagById(id));

    assertSent("DELETE /tags/" + id);
  }

  @Test
  void aLostAnswerToADeletionByIdentifierIsNoError() {
    String id = emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.setDeletionPolls(0);
    emulator.failNext("DELETE", "/tags/", 1, Fault.lostAnswer());

    assertEquals(Optional.empty(), registry.deleteTagById(id));
    assertSent("DELETE /tags/" + id, "DELETE /tags/" + id);
  }

  @Test
  void deletingWhatWasCollectedFirstSkipsNothing() {
    emulator.setDeletionPolls(0);
    emulator.addTags("shop", "app", 120);

    registry.listTags(APP).toList().forEach(tag -> registry.deleteTag(tag, STRICT));

    assertEquals(List.of(), emulator.tagNames("shop", "app"));
  }

  @Test
  void aServerThatFailsForGoodIsAServerError() {
    emulator.addTag("shop", "app", "1.0", DIGEST);
    emulator.failNext("DELETE", "/tags/", 3, Fault.status(500));

    var failure = assertThrows(ServerException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(3, failure.attempts());
    assertEquals(List.of("1.0"), emulator.tagNames("shop", "app"));
  }
}
