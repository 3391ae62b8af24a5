package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Deleting a tag and nothing else, or with its siblings when forced. */
abstract class TagDeletionContract extends ContractTheme {

  private static final DeleteOptions STRICT = DeleteOptions.strict();
  private static final DeleteOptions FORCE = STRICT.withForce();
  private static final DeleteOptions IGNORING_MISSING = STRICT.ignoringMissing();

  /** A digest that no content of a test has. */
  private static final String OTHER_DIGEST = "sha256:" + "0".repeat(64);

  TagDeletionContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  private DeleteResult delete(String tag, DeleteOptions options) {
    return registry().deleteTag(app(), tag, options);
  }

  /** Returns whether tags can be deleted here; if not, that was refused and the tag is there. */
  private boolean cannotDelete(String tag, DeleteOptions options) {
    List<String> before = fixture().tagNames(app());
    boolean lacking = lacks(Feature.DELETE_TAG, () -> delete(tag, options))
        || (options.requiredDigest().isPresent()
            && lacks(Feature.DELETE_ONLY_IF_DIGEST, () -> delete(tag, options)));
    if (lacking) {
      assertTagsLeft(app(), before.toArray(String[]::new));
    }
    return lacking;
  }

  private static void assertDeletedAlone(DeleteResult result) {
    assertNotEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
    assertEquals(List.of(), result.deletedWith());
  }

  // The named tag

  @Test
  void theNamedTagGoesAndEveryOtherStays() {
    addTags("1", "1.0", "1.0.1", "latest");
    addTag(fixture().image("other"), "1.0", "1.0");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }

    assertDeletedAlone(registry().deleteTag(app(), "1.0"));

    assertTagsLeft(app(), "1", "1.0.1", "latest");
    assertTagsLeft(fixture().image("other"), "1.0");
  }

  @Test
  void aDeletedTagIsGoneForTheRegistryToo() {
    addTags("1.0", "1.1");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    delete("1.0", STRICT);

    Optional<Status> left = registry().findTag(app(), "1.0").map(Tag::status);
    assertEquals(Status.DELETING, left.orElse(Status.DELETING));
    assertTrue(registry().findTag(app(), "1.1").isPresent());
  }

  @Test
  void theResultKnowsTheDigestOrSaysNone() {
    Optional<String> digest = addSharing("content", "1.0");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }

    Optional<String> told = delete("1.0", STRICT).digest();

    assertEquals(digest, told.or(() -> digest));
  }

  // Siblings: tags of the same digest

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

  // Only if the digest is the expected one

  @Test
  void aTagOfTheRequiredDigestIsDeleted() {
    Optional<String> digest = addSharing("content", "1.0");
    addTags("1.1");
    DeleteOptions onlyIf = STRICT.onlyIfDigest(digest.orElse(OTHER_DIGEST));
    if (cannotDelete("1.0", onlyIf)) {
      return;
    }

    assertDeletedAlone(delete("1.0", onlyIf));

    assertTagsLeft(app(), "1.1");
  }

  @Test
  void aTagOfAnotherDigestThanRequiredStays() {
    addTags("1.0");
    DeleteOptions onlyIf = STRICT.onlyIfDigest(OTHER_DIGEST);
    if (cannotDelete("1.0", onlyIf)) {
      return;
    }

    assertThrows(PreconditionFailedException.class, () -> delete("1.0", onlyIf));
    assertThrows(PreconditionFailedException.class, () -> delete("1.0", onlyIf.withForce()));
    assertTagsLeft(app(), "1.0");
  }

  @Test
  void aTagMovedSinceItWasReadStays() {
    Optional<String> old = addTag(app(), "prod", "old");
    DeleteOptions onlyIfOld = STRICT.onlyIfDigest(old.orElse(OTHER_DIGEST));
    if (cannotDelete("prod", onlyIfOld)) {
      return;
    }
    Tag read = registry().getTag(app(), "prod");
    addTag(app(), "prod", "new");

    assertThrows(PreconditionFailedException.class, () -> registry().deleteTag(read, onlyIfOld));
    assertTagsLeft(app(), "prod");
  }

  // Missing

  @Test
  void aMissingTagIsNamed() {
    addTags("1.0");
    if (cannotDelete("2.0", STRICT)) {
      return;
    }

    TagNotFoundException e = assertThrows(TagNotFoundException.class, () -> delete("2.0", STRICT));

    assertEquals(app(), e.image());
    assertEquals("2.0", e.tag());
    assertThrows(TagNotFoundException.class, () -> delete("2.0", FORCE));
    assertTagsLeft(app(), "1.0");
  }

  @Test
  void aMissingTagIsNoErrorIfIgnored() {
    addTags("1.0");
    if (cannotDelete("2.0", IGNORING_MISSING)) {
      return;
    }

    assertEquals(DeleteOutcome.ALREADY_ABSENT, delete("2.0", IGNORING_MISSING).outcome());
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        delete("2.0", IGNORING_MISSING.withForce()).outcome());
    assertTagsLeft(app(), "1.0");
  }

  @Test
  void aTagOfAMissingImageIsMissing() {
    addTags("1.0");
    ImageRef missing = fixture().image("missing");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }

    NotFoundException e =
        assertThrows(NotFoundException.class, () -> registry().deleteTag(missing, "1.0"));

    assertEquals(
        differs(Difference.MISSING_IMAGE_IS_MISSING_TAG)
            ? TagNotFoundException.class
            : ImageNotFoundException.class,
        e.getClass());
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry().deleteTag(missing, "1.0", IGNORING_MISSING).outcome());
    assertTagsLeft(app(), "1.0");
  }

  @Test
  void aMissingTagIsMissingWhateverDigestIsRequired() {
    addTags("1.0");
    DeleteOptions onlyIf = STRICT.onlyIfDigest(OTHER_DIGEST);
    if (cannotDelete("2.0", onlyIf)) {
      return;
    }

    assertThrows(TagNotFoundException.class, () -> delete("2.0", onlyIf));
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT, delete("2.0", onlyIf.ignoringMissing()).outcome());
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

  // In use

  @Test
  void aTagInUseStaysEvenIfForced() {
    addTags("1.0", "1.1");
    boolean isInUse = fixture().putInUse(app(), "1.0");
    assertEquals(differs(Difference.TAGS_CAN_BE_IN_USE), isInUse, "can tags be in use here?");
    if (!isInUse || cannotDelete("1.0", STRICT)) {
      return;
    }

    assertThrows(TagInUseException.class, () -> delete("1.0", STRICT));
    assertThrows(TagInUseException.class, () -> delete("1.0", FORCE));
    assertThrows(TagInUseException.class, () -> delete("1.0", IGNORING_MISSING));
    assertTagsLeft(app(), "1.0", "1.1");
  }

  // A tag that was read before

  @Test
  void aTagReadBeforeIsDeletedWithFewerRequestsIfItCarriesAnIdentifier() {
    addTags("1.0", "1.1");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    Tag tag = registry().getTag(app(), "1.0");

    long byTag = requestsOf(() -> assertDeletedAlone(registry().deleteTag(tag, STRICT)));
    long byName = requestsOf(() -> assertDeletedAlone(delete("1.1", STRICT)));

    String counts = byTag + " by tag, " + byName + " by name";
    assertTrue(tag.providerId().isPresent() ? byTag < byName : byTag <= byName, counts);
    assertTagsLeft(app());
  }

  @Test
  void aTagReadBeforeAndGoneSinceIsMissing() {
    addTags("1.0", "1.1");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    Tag gone = Tag.builder(app(), "2.0").build();

    assertThrows(TagNotFoundException.class, () -> registry().deleteTag(gone, STRICT));
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry().deleteTag(gone, IGNORING_MISSING).outcome());
    assertTagsLeft(app(), "1.0", "1.1");
  }

  @Test
  void aTagDeletedAlreadyHarmsNothingWhenDeletedAgain() {
    addTags("1.0", "1.1");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    Tag tag = registry().getTag(app(), "1.0");
    registry().deleteTag(tag, STRICT);

    assertDoesNotThrow(() -> registry().deleteTag(tag, IGNORING_MISSING));
    assertDoesNotThrow(() -> delete("1.0", IGNORING_MISSING));
    assertTagsLeft(app(), "1.1");
  }

  @Test
  void aForgedIdentifierReachesNothing() {
    addTags("1.0");
    addTag(fixture().image("other"), "1.0", "1.0");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    for (String id : List.of("", "..", "../images", "1.0", "%2e%2e", "a/b?x=y#z", "a\nb")) {
      Tag forged = Tag.builder(app(), "missing").providerId(id).build();
      assertThrows(RuntimeException.class, () -> registry().deleteTag(forged, FORCE), id);
    }

    assertTagsLeft(app(), "1.0");
    assertTagsLeft(fixture().image("other"), "1.0");
  }

  // Many

  @Test
  void deletingWhatWasCollectedDeletesAll() {
    List<String> all = numbered(30);
    all.forEach(name -> addTag(app(), name, name));
    addTag(fixture().image("other"), "v0001", "v0001");
    if (cannotDelete(all.get(0), STRICT)) {
      return;
    }
    ListTagsOptions inPages = ListTagsOptions.defaults().withPageSize(7);

    List<Tag> collected = registry().listTags(app(), inPages).toList();
    collected.forEach(tag -> assertDeletedAlone(registry().deleteTag(tag, STRICT)));

    assertTagsLeft(app());
    assertTagsLeft(fixture().image("other"), "v0001");
  }
}
