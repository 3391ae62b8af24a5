package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Deleting a tag and nothing else. */
abstract class TagDeletionContract extends DeletionTheme {

  TagDeletionContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
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
    addWhatStays();
    if (cannotDelete("1.0", STRICT)) {
      return;
    }

    Optional<String> told = delete("1.0", STRICT).digest();

    assertEquals(digest, told.or(() -> digest));
  }

  // The last

  @Test
  void theLastTagGoesUnlessTheLastStaysHere() {
    addTags("1.0");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    if (differs(Difference.LAST_TAG_STAYS)) {
      for (DeleteOptions options : List.of(STRICT, FORCE, IGNORING_MISSING)) {
        ConflictException e = assertThrows(ConflictException.class, () -> delete("1.0", options));
        assertFalse(e.mayHaveTakenEffect());
      }
      assertTagsLeft(app(), "1.0");
      return;
    }

    assertDeletedAlone(delete("1.0", STRICT));

    assertTagsLeft(app());
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
  void aTagReadBeforeIsDeletedWithNoMoreRequestsThanByItsName() {
    addTags("0.9", "1.0", "1.1");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    delete("0.9", STRICT); // after which the provider has nothing to learn any more
    Tag tag = registry().getTag(app(), "1.0");

    long byTag = requestsOf(() -> assertDeletedAlone(registry().deleteTag(tag, STRICT)));
    addTags("1.2"); // as many as before
    long byName = requestsOf(() -> assertDeletedAlone(delete("1.1", STRICT)));

    String counts = byTag + " by tag, " + byName + " by name";
    assertTrue(byTag <= byName, counts);
    assertTagsLeft(app(), "1.2");
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
    String[] left = addWhatStays();
    addTag(fixture().image("other"), "v0001", "v0001");
    if (cannotDelete(all.get(0), STRICT)) {
      return;
    }
    ListTagsOptions inPages = ListTagsOptions.defaults().withPageSize(7);

    List<Tag> collected = registry().listTags(app(), inPages).stream()
        .filter(tag -> !List.of(left).contains(tag.name()))
        .toList();
    assertEquals(30, collected.size());
    collected.forEach(tag -> assertDeletedAlone(registry().deleteTag(tag, STRICT)));

    assertTagsLeft(app(), left);
    assertTagsLeft(fixture().image("other"), "v0001");
  }
}
