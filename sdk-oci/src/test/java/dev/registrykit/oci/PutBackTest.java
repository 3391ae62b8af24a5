package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;
import dev.registrykit.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done after a push of a placeholder that did not plainly succeed, and for how long. */
class PutBackTest extends OciDeletionTest {

  private String digest;
  private byte[] bytes;

  @BeforeEach
  void addTags() {
    knowingThatTagsCannotBeDeleted();
    digest = push("app", "1.0", "latest");
    bytes = emulator.manifestBytes(REPOSITORY, digest);
  }

  private <T extends RegistryException> T failure(Class<T> expected) {
    T failure = assertThrows(expected, () -> registry.deleteTag(APP, "1.0"));
    assertEquals(expected, failure.getClass());
    return failure;
  }

  private void assertUntouched() {
    assertEquals(Map.of("1.0", digest, "latest", digest), tags());
    assertArrayEquals(bytes, emulator.manifestBytes(REPOSITORY, "1.0"));
  }

  // Refused by a proxy, and taken by the registry behind it

  @ParameterizedTest
  @ValueSource(ints = {302, 307, 400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 431})
  void aPlaceholderThatWasRefusedAndTakenIsReplacedByTheOriginal(int status) {
    emulator.failNext(
        "PUT", "/1.0$", status == 429 ? 3 : 1, Fault.status(status).afterwards());

    var failure = failure(InvalidResponseException.class);

    assertTrue(
        failure
            .getMessage()
            .startsWith(
                "delete tag 1.0 of shop/app by pushing a placeholder failed: the placeholder"
                    + " was refused (HTTP " + status),
        failure.getMessage());
    assertTrue(
        failure.getMessage().contains("and stored all the same; the original is back"),
        failure.getMessage());
    assertInstanceOf(RegistryServiceException.class, failure.getCause());
    assertTrue(failure.mayHaveTakenEffect());
    assertUntouched();
    // No other kind is tried on top of it.
    assertTrue(
        sent().stream().noneMatch(line -> line.startsWith("POST")), sent().toString());
  }

  @Test
  void whatAnotherPushedOverItIsNotSaidToBeTheOriginal() {
    emulator.failNext("PUT", "/1.0$", 1, Fault.status(403).afterwards());
    emulator.beforeNext(
        "PUT",
        "/1.0$",
        () -> emulator.beforeNext(
            "PUT", "/1.0$", () -> emulator.beforeNext("GET", "/1.0$", () -> push("other", "1.0"))));

    var failure = failure(InvalidResponseException.class);

    assertTrue(
        failure.getMessage().endsWith("; another pushed the tag meanwhile"), failure.getMessage());
    assertEquals(Map.of("1.0", push("other"), "latest", digest), tags());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 415, 422})
  void theOtherKindIsReplacedAsWell(int status) {
    emulator.faults().setEmptyIndexRefused(true);
    emulator.beforeNext(
        "PUT",
        "/1.0$",
        () -> emulator.beforeNext(
            "POST",
            "",
            () -> emulator.failNext("PUT", "/1.0$", 1, Fault.status(status).afterwards())));

    failure(InvalidResponseException.class);

    assertUntouched();
  }

  @Test
  void aRefusalIsNotBelievedWhileNobodyCanLook() {
    emulator.failNext("PUT", "/1.0$", 1, Fault.status(403).afterwards());
    emulator.beforeNext("PUT", "/1.0$", () -> emulator.failNext("GET", "/1.0$", 12, text(404)));

    failure(InvalidResponseException.class);

    assertUntouched();
  }

  @Test
  void whoNeverCanLookIsToldThatThePlaceholderMayBeLeft() {
    emulator.beforeNext("PUT", "/1.0$", () -> emulator.failAll(Fault.status(403).afterwards()));

    var failure = failure(PlaceholderLeftException.class);
    assertInstanceOf(PermissionDeniedException.class, failure.getCause());

    assertEquals(tags().get("1.0"), failure.placeholderDigest());
    assertTrue(failure.mayHaveTakenEffect());
  }

  // For how long

  @ParameterizedTest
  @CsvSource({
    "GET, 503, 15",
    "PUT, 503, 15",
    "PUT, 403, 5",
    "PUT, 404, 5",
    "GET, 404, 5",
    "PUT, 500, 15",
    "GET, 429, 15"
  })
  void theOriginalIsPutBackWhenTheRegistryIsThereAgain(String method, int status, int times) {
    // Each try is three requests where a status is repeated, and five tries take six seconds.
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", 3, Fault.status(500));
      emulator.beforeNext(
          "DELETE",
          "/sha256:",
          () -> emulator.failNext(method, "/1.0$", times, Fault.status(status)));
    });

    failure(ServerException.class);

    assertUntouched();
  }

  @Test
  void itIsTriedForThirtySeconds() {
    emulator.beforeNext(
        "PUT",
        "/1.0$",
        () -> emulator.beforeNext("DELETE", "/sha256:", () -> emulator.failAll(Fault.status(503))));

    var failure = failure(PlaceholderLeftException.class);

    Duration slept = time.slept();
    assertTrue(
        slept.compareTo(Duration.ofSeconds(25)) > 0 && slept.compareTo(Duration.ofSeconds(32)) < 0,
        () -> slept + " of " + time.sleeps());
    assertInstanceOf(ServerException.class, failure.getCause());
    assertInstanceOf(ServerException.class, failure.getCause().getSuppressed()[0]);
    emulator.clearFaults();
    assertTrue(registry.restoreTag(APP, "1.0"));
    assertUntouched();
  }

  @Test
  void itHasThatTimeThoughTheOperationHasNone() {
    var hurried = httpOptions().withOperationTimeout(Duration.ofSeconds(2));
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", FOR_EVER, Fault.retryAfter(503, "1"));
      emulator.beforeNext(
          "DELETE", "/sha256:", () -> emulator.failNext("GET", "", 9, Fault.status(503)));
    });

    try (OciRegistry impatient = builder().httpOptions(hurried).build()) {
      assertThrows(RegistryException.class, () -> impatient.deleteTag(APP, "1.0"));
    }

    assertTrue(time.slept().compareTo(Duration.ofSeconds(2)) > 0, () -> "" + time.sleeps());
    assertUntouched();
  }

  @Test
  void anAnswerThatDoesNotComeUsesUpATryAndNotTheTime() {
    var hurried = httpOptions().withAttemptTimeout(Duration.ofMillis(500));
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.failNext("DELETE", "/sha256:", 3, Fault.status(500));
      emulator.beforeNext(
          "DELETE",
          "/sha256:",
          () -> emulator.failNext("GET", "/1.0$", 4, Fault.delayed(Duration.ofMinutes(5))));
    });

    try (OciRegistry impatient = builder().httpOptions(hurried).build()) {
      assertThrows(ServerException.class, () -> impatient.deleteTag(APP, "1.0"));
    }

    assertUntouched();
  }

  // What killed deletions leave

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPlaceholderThatAKillLeftSaysWhatToPutBack(boolean isImage) {
    leave("1.0", isImage);
    emulator.clearRequests();

    try (OciRegistry other = builder().build()) {
      assertTrue(other.restoreTag(APP, "1.0"));
    }

    assertUntouched();
    assertSent(
        "GET manifests/1.0",
        "GET manifests/app",
        "HEAD manifests/1.0",
        "PUT manifests/1.0",
        "HEAD manifests/1.0");
  }

  /** Pushes a placeholder as a deletion does, and no more. */
  private void leave(String tag, boolean isImage) {
    emulator.faults().setEmptyIndexRefused(isImage);
    Runnable kill = () ->
        emulator.beforeNext("DELETE", "/sha256:", () -> emulator.failAll(Fault.connectionReset()));
    String path = "/" + tag + "$";
    emulator.beforeNext("PUT", path, isImage ? () -> emulator.beforeNext("PUT", path, kill) : kill);
    assertThrows(PlaceholderLeftException.class, () -> registry.deleteTag(APP, tag));
    emulator.clearFaults();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDockerImagesPlaceholderSaysItInItsLabels(boolean isDeletedAgain) {
    String docker = emulator.pushDockerImage(REPOSITORY, "docker", "docker", null);
    leave("docker", true);
    String left = tags().get("docker");

    if (isDeletedAgain) {
      registry.deleteTag(APP, "docker");
      assertEquals(Map.of("1.0", digest, "latest", digest), tags());
      assertTrue(!emulator.manifests(REPOSITORY).contains(left));
    } else {
      assertTrue(registry.restoreTag(APP, "docker"));
      assertEquals(docker, tags().get("docker"));
    }
  }

  @Test
  void aTagOfAnythingElseIsNotTouched() {
    emulator.clearRequests();

    assertTrue(!registry.restoreTag(APP, "1.0"));

    assertSent("GET manifests/1.0");
  }

  @Test
  void anOriginalThatIsGoneCannotBePutBack() {
    leave("1.0", false);
    String left = tags().get("1.0");
    registry.deleteManifest(APP, digest, FORCED);

    assertThrows(NotFoundException.class, () -> registry.restoreTag(APP, "1.0"));

    assertEquals(Map.of("1.0", left), tags());
  }

  @Test
  void aPlaceholderThatWasMovedToAnotherTagRestoresNothingThere() {
    leave("1.0", false);
    emulator.moveTag(REPOSITORY, "latest", tags().get("1.0"));

    assertThrows(ConflictException.class, () -> registry.restoreTag(APP, "latest"));
  }

  @Test
  void aTagPushedAgainMeanwhileIsNotRestored() {
    leave("1.0", false);
    String other = push("other");
    emulator.beforeNext("HEAD", "/1.0$", () -> emulator.moveTag(REPOSITORY, "1.0", other));

    assertThrows(ConflictException.class, () -> registry.restoreTag(APP, "1.0"));

    assertEquals(other, tags().get("1.0"));
  }

  @Test
  void aLeftPlaceholderIsDeletedForTheDigestOfItsOriginal() {
    leave("1.0", false);

    registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(digest));

    assertEquals(List.of("latest"), emulator.tagNames(REPOSITORY));
  }
}
