package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.IncompleteDeletionException.Remedy;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.ServerException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.TagContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What deleting a whole image sends and takes away. */
class DeleteImageTest extends OciDeletionTest {

  private List<String> deletions() {
    return sent().stream().filter(line -> line.startsWith("DELETE")).toList();
  }

  @Test
  void everyManifestIsDeletedOnceAndTheTagsAreLookedFor() {
    push("app", "1.0", "latest");
    emulator.faults().setTagOrder(String::compareTo);

    DeleteResult result = registry.deleteImage(APP, STRICT);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, null), result);
    assertEquals(List.of(PROBE, "DELETE manifests/app"), deletions());
    assertEquals("GET tags/list?n=1000", sent().get(0));
    assertEquals(1 + 2 + 1 + 1 + 1, emulator.requestCount());
    assertEquals(Map.of(), tags());
  }

  @ParameterizedTest
  @EnumSource(
      value = OciPersonality.class,
      names = {
        "DISTRIBUTION_2",
        "DISTRIBUTION_3_0",
        "DISTRIBUTION_3_1",
        "ZOT",
        "HARBOR",
        "ARTIFACT_REGISTRY",
        "QUAY"
      })
  void indexesGoBeforeWhatTheyListWhateverTheRegistry(OciPersonality personality) {
    emulator.personality(personality);
    String amd = push("amd", "1.0-amd64");
    String arm = push("arm");
    String inner = pushIndex("inner", null, OciManifest.OCI_MANIFEST, arm);
    pushIndex("aaa", "1.0", OciManifest.OCI_MANIFEST, arm, amd);
    pushIndex("outer", "latest", OciManifest.OCI_INDEX, inner);

    DeleteResult result = registry.deleteImage(APP, STRICT);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, null), result);
    assertEquals(Map.of(), tags());
    // Quay deletes no manifest without a tag, and forgets it by itself.
    boolean keepsUntagged = personality == OciPersonality.QUAY;
    assertEquals(keepsUntagged ? List.of(arm, inner) : List.of(), emulator.manifests(REPOSITORY));
    List<String> deletions = deletions();
    assertTrue(
        deletions.lastIndexOf("DELETE manifests/inner")
            < deletions.lastIndexOf("DELETE manifests/arm"),
        deletions.toString());
    assertTrue(
        deletions.lastIndexOf("DELETE manifests/outer")
            < deletions.lastIndexOf("DELETE manifests/inner"),
        deletions.toString());
  }

  @Test
  void onlyIndexesAreLookedInto() {
    String child = push("child");
    pushIndex("index", "1.0", OciManifest.OCI_MANIFEST, child);

    registry.deleteImage(APP, STRICT);

    assertEquals(
        List.of("GET manifests/index"),
        sent().stream().filter(line -> line.startsWith("GET manifests/")).toList());
  }

  @Test
  void otherImagesStay() {
    push("app", "1.0");
    String other = emulator
        .addTag("shop/other", "1.0", TagContent.of("app").withDates(null, null))
        .digest();

    registry.deleteImage(APP, STRICT);

    assertEquals(Map.of("1.0", other), emulator.tags("shop/other"));
  }

  @Test
  void googlesRegistryWantsTheTagsGoneFirst() {
    emulator.personality(OciPersonality.ARTIFACT_REGISTRY);
    push("app", "1.0", "latest");

    assertEquals(DeleteOutcome.DELETED, registry.deleteImage(APP, STRICT).outcome());

    assertEquals(
        List.of(
            PROBE,
            "DELETE manifests/app",
            "DELETE manifests/1.0",
            "DELETE manifests/latest",
            "DELETE manifests/app"),
        deletions());
    assertEquals(List.of(), emulator.manifests(REPOSITORY));
  }

  @Test
  void aTagPushedAgainMeanwhileStays() {
    push("app", "1.0", "latest");
    String other = push("other");
    emulator.beforeNext("DELETE", NO_MANIFEST, () -> emulator.moveTag(REPOSITORY, "1.0", other));

    assertEquals(DeleteOutcome.DELETED, registry.deleteImage(APP, STRICT).outcome());

    assertEquals(Map.of("1.0", other), tags());
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void manifestsThatAreGoneAlreadyAreNoFailure() {
    push("app", "1.0");
    push("other", "2.0");
    emulator.failNext("DELETE", "/sha256:(?!0000)", 1, refusal(404, "MANIFEST_UNKNOWN"));

    // One of the two is there still, because that answer was not true.
    assertEquals(DeleteOutcome.ACCEPTED, registry.deleteImage(APP, STRICT).outcome());
    assertEquals(1, tags().size());
  }

  @Test
  void aDeletionThatTakesEffectLateIsWaitedFor() {
    push("app", "1.0", "latest");
    emulator.setDeletionReads(12);

    assertEquals(DeleteOutcome.DELETED, registry.deleteImage(APP, STRICT).outcome());
    assertTrue(!time.sleeps().isEmpty());
  }

  @Test
  void aDeletionThatTakesEffectTooLateIsOnlyAccepted() {
    push("app", "1.0", "latest");
    emulator.setDeletionReads(FOR_EVER);

    assertEquals(DeleteOutcome.ACCEPTED, registry.deleteImage(APP, STRICT).outcome());
    assertPatienceUsedUp();
  }

  @Test
  void lostAnswersAreNoFailure() {
    push("app", "1.0");
    push("other", "2.0");
    emulator.failNext("DELETE", "/sha256:(?!0000)", 1, Fault.lostAnswer());

    assertEquals(DeleteOutcome.DELETED, registry.deleteImage(APP, STRICT).outcome());
    assertEquals(Map.of(), tags());
  }

  // Tags that stay without their manifest

  @ParameterizedTest
  @EnumSource(
      value = OciPersonality.class,
      names = {"OCIMEM", "DISTRIBUTION_3_0"})
  void tagsThatAreLeftAreDeletedToo(OciPersonality personality) {
    emulator.personality(personality);
    emulator.faults().setDigestDeletionLeavesTags(true);
    push("app", "1.0", "latest");
    push("other", "2.0");

    assertEquals(DeleteOutcome.DELETED, registry.deleteImage(APP, STRICT).outcome());

    assertEquals(List.of(), emulator.tagNames(REPOSITORY));
    assertEquals(List.of(), time.sleeps());
    assertEquals(
        Set.of(
            PROBE,
            "DELETE manifests/app",
            "DELETE manifests/other",
            "DELETE manifests/1.0",
            "DELETE manifests/2.0",
            "DELETE manifests/latest"),
        Set.copyOf(deletions()));
  }

  @Test
  void ofTagsThatAreLeftNoneIsDeletedThatWasPushedAgain() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.faults().setDigestDeletionLeavesTags(true);
    String digest = push("app", "1.0", "latest");
    String other = push("other");
    emulator.beforeNext(
        "DELETE", "/" + digest + "$", () -> emulator.moveTag(REPOSITORY, "latest", other));

    assertEquals(DeleteOutcome.DELETED, registry.deleteImage(APP, STRICT).outcome());

    assertEquals(Map.of("latest", other), tags());
  }

  @Test
  void whereTagsCanNeitherGoNorBeDeletedItIsOnlyAccepted() {
    emulator.faults().setDigestDeletionLeavesTags(true);
    push("app", "1.0", "latest");

    assertEquals(DeleteOutcome.ACCEPTED, registry.deleteImage(APP, STRICT).outcome());

    assertEquals(Set.of("1.0", "latest"), tags().keySet());
  }

  @Test
  void aTagThatMayNotBeDeletedStopsItHalfWay() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.faults().setDigestDeletionLeavesTags(true);
    String digest = push("app", "1.0");
    emulator.failNext("DELETE", "/1.0$", 1, refusal(403, "DENIED"));

    var failure =
        assertThrows(ImagePartlyDeletedException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(List.of(digest), failure.deletedDigests());
    assertEquals(List.of("1.0"), failure.remainingTags());
    assertInstanceOf(PermissionDeniedException.class, failure.getCause());
    assertTrue(failure.mayHaveTakenEffect());
  }

  @Test
  void aTagThatAnotherDeletedIsNotSaidToBeLeft() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    emulator.faults().setDigestDeletionLeavesTags(true);
    String digest = push("app", "1.0");
    String gone = push("gone", "2.0");
    emulator.failNext("DELETE", "/" + gone + "$", 1, refusal(404, "MANIFEST_UNKNOWN"));
    emulator.beforeNext("DELETE", NO_MANIFEST, () -> emulator.removeTag(REPOSITORY, "2.0"));
    emulator.failNext("DELETE", "/1.0$", 1, refusal(403, "DENIED"));

    var failure =
        assertThrows(ImagePartlyDeletedException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(List.of(digest), failure.deletedDigests());
    assertEquals(List.of("1.0"), failure.remainingTags());
  }

  // More than anybody asks for

  @Test
  void anIndexOfThousandsOfIndexesIsNotFollowed() {
    String[] listed = IntStream.range(0, 3_000)
        .mapToObj(i -> "sha256:%064x".formatted(i + 1))
        .toArray(String[]::new);
    String app = push("app");
    pushIndex("bomb", "bomb", OciManifest.OCI_INDEX, listed);

    for (Runnable call : List.<Runnable>of(
        () -> registry.deleteImage(APP, STRICT), () -> registry.deleteManifest(APP, app, STRICT))) {
      var failure = assertThrows(InvalidResponseException.class, call::run);
      assertTrue(
          failure
              .getMessage()
              .endsWith("has more than 1001 indexes, which are too many to look at"),
          failure.getMessage());
      assertTrue(!failure.mayHaveTakenEffect());
    }
    assertTrue(emulator.requestCount() < 10, () -> emulator.requestCount() + " requests");
    assertTrue(emulator.manifests(REPOSITORY).contains(app));
  }

  @Test
  void indexesOfHundredsOfThousandsOfManifestsAreNotFollowed() {
    String[] listed = IntStream.range(0, 30_000)
        .mapToObj(i -> "sha256:%064x".formatted(i + 1))
        .toArray(String[]::new);
    String app = push("app");
    for (int i = 0; i < 7; i++) {
      pushIndex("index-" + i, "bomb-" + i, "a/b", listed);
    }

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.deleteManifest(APP, app, STRICT));

    assertTrue(
        failure
            .getMessage()
            .endsWith("has more than 200000 manifests in indexes, which are too many to look at"),
        failure.getMessage());
    assertTrue(emulator.manifests(REPOSITORY).contains(app));
  }

  // Missing

  @Test
  void aMissingImageIsAnErrorUnlessThatIsWanted() {
    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(APP, failure.image());
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry.deleteImage(APP, STRICT.ignoringMissing()).outcome());
    assertSent("GET tags/list?n=1000", "GET tags/list?n=1000");
  }

  @Test
  void anImageThatHasLostItsTagsIsMissing() {
    push("app", "1.0");
    emulator.removeTag(REPOSITORY, "1.0");

    assertThrows(ImageNotFoundException.class, () -> registry.deleteImage(APP, STRICT));
  }

  // Refused

  @ParameterizedTest
  @MethodSource("deletingNothing")
  void whereDeletionIsDisabledNothingIsTouched(OciPersonality personality) {
    String digest = push("app", "1.0", "latest");
    emulator.personality(personality);

    var failure =
        assertThrows(UnsupportedFeatureException.class, () -> registry.deleteImage(APP, STRICT));

    assertTrue(
        failure.getMessage().startsWith("delete image shop/app failed: deletion is disabled"),
        failure.getMessage());
    assertEquals(List.of(PROBE), deletions());
    assertEquals(Map.of("1.0", digest, "latest", digest), tags());
  }

  @Test
  void whereOnlyTagsAreDeletedTheImageIsNotTouched() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0_DELETE_DISABLED);
    push("app", "1.0", "latest");

    assertThrows(UnsupportedFeatureException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(2, tags().size());
  }

  @Test
  void aGatewayThatSaysNotFoundIsNoDeletion() {
    push("app", "1.0");
    push("other", "2.0");

    emulator.failNext("DELETE", "", 1, text(404));
    assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.deleteImage(APP, STRICT.ignoringMissing()));

    emulator.failNext("DELETE", "/sha256:(?!0000)", 1, text(404));
    assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.deleteImage(APP, STRICT.ignoringMissing()));
    assertEquals(2, tags().size());
  }

  @Test
  void dockerHubsRefusalLeavesAllAsItWas() {
    emulator.personality(OciPersonality.DOCKER_HUB);
    String digest = push("app", "1.0");

    assertThrows(PermissionDeniedException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(Map.of("1.0", digest), tags());
  }

  @ParameterizedTest
  @EnumSource(
      value = OciPersonality.class,
      names = {"HARBOR", "QUAY"})
  void anImmutableTagIsAConflictAndItsSiblingsStay(OciPersonality personality) {
    emulator.personality(personality);
    String digest = push("app", "1.0", "2.0", "latest");
    emulator.setImmutable(REPOSITORY, "latest");

    var failure = assertThrows(ConflictException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(ConflictException.class, failure.getClass());
    assertEquals(Map.of("1.0", digest, "2.0", digest, "latest", digest), tags());
    assertEquals(List.of(PROBE, "DELETE manifests/app"), deletions());
  }

  // Stopped half-way

  @Test
  void aDeletionThatStopsHalfWaySaysWhatIsGoneAndCanGoOn() {
    emulator.faults().setTagOrder(String::compareTo);
    String first = push("first", "1.0");
    String second = push("second", "2.0");
    emulator.beforeNext(
        "DELETE", "/" + second + "$", () -> emulator.failNext("DELETE", "", 3, Fault.status(503)));

    var failure =
        assertThrows(ImagePartlyDeletedException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(List.of(first), failure.deletedDigests());
    assertEquals(List.of("2.0"), failure.remainingTags());
    assertEquals(APP, failure.image());
    assertEquals(Optional.empty(), failure.tag());
    assertEquals(Remedy.DELETE_IMAGE_AGAIN, failure.remedy());
    assertInstanceOf(ServerException.class, failure.getCause());
    assertEquals(
        "delete image shop/app failed: stopped half-way, manifests deleted: 1, tags left: 1; delete image shop/app"
            + " failed: HTTP 503 (3 attempts)",
        failure.getMessage());
    assertEquals(Map.of("2.0", second), tags());

    assertEquals(DeleteOutcome.DELETED, registry.deleteImage(APP, STRICT).outcome());
    assertEquals(Map.of(), tags());
  }

  @Test
  void aDeletionThatStopsBeforeAnythingIsGoneIsWhatStoppedIt() {
    push("app", "1.0");
    emulator.failNext("DELETE", "/sha256:(?!0000)", 3, Fault.status(503));

    RegistryException failure =
        assertThrows(RegistryException.class, () -> registry.deleteImage(APP, STRICT));

    assertInstanceOf(ServerException.class, failure);
  }

  @Test
  void tagsThatAreGoneAreAPartToo() {
    emulator.personality(OciPersonality.ARTIFACT_REGISTRY);
    String child = push("child", "1.0");
    pushIndex("untagged", null, OciManifest.OCI_MANIFEST, child); // which nobody can see

    var failure =
        assertThrows(ImagePartlyDeletedException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(List.of(), failure.deletedDigests());
    ConflictException cause = assertInstanceOf(ConflictException.class, failure.getCause());
    assertEquals("GOOGLE_MANIFEST_DANGLING_PARENT_IMAGE", cause.errorCode().orElseThrow());
    assertEquals(Map.of(), tags());
  }

  @Test
  void anInterruptStopsItAndKeepsTheFlag() {
    emulator.faults().setTagOrder(String::compareTo);
    String first = push("first", "1.0");
    String second = push("second", "2.0");
    Thread caller = Thread.currentThread();
    emulator.beforeNext("DELETE", "/" + second + "$", () -> {
      caller.interrupt();
      emulator.failNext(Fault.status(503));
    });

    var failure =
        assertThrows(ImagePartlyDeletedException.class, () -> registry.deleteImage(APP, STRICT));

    assertTrue(Thread.interrupted());
    assertEquals(List.of(first), failure.deletedDigests());
    assertInstanceOf(RegistryInterruptedException.class, failure.getCause());
    assertEquals(Set.of("2.0"), tags().keySet());
  }

  @Test
  void argumentsAreCheckedFirst() {
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.deleteImage(APP, STRICT.onlyIfDigest(NO_MANIFEST)));
    assertThrows(NullPointerException.class, () -> registry.deleteImage(APP, null));
    assertSent();
  }
}
