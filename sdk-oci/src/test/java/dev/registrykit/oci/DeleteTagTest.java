package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciFaults;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.RecordedRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What deleting a tag sends, takes away, and refuses. */
class DeleteTagTest extends OciDeletionTest {

  private static final String[] NINE = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};

  // Where tags can be deleted

  @ParameterizedTest
  @MethodSource("deletingTags")
  void aTagIsDeletedByItsNameAndLookedFor(OciPersonality personality) {
    emulator.personality(personality);
    push("app", NINE);

    DeleteResult result = registry.deleteTag(APP, "5");

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, null), result);
    assertSent("DELETE manifests/5", "GET manifests/5");
    assertEquals(Set.of("1", "2", "3", "4", "6", "7", "8", "9"), tags().keySet());
  }

  @ParameterizedTest
  @MethodSource("deletingTags")
  void forceChangesNothingWhereTagsCanBeDeleted(OciPersonality personality) {
    emulator.personality(personality);
    push("app", NINE);

    DeleteResult result = registry.deleteTag(APP, "5", FORCED);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, null), result);
    assertSent("DELETE manifests/5", "GET manifests/5");
    assertEquals(8, tags().size());
  }

  @Test
  void aTagThatWasReadIsDeletedAsByItsName() {
    emulator.personality(OciPersonality.ZOT);
    push("app", "1.0", "1.1");
    Tag tag = registry.getTag(APP, "1.0");
    emulator.clearRequests();

    registry.deleteTag(tag, STRICT);

    assertSent("DELETE manifests/1.0", "GET manifests/1.0");
  }

  @Test
  void whatIsDeletedIsNamedAsItIsAndWhatIsLookedForIsAnyKindOfManifest() {
    emulator.personality(OciPersonality.ZOT);
    push("app", "V1.0_x-y");

    registry.deleteTag(APP, "V1.0_x-y");

    RecordedRequest delete = emulator.requests().get(0);
    RecordedRequest look = emulator.requests().get(1);
    assertEquals("/v2/shop/app/manifests/V1.0_x-y", delete.rawPath());
    assertEquals("", delete.body());
    assertEquals(null, delete.rawQuery());
    assertEquals(
        "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json,"
            + " application/vnd.docker.distribution.manifest.v2+json,"
            + " application/vnd.docker.distribution.manifest.list.v2+json",
        look.header("Accept").orElseThrow());
  }

  // Where only manifests can be deleted

  @ParameterizedTest
  @MethodSource("deletingManifestsOnly")
  void ofNineTagsOfAManifestOneGoesAndEightStay(OciPersonality personality) {
    emulator.personality(personality);
    String digest = push("app", NINE);

    DeleteResult result = registry.deleteTag(APP, "5");

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, digest), result);
    assertSent(List.of("DELETE manifests/5"), byPlaceholder("5"));
    assertEquals(Set.of("1", "2", "3", "4", "6", "7", "8", "9"), tags().keySet());
    assertEquals(Set.of(digest), Set.copyOf(tags().values()));
    assertEquals(List.of(digest), emulator.manifests(REPOSITORY));
  }

  @ParameterizedTest
  @MethodSource("deletingManifestsOnly")
  void forcedDeletionNamesAllTagsThatWent(OciPersonality personality) {
    emulator.personality(personality);
    String digest = push("app", NINE);
    push("other", "other");

    DeleteResult result = registry.deleteTag(APP, "5", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest)
            .withDeleted(List.of("1", "2", "3", "4", "6", "7", "8", "9")),
        result);
    assertEquals(Set.of("other"), tags().keySet());
    List<String> sent = sent();
    assertEquals(
        List.of(
            "DELETE manifests/5", "DELETE manifests/5", "GET manifests/5", "GET tags/list?n=1000"),
        sent.subList(0, 4));
    assertEquals(
        List.of(PROBE, "DELETE manifests/app", "GET tags/list?n=1000"),
        sent.subList(13, sent.size()));
  }

  @Test
  void forcedDeletionWithoutSiblingsTakesTheTagAlone() {
    String digest = push("app", "1.0");

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, digest), result);
    assertSent(
        List.of(
            "DELETE manifests/1.0",
            "DELETE manifests/1.0",
            "GET manifests/1.0",
            "GET tags/list?n=1000"),
        byPlaceholder("1.0"));
    assertTrue(emulator.manifests(REPOSITORY).contains(digest));
  }

  @Test
  void tagsThatTheRegistryKeepsAreNotNamed() {
    push("app", "1.0", "latest");
    emulator.faults().setDigestDeletionLeavesTags(true);

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(DeleteOutcome.ACCEPTED, result.outcome());
    assertEquals(List.of(), result.deletedWith());
    assertEquals(Set.of("1.0", "latest"), tags().keySet());
  }

  @Test
  void aForcedDeletionThatIsDoneIsNoFailureThoughTheSiblingsCannotBeLookedAt() {
    String digest = push("app", "1.0", "latest");
    emulator.beforeNext(
        "DELETE",
        "/sha256:(?!0000)",
        () -> emulator.failNext(
            request -> request.rawPath().matches(".*/(latest|tags/list)"),
            FOR_EVER,
            Fault.status(503)));

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("latest")), result);
  }

  @ParameterizedTest
  @MethodSource("listsThatTellNothing")
  void whereTheListTellsNothingEachTagIsLookedAt(Fault list) {
    String digest = push("app", "1.0", "latest", "moved");
    String other = push("other", "other");
    emulator.beforeNext("DELETE", "/sha256:(?!0000)", () -> {
      emulator.moveTag(REPOSITORY, "moved", other);
      emulator.failNext("GET", "/tags/list$", FOR_EVER, list);
    });

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("latest")), result);
    assertEquals(
        List.of("GET manifests/1.0", "GET manifests/latest", "GET manifests/moved"),
        lastSent(3).stream().sorted().toList());
  }

  /** As many as a list of a thousand names costs. */
  @Test
  void ofAThousandTagsTwoAreLookedAtThemselves() {
    String digest = push("app", "1.0", "latest");
    String other = push("other");
    IntStream.range(0, 998).forEach(i -> emulator.moveTag(REPOSITORY, "t" + i, other));

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("latest")), result);
    assertEquals(List.of("GET manifests/1.0", "GET manifests/latest"), lastSent(2));
  }

  /** One that is not there, as a gateway says; whose it is, is not said; and the first page of several. */
  static List<Fault> listsThatTellNothing() {
    return List.of(
        text(404),
        Fault.json(200, "{\"tags\":[\"other\"]}"),
        Fault.json(200, "{\"name\":\"shop/app\",\"tags\":[\"other\"]}")
            .withHeader("Link", "</v2/shop/app/tags/list?n=1&last=other>; rel=\"next\""));
  }

  private List<String> lastSent(int count) {
    List<String> sent = sent();
    return sent.subList(sent.size() - count, sent.size());
  }

  @Test
  void anInterruptWhileTheSiblingsAreLookedAtEndsTheCallAndKeepsTheFlag() {
    push("app", "1.0", "latest");
    Thread caller = Thread.currentThread();
    emulator.beforeNext("DELETE", "/sha256:(?!0000)", () -> {
      emulator.failNext("GET", "/tags/list$", FOR_EVER, text(404));
      emulator.failNext("GET", "/latest$", 1, Fault.delayed(Duration.ofMinutes(5)));
      emulator.beforeNext("GET", "/latest$", caller::interrupt);
    });

    var failure = assertThrows(
        RegistryInterruptedException.class, () -> registry.deleteTag(APP, "1.0", FORCED));

    assertTrue(Thread.interrupted());
    assertTrue(failure.mayHaveTakenEffect());
  }

  @Test
  void anImageThatIsGoneWithItsLastTagHasNoTagsLeft() {
    String digest = push("app", "1.0", "latest");
    emulator.faults().setEmptied(OciFaults.Emptied.NAME_UNKNOWN);

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("latest")), result);
    assertEquals(List.of("GET tags/list?n=1000"), lastSent(1));
  }

  @Test
  void aForcedDeletionWhoseAnswerWasLostNamesItsSiblingsToo() {
    String digest = push("app", "1.0", "latest");
    emulator.failNext("DELETE", "/sha256:(?!0000)", 1, Fault.lostAnswer());

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("latest")), result);
  }

  @Test
  void aForcedDeletionIsNotTakenForDoneWhenAGatewaySaysNotFound() {
    push("app", "1.0", "latest");
    emulator.failNext("DELETE", "/sha256:(?!0000)", 1, text(404));

    assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.deleteTag(APP, "1.0", FORCED.ignoringMissing()));

    assertEquals(2, tags().size());
  }

  @Test
  void aManifestThatGoesBeforeAForcedDeletionReachesItIsAMissingTag() {
    String digest = push("app", "1.0", "latest");
    emulator.beforeNext("DELETE", "/sha256:(?!0000)", () -> {
      emulator.removeTag(REPOSITORY, "1.0");
      emulator.failNext("DELETE", "/sha256:", 1, refusal(404, "MANIFEST_UNKNOWN"));
    });

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "1.0", FORCED));

    assertEquals(Map.of("latest", digest), tags());
  }

  @Test
  void theSiblingsOfAThousandTagsCostOneHeadEach() {
    emulator.addTags(REPOSITORY, 998);
    push("app", "1.0", "latest");

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(List.of("latest"), result.deletedWith());
    assertEquals(998, tags().size());
    assertEquals(4 + 999 + 3 + 1, emulator.requestCount());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // Where nothing can be deleted

  @ParameterizedTest
  @MethodSource("deletingNothing")
  void whereDeletionIsDisabledTheTagIsUntouchedAndTheExceptionSaysSo(OciPersonality personality) {
    String digest = push("app", NINE);
    byte[] bytes = emulator.manifestBytes(REPOSITORY, digest);
    emulator.personality(personality);

    for (DeleteOptions options : List.of(STRICT, FORCED, STRICT.ignoringMissing())) {
      var failure = assertThrows(
          UnsupportedFeatureException.class, () -> registry.deleteTag(APP, "5", options));

      assertTrue(
          failure
              .getMessage()
              .startsWith("delete tag 5 of shop/app failed: deletion is disabled on this registry,"
                  + " or not offered (HTTP 405"),
          failure.getMessage());
    }
    assertEquals(9, tags().size());
    assertUntouched("5", digest, bytes);
    assertTrue(sent().stream().noneMatch(line -> line.startsWith("PUT")), sent().toString());
  }

  @Test
  void dockerHubsRefusalLeavesTheTagAsItWas() {
    String digest = push("app", "1.0", "latest");
    byte[] bytes = emulator.manifestBytes(REPOSITORY, digest);
    emulator.personality(OciPersonality.DOCKER_HUB);

    assertThrows(PermissionDeniedException.class, () -> registry.deleteTag(APP, "1.0"));
    assertUntouched("1.0", digest, bytes);

    assertThrows(PermissionDeniedException.class, () -> registry.deleteTag(APP, "1.0", FORCED));
    assertEquals(Map.of("1.0", digest, "latest", digest), tags());
  }

  @Test
  void aForbiddenPlaceholderIsNotUsed() {
    push("app", "1.0", "latest");
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {

      var failure =
          assertThrows(UnsupportedFeatureException.class, () -> careful.deleteTag(APP, "1.0"));

      assertEquals(
          "delete tag 1.0 of shop/app failed: this registry deletes manifests only, with all their"
              + " tags, and a placeholder may not be used; withForce() or allowingSiblings(…) deletes"
              + " the manifest",
          failure.getMessage());
      assertSent("DELETE manifests/1.0", "GET manifests/1.0");
      assertThrows(TagNotFoundException.class, () -> careful.deleteTag(APP, "2.0"));
      assertEquals(List.of("latest"), careful.deleteTag(APP, "1.0", FORCED).deletedWith());
    }
  }

  // What the answers mean

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void aTagIsDeletedWithAnyOfTheseAnswers(int status) {
    push("app", "1.0");
    emulator.beforeNext("DELETE", "", () -> emulator.removeTag(REPOSITORY, "1.0"));
    emulator.failNext("DELETE", "", 1, Fault.status(status));

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());
    assertSent("DELETE manifests/1.0", "GET manifests/1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "400, UNSUPPORTED",
    "400, DIGEST_INVALID",
    "400, INVALID_REQUEST",
    "405, UNSUPPORTED",
    "405, METHOD NOT ALLOWED",
    "405, ''",
  })
  void theseAnswersMeanThatTagsCannotBeDeleted(int status, String code) {
    push("app", "1.0", "latest");
    emulator.failNext("DELETE", "/1.0$", 1, code.isEmpty() ? text(405) : refusal(status, code));

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());

    List<String> asked = Collections.nCopies(code.isEmpty() ? 2 : 1, "DELETE manifests/1.0");
    assertSent(asked, byPlaceholder("1.0"));
    assertEquals(Set.of("latest"), tags().keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "404, MANIFEST_UNKNOWN, dev.registrykit.TagNotFoundException",
    "404, NAME_UNKNOWN, dev.registrykit.ImageNotFoundException",
    "404, NOT_FOUND, dev.registrykit.TagNotFoundException",
    "400, NAME_UNKNOWN, dev.registrykit.ImageNotFoundException",
    "400, NAME_INVALID, dev.registrykit.BadRequestException",
    "400, '', dev.registrykit.BadRequestException",
    "401, UNAUTHORIZED, dev.registrykit.AuthenticationException",
    "403, DENIED, dev.registrykit.PermissionDeniedException",
    "405, DENIED, dev.registrykit.ConflictException",
    "409, TAG_IMMUTABLE, dev.registrykit.ConflictException",
    "409, MANIFEST_INVALID, dev.registrykit.ConflictException",
    "412, PRECONDITION, dev.registrykit.ConflictException",
    "423, '', dev.registrykit.ConflictException",
    "400, GOOGLE_MANIFEST_DANGLING_TAG, dev.registrykit.ConflictException",
    "400, GOOGLE_MANIFEST_DANGLING_PARENT_IMAGE, dev.registrykit.ConflictException",
    "400, GOOGLE_MANIFEST_REFERRING_MANIFEST, dev.registrykit.ConflictException",
    "403, TOOMANYREQUESTS, dev.registrykit.RateLimitException",
    "501, UNSUPPORTED, dev.registrykit.ServerException",
  })
  void theseAnswersEndTheDeletion(int status, String code, Class<?> expected) {
    String digest = push("app", "1.0");
    emulator.failNext("DELETE", "", 1, refusal(status, code));

    var failure =
        assertThrows(RegistryServiceException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(expected, failure.getClass());
    assertEquals(status, failure.statusCode());
    assertEquals(
        "delete tag 1.0 of shop/app failed: HTTP "
            + status
            + (code.isEmpty() ? "" : " " + code)
            + ": because",
        failure.getMessage());
    assertSent("DELETE manifests/1.0");
    assertEquals(Map.of("1.0", digest), tags());
  }

  @Test
  void notFoundInPlainTextMayBeAMissingRouteIfTheTagIsThere() {
    push("app", "1.0", "latest");
    emulator.failNext("DELETE", "/1.0$", 1, text(404));

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());

    assertSent(
        List.of("DELETE manifests/1.0", "GET manifests/1.0", "DELETE manifests/1.0"),
        byPlaceholder("1.0"));
    assertEquals(Set.of("latest"), tags().keySet());
  }

  @Test
  void notFoundInPlainTextMeansTheTagIfThatIsMissing() {
    push("app", "1.0");
    emulator.failNext(2, text(404));

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "2.0"));
    assertSent("DELETE manifests/2.0", "GET manifests/2.0", "GET tags/list?n=1000");
  }

  @Test
  void aRateLimitIsObeyedAndThenReported() {
    push("app", "1.0");
    emulator.failNext("DELETE", "", 1, Fault.retryAfter(429, "7"));
    emulator.failNext("DELETE", "", 1, Fault.retryAfter(429, "3600"));

    var failure = assertThrows(RateLimitException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(Duration.ofHours(1), failure.retryAfter().orElseThrow());
    assertEquals(List.of(Duration.ofSeconds(7)), time.sleeps());
    assertSent("DELETE manifests/1.0", "DELETE manifests/1.0");
  }

  @Test
  void aServerThatFailsForGoodIsAServerError() {
    push("app", "1.0");
    emulator.failNext("DELETE", "", 3, Fault.status(500));

    var failure = assertThrows(ServerException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(3, failure.attempts());
    assertEquals(Set.of("1.0"), tags().keySet());
  }

  @Test
  void aDeletionIsNeverRedirected() {
    push("app", "1.0");
    emulator.failNext("DELETE", "", 1, Fault.redirect(307, emulator.baseUrl() + "/elsewhere"));

    var failure =
        assertThrows(RegistryServiceException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(307, failure.statusCode());
    assertTrue(failure.getMessage().contains("redirects are followed for reading only"));
    assertSent("DELETE manifests/1.0");
  }

  // Lost answers

  @Test
  void onQuayATagIsLookedAtBeforeThePermissionToDeleteMakesARepository() {
    emulator.personality(OciPersonality.QUAY);
    push("app", "1.0");
    try (OciRegistry quay = builder().preset(OciPreset.QUAY).build()) {
      quay.deleteTag(APP, "1.0");
      assertThrows(TagNotFoundException.class, () -> quay.deleteTag(APP, "2.0"));
    }
    assertSent(
        "GET manifests/1.0", "DELETE manifests/1.0", "GET manifests/1.0", "GET manifests/2.0");
  }

  @Test
  void aDeletionWhoseAnswerWasLostIsRepeatedAndFindsTheTagAbsent() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    push("app", "1.0", "latest");
    emulator.failNext("DELETE", "", 1, Fault.lostAnswer());

    assertEquals(
        DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null), registry.deleteTag(APP, "1.0"));
    assertSent("DELETE manifests/1.0", "DELETE manifests/1.0", "GET tags/list?n=1000");
    assertEquals(Set.of("latest"), tags().keySet());
  }

  @Test
  void anImageThatWentWithItsLastTagListsItNoMore() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.faults().setEmptied(OciFaults.Emptied.NAME_UNKNOWN);
    push("app", "1.0");
    emulator.failNext("DELETE", "", 1, Fault.lostAnswer());

    assertEquals(
        DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null), registry.deleteTag(APP, "1.0"));
    assertSent("DELETE manifests/1.0", "DELETE manifests/1.0", "GET tags/list?n=1000");
  }

  @Test
  void aDigestThatWasLookedAtIsNamedThoughTheAnswerWasLost() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    String digest = push("app", "1.0", "latest");
    emulator.failNext("DELETE", "", 1, Fault.lostAnswer());

    assertEquals(
        DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, digest),
        registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(digest)));
    assertSent(
        "HEAD manifests/1.0",
        "DELETE manifests/1.0",
        "DELETE manifests/1.0",
        "GET tags/list?n=1000");
  }

  @Test
  void aLostAnswerAndNotFoundInPlainTextIsAbsentOnlyIfTheTagIs() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    push("app", "1.0");
    emulator.failNext("DELETE", "/1.0$", 1, Fault.lostAnswer());
    emulator.failNext("DELETE", "/1.0$", 1, text(404));

    assertEquals(DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "1.0").outcome());
    assertSent(
        "DELETE manifests/1.0",
        "DELETE manifests/1.0",
        "GET manifests/1.0",
        "GET tags/list?n=1000");
  }

  @Test
  void aServerErrorAndAMissingRouteIsNotTakenForADeletion() {
    push("app", "1.0", "latest");
    emulator.failNext("DELETE", "/1.0$", 1, Fault.status(503));
    emulator.failNext("DELETE", "/1.0$", 1, text(404));

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());
    assertEquals(Set.of("latest"), tags().keySet());
  }

  @Test
  void aDeletionWhoseAnswerIsLostForGoodMayHaveTakenEffect() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    push("app", "1.0");
    emulator.failNext("DELETE", "", 3, Fault.lostAnswer());

    assertThrows(RegistryIOException.class, () -> registry.deleteTag(APP, "1.0"));
    assertEquals(Set.of(), tags().keySet());
  }

  // Deletions that take their time

  @Test
  void aDeletionThatTakesEffectLateIsWaitedFor() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.setDeletionReads(3);
    push("app", "1.0");

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());

    assertSent(
        "DELETE manifests/1.0",
        "GET manifests/1.0",
        "GET manifests/1.0",
        "GET manifests/1.0",
        "GET manifests/1.0");
    assertEquals(List.of(50L, 100L, 200L), millis());
  }

  @Test
  void aDeletionThatTakesEffectTooLateIsOnlyAccepted() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.setDeletionReads(FOR_EVER);
    push("app", "1.0");

    assertEquals(DeleteOutcome.ACCEPTED, registry.deleteTag(APP, "1.0").outcome());

    assertEquals(List.of(50L, 100L, 200L, 400L, 800L, 1600L, 3000L), millis().subList(0, 7));
    assertPatienceUsedUp();
    // No time is left for a look after the last wait.
    assertEquals(1 + time.sleeps().size(), emulator.requestCount());
  }

  @Test
  void allThatADeletionSendsHasTheOperationsTime() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.setDeletionReads(FOR_EVER);
    push("app", "1.0");
    var hurried = httpOptions().withOperationTimeout(Duration.ofSeconds(2));

    try (OciRegistry impatient = builder().httpOptions(hurried).build()) {
      assertEquals(DeleteOutcome.ACCEPTED, impatient.deleteTag(APP, "1.0").outcome());
    }

    assertTrue(time.slept().compareTo(Duration.ofSeconds(2)) <= 0, () -> "" + time.sleeps());
  }

  @Test
  void placeholdersOfOneRepositoryGoOneAfterAnother() throws Exception {
    String[] tags = IntStream.range(0, 24).mapToObj(i -> "t" + i).toArray(String[]::new);
    push("app", tags);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<DeleteResult>> deletions = Arrays.stream(tags)
          .map(tag -> threads.submit(() -> registry.deleteTag(APP, tag)))
          .toList();
      for (Future<DeleteResult> deletion : deletions) {
        assertEquals(DeleteOutcome.DELETED, deletion.get().outcome());
      }
    } finally {
      threads.shutdownNow();
    }
    List<String> changes = sent().stream()
        .filter(line -> line.startsWith("PUT") || line.equals("DELETE manifests/PLACEHOLDER"))
        .map(line -> line.substring(0, 3))
        .toList();
    assertEquals(
        Collections.nCopies(24, List.of("PUT", "DEL")).stream()
            .flatMap(List::stream)
            .toList(),
        changes);
    assertEquals(Set.of(), tags().keySet());
  }

  private List<Long> millis() {
    return time.sleeps().stream().map(Duration::toMillis).toList();
  }

  @Test
  void aDeletionThatCannotBeLookedForIsAcceptedAllTheSame() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    push("app", "1.0");
    emulator.failNext("GET", "", FOR_EVER, Fault.status(503));

    assertEquals(DeleteOutcome.ACCEPTED, registry.deleteTag(APP, "1.0").outcome());
    assertEquals(Set.of(), tags().keySet());
  }

  @Test
  void anInterruptWhileItIsLookedForEndsTheCallAndKeepsTheFlag() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.setDeletionReads(FOR_EVER);
    push("app", "1.0");
    time.duringSleep(Thread.currentThread()::interrupt);

    var failure =
        assertThrows(RegistryInterruptedException.class, () -> registry.deleteTag(APP, "1.0"));

    assertTrue(failure.mayHaveTakenEffect());
    assertTrue(Thread.interrupted());
    assertEquals(1, time.sleeps().size());
  }

  // Only if digest

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTagOfTheRequiredDigestIsDeleted(boolean isForced) {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    String digest = push("app", "1.0", "latest");
    DeleteOptions options = isForced ? FORCED : STRICT;

    DeleteResult result = registry.deleteTag(APP, "1.0", options.onlyIfDigest(digest));

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, digest), result);
    assertSent("HEAD manifests/1.0", "DELETE manifests/1.0", "GET manifests/1.0");
  }

  @Test
  void aTagPushedAgainAfterADeletionForItsDigestIsNotWaitedFor() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    String digest = push("app", "1.0");
    String other = push("other");
    emulator.beforeNext(
        "DELETE",
        "",
        () -> emulator.beforeNext("GET", "", () -> emulator.moveTag(REPOSITORY, "1.0", other)));

    DeleteResult result = registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(digest));

    assertEquals(DeleteOutcome.DELETED, result.outcome());
    assertEquals(Map.of("1.0", other), tags());
    assertEquals(List.of(), time.sleeps());
  }

  @ParameterizedTest
  @MethodSource({"deletingTags", "deletingManifestsOnly"})
  void aTagOfAnotherDigestThanRequiredStays(OciPersonality personality) {
    emulator.personality(personality);
    String digest = push("app", "1.0");

    for (DeleteOptions options : List.of(STRICT, FORCED, STRICT.ignoringMissing())) {
      var failure = assertThrows(
          PreconditionFailedException.class,
          () -> registry.deleteTag(APP, "1.0", options.onlyIfDigest(NO_MANIFEST)));

      assertEquals(
          "delete tag 1.0 of shop/app failed: it points to " + digest + ", not to " + NO_MANIFEST,
          failure.getMessage());
      assertEquals(0, failure.statusCode());
    }
    assertSent("HEAD manifests/1.0", "HEAD manifests/1.0", "HEAD manifests/1.0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereItIsKnownHowTheRegistryDeletesOneReadTellsAnotherDigest(boolean isForced) {
    knowingThatTagsCannotBeDeleted();
    push("app", "1.0", "latest");
    DeleteOptions options = isForced ? FORCED : STRICT.allowingSiblings(Set.of("latest"));

    assertThrows(
        PreconditionFailedException.class,
        () -> registry.deleteTag(APP, "1.0", options.onlyIfDigest(NO_MANIFEST)));

    assertSent((isForced ? "HEAD" : "GET") + " manifests/1.0");
  }

  @Test
  void aForcedDeletionReadsTheRequiredDigestAgainAfterItsSearchForSiblings() {
    String digest = push("app", "1.0", "latest");
    String other = push("other");
    emulator.beforeNext("GET", "/tags/list$", () -> emulator.moveTag(REPOSITORY, "1.0", other));

    assertThrows(
        PreconditionFailedException.class,
        () -> registry.deleteTag(APP, "1.0", FORCED.onlyIfDigest(digest)));

    assertEquals(Map.of("1.0", other, "latest", digest), tags());
  }

  // Missing

  @ParameterizedTest
  @MethodSource({"deletingTags", "deletingManifestsOnly"})
  void aMissingTagIsAnErrorUnlessThatIsWanted(OciPersonality personality) {
    emulator.personality(personality);
    String digest = push("app", "1.0");

    for (DeleteOptions options : List.of(STRICT, FORCED, STRICT.onlyIfDigest(digest))) {
      var failure =
          assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "2.0", options));

      assertEquals("2.0", failure.tag());
      assertEquals(
          DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null),
          registry.deleteTag(APP, "2.0", options.ignoringMissing()));
    }
    assertEquals(Set.of("1.0"), tags().keySet());
  }

  @Test
  void aTagOfAMissingImageIsAMissingImageWhereTheRegistryTells() {
    emulator.personality(OciPersonality.ZOT);
    push("app", "1.0");
    ImageRef missing = ImageRef.of("shop/missing");

    assertThrows(ImageNotFoundException.class, () -> registry.deleteTag(missing, "1.0"));
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry.deleteTag(missing, "1.0", STRICT.ignoringMissing()).outcome());
  }

  // Siblings at the same time

  @ParameterizedTest
  @MethodSource({"deletingTags", "deletingManifestsOnly"})
  void twoSiblingsCanBeDeletedAtOnce(OciPersonality personality) throws InterruptedException {
    emulator.personality(personality);
    String digest = push("app", "1.0", "2.0", "latest");
    CountDownLatch both = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      emulator.beforeNext("DELETE", "/[12].0$", () -> {
        both.countDown();
        await(both);
      });
    }

    Map<String, DeleteOutcome> outcomes = new TreeMap<>();
    Thread other =
        new Thread(() -> outcomes.put("2.0", registry.deleteTag(APP, "2.0").outcome()));
    other.start();
    DeleteOutcome mine = registry.deleteTag(APP, "1.0").outcome();
    other.join();

    assertEquals(DeleteOutcome.DELETED, mine);
    assertEquals(Map.of("2.0", DeleteOutcome.DELETED), outcomes);
    assertEquals(Map.of("latest", digest), tags());
  }
}
