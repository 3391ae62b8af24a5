package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Absence needs proof: where a mistyped URL has everything answered with somebody else's 404, nothing
 * is taken for absent. Such a 404 is a {@link NotFoundException}, and neither of the two that name
 * what is missing.
 */
abstract class AbsenceContract extends ContractTheme {

  private static final DeleteOptions IGNORING_MISSING = DeleteOptions.defaults().ignoringMissing();

  private static final WaitOptions ONE_LOOK = WaitOptions.defaults().withTimeout(Duration.ZERO);

  AbsenceContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @BeforeEach
  void addTags() {
    addTags("1.0", "1.1");
  }

  /**
   * Asserts that a call fails for every such answer, and says that nothing is known to be missing.
   *
   * @param operation what the message says was asked; empty for whatever the provider reads then
   */
  private void assertProvesNothing(String operation, Executable call) {
    assertAll(Arrays.stream(ForeignNotFound.values())
        .map(answer -> () -> assertProvesNothing(answer, operation, call)));
  }

  private void assertProvesNothing(ForeignNotFound answer, String operation, Executable call) {
    if (!staged(answer)) {
      return;
    }
    NotFoundException e = assertThrows(NotFoundException.class, call, answer::toString);
    assertFalse(
        e instanceof TagNotFoundException || e instanceof ImageNotFoundException,
        () -> answer + " was believed: " + e);
    String message = String.valueOf(e.getMessage());
    assertTrue(
        operation.isEmpty() || message.startsWith(operation + " failed: "),
        () -> answer + ": " + message);
    assertTagsLeft(app(), "1.0", "1.1");
  }

  /** Returns whether the answer is given from now on; if not, that is the declared difference. */
  private boolean staged(ForeignNotFound answer) {
    boolean staged = fixture().failAll(answer);
    assertEquals(
        !differs(Difference.NO_MISHAPS), staged, () -> "can " + answer + " be staged here?");
    return staged;
  }

  @Test
  void noTagIsReadAsMissing() {
    assertProvesNothing("get tag 1.0 of " + app(), () -> registry().getTag(app(), "1.0"));
  }

  @Test
  void noTagIsLookedUpInVain() {
    assertProvesNothing("get tag 1.0 of " + app(), () -> registry().findTag(app(), "1.0"));
  }

  @Test
  void noImageIsReadAsMissing() {
    assertProvesNothing("get image " + app(), () -> registry().getImage(app()));
  }

  @Test
  void noListOfTagsIsEmpty() {
    assertProvesNothing(
        "list tags of " + app(), () -> registry().listTags(app()).toList());
  }

  @Test
  void noListOfOneTagIsEmpty() {
    ListTagsOptions named = ListTagsOptions.defaults().withName("1.0");
    assertProvesNothing(
        "list tags of " + app(), () -> registry().listTags(app(), named).toList());
  }

  /** That a registry has no such list may be believed: it is no word about what is in it. */
  @Test
  void noListOfImagesIsEmpty() {
    for (ForeignNotFound answer : ForeignNotFound.values()) {
      if (registry().supports(Feature.LIST_IMAGES) && staged(answer)) {
        RegistryException e = assertThrows(
            RegistryException.class, () -> registry().listImages().toList(), answer::toString);
        assertTrue(
            e.getClass() == NotFoundException.class || e instanceof UnsupportedFeatureException,
            () -> answer + ": " + e);
      }
    }
  }

  @Test
  void noTagIsGoneThatIsWaitedFor() {
    assertProvesNothing("", () -> registry().waitUntilTagGone(app(), "1.0", ONE_LOOK));
  }

  @Test
  void noImageIsGoneThatIsWaitedFor() {
    assertProvesNothing("", () -> registry().waitUntilImageGone(app(), ONE_LOOK));
  }

  @Test
  void noDeletedTagIsAbsentAlready() {
    if (registry().supports(Feature.DELETE_TAG)) {
      assertProvesNothing(
          "delete tag 1.0 of " + app(), () -> registry().deleteTag(app(), "1.0", IGNORING_MISSING));
    }
  }

  @Test
  void noDeletedTagThatWasReadBeforeIsAbsentAlready() {
    Tag tag = registry().getTag(app(), "1.0");
    if (registry().supports(Feature.DELETE_TAG)) {
      assertProvesNothing(
          "delete tag 1.0 of " + app(), () -> registry().deleteTag(tag, IGNORING_MISSING));
    }
  }

  @Test
  void noDeletedImageIsAbsentAlready() {
    if (registry().supports(Feature.DELETE_IMAGE)) {
      assertProvesNothing(
          "delete image " + app(), () -> registry().deleteImage(app(), IGNORING_MISSING));
    }
  }
}
