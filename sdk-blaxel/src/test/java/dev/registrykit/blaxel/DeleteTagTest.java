package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BadRequestException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.Tag;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published operation {@code DELETE /images/{resourceType}/{imageName}/tags/{tagName}}: what it
 * sends, and what 200, 400 and 404 mean. No body of the two refusals is public.
 */
class DeleteTagTest extends BlaxelTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final DeleteOptions FORCED = STRICT.withForce();
  private static final String DELETE = "DELETE /images/sandbox/app/tags/1.0";

  @BeforeEach
  void addTags() {
    emulator.addTag("sandbox/app", "1.0");
    emulator.addTag("sandbox/app", "2.0");
  }

  private <E extends RuntimeException> E refused(Class<E> expected, Fault fault) {
    emulator.failNext("DELETE", "/tags/1[.]0$", 1, fault);
    E failure = assertThrows(expected, () -> registry.deleteTag(APP, "1.0"));
    assertEquals(expected, failure.getClass());
    return failure;
  }

  // The request

  @Test
  void theRequestIsThePublishedOne() {
    registry.deleteTag(APP, "1.0");

    assertEquals(1, emulator.requestCount());
    RecordedRequest request = emulator.requests().get(0);
    assertEquals("DELETE", request.method());
    assertEquals("/v0/images/sandbox/app/tags/1.0", request.rawPath());
    assertEquals(null, request.rawQuery());
    assertEquals("", request.body());
    assertEquals(Optional.of("Bearer " + emulator.apiKey()), request.header("Authorization"));
    assertEquals(Optional.of("acme"), request.header("X-Blaxel-Workspace"));
    assertEquals(Optional.of("2026-09-22"), request.header("Blaxel-Version"));
    assertEquals(Optional.of("application/json"), request.header("Accept"));
    assertEquals(Optional.of("registrykit-blaxel"), request.header("User-Agent"));
    assertEquals(Optional.empty(), request.header("Content-Type"));
  }

  @ParameterizedTest
  @CsvSource({
    "agents, agent",
    "functions, function",
    "sandboxes, sandbox",
    "jobs, job",
    "agent, agent",
    "function, function",
    "sandbox, sandbox",
    "job, job",
    "model, model"
  })
  void theResourceTypeIsSentInTheSingular(String written, String sent) {
    emulator.addTag(sent + "/app", "1.0");

    registry.deleteTag(ImageRef.of(written + "/app"), "1.0");

    assertSent("DELETE /images/" + sent + "/app/tags/1.0");
  }

  @Test
  void theOlderGenerationHasTheSameOperation() {
    older().deleteTag(APP, "1.0");

    assertSent(DELETE);
    assertEquals(Optional.of(OLDER), lastRequest().header("Blaxel-Version"));
    assertEquals(List.of("2.0"), emulator.tagNames("sandbox/app"));
  }

  @Test
  void aTagThatWasReadIsDeletedInOneRequestToo() {
    Tag tag = registry.getTag(ImageRef.of("sandboxes/app"), "1.0");
    emulator.clearRequests();

    registry.deleteTag(tag, STRICT);

    assertSent(DELETE);
  }

  @Test
  void aTagWithAnIdentifierIsOfAnotherRegistry() {
    Tag tag = Tag.builder(APP, "1.0").providerId("1").build();

    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(tag, STRICT));
    assertNothingSent();
  }

  // 200 and 204

  @Test
  void anImageInTheAnswerMeansDeleted() {
    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, null), registry.deleteTag(APP, "1.0"));
    assertEquals(List.of("2.0"), emulator.tagNames("sandbox/app"));
  }

  @Test
  void noContentMeansDeletedToo() {
    emulator.faults().setAnswersDeletionsWithoutContent(true);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, null), registry.deleteTag(APP, "1.0"));
    assertEquals(List.of("2.0"), emulator.tagNames("sandbox/app"));
  }

  @Test
  void anEmptyAnswerMeansDeletedToo() {
    emulator.failNext("DELETE", "", 1, Fault.json(200, ""));

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());
  }

  @Test
  void anAnswerThatPromisesTheDeletionMeansAccepted() {
    emulator.failNext("DELETE", "", 1, Fault.json(202, "{\"metadata\":{\"name\":\"app\"}}"));

    assertEquals(DeleteOutcome.ACCEPTED, registry.deleteTag(APP, "1.0").outcome());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>Log in</html>",
        "{}",
        "[]",
        "{\"message\":\"please log in\"}",
        "{\"metadata\":{}}",
        "{\"metadata\":{\"name\":\"other\",\"resourceType\":\"sandbox\"}}",
        "{\"metadata\":{\"name\":\"app\",\"resourceType\":\"agent\"}}"
      })
  void anAnswerThatNamesAnotherImageOrNoneIsNoDeletionButMayHaveTakenEffect(String body) {
    emulator.failNext("DELETE", "", 1, Fault.json(200, body));

    var failure = assertThrows(
        InvalidResponseException.class,
        () -> registry.deleteTag(APP, "1.0", STRICT.ignoringMissing()));

    assertTrue(failure.mayHaveTakenEffect());
    assertEquals("delete tag 1.0 of sandbox/app", failure.operation());
    assertSent(DELETE);
  }

  @Test
  void theImageThatIsLeftIsReadOnItsOwn() {
    registry.deleteTag(APP, "1.0", STRICT);

    assertEquals(OptionalLong.of(1), registry.describeImage(APP).tagCount());
    assertSent(DELETE, "GET /images/sandbox/app");
  }

  @Test
  void aReferenceNamesTheTagAndNoDigestForThereAreNone() {
    ImageRef reference = ImageRef.parse("sandbox/app:1.0");
    ImageRef pinned = ImageRef.parse("sandbox/app:1.0@" + DIGEST);

    assertThrows(UnsupportedFeatureException.class, () -> registry.deleteTag(pinned, STRICT));
    assertThrows(UnsupportedFeatureException.class, () -> registry.getTag(pinned));
    assertThrows(UnsupportedFeatureException.class, () -> registry.findTag(pinned));
    assertNothingSent();

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, null), registry.deleteTag(reference, STRICT));
    assertEquals(Optional.empty(), registry.findTag(reference));
    assertSent(DELETE, lookUpTag("sandbox/app", "1.0"));
  }

  @Test
  void nothingIsLeftToRepair() {
    assertFalse(registry.restoreTag(APP, "1.0"));
    assertNothingSent();
  }

  // 400

  @Test
  void aTagInUseStays() {
    emulator.setInUse("sandbox/app", "1.0", true);

    var failure = assertThrows(TagInUseException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(400, failure.statusCode());
    assertTrue(
        failure
            .getMessage()
            .startsWith("delete tag 1.0 of sandbox/app failed: HTTP 400: Tag is in use"),
        failure.getMessage());
    assertSent(DELETE);
    assertEquals(List.of("1.0", "2.0"), emulator.tagNames("sandbox/app"));
  }

  @Test
  void forceDoesNotOverrideInUseAndChangesNothingElse() {
    emulator.setInUse("sandbox/app", "1.0", true);

    assertThrows(TagInUseException.class, () -> registry.deleteTag(APP, "1.0", FORCED));
    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, null), registry.deleteTag(APP, "2.0", FORCED));
    assertSent(DELETE, "DELETE /images/sandbox/app/tags/2.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "null",
        "{\"error\":\"tag is in use\",\"code\":400}",
        "{\"error\":\"Bad Request\",\"code\":400}",
        "{\"error\":\"cannot delete\",\"code\":400,\"message\":\"used by an active deployment\"}",
        "{\"code\":\"TAG_IN_USE\",\"message\":\"still running\",\"status_code\":400}",
        "{\"code\":\"TAG_IN_USE\",\"message\":\"invalid while something runs\"}",
        "{\"error\":\"tag 1.0 of app is deployed in workspace acme\",\"code\":400}",
        "tag is in use"
      })
  void aBadRequestMeansInUseUnlessItSaysOtherwise(String body) {
    var failure = refused(TagInUseException.class, Fault.json(400, body));

    assertEquals(body, failure.body());
    assertEquals(1, failure.attempts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"invalid_api_version\",\"message\":\"Unknown API version. It is used so: x\"}",
        "{\"code\":\"WORKSPACE_REQUIRED\",\"message\":\"Use a header, it is used by all\"}",
        "{\"error\":\"workspace is required\",\"code\":400}",
        "{\"error\":{\"code\":\"BAD_REQUEST\",\"message\":\"in use\",\"status\":400}}",
        "{\"error\":\"Image is shared with other workspaces\",\"code\":400}",
        "{\"error\":\"unshare the image first, it is in use elsewhere\",\"code\":400}",
        "{\"error\":\"invalid tag name\",\"code\":400}",
        "{\"error\":\"missing resource type\",\"code\":400}",
        "<html><h1>400 Bad Request</h1></html>"
      })
  void aBadRequestOfAnotherCauseIsNothingMore(String body) {
    var failure = refused(BadRequestException.class, Fault.json(400, body));

    assertEquals(body, failure.body());
  }

  @Test
  void aBadRequestOfThePlatformIsNothingMore() {
    refused(
        BadRequestException.class, Fault.json(400, "").withHeader("X-Blaxel-Source", "platform"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "invalid", "version-1", "workspace", "unknown"})
  void theNameOfATagIsNotTakenForTheServersWords(String tag) {
    emulator.addTag("sandbox/app", tag);
    emulator.setInUse("sandbox/app", tag, true);
    emulator.faults().setInUseBody("{\"error\":\"cannot delete " + tag + "\",\"code\":400}");

    assertThrows(TagInUseException.class, () -> registry.deleteTag(APP, tag));
  }

  @Test
  void anUnknownVersionOfTheApiIsNothingInUse() {
    try (BlaxelRegistry strange = builder().apiVersion("2026-99-99").build()) {
      var failure = assertThrows(BadRequestException.class, () -> strange.deleteTag(APP, "1.0"));

      assertEquals(BadRequestException.class, failure.getClass());
      assertEquals(Optional.of("invalid_api_version"), failure.errorCode());
    }
  }

  @Test
  void aTagOfASharedImageStaysForThatReason() {
    registry.shareImage(APP, "other");

    var failure = assertThrows(BadRequestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(BadRequestException.class, failure.getClass());
    assertTrue(failure.getMessage().contains("shared"), failure.getMessage());
    assertEquals(List.of("1.0", "2.0"), emulator.tagNames("sandbox/app"));
  }

  // 404

  @Test
  void aMissingTagIsNamedInOneRequestWhereTheAnswerTells() {
    var failure = assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "3.0"));

    assertEquals(APP, failure.image());
    assertEquals("3.0", failure.tag());
    assertEquals(404, failure.statusCode());
    assertSent("DELETE /images/sandbox/app/tags/3.0");
  }

  // Lost answers

  @Test
  void aDeletionWhoseAnswerIsLostIsRepeatedAndFoundDone() {
    emulator.failNext("DELETE", "", 1, Fault.lostAnswer());

    assertEquals(DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "1.0").outcome());
    assertSent(DELETE, DELETE);
  }

  @Test
  void whatThePlatformSaysItDidNotCarryOutIsStillThereToBeMissed() {
    emulator.failNext(
        "DELETE",
        "",
        1,
        Fault.json(
            503, "{\"error\":{\"code\":\"X\",\"retryable\":true,\"safe_to_retry_request\":true}}"));

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "3.0"));
    assertEquals(2, emulator.requestCount());
  }

  @Test
  void aDeletionThatThePlatformCallsUnsafeToRepeatIsNotRepeated() {
    emulator.failNext(
        "DELETE",
        "",
        1,
        Fault.json(
            503,
            "{\"error\":{\"code\":\"X\",\"retryable\":true,\"safe_to_retry_request\":false}}"));

    assertThrows(RuntimeException.class, () -> registry.deleteTag(APP, "1.0"));
    assertSent(DELETE);
  }

  @Test
  void aDigestCannotBeRequiredWhereThereAreNone() {
    assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(DIGEST)));
    assertNothingSent();
    assertFalse(registry.getTag(APP, "1.0").digest().isPresent());
  }
}
