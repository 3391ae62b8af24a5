package dev.registrykit.spi;

import static dev.registrykit.spi.ScriptedRegistry.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.Support;
import dev.registrykit.WaitOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a registry does of which its provider knows nothing better: waiting, repairing, trying. */
class RegistryWaitingTest {

  private static final WaitOptions OPTIONS = WaitOptions.defaults()
      .withTimeout(Duration.ofSeconds(20))
      .withIntervals(Duration.ofSeconds(1), Duration.ofSeconds(4));

  private final ScriptedRegistry registry = ScriptedRegistry.ordinary();

  @Test
  void aTagThatIsGoneIsLookedAtOnce() {
    registry.readingsLeft = 0;

    registry.waitUntilTagGone(ImageRef.parse("registry.example/ns/app:1.2"), "1.2", OPTIONS);

    assertEquals(List.of("tag ns/app:1.2"), registry.calls);
    assertEquals(List.of(), registry.time.sleeps());
  }

  @Test
  void aTagIsReadUntilItIsGone() {
    registry.readingsLeft = 3;

    registry.waitUntilTagGone(APP, "1.2", OPTIONS);

    assertEquals(Collections.nCopies(4, "tag ns/app:1.2"), registry.calls);
    assertEquals(
        List.of(1L, 2L, 4L),
        registry.time.sleeps().stream().map(Duration::toSeconds).toList());
  }

  @Test
  void anImageIsReadUntilItIsGone() {
    registry.readingsLeft = 1;

    registry.waitUntilImageGone(APP, OPTIONS);

    assertEquals(List.of("image ns/app", "image ns/app"), registry.calls);
  }

  @Test
  void whatStaysIsATimeout() {
    RegistryTimeoutException tag = assertThrows(
        RegistryTimeoutException.class, () -> registry.waitUntilTagGone(APP, "1.2", OPTIONS));
    RegistryTimeoutException image = assertThrows(
        RegistryTimeoutException.class, () -> registry.waitUntilImageGone(APP, OPTIONS));

    assertEquals("wait until tag 1.2 of ns/app is gone", tag.operation());
    assertEquals("wait until ns/app is gone", image.operation());
  }

  @Test
  void aRefusalIsNoProofOfAbsence() {
    registry.failure = new PermissionDeniedException(ErrorDetails.of("get tag", "no"));

    assertSame(
        registry.failure,
        assertThrows(
            PermissionDeniedException.class, () -> registry.waitUntilTagGone(APP, "1.2", OPTIONS)));
    assertThrows(PermissionDeniedException.class, () -> registry.waitUntilImageGone(APP, OPTIONS));
    assertEquals(2, registry.calls.size());
  }

  @Test
  void whereDeletionsLeaveNothingHalfDoneThereIsNothingToRepair() {
    assertFalse(registry.restoreTag(APP, "1.2"));
    assertEquals(List.of(), registry.calls);
  }

  @Test
  void anAbilityIsThereOrNotOrHasToBeTried() {
    ScriptedRegistry unsure = ScriptedRegistry.unsureOf(Feature.DELETE_TAG);

    assertEquals(Support.YES, registry.support(Feature.DELETE_TAG));
    assertEquals(Support.NO, registry.support(Feature.ORDER_BY_UPDATED));
    assertEquals(Support.MAYBE, unsure.support(Feature.DELETE_TAG));
    assertTrue(unsure.supports(Feature.DELETE_TAG));
    assertFalse(unsure.supports(Feature.DELETE_IMAGE));
    assertEquals(List.of(), unsure.calls);
  }

  @Test
  void whatMayHaveToBeTriedIsNotRefused() {
    DeleteResult result = ScriptedRegistry.unsureOf(Feature.DELETE_TAG).deleteTag(APP, "1.2");

    assertEquals(DeleteOutcome.DELETED, result.outcome());
  }

  @Test
  void onlyAnUncertainAbilityIsAskedFor() {
    ScriptedRegistry unsure = ScriptedRegistry.unsureOf(Feature.DELETE_TAG);

    assertTrue(unsure.checkSupport(ImageRef.of("alias/app"), Feature.DELETE_TAG));
    assertFalse(unsure.checkSupport(APP, Feature.DELETE_IMAGE));
    assertTrue(registry.checkSupport(APP, Feature.DELETE_TAG));

    assertEquals(List.of("DELETE_TAG of ns/app"), unsure.calls);
    assertEquals(List.of(), registry.calls);
  }

  @Test
  void aFailureToFindOutIsNoAnswer() {
    ScriptedRegistry unsure = ScriptedRegistry.unsureOf(Feature.DELETE_TAG);
    unsure.failure = new PermissionDeniedException(ErrorDetails.of("ask", "no"));

    assertThrows(
        PermissionDeniedException.class, () -> unsure.checkSupport(APP, Feature.DELETE_TAG));
  }
}
