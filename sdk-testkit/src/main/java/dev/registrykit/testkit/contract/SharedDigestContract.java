package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Deleting a tag whose digest other tags share, its siblings. */
abstract class SharedDigestContract extends DeletionTheme {

  SharedDigestContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @Test
  void strictDeletionSparesTheSiblings() {
    addSharing("shared", "1.0", "1", "latest");
    addTags("2.0");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    assertSparesSiblings(() -> delete("1.0", STRICT));
  }

  @Test
  void strictDeletionOfATagReadBeforeSparesTheSiblings() {
    addSharing("shared", "1.0", "1", "latest");
    addTags("2.0");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    Tag tag = registry().getTag(app(), "1.0");
    assertSparesSiblings(() -> registry().deleteTag(tag, STRICT));
  }

  private void assertSparesSiblings(Supplier<DeleteResult> deletion) {
    if (differs(Difference.STRICT_REFUSES_SHARED_DIGEST)) {
      SharedDigestException e = assertThrows(SharedDigestException.class, deletion::get);
      assertEquals(Set.of("1", "latest"), new HashSet<>(e.siblings()));
      assertTagsLeft(app(), "1.0", "1", "latest", "2.0");
    } else {
      assertDeletedAlone(deletion.get());
      assertTagsLeft(app(), "1", "latest", "2.0");
    }
  }

  @Test
  void siblingsThatAreAllAllowedMayGoToo() {
    addSharing("shared", "1.0", "1", "latest");
    addTags("2.0");
    DeleteOptions allowing = STRICT.allowingSiblings(List.of("latest", "1", "2.0", "none"));
    if (cannotDelete("1.0", allowing)) {
      return;
    }

    DeleteResult result = delete("1.0", allowing);

    if (differs(Difference.STRICT_REFUSES_SHARED_DIGEST)) {
      assertEquals(Set.of("1", "latest"), new HashSet<>(result.deletedWith()));
      assertTagsLeft(app(), "2.0");
    } else {
      assertDeletedAlone(result);
      assertTagsLeft(app(), "1", "latest", "2.0");
    }
  }

  @Test
  void aSiblingThatIsNotAllowedIsSparedWithAllOthers() {
    addSharing("shared", "1.0", "1", "latest");
    DeleteOptions allowing = STRICT.allowingSiblings(List.of("1"));
    if (cannotDelete("1.0", allowing)) {
      return;
    }

    if (differs(Difference.STRICT_REFUSES_SHARED_DIGEST)) {
      SharedDigestException e =
          assertThrows(SharedDigestException.class, () -> delete("1.0", allowing));
      assertTrue(e.siblings().contains("latest"), e::getMessage);
      assertTagsLeft(app(), "1.0", "1", "latest");
    } else {
      assertDeletedAlone(delete("1.0", allowing));
      assertTagsLeft(app(), "1", "latest");
    }
  }

  @Test
  void siblingsKeepTheirDigest() {
    Optional<String> digest = addSharing("shared", "1.0", "latest");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    try {
      delete("1.0", STRICT);
    } catch (SharedDigestException e) {
      assertTrue(differs(Difference.STRICT_REFUSES_SHARED_DIGEST), e::getMessage);
    }

    assertEquals(
        digest.filter(d -> registry().supports(Feature.TAG_DIGEST)),
        registry().getTag(app(), "latest").digest());
  }

  @Test
  void forcedDeletionNamesExactlyWhatWentWithIt() {
    addSharing("shared", "1.0", "1", "latest");
    addTags("2.0");
    if (cannotDelete("1.0", FORCE)) {
      return;
    }
    assertForcedTakesSiblings(delete("1.0", FORCE));
  }

  @Test
  void forcedDeletionOfATagReadBeforeNamesExactlyWhatWentWithIt() {
    addSharing("shared", "1.0", "1", "latest");
    addTags("2.0");
    if (cannotDelete("1.0", FORCE)) {
      return;
    }
    assertForcedTakesSiblings(registry().deleteTag(registry().getTag(app(), "1.0"), FORCE));
  }

  private void assertForcedTakesSiblings(DeleteResult result) {
    boolean takesThem =
        registry().supports(Feature.FORCE_DELETE) && !differs(Difference.FORCE_SPARES_SIBLINGS);
    if (takesThem) {
      assertNotEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
      assertEquals(Set.of("1", "latest"), new HashSet<>(result.deletedWith()));
      assertTagsLeft(app(), "2.0");
    } else {
      assertDeletedAlone(result);
      assertTagsLeft(app(), "1", "latest", "2.0");
    }
  }

  @Test
  void forceTakesNothingElseFromATagWithADigestOfItsOwn() {
    addTags("1.0", "1.1");
    if (cannotDelete("1.0", FORCE)) {
      return;
    }

    assertDeletedAlone(delete("1.0", FORCE));

    assertTagsLeft(app(), "1.1");
  }

  @Test
  void ignoringWhatIsMissingIgnoresNoRefusal() {
    addSharing("shared", "1.0", "latest");
    if (cannotDelete("1.0", IGNORING_MISSING)) {
      return;
    }

    if (differs(Difference.STRICT_REFUSES_SHARED_DIGEST)) {
      assertThrows(SharedDigestException.class, () -> delete("1.0", IGNORING_MISSING));
      assertTagsLeft(app(), "1.0", "latest");
    } else {
      assertDeletedAlone(delete("1.0", IGNORING_MISSING));
      assertTagsLeft(app(), "latest");
    }
  }
}
