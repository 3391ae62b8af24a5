package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciFaults;
import dev.registrykit.testkit.OciPersonality;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting a manifest by its digest. */
class DeleteManifestTest extends OciDeletionTest {

  // Strict

  @Test
  void aManifestThatNothingNeedsIsDeleted() {
    push("app", "1.0");
    String unused = push("unused");

    DeleteResult result = registry.deleteManifest(APP, unused, STRICT);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, unused), result);
    assertSent(
        "GET manifests/unused",
        "GET tags/list?n=1000",
        "HEAD manifests/1.0",
        "DELETE manifests/unused",
        "GET manifests/unused");
    assertFalse(emulator.manifests(REPOSITORY).contains(unused));
  }

  @Test
  void aStrangers404ProvesNothing() {
    String unused = push("unused");
    push("app", "1.0");
    emulator.failNext("GET", "/sha256:", 1, text(404));

    var failure = assertThrows(
        NotFoundException.class,
        () -> registry.deleteManifest(APP, unused, STRICT.ignoringMissing()));

    assertEquals(404, failure.statusCode());
    assertTrue(emulator.manifests(REPOSITORY).contains(unused));
  }

  @Test
  void norDoesItThatAManifestIsGoneAfterItsDeletion() {
    String unused = push("unused");
    push("app", "1.0");
    emulator.beforeNext(
        "DELETE", "/sha256:", () -> emulator.failNext("GET", "/sha256:", FOR_EVER, text(404)));

    assertEquals(
        DeleteOutcome.ACCEPTED, registry.deleteManifest(APP, unused, STRICT).outcome());
  }

  @Test
  void aManifestIsNotSparedByAnIndexThatCannotBeRead() {
    String child = push("child");
    String index = pushIndex("index", "multi", OciManifest.OCI_MANIFEST, child);
    emulator.failNext("GET", "/" + index + "$", FOR_EVER, text(404));

    assertThrows(NotFoundException.class, () -> registry.deleteManifest(APP, child, STRICT));

    assertTrue(emulator.manifests(REPOSITORY).contains(child));
  }

  @Test
  void theListOfWhatRefersToItsSubjectKeepsNoManifest() {
    String referrer = pushReferrer("signature", push("app", "1.0"));

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, referrer),
        registry.deleteManifest(APP, referrer, STRICT));
  }

  @Test
  void aManifestWithTagsIsKeptAndTheyAreNamed() {
    String digest = push("app", "1.0", "latest");
    push("other", "2.0");

    var failure = assertThrows(
        SharedDigestException.class, () -> registry.deleteManifest(APP, digest, STRICT));

    assertEquals(List.of("1.0", "latest"), failure.siblings());
    assertEquals(0, failure.statusCode());
    assertEquals(
        "delete manifest " + digest + " of shop/app failed: the tags 1.0, latest point to it",
        failure.getMessage());
    assertTrue(
        sent().stream().noneMatch(line -> line.startsWith("DELETE")), sent().toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = OciPersonality.class,
      names = {"DISTRIBUTION_2", "DISTRIBUTION_3_0", "ZOT"})
  void aPartOfATaggedIndexIsKeptAndTheIndexIsNamed(OciPersonality personality) {
    emulator.personality(personality);
    String child = push("child");
    named("index", emulator.pushIndex(REPOSITORY, "multi", child));
    emulator.moveTag(REPOSITORY, "latest", emulator.tags(REPOSITORY).get("multi"));

    var failure = assertThrows(
        ManifestInUseException.class, () -> registry.deleteManifest(APP, child, STRICT));

    assertEquals(List.of("latest", "multi"), failure.indexTags());
    assertEquals(
        "delete manifest " + child
            + " of shop/app failed: it is a part of the index tagged latest, multi",
        failure.getMessage());
    assertEquals(
        1, sent().stream().filter(line -> line.equals("GET manifests/index")).count());
    assertTrue(emulator.manifests(REPOSITORY).contains(child));
  }

  @Test
  void aPartOfADockerListIsKeptToo() {
    String child = emulator.pushDockerImage(REPOSITORY, null, "child", null);
    emulator.pushDockerList(REPOSITORY, "multi", child);

    assertThrows(ManifestInUseException.class, () -> registry.deleteManifest(APP, child, STRICT));
  }

  @Test
  void aPartOfAnIndexInAnIndexIsKeptToo() {
    String child = push("child");
    String inner = pushIndex("inner", null, OciManifest.OCI_MANIFEST, child);
    pushIndex("outer", "multi", OciManifest.OCI_INDEX, inner);
    pushIndex("second", "again", OciManifest.OCI_INDEX, inner);

    for (String part : List.of(child, inner)) {
      var failure = assertThrows(
          ManifestInUseException.class, () -> registry.deleteManifest(APP, part, STRICT));

      assertEquals(List.of("again", "multi"), failure.indexTags());
    }
    assertEquals(
        2, sent().stream().filter(line -> line.equals("GET manifests/inner")).count() - 1);
  }

  @Test
  void anIndexIsDeletedWhileItsPartsStay() {
    String child = push("child");
    String index = pushIndex("index", null, OciManifest.OCI_MANIFEST, child);
    push("app", "1.0");

    registry.deleteManifest(APP, index, STRICT);

    assertTrue(emulator.manifests(REPOSITORY).contains(child));
    assertFalse(emulator.manifests(REPOSITORY).contains(index));
  }

  @Test
  void anIndexThatGoesWhileItIsLookedAtNeedsItsPartsNoMore() {
    String child = push("child");
    named("index", emulator.pushIndex(REPOSITORY, "multi", child));
    emulator.failNext("GET", "/" + tags().get("multi") + "$", 1, refusal(404, "MANIFEST_UNKNOWN"));

    assertEquals(
        DeleteOutcome.DELETED, registry.deleteManifest(APP, child, STRICT).outcome());
  }

  /** What is left when the last tag is gone is what there is to clean up. */
  @ParameterizedTest
  @EnumSource(OciFaults.Emptied.class)
  void aManifestOfAnImageWithoutTagsIsDeleted(OciFaults.Emptied emptied) {
    String unused = push("unused", "1.0");
    emulator.removeTag(REPOSITORY, "1.0");
    emulator.faults().setEmptied(emptied);

    DeleteResult result = registry.deleteManifest(APP, unused, STRICT.ignoringMissing());

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, unused), result);
    assertEquals(List.of(), emulator.manifests(REPOSITORY));
  }

  /** A registry gives a reason; a gateway may answer in its place, with text or with nothing. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anImageWhoseTagsCannotBeListedIsNotTakenForOneWithout(boolean isEmpty) {
    String digest = push("app", "1.0");
    emulator.failNext("GET", "/tags/list$", 2, isEmpty ? Fault.status(404) : text(404));

    assertThrows(
        NotFoundException.class,
        () -> registry.deleteManifest(APP, digest, STRICT.ignoringMissing()));
    assertThrows(
        NotFoundException.class,
        () -> registry.deleteManifest(APP, digest, FORCED.ignoringMissing()));

    assertEquals(Map.of("1.0", digest), tags());
  }

  // Forced

  @Test
  void forcedItGoesWithAllItsTags() {
    String digest = push("app", "1.0", "latest");
    push("other", "2.0");

    DeleteResult result = registry.deleteManifest(APP, digest, FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("1.0", "latest")),
        result);
    assertEquals(Set.of("2.0"), tags().keySet());
    assertEquals(
        List.of("DELETE manifests/app", "GET manifests/app", "GET tags/list?n=1000"),
        sent().subList(2 + 3, sent().size()));
  }

  @Test
  void aTagThatWasMovedMeanwhileDidNotGoWithIt() {
    String digest = push("app", "1.0", "latest");
    String other = push("other", "2.0");
    emulator.beforeNext("DELETE", "/sha256:", () -> emulator.moveTag(REPOSITORY, "latest", other));

    DeleteResult result = registry.deleteManifest(APP, digest, FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("1.0")), result);
    assertEquals(Map.of("2.0", other, "latest", other), tags());
  }

  @Test
  void forcedAPartOfAnIndexGoesWhereTheRegistryLetsIt() {
    String child = push("child");
    emulator.pushIndex(REPOSITORY, "multi", child);

    assertEquals(
        DeleteOutcome.DELETED, registry.deleteManifest(APP, child, FORCED).outcome());

    assertFalse(emulator.manifests(REPOSITORY).contains(child));
    assertEquals(Set.of("multi"), tags().keySet());
  }

  @ParameterizedTest
  @EnumSource(
      value = OciPersonality.class,
      names = {"ZOT", "HARBOR", "ARTIFACT_REGISTRY"})
  void theRegistrysOwnProtectionIsNotOverridden(OciPersonality personality) {
    emulator.personality(personality);
    String child = push("child");
    emulator.pushIndex(REPOSITORY, "multi", child);

    var failure =
        assertThrows(ConflictException.class, () -> registry.deleteManifest(APP, child, FORCED));

    assertEquals(ConflictException.class, failure.getClass());
    assertTrue(emulator.manifests(REPOSITORY).contains(child));
  }

  @Test
  void tagsThatTheRegistryKeepsAreNotNamed() {
    String digest = push("app", "1.0");
    emulator.faults().setDigestDeletionLeavesTags(true);

    DeleteResult result = registry.deleteManifest(APP, digest, FORCED);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, digest), result);
    assertEquals(Set.of("1.0"), tags().keySet());
  }

  // Refused, missing, lost

  @ParameterizedTest
  @MethodSource("deletingNothing")
  void whereDeletionIsDisabledTheExceptionSaysSo(OciPersonality personality) {
    String unused = push("unused");
    push("app", "1.0");
    emulator.personality(personality);

    var failure = assertThrows(
        UnsupportedFeatureException.class, () -> registry.deleteManifest(APP, unused, STRICT));

    assertTrue(failure.getMessage().contains("deletion is disabled"), failure.getMessage());
    assertTrue(emulator.manifests(REPOSITORY).contains(unused));
  }

  @Test
  void dockerHubsRefusalIsPassedOn() {
    emulator.personality(OciPersonality.DOCKER_HUB);
    String digest = push("app", "1.0");

    assertThrows(
        PermissionDeniedException.class, () -> registry.deleteManifest(APP, digest, FORCED));

    assertEquals(Map.of("1.0", digest), tags());
  }

  @Test
  void aMissingManifestIsAnErrorUnlessThatIsWanted() {
    push("app", "1.0");

    var failure = assertThrows(
        NotFoundException.class, () -> registry.deleteManifest(APP, NO_MANIFEST, STRICT));

    assertEquals(NotFoundException.class, failure.getClass());
    assertEquals(
        DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, NO_MANIFEST),
        registry.deleteManifest(APP, NO_MANIFEST, STRICT.ignoringMissing()));
    assertSent("GET manifests/NONE", "GET manifests/NONE");
  }

  @Test
  void aManifestThatGoesMeanwhileIsMissingToo() {
    String unused = push("unused");
    push("app", "1.0");
    emulator.failNext("DELETE", "", 2, refusal(404, "MANIFEST_UNKNOWN"));

    assertThrows(NotFoundException.class, () -> registry.deleteManifest(APP, unused, STRICT));
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry.deleteManifest(APP, unused, STRICT.ignoringMissing()).outcome());
  }

  @Test
  void aGatewayThatSaysNotFoundIsNoDeletion() {
    String unused = push("unused");
    push("app", "1.0");
    emulator.failNext("DELETE", "", 1, text(404));

    assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.deleteManifest(APP, unused, STRICT.ignoringMissing()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDeletionWhoseAnswerWasLostIsDoneIfTheManifestIsGone(boolean isForced) {
    String digest = isForced ? push("app", "1.0", "latest") : push("unused");
    push("other", "2.0");
    emulator.failNext("DELETE", "", 1, Fault.lostAnswer());

    DeleteResult result = registry.deleteManifest(APP, digest, isForced ? FORCED : STRICT);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest)
            .withDeleted(isForced ? List.of("1.0", "latest") : List.of()),
        result);
  }

  @Test
  void aDeletionThatTakesEffectTooLateIsOnlyAccepted() {
    String unused = push("unused");
    push("app", "1.0");
    emulator.setDeletionReads(FOR_EVER);

    assertEquals(
        DeleteOutcome.ACCEPTED, registry.deleteManifest(APP, unused, STRICT).outcome());
    assertPatienceUsedUp();
  }

  @Test
  void anInterruptEndsTheCallAndKeepsTheFlag() {
    String unused = push("unused");
    push("app", "1.0");
    Thread caller = Thread.currentThread();
    emulator.beforeNext("GET", "/tags/list$", caller::interrupt);

    assertThrows(
        RegistryInterruptedException.class,
        () -> registry.deleteManifest(APP, unused, STRICT.ignoringMissing()));

    assertTrue(Thread.interrupted());
    assertTrue(emulator.manifests(REPOSITORY).contains(unused));
  }

  @Test
  void argumentsAreCheckedFirst() {
    for (String digest : List.of("", "1.0", "sha256:abc", "md5:" + "0".repeat(32), "sha256:../x")) {
      assertThrows(
          IllegalArgumentException.class, () -> registry.deleteManifest(APP, digest, STRICT));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.deleteManifest(APP, NO_MANIFEST, STRICT.onlyIfDigest(NO_MANIFEST)));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.deleteManifest(ImageRef.of("Shop/App"), NO_MANIFEST, STRICT));
    assertThrows(NullPointerException.class, () -> registry.deleteManifest(APP, NO_MANIFEST, null));
    assertSent();
  }
}
