package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.IncompleteDeletionException.Remedy;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.RecordedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting a tag by way of a placeholder, on registries that delete manifests only. */
class PlaceholderDeletionTest extends OciDeletionTest {

  private static final Pattern OWN_DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /** A manifest as nobody of ours would write it: every byte has to come back. */
  private static final String ODD_INDEX = """
      {\r
         "manifests": [],   "mediaType": "application/vnd.oci.image.index.v1+json",
         "annotations": {"z": "ü €", "a": "\\u00e9"}, "schemaVersion": 2, "x-unknown": [1.50, null] }
      """;

  private String digest;
  private byte[] bytes;

  @BeforeEach
  void addTags() {
    knowingThatTagsCannotBeDeleted();
    digest = named(
        "ORIGINAL",
        emulator.putManifest(
            REPOSITORY, "1.0", OciManifest.OCI_INDEX, ODD_INDEX.getBytes(StandardCharsets.UTF_8)));
    emulator.moveTag(REPOSITORY, "latest", digest);
    bytes = emulator.manifestBytes(REPOSITORY, digest);
  }

  private DeleteOutcome delete() {
    return registry.deleteTag(APP, "1.0").outcome();
  }

  private <T extends RegistryException> T failure(Class<T> expected) {
    T failure = assertThrows(expected, this::delete);
    assertEquals(expected, failure.getClass());
    return failure;
  }

  private void assertPutBack() {
    assertUntouched("1.0", digest, bytes);
    assertEquals(digest, tags().get("latest"));
    RecordedRequest put = lastPut();
    assertEquals(new String(bytes, StandardCharsets.UTF_8), put.body());
    assertEquals(OciManifest.OCI_INDEX, put.header("Content-Type").orElseThrow());
  }

  private RecordedRequest lastPut() {
    return emulator.requests().stream()
        .filter(request -> request.method().equals("PUT"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private void assertUntouched() {
    assertUntouched("1.0", digest, bytes);
    assertEquals(Map.of("1.0", digest, "latest", digest), tags());
  }

  /** Returns what deleting the tag sends, and then this. */
  private static List<String> byPlaceholderAnd(String... more) {
    List<String> lines = new ArrayList<>(byPlaceholder("1.0"));
    lines.addAll(List.of(more));
    return lines;
  }

  private void assertSentAsWhole(List<String> lines) {
    assertEquals(String.join("\n", lines), String.join("\n", sent()));
  }

  // The way it goes

  @Test
  void sixRequestsDeleteTheTagAndNothingElse() {
    assertEquals(DeleteOutcome.DELETED, delete());

    assertSentAsWhole(byPlaceholder("1.0"));
    assertEquals(Map.of("latest", digest), tags());
    assertEquals(List.of(), time.sleeps());
    assertTrue(emulator.manifests(REPOSITORY).contains(digest));
    assertArrayEquals(bytes, emulator.manifestBytes(REPOSITORY, "latest"));
  }

  @Test
  void thePlaceholderIsAnIndexOfNothingThatSaysWhatItIs() {
    delete();

    RecordedRequest put = emulator.requests().get(3);
    RecordedRequest delete = emulator.requests().get(4);
    assertEquals("PUT", put.method());
    assertEquals("/v2/shop/app/manifests/1.0", put.rawPath());
    assertEquals(OciManifest.OCI_INDEX, put.header("Content-Type").orElseThrow());
    assertTrue(
        put.body()
            .matches("\\{\"schemaVersion\":2,"
                + "\"mediaType\":\"application/vnd.oci.image.index.v1\\+json\","
                + "\"manifests\":\\[\\],"
                + "\"annotations\":\\{\"dev.registrykit.placeholder\":\"[0-9a-f-]{36}\","
                + "\"dev.registrykit.placeholder.tag\":\"1.0\","
                + "\"dev.registrykit.placeholder.original-digest\":\"" + digest + "\","
                + "\"dev.registrykit.placeholder.original-type\":"
                + "\"application/vnd.oci.image.index.v1\\+json\"\\}\\}"),
        put.body());
    assertEquals("/v2/shop/app/manifests/" + OciEmulator.digestOf(put.body()), delete.rawPath());
  }

  @Test
  void everyPlaceholderHasADigestOfItsOwn() {
    delete();
    String first = lastPut().body();
    registry.deleteTag(APP, "latest");

    assertNotEquals(first, lastPut().body());
  }

  @Test
  void theManifestsOfAnIndexStay() {
    String child = push("child");
    String index = emulator.pushIndex(REPOSITORY, "multi", child);

    registry.deleteTag(APP, "multi");

    assertEquals(Set.of("1.0", "latest"), tags().keySet());
    assertTrue(emulator.manifests(REPOSITORY).containsAll(List.of(child, index)));
  }

  @Test
  void aTagThatPointsToAPartOfAnIndexGoesAloneAndThePartStays() {
    String child = push("child", "part");
    emulator.pushIndex(REPOSITORY, "multi", child);

    registry.deleteTag(APP, "part");

    assertEquals(Set.of("1.0", "latest", "multi"), tags().keySet());
    assertTrue(emulator.manifests(REPOSITORY).contains(child));
  }

  // Before anything is changed

  @Test
  void withDeletionDisabledNothingIsPushed() {
    emulator.personality(OciPersonality.DISTRIBUTION_2_DELETE_DISABLED);

    failure(UnsupportedFeatureException.class);

    assertSent("GET manifests/1.0", PROBE, "DELETE manifests/1.0", "GET manifests/1.0", PROBE);
    assertUntouched();
  }

  @Test
  void aRegistryThatOnlyMayDeleteIsNotTried() {
    emulator.failNext("DELETE", NO_MANIFEST, 2, text(404));

    failure(UnsupportedFeatureException.class);

    assertTrue(sent().stream().noneMatch(line -> line.startsWith("PUT")), sent().toString());
    assertUntouched();
  }

  @Test
  void aRegistryThatClaimsToHaveDeletedNothingIsNotTrusted() {
    emulator.failNext("DELETE", NO_MANIFEST, 1, Fault.status(202));

    var failure = failure(InvalidResponseException.class);

    assertEquals(
        "delete tag 1.0 of shop/app failed: the registry says that it deleted a manifest that"
            + " cannot exist",
        failure.getMessage());
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 409, 429, 500})
  void aProbeThatIsRefusedEndsTheDeletion(int status) {
    emulator.failNext("DELETE", NO_MANIFEST, FOR_EVER, refusal(status, "NO"));

    var failure = assertThrows(RegistryServiceException.class, this::delete);

    assertEquals(status, failure.statusCode());
    assertTrue(sent().stream().noneMatch(line -> line.startsWith("PUT")), sent().toString());
    assertUntouched();
  }

  @Test
  void aManifestOfAnUnknownKindIsNotReplacedForItCouldNotBePutBack() {
    emulator.failNext(
        "GET",
        "/1.0$",
        1,
        Fault.status(200, "application/vnd.docker.distribution.manifest.v1+prettyjws", "{}"));

    failure(InvalidResponseException.class);

    assertSent("GET manifests/1.0");
  }

  @Test
  void bytesThatDoNotHaveTheirDigestAreNotReplacedEither() {
    emulator.faults().setBytesCorrupted(true);

    failure(InvalidResponseException.class);

    assertSent("GET manifests/1.0");
  }

  @Test
  void aTagPushedAgainBeforeItIsReplacedStays() {
    String other = push("other");
    emulator.beforeNext("HEAD", "/1.0$", () -> emulator.moveTag(REPOSITORY, "1.0", other));

    var failure = failure(ConflictException.class);

    assertEquals(
        "delete tag 1.0 of shop/app failed: it was pushed again meanwhile, to " + other,
        failure.getMessage());
    assertSent("GET manifests/1.0", PROBE, "HEAD manifests/1.0");
    assertEquals(other, tags().get("1.0"));
  }

  @Test
  void aTagDeletedBeforeItIsReplacedIsMissing() {
    emulator.beforeNext("HEAD", "/1.0$", () -> emulator.removeTag(REPOSITORY, "1.0"));

    failure(TagNotFoundException.class);

    assertSent("GET manifests/1.0", PROBE, "HEAD manifests/1.0", "GET manifests/1.0");
  }

  @Test
  void aTagOfAnotherDigestThanRequiredIsNotReplaced() {
    assertThrows(
        PreconditionFailedException.class,
        () -> registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(NO_MANIFEST)));

    assertSent("GET manifests/1.0");
    assertUntouched();
  }

  @Test
  void aTagOfTheRequiredDigestIsReplaced() {
    assertEquals(
        DeleteOutcome.DELETED,
        registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(digest)).outcome());

    assertSentAsWhole(byPlaceholder("1.0"));
  }

  // The placeholder is refused

  @Test
  void whereAnIndexOfNothingIsRefusedAnImageOfNothingIsPushed() {
    emulator.faults().setEmptyIndexRefused(true);

    assertEquals(DeleteOutcome.DELETED, delete());

    assertSent(
        "GET manifests/1.0",
        PROBE,
        "HEAD manifests/1.0",
        "PUT manifests/1.0",
        "GET manifests/1.0",
        "POST blobs/uploads/",
        "PUT blobs/uploads/UPLOAD?_state=UPLOAD&digest=PLACEHOLDER",
        "HEAD manifests/1.0",
        "PUT manifests/1.0",
        "DELETE manifests/PLACEHOLDER",
        "GET manifests/1.0");
    assertEquals(Map.of("latest", digest), tags());
    RecordedRequest blob = emulator.requests().get(6);
    RecordedRequest image = emulator.requests().get(8);
    assertEquals("application/octet-stream", blob.header("Content-Type").orElseThrow());
    assertTrue(
        blob.body()
            .matches("\\{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":\\{\"Labels\":"
                + "\\{\"dev.registrykit.placeholder\":\"[0-9a-f-]{36}\","
                + "\"dev.registrykit.placeholder.tag\":\"1.0\","
                + "\"dev.registrykit.placeholder.original-digest\":\"" + digest + "\","
                + "\"dev.registrykit.placeholder.original-type\":"
                + "\"application/vnd.oci.image.index.v1\\+json\"\\}\\},"
                + "\"rootfs\":\\{\"type\":\"layers\",\"diff_ids\":\\[\\]\\}\\}"),
        blob.body());
    String config = OciEmulator.digestOf(blob.body());
    assertEquals(
        ("{'schemaVersion':2,'mediaType':'application/vnd.oci.image.manifest.v1+json',"
                + "'config':{'mediaType':'application/vnd.oci.image.config.v1+json',"
                + "'digest':'" + config + "','size':" + blob.body().length() + "},"
                + "'layers':[],'annotations':{'dev.registrykit.placeholder':'" + config + "',"
                + "'dev.registrykit.placeholder.tag':'1.0',"
                + "'dev.registrykit.placeholder.original-digest':'" + digest + "',"
                + "'dev.registrykit.placeholder.original-type':"
                + "'application/vnd.oci.image.index.v1+json'}}")
            .replace('\'', '"'),
        image.body());
    assertEquals(OciManifest.OCI_MANIFEST, image.header("Content-Type").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 415, 422})
  void anyRefusalOfTheKindLeadsToTheOtherKind(int status) {
    emulator.failNext("PUT", "/1.0$", 1, refusal(status, "MANIFEST_INVALID"));

    assertEquals(DeleteOutcome.DELETED, delete());

    assertEquals(11, emulator.requestCount());
  }

  @Test
  void inPlaceOfADockerImageGoesADockerImage() {
    emulator.faults().setEmptyIndexRefused(true);
    emulator.pushDockerImage(REPOSITORY, "docker", "docker", null);

    registry.deleteTag(APP, "docker");

    RecordedRequest image = emulator.requests().get(8);
    assertEquals(OciManifest.DOCKER_MANIFEST, image.header("Content-Type").orElseThrow());
    assertTrue(
        image.body().contains("\"mediaType\":\"application/vnd.docker.container.image.v1+json\""),
        image.body());
    assertTrue(!image.body().contains("annotations"), image.body());
    assertEquals(Set.of("1.0", "latest"), tags().keySet());
  }

  @Test
  void whereBothAreRefusedTheExceptionSaysWhatToDoInstead() {
    emulator.failNext("PUT", "/manifests/", 4, refusal(400, "MANIFEST_INVALID"));

    var failure = failure(UnsupportedFeatureException.class);

    assertEquals(
        "delete tag 1.0 of shop/app failed: this registry deletes manifests only, with all their"
            + " tags, and it takes no placeholder (HTTP 400 MANIFEST_INVALID: because); withForce()"
            + " or allowingSiblings(…) deletes the manifest",
        failure.getMessage());
    assertUntouched();
  }

  @ParameterizedTest
  @CsvSource({
    "401, UNAUTHORIZED, dev.registrykit.AuthenticationException",
    "403, DENIED, dev.registrykit.PermissionDeniedException",
    "404, NAME_UNKNOWN, dev.registrykit.NotFoundException",
    "409, TAG_IMMUTABLE, dev.registrykit.ConflictException",
    "412, PRECONDITION, dev.registrykit.ConflictException",
    "413, SIZE_INVALID, dev.registrykit.RegistryServiceException",
    "429, TOOMANYREQUESTS, dev.registrykit.RateLimitException",
  })
  void aRefusedPushChangesNothing(int status, String code, Class<?> expected) {
    emulator.failNext("PUT", "/1.0$", FOR_EVER, refusal(status, code));

    var failure = assertThrows(RegistryServiceException.class, this::delete);

    assertEquals(expected, failure.getClass());
    assertTrue(
        failure
            .getMessage()
            .startsWith("delete tag 1.0 of shop/app by pushing a placeholder failed: HTTP " + status
                + " " + code + ": because"),
        failure.getMessage());
    // A look, because a proxy may say so of what the registry has taken.
    assertEquals(
        List.of("PUT manifests/1.0", "GET manifests/1.0"),
        sent().subList(sent().size() - 2, sent().size()));
    assertFalse(failure.mayHaveTakenEffect());
    assertUntouched();
  }

  @Test
  void anImmutableTagStays() {
    emulator.personality(OciPersonality.HARBOR);
    emulator.setImmutable(REPOSITORY, "1.0");

    var failure = failure(ConflictException.class);

    assertEquals(412, failure.statusCode());
    assertSent(
        "GET manifests/1.0", PROBE, "HEAD manifests/1.0", "PUT manifests/1.0", "GET manifests/1.0");
    assertUntouched();
  }

  // The upload of its configuration

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/shop/app/blobs/uploads/1",
        "/v2/shop/app/blobs/uploads/1?_state=a%2Fb%3D",
        "BASE/v2/shop/app/blobs/uploads/1?x=y",
        "1",
      })
  void theUploadGoesWhereTheRegistrySays(String location) {
    emulator.faults().setEmptyIndexRefused(true);
    emulator.failNext(
        "POST",
        "/uploads/$",
        1,
        Fault.status(202)
            .withHeader("Location", location.replace("BASE", emulator.baseUrl().toString())));

    // The upload was not begun at the emulator, and so it does not know it.
    var failure = assertThrows(RegistryServiceException.class, this::delete);

    assertEquals(404, failure.statusCode());
    RecordedRequest upload = lastPut();
    Matcher own = OWN_DIGEST.matcher(upload.toString());
    assertTrue(own.find());
    String query = location.contains("?") ? location.replaceFirst(".*\\?", "") + "&" : "";
    assertEquals(
        "PUT /v2/shop/app/blobs/uploads/1?" + query + "digest=" + own.group(), upload.toString());
    assertEquals(own.group(), OciEmulator.digestOf(upload.body()));
    assertUntouched();
  }

  @Test
  void theUploadDoesNotGoToAnotherOrigin() {
    emulator.faults().setEmptyIndexRefused(true);
    emulator
        .faults()
        .setUploadOrigin(URI.create("http://localhost:" + emulator.baseUrl().getPort()));

    var failure = failure(InvalidResponseException.class);

    assertEquals(
        "delete tag 1.0 of shop/app by pushing a placeholder failed: the registry names another"
            + " origin to upload to",
        failure.getMessage());
    assertEquals("POST blobs/uploads/", sent().get(sent().size() - 1));
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://", "ht tp:x", "mailto:x", "//other.example/x"})
  void aRegistryThatNamesNoPlaceToUploadToIsNotTrusted(String location) {
    emulator.faults().setEmptyIndexRefused(true);
    Fault begun = Fault.status(202);
    emulator.failNext(
        "POST", "", 1, location.isEmpty() ? begun : begun.withHeader("Location", location));

    failure(InvalidResponseException.class);

    assertEquals("POST blobs/uploads/", sent().get(sent().size() - 1));
    assertUntouched();
  }

  @Test
  void anUploadThatIsRefusedChangesNothing() {
    emulator.faults().setEmptyIndexRefused(true);
    emulator.failNext("POST", "", 1, refusal(403, "DENIED"));

    failure(PermissionDeniedException.class);

    assertUntouched();
  }

  @Test
  void theTagIsLookedAtAgainAfterTheUpload() {
    emulator.faults().setEmptyIndexRefused(true);
    String other = push("other");
    emulator.beforeNext("POST", "", () -> emulator.moveTag(REPOSITORY, "1.0", other));

    failure(ConflictException.class);

    assertEquals(other, tags().get("1.0"));
  }

  // The placeholder is not deleted

  @ParameterizedTest
  @CsvSource({
    "400, DIGEST_INVALID, dev.registrykit.UnsupportedFeatureException",
    "403, DENIED, dev.registrykit.PermissionDeniedException",
    "405, UNSUPPORTED, dev.registrykit.UnsupportedFeatureException",
    "405, DENIED, dev.registrykit.ConflictException",
    "409, MANIFEST_INVALID, dev.registrykit.ConflictException",
    "429, TOOMANYREQUESTS, dev.registrykit.RateLimitException",
    "500, UNKNOWN, dev.registrykit.ServerException",
    "503, UNAVAILABLE, dev.registrykit.ServerException",
  })
  void aRefusedDeletionBringsTheOriginalBack(int status, String code, Class<?> expected) {
    // The first is the probe.
    emulator.beforeNext(
        "PUT", "/1.0$", () -> emulator.failNext("DELETE", "/sha256:", 3, refusal(status, code)));
    RegistryException failure;
    try (OciRegistry anew = builder().build()) {
      emulator.failNext("DELETE", "/1.0$", 1, refusal(405, "UNSUPPORTED"));
      failure = assertThrows(RegistryException.class, () -> anew.deleteTag(APP, "1.0"));
    }

    assertEquals(expected, failure.getClass());
    assertTrue(
        failure.getMessage().startsWith("delete tag 1.0 of shop/app failed: "),
        failure.getMessage());
    assertPutBack();
    assertEquals(
        List.of("GET manifests/1.0", "PUT manifests/1.0", "GET manifests/1.0"),
        sent().subList(sent().size() - 3, sent().size()));
  }

  @Test
  void aTagIsTriedByItsNameIfManifestsAreNotDeletedAnyMore() {
    emulator.beforeNext(
        "DELETE",
        NO_MANIFEST,
        () -> emulator.personality(OciPersonality.DISTRIBUTION_3_0_DELETE_DISABLED));

    assertEquals(DeleteOutcome.DELETED, delete());

    assertSent("GET manifests/1.0", PROBE, "DELETE manifests/1.0", "GET manifests/1.0");
    assertEquals(Map.of("latest", digest), tags());
  }

  @Test
  void aRegistryThatDeletesTheManifestButNotTheTagGetsTheOriginalBack() {
    emulator.faults().setDigestDeletionLeavesTags(true);

    var failure = failure(InvalidResponseException.class);

    assertEquals(
        "delete tag 1.0 of shop/app failed: the registry deleted the placeholder but not the tag",
        failure.getMessage());
    assertPatienceUsedUp();
    assertPutBack();
  }

  @Test
  void anAnswerOfAGatewayIsNotTakenForADeletion() {
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", 1, text(404));
      emulator.failNext("GET", "/1.0$", 1, text(404));
    });

    // The original is back when the gateway is gone, and the deletion begins anew.
    assertEquals(DeleteOutcome.DELETED, delete());

    assertEquals(
        List.of(
            "DELETE manifests/PLACEHOLDER",
            "GET manifests/1.0",
            "GET tags/list?n=1000",
            "GET manifests/1.0",
            "PUT manifests/1.0",
            "GET manifests/1.0",
            "DELETE manifests/1.0"),
        sent().subList(4, 11));
    assertEquals(Map.of("latest", digest), tags());
  }

  @Test
  void aGatewayThatComesAndGoesIsNoLastingHarm() {
    emulator.beforeNext(
        "PUT", "/1.0$", () -> emulator.failNext("DELETE", "/sha256:", 1, text(404)));
    emulator.beforeNext(
        "DELETE", "/1.0$", () -> emulator.failNext("DELETE", "/1.0$", 1, refusal(403, "DENIED")));

    assertThrows(RegistryException.class, this::delete);

    assertPutBack();
  }

  @Test
  void aPlaceholderThatIsGoneAlreadyIsNoFailureIfTheTagIsToo() {
    emulator.beforeNext(
        "PUT",
        "/1.0$",
        () -> emulator.beforeNext("DELETE", "/sha256:", () -> {
          emulator.removeTag(REPOSITORY, "1.0");
          emulator.failNext("DELETE", "/sha256:", 1, refusal(404, "MANIFEST_UNKNOWN"));
        }));

    assertEquals(DeleteOutcome.DELETED, delete());

    assertSentAsWhole(byPlaceholderAnd("GET tags/list?n=1000"));
  }

  // Lost answers

  @ParameterizedTest
  @CsvSource({"GET, /1.0$", "DELETE, /sha256:0000", "HEAD, /1.0$", "PUT, /1.0$"})
  void aLostAnswerIsAskedForAgain(String method, String path) {
    emulator.failNext(method, path, 1, Fault.lostAnswer());

    assertEquals(DeleteOutcome.DELETED, delete());

    assertEquals(0, emulator.pendingFaults());
    assertEquals(Map.of("latest", digest), tags());
  }

  @Test
  void aLostAnswerToTheDeletionOfThePlaceholderIsAskedForAgainToo() {
    emulator.beforeNext(
        "PUT", "/1.0$", () -> emulator.failNext("DELETE", "/sha256:", 1, Fault.lostAnswer()));

    assertEquals(DeleteOutcome.DELETED, delete());

    assertSentAsWhole(List.of(
        "GET manifests/1.0",
        PROBE,
        "HEAD manifests/1.0",
        "PUT manifests/1.0",
        "DELETE manifests/PLACEHOLDER",
        "DELETE manifests/PLACEHOLDER",
        "GET manifests/1.0",
        "GET tags/list?n=1000"));
    assertEquals(Map.of("latest", digest), tags());
  }

  @Test
  void aPushThatNobodyAnswersIsUndoneThoughItTookEffect() {
    emulator.failNext("PUT", "/1.0$", 3, Fault.lostAnswer());

    failure(RegistryIOException.class);

    assertPutBack();
  }

  @Test
  void aPushThatFailsWithAServerErrorIsUndoneIfItTookEffect() {
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("PUT", "/1.0$", 1, Fault.lostAnswer());
      emulator.failNext("PUT", "/1.0$", 2, Fault.status(500));
    });

    failure(ServerException.class);

    assertPutBack();
  }

  @Test
  void aPushThatFailsAndTookNoEffectIsLeftAtThat() {
    emulator.failNext("PUT", "/1.0$", 3, Fault.status(500));

    failure(ServerException.class);

    assertEquals("GET manifests/1.0", sent().get(sent().size() - 1));
    assertUntouched();
  }

  @Test
  void aRefusalAfterALostAnswerIsNoProofThatNothingWasPlaced() {
    emulator.failNext("PUT", "/1.0$", 1, Fault.lostAnswer());
    emulator.failNext("PUT", "/1.0$", 1, refusal(409, "TAG_IMMUTABLE"));

    failure(ConflictException.class);

    assertPutBack();
  }

  @Test
  void aTimeoutOfTheServersIsNoProofThatNothingWasPlaced() {
    emulator.beforeNext("PUT", "/1.0$", this::placeUnanswered);
    emulator.failNext("PUT", "/1.0$", 1, Fault.status(408));
    var options = httpOptions().withRetryPolicy(RetryPolicy.none());

    try (OciRegistry impatient = builder().httpOptions(options).build()) {
      assertThrows(RegistryServiceException.class, () -> impatient.deleteTag(APP, "1.0"));
    }

    assertPutBack();
  }

  /** Carries out the push that is under way, whatever it is answered. */
  private void placeUnanswered() {
    byte[] placed = lastPut().body().getBytes(StandardCharsets.UTF_8);
    emulator.putManifest(REPOSITORY, "1.0", OciManifest.OCI_INDEX, placed);
  }

  @Test
  void aDeletionThatNobodyAnswersIsDoneIfTheTagIsGone() {
    emulator.beforeNext(
        "PUT", "/1.0$", () -> emulator.failNext("DELETE", "/sha256:", 3, Fault.lostAnswer()));

    assertEquals(DeleteOutcome.DELETED, delete());

    assertEquals(Map.of("latest", digest), tags());
  }

  @Test
  void aDeletionThatTakesEffectLateIsWaitedFor() {
    emulator.beforeNext("PUT", "/1.0$", () -> emulator.setDeletionReads(4));

    assertEquals(DeleteOutcome.DELETED, delete());

    assertEquals(4, time.sleeps().size());
    assertSentAsWhole(byPlaceholderAnd(
        "GET manifests/1.0", "GET manifests/1.0", "GET manifests/1.0", "GET manifests/1.0"));
    assertEquals(Map.of("latest", digest), tags());
  }

  @Test
  void aDeletionThatTakesEffectTooLateBringsTheOriginalBackForGood() {
    // More than the looks while the deletion waits, and so after the original is back.
    emulator.beforeNext("PUT", "/1.0$", () -> emulator.setDeletionReads(12));

    failure(InvalidResponseException.class);
    for (int i = 0; i < 12; i++) {
      registry.resolveTag(APP, "1.0");
    }

    assertPutBackIn(emulator.requests());
    assertUntouched("1.0", digest, bytes);
  }

  private void assertPutBackIn(List<RecordedRequest> requests) {
    assertTrue(
        requests.stream()
            .anyMatch(request -> request.method().equals("PUT")
                && request.body().equals(new String(bytes, StandardCharsets.UTF_8))),
        sent().toString());
  }

  // Others who push and delete meanwhile

  @Test
  void aTagPushedAgainOverThePlaceholderStays() {
    String other = push("other");
    emulator.beforeNext(
        "PUT",
        "/1.0$",
        () -> emulator.beforeNext(
            "DELETE", "/sha256:", () -> emulator.moveTag(REPOSITORY, "1.0", other)));

    assertEquals(DeleteOutcome.DELETED, delete());

    assertEquals(Map.of("1.0", other, "latest", digest), tags());
    assertSentAsWhole(byPlaceholder("1.0"));
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void aTagPushedAgainAfterThePlaceholderIsGoneStays() {
    String other = push("other");
    beforeTheLastLook(() -> emulator.moveTag(REPOSITORY, "1.0", other));

    assertEquals(DeleteOutcome.DELETED, delete());

    assertEquals(Map.of("1.0", other, "latest", digest), tags());
  }

  @Test
  void aTagPushedAgainAsItWasIsNotSaidToBeDeleted() {
    beforeTheLastLook(() -> emulator.moveTag(REPOSITORY, "1.0", digest));

    failure(InvalidResponseException.class);

    assertUntouched();
  }

  private void beforeTheLastLook(Runnable action) {
    emulator.beforeNext("PUT", "/1.0$", () -> emulator.beforeNext("GET", "/1.0$", action));
  }

  @Test
  void whatAnotherPushedIsNotOverwrittenByTheOriginal() {
    String other = push("other");
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", 3, Fault.status(500));
      emulator.beforeNext("DELETE", "/sha256:", () -> emulator.moveTag(REPOSITORY, "1.0", other));
    });

    failure(ServerException.class);

    assertEquals(other, tags().get("1.0"));
  }

  @Test
  void whatAnotherPushedOverTheOriginalThatWasPutBackStays() {
    String other = push("other");
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", 3, Fault.status(500));
      // The second look comes after the original was put back.
      emulator.beforeNext(
          "GET",
          "/1.0$",
          () -> emulator.beforeNext(
              "GET", "/1.0$", () -> emulator.moveTag(REPOSITORY, "1.0", other)));
    });

    failure(ServerException.class);

    assertEquals(other, tags().get("1.0"));
  }

  @Test
  void aTagThatAnotherDeletesWhileThingsGoWrongIsGone() {
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", 3, Fault.status(500));
      emulator.beforeNext("GET", "/1.0$", () -> emulator.removeTag(REPOSITORY, "1.0"));
    });

    assertEquals(DeleteOutcome.DELETED, delete());
  }

  @Test
  void whoeverComesSecondDeletesThePlaceholderOfTheFirst() {
    List<DeleteOutcome> second = new ArrayList<>();
    emulator.beforeNext(
        "PUT",
        "/1.0$",
        () -> emulator.beforeNext("DELETE", "/sha256:", () -> {
          try (OciRegistry other = builder().build()) {
            second.add(other.deleteTag(APP, "1.0").outcome());
          }
        }));

    assertEquals(DeleteOutcome.DELETED, delete());

    assertEquals(List.of(DeleteOutcome.DELETED), second);
    assertEquals(Map.of("latest", digest), tags());
  }

  @Test
  void twoPlaceholdersOnOneTagLeaveNeither() {
    emulator.beforeNext("PUT", "/1.0$", () -> {
      try (OciRegistry other = builder().build()) {
        other.deleteTag(APP, "1.0");
      }
    });

    assertEquals(DeleteOutcome.DELETED, delete());

    assertEquals(Map.of("latest", digest), tags());
  }

  // Registries that are unlike others

  @Test
  void aPlaceholderThatTheRegistryChangesIsRecognisedAndReplaced() {
    emulator.failNext(
        "PUT", "/1.0$", 1, Fault.status(201).withHeader("Docker-Content-Digest", NO_MANIFEST));
    emulator.beforeNext(
        "GET",
        "/1.0$",
        () -> emulator.beforeNext("GET", "/1.0$", () -> {
          String changed = emulator.requests().stream()
                  .filter(request -> request.method().equals("PUT"))
                  .map(RecordedRequest::body)
                  .findFirst()
                  .orElseThrow()
              + "\n";
          emulator.putManifest(
              REPOSITORY, "1.0", OciManifest.OCI_INDEX, changed.getBytes(StandardCharsets.UTF_8));
        }));

    var failure = failure(InvalidResponseException.class);

    assertEquals(
        "delete tag 1.0 of shop/app by pushing a placeholder failed: the registry stored other"
            + " bytes, of digest " + NO_MANIFEST,
        failure.getMessage());
    assertPutBack();
  }

  @Test
  void aRegistryThatNamesThePlaceholderDifferentlyIsNotBelievedToHaveDeletedIt() {
    // It deletes by no digest that it does not name, says so, and shows the tag as it is.
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", 1, refusal(404, "MANIFEST_UNKNOWN"));
      emulator.beforeNext("DELETE", "/sha256:", () -> {
        byte[] placed = emulator.manifestBytes(REPOSITORY, "1.0");
        byte[] changed =
            (new String(placed, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
        emulator.putManifest(REPOSITORY, "1.0", OciManifest.OCI_INDEX, changed);
      });
    });

    failure(InvalidResponseException.class);

    assertPutBack();
  }

  // Left behind

  @Test
  void aPlaceholderThatCannotBeReplacedIsNamedAndTheTagCanBeRepaired() {
    leavePlaceholder();

    var failure = failure(PlaceholderLeftException.class);

    String placeholder = tags().get("1.0");
    assertEquals(APP, failure.image());
    assertEquals(Optional.of("1.0"), failure.tag());
    assertEquals(Remedy.RESTORE_TAG, failure.remedy());
    assertEquals(digest, failure.originalDigest());
    assertEquals(placeholder, failure.placeholderDigest());
    assertEquals(
        "delete tag 1.0 of shop/app failed: HTTP 500 (3 attempts); the tag may be left on the"
            + " placeholder " + placeholder + ", its original was " + digest,
        failure.getMessage());
    ServerException cause = assertInstanceOf(ServerException.class, failure.getCause());
    assertInstanceOf(PermissionDeniedException.class, cause.getSuppressed()[0]);
    assertTrue(failure.mayHaveTakenEffect());
    emulator.clearFaults();

    registry.tagManifest(failure.image(), failure.originalDigest(), "1.0");
    assertUntouched();
  }

  /** As a program does that knows no provider. */
  @Test
  void whatIsLeftIsRepairedThroughTheFacadeAlone() {
    leavePlaceholder();
    Registry facade = registry;
    try {
      facade.deleteTag(APP, "1.0");
      throw new AssertionError("it did not fail");
    } catch (IncompleteDeletionException e) {
      emulator.clearFaults();
      assertEquals(Remedy.RESTORE_TAG, e.remedy());

      assertTrue(facade.restoreTag(e.image(), e.tag().orElseThrow()));
    }

    assertUntouched();
    assertFalse(facade.restoreTag(APP, "1.0"));
  }

  @Test
  void anOriginalThatIsOnlySaidToBeBackIsNotBelievedToBe() {
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", 3, Fault.status(500));
      emulator.beforeNext(
          "GET", "/1.0$", () -> emulator.failNext("PUT", "/1.0$", FOR_EVER, Fault.status(201)));
    });

    var failure = failure(PlaceholderLeftException.class);

    assertEquals(tags().get("1.0"), failure.placeholderDigest());
  }

  private void leavePlaceholder() {
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", 3, Fault.status(500));
      emulator.beforeNext(
          "GET",
          "/1.0$",
          () -> emulator.failNext("PUT", "/1.0$", FOR_EVER, refusal(403, "DENIED")));
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deletingTheTagAgainRemovesAPlaceholderThatWasLeft(boolean isImage) {
    emulator.faults().setEmptyIndexRefused(isImage);
    if (isImage) {
      emulator.beforeNext("PUT", "/1.0$", this::leavePlaceholder); // the second PUT is the image's
    } else {
      leavePlaceholder();
    }
    failure(PlaceholderLeftException.class);
    emulator.clearFaults();
    String placeholder = named("LEFT", tags().get("1.0"));
    emulator.clearRequests();

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, digest), registry.deleteTag(APP, "1.0"));

    assertSent("GET manifests/1.0", "DELETE manifests/LEFT", "GET manifests/1.0");
    assertEquals(Map.of("latest", digest), tags());
    assertTrue(!emulator.manifests(REPOSITORY).contains(placeholder));
  }

  @Test
  void aManifestOfSomethingIsNoPlaceholderWhateverItsAnnotationsSay() {
    String real = emulator.pushImage(
        REPOSITORY, "real", "real", null, Map.of("dev.registrykit.placeholder", "x"));
    emulator.moveTag(REPOSITORY, "sibling", real);

    registry.deleteTag(APP, "real");

    assertEquals(real, tags().get("sibling"));
    assertEquals(Set.of("1.0", "latest", "sibling"), tags().keySet());
  }

  @Test
  void aRegistryThatIsClosedMeanwhileSaysWhatItLeft() {
    emulator.beforeNext("PUT", "/1.0$", registry::close);

    var failure = failure(PlaceholderLeftException.class);

    assertEquals(tags().get("1.0"), failure.placeholderDigest());
    assertEquals(digest, failure.originalDigest());
    // The answer may come just before it is closed, and then the next request is what is refused.
    assertTrue(
        failure.getMessage().matches(".*this registry (was closed meanwhile|is closed).*"),
        failure.getMessage());
  }
}
