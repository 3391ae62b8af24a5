package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.Registry;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** References that name a tag, and maybe the digest that it must point to. */
abstract class ReferenceContract extends DeletionTheme {

  ReferenceContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  private ImageRef reference(String suffix) {
    return ImageRef.parse(app().path() + suffix);
  }

  /** A reference pinned to a digest; one that no tag has where tags have none. */
  private ImageRef pinned(String tag, Optional<String> digest) {
    return reference(":" + tag + "@" + digest.orElse(OTHER_DIGEST));
  }

  // Reading

  @Test
  void theTagThatAReferenceNamesIsRead() {
    addTags("1.0", "1.1");

    Tag tag = registry().getTag(reference(":1.0"));

    assertEquals(registry().getTag(app(), "1.0"), tag);
    assertEquals(Optional.of(tag), registry().findTag(reference(":1.0")));
  }

  @Test
  void aReferenceCostsNoMoreThanItsParts() {
    addTags("1.0");
    registry().getTag(app(), "1.0"); // look-ups are done and remembered

    long byName = requestsOf(() -> registry().getTag(app(), "1.0"));

    assertRequests(byName, () -> registry().getTag(reference(":1.0")), "a tag by its reference");
  }

  @Test
  void aMissingTagIsMissingByItsReferenceToo() {
    addTags("1.0");

    TagNotFoundException e =
        assertThrows(TagNotFoundException.class, () -> registry().getTag(reference(":2.0")));

    assertEquals("2.0", e.tag());
    assertEquals(Optional.empty(), registry().findTag(reference(":2.0")));
  }

  @Test
  void aMissingImageIsMissingByItsReferenceToo() {
    addTags("1.0");
    ImageRef missing = ImageRef.parse(fixture().image("missing").path() + ":1.0");

    assertThrows(NotFoundException.class, () -> registry().getTag(missing));
    assertEquals(Optional.empty(), registry().findTag(missing));
  }

  @Test
  void aPinnedTagIsReadIfItPointsThere() {
    ImageRef pinned = pinned("1.0", addSharing("content", "1.0"));
    if (lacks(Feature.TAG_DIGEST, () -> registry().getTag(pinned))) {
      return;
    }

    assertEquals("1.0", registry().getTag(pinned).name());
    assertEquals(pinned.digest(), registry().findTag(pinned).flatMap(Tag::digest));
  }

  @Test
  void aPinnedTagThatPointsElsewhereIsNeitherReadNorAbsent() {
    addTags("1.0");
    ImageRef pinned = reference(":1.0@" + OTHER_DIGEST);
    if (lacks(Feature.TAG_DIGEST, () -> registry().findTag(pinned))) {
      return;
    }

    assertThrows(PreconditionFailedException.class, () -> registry().getTag(pinned));
    assertThrows(PreconditionFailedException.class, () -> registry().findTag(pinned));
  }

  // Deleting

  @Test
  void theTagThatAReferenceNamesIsDeletedAndNoOther() {
    addTags("1", "1.0", "latest");
    if (cannotDelete("1.0", STRICT)) {
      return;
    }

    assertDeletedAlone(registry().deleteTag(reference(":1.0"), STRICT));

    assertTagsLeft(app(), "1", "latest");
  }

  @Test
  void siblingsSurviveTheDeletionByAReference() {
    ImageRef pinned = pinned("1.0", addSharing("shared", "1.0", "1", "latest"));
    if (cannotDelete("1.0", STRICT)) {
      return;
    }
    ImageRef named =
        registry().supports(Feature.DELETE_ONLY_IF_DIGEST) ? pinned : reference(":1.0");

    if (differs(Difference.STRICT_REFUSES_SHARED_DIGEST)) {
      assertThrows(SharedDigestException.class, () -> registry().deleteTag(named, STRICT));
      assertTagsLeft(app(), "1.0", "1", "latest");
    } else {
      assertDeletedAlone(registry().deleteTag(named, STRICT));
      assertTagsLeft(app(), "1", "latest");
    }
  }

  @Test
  void aPinnedTagIsDeletedIfItPointsThere() {
    Optional<String> digest = addSharing("content", "1.0");
    addTags("1.1");
    DeleteOptions onlyIf = STRICT.onlyIfDigest(digest.orElse(OTHER_DIGEST));
    if (cannotDelete("1.0", onlyIf)) {
      return;
    }

    assertDeletedAlone(registry().deleteTag(pinned("1.0", digest), STRICT));

    assertTagsLeft(app(), "1.1");
  }

  @Test
  void aPinnedTagThatPointsElsewhereStays() {
    addTags("1.0");
    if (cannotDelete("1.0", STRICT.onlyIfDigest(OTHER_DIGEST))) {
      return;
    }
    ImageRef pinned = reference(":1.0@" + OTHER_DIGEST);

    for (DeleteOptions options : new DeleteOptions[] {STRICT, FORCE, IGNORING_MISSING}) {
      assertThrows(PreconditionFailedException.class, () -> registry().deleteTag(pinned, options));
    }
    assertTagsLeft(app(), "1.0");
  }

  @Test
  void aPinnedTagThatIsMissingIsMissing() {
    addTags("1.0");
    if (cannotDelete("2.0", STRICT.onlyIfDigest(OTHER_DIGEST))) {
      return;
    }
    ImageRef pinned = reference(":2.0@" + OTHER_DIGEST);

    assertThrows(TagNotFoundException.class, () -> registry().deleteTag(pinned, STRICT));
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry().deleteTag(pinned, IGNORING_MISSING).outcome());
    assertTagsLeft(app(), "1.0");
  }

  @Test
  void aDigestThatContradictsTheOptionsIsRefused() {
    addTags("1.0");
    DeleteOptions onlyIf = STRICT.onlyIfDigest("sha256:" + "1".repeat(64));

    assertRefusedUnsent(
        IllegalArgumentException.class,
        () -> registry().deleteTag(reference(":1.0@" + OTHER_DIGEST), onlyIf));
    assertTagsLeft(app(), "1.0");
  }

  // What names no tag

  @TestFactory
  Stream<DynamicTest> noTagIsAssumed() {
    addTags("1.0", "latest");
    Map<String, BiConsumer<Registry, ImageRef>> methods = new LinkedHashMap<>();
    methods.put("getTag", Registry::getTag);
    methods.put("findTag", Registry::findTag);
    methods.put("deleteTag", (registry, image) -> registry.deleteTag(image, IGNORING_MISSING));
    return methods.entrySet().stream()
        .flatMap(method -> Stream.of("", "@" + OTHER_DIGEST)
            .map(suffix -> dynamicTest(method.getKey() + " " + suffix, () -> {
              assertRefusedUnsent(
                  IllegalArgumentException.class,
                  () -> method.getValue().accept(registry(), reference(suffix)));
              assertTagsLeft(app(), "1.0", "latest");
            })));
  }
}
