package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryException;
import dev.registrykit.Support;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciPersonality;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a registry deletes, found out without deleting anything. */
class DeletionSupportTest extends OciDeletionTest {

  private static final String NO_TAG = "DELETE manifests/registrykit-probe-UPLOAD";

  private Map<String, String> before;

  @BeforeEach
  void addTags() {
    push("app", "1.0", "latest");
    before = tags();
  }

  private boolean check(Feature feature) {
    return registry.checkSupport(APP, feature);
  }

  private void assertNothingChanged() {
    assertEquals(before, tags());
  }

  @ParameterizedTest
  @CsvSource({
    "GENERIC, MAYBE",
    "GITLAB, MAYBE",
    "HARBOR, MAYBE",
    "ECR, MAYBE",
    "ACR, MAYBE",
    "BITBUCKET, MAYBE",
    "QUAY, YES",
    "ARTIFACT_REGISTRY, YES",
    "DOCKER_HUB, NO",
    "GHCR, NO",
    "SCALEWAY, NO",
    "BLAXEL, NO"
  })
  void thePresetSaysWhatIsKnownWithoutAsking(OciPreset preset, Support expected) {
    try (OciRegistry known = builder().preset(preset).build()) {
      assertEquals(expected, known.support(Feature.DELETE_TAG));
      assertEquals(expected, known.support(Feature.DELETE_IMAGE));
      if (expected != Support.MAYBE) {
        assertEquals(expected == Support.YES, known.checkSupport(APP, Feature.DELETE_TAG));
      }
    }
    assertSent();
  }

  @ParameterizedTest
  @MethodSource("deletingTags")
  void whereTagsCanBeDeletedOneRequestTells(OciPersonality personality) {
    emulator.personality(personality);

    assertTrue(check(Feature.DELETE_TAG));
    assertTrue(check(Feature.DELETE_TAG), "learnt");

    assertSent(NO_TAG);
    assertNothingChanged();
  }

  @ParameterizedTest
  @MethodSource("deletingManifestsOnly")
  void whereManifestsGoItIsAskedWhetherAPlaceholderCouldBeRemoved(OciPersonality personality) {
    emulator.personality(personality);

    assertTrue(check(Feature.DELETE_TAG));
    assertTrue(check(Feature.DELETE_TAG), "it may be switched off meanwhile");

    assertSent(NO_TAG, PROBE, PROBE);
    assertNothingChanged();
    emulator.clearRequests();
    registry.deleteTag(APP, "1.0");
    assertEquals(byPlaceholder("1.0"), sent());
  }

  @ParameterizedTest
  @MethodSource("deletingManifestsOnly")
  void whereManifestsGoAndNoPlaceholderMayBeUsedNoTagCanBeDeleted(OciPersonality personality) {
    emulator.personality(personality);
    try (OciRegistry strict = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      assertFalse(strict.checkSupport(APP, Feature.DELETE_TAG));
      assertThrows(UnsupportedFeatureException.class, () -> strict.deleteTag(APP, "1.0"));
    }
    assertEquals(NO_TAG, sent().get(0));
    assertNothingChanged();
  }

  @ParameterizedTest
  @MethodSource("deletingNothing")
  void whereDeletionIsDisabledNothingCanBeDeleted(OciPersonality personality) {
    emulator.personality(personality);

    assertFalse(check(Feature.DELETE_TAG));
    assertSent(NO_TAG, PROBE);
    emulator.clearRequests();
    assertFalse(check(Feature.DELETE_IMAGE));

    assertSent(PROBE);
    assertNothingChanged();
  }

  /**
   * What is said before holds: the deletion itself is refused, or not. Docker Hub, which protects what is
   * tagged, shows that only then; its preset knows.
   */
  @ParameterizedTest
  @EnumSource(value = OciPersonality.class, mode = EnumSource.Mode.EXCLUDE, names = "DOCKER_HUB")
  void theAnswerIsThatOfTheDeletionItself(OciPersonality personality) {
    emulator.personality(personality);
    boolean deletesTags = check(Feature.DELETE_TAG);
    boolean deletesImages = check(Feature.DELETE_IMAGE);
    assertNothingChanged();

    assertEquals(deletesTags, isDone(() -> registry.deleteTag(APP, "1.0")));
    assertEquals(deletesImages, isDone(() -> registry.deleteImage(APP, STRICT)));
  }

  private static boolean isDone(Runnable deletion) {
    try {
      deletion.run();
      return true;
    } catch (UnsupportedFeatureException e) {
      return false;
    }
  }

  @Test
  void whetherAnImageCanBeDeletedIsOneRequest() {
    assertTrue(check(Feature.DELETE_IMAGE));

    assertSent(PROBE);
    assertNothingChanged();
  }

  @Test
  void aDeletedTagHasShownIt() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    registry.deleteTag(APP, "1.0");
    emulator.clearRequests();

    assertTrue(check(Feature.DELETE_TAG));

    assertSent();
  }

  @ParameterizedTest
  @EnumSource(
      value = Feature.class,
      names = {"DELETE_TAG", "DELETE_IMAGE"})
  void whoMayOnlyPullIsToldSo(Feature feature) {
    emulator.failNext("DELETE", "", 1, refusal(403, "DENIED"));

    assertThrows(PermissionDeniedException.class, () -> check(feature));
  }

  @Test
  void whichPermissionIsMissingIsSaidWhereItIsKnown() {
    emulator.failNext("DELETE", "", 1, refusal(403, "DENIED"));
    try (OciRegistry bitbucket = builder().preset(OciPreset.BITBUCKET).build()) {
      var failure = assertThrows(
          PermissionDeniedException.class, () -> bitbucket.checkSupport(APP, Feature.DELETE_TAG));
      assertTrue(failure.getMessage().contains("write:package:bitbucket"), failure.getMessage());
    }
  }

  @Test
  void ofAnImageThatIsNotThereNothingIsKnown() {
    emulator.failNext("DELETE", "", 1, refusal(404, "NAME_UNKNOWN"));

    assertThrows(
        ImageNotFoundException.class,
        () -> registry.checkSupport(ImageRef.of("shop/none"), Feature.DELETE_TAG));
  }

  @Test
  void aStrangers404IsNoAnswer() {
    emulator.failNext("DELETE", "", FOR_EVER, text(404));

    assertFalse(check(Feature.DELETE_TAG));
    assertSent(NO_TAG, PROBE);
    emulator.clearFaults();
    assertTrue(check(Feature.DELETE_TAG), "nothing was learnt");
  }

  @Test
  void whoeverSaysThatHeDeletedWhatCannotBeThereIsNotBelieved() {
    emulator.failNext("DELETE", "", 1, Fault.status(202));

    assertThrows(InvalidResponseException.class, () -> check(Feature.DELETE_TAG));
  }

  @Test
  void aServerInTroubleIsAFailure() {
    emulator.failNext("DELETE", "", FOR_EVER, Fault.status(503));

    assertThrows(RegistryException.class, () -> check(Feature.DELETE_TAG));
  }

  @Test
  void whatIsCertainIsNotAsked() {
    for (Feature feature : List.of(Feature.ORDER_BY_NAME, Feature.TAG_DIGEST)) {
      assertTrue(check(feature));
    }
    assertFalse(check(Feature.TAG_UPDATED_AT));

    assertSent();
  }
}
