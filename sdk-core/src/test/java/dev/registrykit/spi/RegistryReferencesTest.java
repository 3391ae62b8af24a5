package dev.registrykit.spi;

import static dev.registrykit.spi.ScriptedRegistry.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References that name a tag, and maybe the digest that it has to point to. */
class RegistryReferencesTest {

  private static final String DIGEST = "sha256:" + "a".repeat(64);
  private static final String OTHER = "sha256:" + "b".repeat(64);
  private static final ImageRef TAGGED = ImageRef.parse("registry.example/ns/app:1.2");
  private static final ImageRef PINNED = ImageRef.parse("registry.example/ns/app:1.2@" + DIGEST);

  private final ScriptedRegistry registry = ScriptedRegistry.ordinary();

  @Test
  void theTagThatAReferenceNamesIsRead() {
    assertEquals("1.2", registry.getTag(TAGGED).name());
    assertEquals("1.2", registry.findTag(TAGGED).orElseThrow().name());
    assertEquals(List.of("tag ns/app:1.2", "tag ns/app:1.2"), registry.calls);
  }

  @Test
  void theTagThatAReferenceNamesIsDeleted() {
    registry.deleteTag(TAGGED, DeleteOptions.defaults().withForce());

    assertEquals(List.of("delete ns/app:1.2"), registry.calls);
    assertEquals(DeleteOptions.defaults().withForce(), registry.askedDeletion);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ns/app", "registry.example/ns/app"})
  void noTagIsAssumed(String reference) {
    assertNoTag(ImageRef.parse(reference));
    assertNoTag(ImageRef.parse(reference + "@" + DIGEST));
  }

  private void assertNoTag(ImageRef image) {
    assertRefused(() -> registry.getTag(image));
    assertRefused(() -> registry.findTag(image));
    assertRefused(() -> registry.deleteTag(image, DeleteOptions.defaults()));
  }

  @Test
  void aPinnedTagThatPointsThereIsRead() {
    registry.digest = DIGEST;

    assertEquals(Optional.of(DIGEST), registry.getTag(PINNED).digest());
    assertEquals(Optional.of(DIGEST), registry.findTag(PINNED).orElseThrow().digest());
  }

  @Test
  void aPinnedTagThatPointsElsewhereIsAnException() {
    registry.digest = OTHER;

    PreconditionFailedException e =
        assertThrows(PreconditionFailedException.class, () -> registry.getTag(PINNED));

    assertEquals(
        "get tag 1.2 of ns/app failed: it points to " + OTHER + ", not to " + DIGEST,
        e.getMessage());
    assertThrows(PreconditionFailedException.class, () -> registry.findTag(PINNED));
  }

  @Test
  void aPinnedTagWhoseDigestNobodyKnowsIsAnException() {
    assertThrows(PreconditionFailedException.class, () -> registry.getTag(PINNED));
  }

  @Test
  void aPinnedTagThatIsNotThereIsNotFound() {
    registry.failure = new TagNotFoundException(APP, "1.2", ErrorDetails.of("get tag", "none"));

    assertEquals(Optional.empty(), registry.findTag(PINNED));
    assertThrows(TagNotFoundException.class, () -> registry.getTag(PINNED));
  }

  @Test
  void theDigestOfAReferenceIsRequiredOfADeletion() {
    registry.deleteTag(PINNED, DeleteOptions.defaults().ignoringMissing());

    assertEquals(
        DeleteOptions.defaults().ignoringMissing().onlyIfDigest(DIGEST), registry.askedDeletion);
    assertEquals(List.of("delete ns/app:1.2"), registry.calls);
  }

  @Test
  void theSameDigestInTheOptionsIsNoContradiction() {
    registry.deleteTag(PINNED, DeleteOptions.defaults().onlyIfDigest(DIGEST));

    assertEquals(DeleteOptions.defaults().onlyIfDigest(DIGEST), registry.askedDeletion);
  }

  @Test
  void anotherDigestInTheOptionsIsRefused() {
    assertTrue(assertRefused(
            () -> registry.deleteTag(PINNED, DeleteOptions.defaults().onlyIfDigest(OTHER)))
        .getMessage()
        .contains("contradicts"));
  }

  @Test
  void whereTagsHaveNoDigestsNoneIsPinned() {
    ScriptedRegistry without = ScriptedRegistry.without(Feature.TAG_DIGEST);

    UnsupportedFeatureException e =
        assertThrows(UnsupportedFeatureException.class, () -> without.getTag(PINNED));

    assertEquals(Optional.of(Feature.TAG_DIGEST), e.feature());
    assertThrows(UnsupportedFeatureException.class, () -> without.findTag(PINNED));
    assertEquals(List.of(), without.calls);
    without.getTag(TAGGED);
  }

  @Test
  void whereNoDigestCanBeRequiredNoPinnedTagIsDeleted() {
    ScriptedRegistry without = ScriptedRegistry.without(Feature.DELETE_ONLY_IF_DIGEST);

    assertThrows(
        UnsupportedFeatureException.class,
        () -> without.deleteTag(PINNED, DeleteOptions.defaults()));
    assertEquals(List.of(), without.calls);
  }

  @Test
  void aReferenceToAnotherRegistryIsRefusedWhateverIsMissingHere() {
    ScriptedRegistry without = ScriptedRegistry.without(Feature.TAG_DIGEST);
    ImageRef elsewhere = ImageRef.parse("docker.io/ns/app:1.2@" + DIGEST);

    assertThrows(IllegalArgumentException.class, () -> without.getTag(elsewhere));
    assertRefused(() -> registry.deleteTag(elsewhere, DeleteOptions.defaults()));
  }

  private IllegalArgumentException assertRefused(Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertEquals(List.of(), registry.calls);
    return e;
  }
}
