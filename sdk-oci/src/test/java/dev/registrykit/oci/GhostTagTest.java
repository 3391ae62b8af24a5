package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ServerException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciPersonality;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tags that docker-registry 2.8.2 leaves when others push meanwhile: the manifest is gone, the tag is
 * listed, and the repeated deletion finds nothing.
 */
class GhostTagTest extends OciDeletionTest {

  private String digest;

  @BeforeEach
  void addTags() {
    knowingThatTagsCannotBeDeleted();
    digest = push("app", "1.0", "latest");
  }

  @Test
  void aTagThatIsListedStillIsDeletedWithAnotherManifest() {
    emulator.faults().failUntagging(1);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, digest), registry.deleteTag(APP, "1.0"));

    assertEquals(List.of("latest"), emulator.tagNames(REPOSITORY));
    assertSent(
        "GET manifests/1.0",
        PROBE,
        "HEAD manifests/1.0",
        "PUT manifests/1.0",
        "DELETE manifests/PLACEHOLDER", // 500
        "DELETE manifests/PLACEHOLDER", // 404
        "GET manifests/1.0",
        "GET tags/list?n=1000",
        "GET manifests/1.0", // nobody has pushed meanwhile
        "PUT manifests/1.0",
        "DELETE manifests/PLACEHOLDER",
        "GET manifests/1.0");
  }

  @Test
  void aTagThatSomebodyPushesInItsPlaceStays() {
    String other = push("other");
    emulator.faults().failUntagging(1);
    emulator.beforeNext("GET", "tags/list", () -> emulator.moveTag(REPOSITORY, "1.0", other));

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());

    assertEquals(Map.of("1.0", other, "latest", digest), tags());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void itIsTriedAgainAndAgain(int times) {
    emulator.faults().failUntagging(times);

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());

    assertEquals(List.of("latest"), emulator.tagNames(REPOSITORY));
  }

  @Test
  void butNotForEverAndThenTheOriginalIsBack() {
    emulator.faults().failUntagging(FOR_EVER);

    var failure =
        assertThrows(InvalidResponseException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(
        "delete tag 1.0 of shop/app failed: the registry deletes the manifest but goes on listing"
            + " the tag",
        failure.getMessage());
    assertTrue(failure.mayHaveTakenEffect());
    assertEquals(Map.of("1.0", digest, "latest", digest), tags());
    assertEquals(digest, registry.resolveTag(APP, "1.0"));
    assertTrue(emulator.requestCount() < 100, () -> emulator.requestCount() + " requests");
  }

  @Test
  void aServerErrorThatIsNotRepeatedBringsTheOriginalBack() {
    var once = httpOptions().withRetryPolicy(RetryPolicy.none());
    try (OciRegistry impatient = builder().httpOptions(once).build()) {
      emulator.faults().failUntagging(1);

      assertThrows(ServerException.class, () -> impatient.deleteTag(APP, "1.0"));
    }

    assertEquals(digest, registry.resolveTag(APP, "1.0"));
  }

  @Test
  void aLeftoverPlaceholderIsDeletedWhateverItTakes() {
    leavePlaceholder();
    emulator.faults().failUntagging(1);

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());

    assertEquals(List.of("latest"), emulator.tagNames(REPOSITORY));
  }

  private void leavePlaceholder() {
    emulator.beforeNext("PUT", "/1.0$", () -> emulator.failAll(Fault.status(503)));
    emulator.beforeNext(
        "DELETE", NO_MANIFEST, () -> emulator.failNext("PUT", "/1.0$", 1, Fault.lostAnswer()));
    assertThrows(PlaceholderLeftException.class, () -> registry.deleteTag(APP, "1.0"));
    emulator.clearFaults();
  }

  @Test
  void forcedDeletionLeavesNoGhostOfASiblingEither() {
    emulator.faults().failUntagging(1);

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("latest")), result);
    assertEquals(List.of(), emulator.tagNames(REPOSITORY));
  }

  @Test
  void norDoesTheDeletionOfAManifest() {
    emulator.faults().failUntagging(1);

    DeleteResult result = registry.deleteManifest(APP, digest, FORCED);

    assertEquals(DeleteOutcome.DELETED, result.outcome());
    assertEquals(Set.of("1.0", "latest"), Set.copyOf(result.deletedWith()));
    assertEquals(List.of(), emulator.tagNames(REPOSITORY));
  }

  @Test
  void norDoesTheDeletionOfAnImage() {
    emulator.faults().failUntagging(1);

    assertEquals(DeleteOutcome.DELETED, registry.deleteImage(APP, STRICT).outcome());

    assertEquals(List.of(), emulator.tagNames(REPOSITORY));
  }

  @Test
  void whereNoPlaceholderMayBeUsedAGhostIsNotSaidToBeDeleted() {
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      emulator.faults().failUntagging(1);

      DeleteResult result = careful.deleteTag(APP, "1.0", FORCED);

      assertEquals(DeleteOutcome.ACCEPTED, result.outcome());
      assertEquals(List.of("1.0", "latest"), emulator.tagNames(REPOSITORY));
    }

    // Nor is it missing to who may use one.
    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());
    assertThrows(
        TagNotFoundException.class,
        () -> registry.deleteTag(APP, "latest", STRICT.onlyIfDigest(digest)));
    assertEquals(List.of("latest"), emulator.tagNames(REPOSITORY));
  }

  @Test
  void aRegistryThatDeletesTagsAndListsThemAfterAFailureIsNotBelieved() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      emulator.failNext("DELETE", "/1.0$", 1, Fault.status(500));
      emulator.failNext("DELETE", "/1.0$", FOR_EVER, refusal(404, "MANIFEST_UNKNOWN"));
      emulator.failNext("GET", "/1.0$", FOR_EVER, refusal(404, "MANIFEST_UNKNOWN"));

      var failure =
          assertThrows(InvalidResponseException.class, () -> careful.deleteTag(APP, "1.0"));

      assertTrue(failure.mayHaveTakenEffect());
    }
    assertFalse(emulator.tagNames(REPOSITORY).isEmpty());
  }
}
