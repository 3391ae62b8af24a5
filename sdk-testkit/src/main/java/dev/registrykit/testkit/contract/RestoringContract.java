package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Restoring a tag where no deletion has stopped half-way. */
abstract class RestoringContract extends DeletionTheme {

  RestoringContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @Test
  void aTagThatIsWholeIsLeftAsItIs() {
    addSharing("shared", "1.0", "latest");
    Tag before = registry().getTag(app(), "1.0");

    assertFalse(registry().restoreTag(app(), "1.0"), "there was nothing to do");

    assertEquals(before, registry().getTag(app(), "1.0"));
    assertTagsLeft(app(), "1.0", "latest");
  }

  @Test
  void nothingIsSentWhereDeletionsLeaveNothingHalfDone() {
    addTags("1.0");

    long sent = requestsOf(() -> registry().restoreTag(app(), "1.0"));

    assertEquals(differs(Difference.RESTORING_READS_TAGS), sent > 0, () -> sent + " requests");
  }

  @Test
  void aMissingTagIsNotMadeUp() {
    addTags("1.0");

    if (differs(Difference.RESTORING_READS_TAGS)) {
      assertThrows(TagNotFoundException.class, () -> registry().restoreTag(app(), "2.0"));
    } else {
      assertFalse(registry().restoreTag(app(), "2.0"));
    }
    assertTagsLeft(app(), "1.0");
  }
}
