package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.NotFoundException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciPersonality;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What more than one tag may go with, and what must be known before. */
class CarefulForceTest extends OciDeletionTest {

  private static final DeleteOptions ALLOWING_OTHERS = STRICT.allowingSiblings(List.of("others"));

  // A refusal that is not the registry's own word

  @ParameterizedTest
  @CsvSource({"404, 1", "405, 1", "404, 2", "405, 2"})
  void aGatewaysRefusalWidensNoForcedDeletion(int status, int times) {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    String digest = push("app", "1.0", "2.0", "latest");
    registry.deleteTag(APP, "2.0");
    emulator.failNext("DELETE", "/1.0$", times, Fault.status(status));

    DeleteResult result = registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(DeleteOutcome.DELETED, result.outcome());
    assertEquals(List.of(), result.deletedWith());
    assertEquals(Map.of("latest", digest), tags());
    assertTrue(emulator.manifests(REPOSITORY).contains(digest));
  }

  @Test
  void evenARefusalWithACodeIsAskedForTwice() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_0);
    String digest = push("app", "1.0", "latest");
    emulator.failNext("DELETE", "/1.0$", 1, refusal(405, "UNSUPPORTED"));

    registry.deleteTag(APP, "1.0", FORCED);

    assertEquals(Map.of("latest", digest), tags());
    assertSent("DELETE manifests/1.0", "DELETE manifests/1.0", "GET manifests/1.0");
  }

  @Test
  void withoutPlaceholdersAndWithoutTheRegistrysWordNothingIsDeleted() {
    String digest = push("app", "1.0", "latest");
    emulator.failNext("DELETE", "/1.0$", FOR_EVER, text(405));
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      for (DeleteOptions options : List.of(STRICT, FORCED)) {
        var failure = assertThrows(
            UnsupportedFeatureException.class, () -> careful.deleteTag(APP, "1.0", options));
        assertTrue(
            failure.getMessage().contains("nothing in the registry's own words"),
            failure.getMessage());
      }
    }
    assertEquals(Map.of("1.0", digest, "latest", digest), tags());
  }

  // Indexes of other tags

  @Test
  void aForcedDeletionOfAPlatformsTagLeavesItsIndexWhole() {
    String platform = push("platform", "amd64");
    String index = pushIndex("index", "multi", OciManifest.OCI_MANIFEST, platform);

    DeleteResult result = registry.deleteTag(APP, "amd64", FORCED);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, platform), result);
    assertEquals(Map.of("multi", index), tags());
    assertTrue(emulator.manifests(REPOSITORY).contains(platform));
  }

  @Test
  void withSiblingsTooAndTheyStay() {
    String platform = push("platform", "amd64", "x86");
    String inner = pushIndex("inner", null, OciManifest.OCI_MANIFEST, platform);
    String index = pushIndex("index", "multi", OciManifest.OCI_INDEX, inner);

    DeleteResult result = registry.deleteTag(APP, "amd64", FORCED);

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, platform), result);
    assertEquals(Map.of("multi", index, "x86", platform), tags());
    assertTrue(emulator.manifests(REPOSITORY).contains(platform));
  }

  @Test
  void theListOfWhatRefersToItsSubjectIsNoIndexThatWouldBreak() {
    String referrer = pushReferrer("signature", push("app", "1.0"), "signed", "signed-too");

    DeleteResult result = registry.deleteTag(APP, "signed", FORCED);

    assertEquals(
        DeleteResult.of(DeleteOutcome.DELETED, referrer).withDeleted(List.of("signed-too")),
        result);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutPlaceholdersTheIndexIsNamedAndNothingIsDeleted(boolean isForced) {
    String platform = push("platform", "amd64");
    String index = pushIndex("index", "multi", OciManifest.OCI_MANIFEST, platform);
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      var failure = assertThrows(
          ManifestInUseException.class,
          () -> careful.deleteTag(APP, "amd64", isForced ? FORCED : ALLOWING_OTHERS));

      assertEquals(List.of("multi"), failure.indexTags());
    }
    assertEquals(Map.of("amd64", platform, "multi", index), tags());
  }

  @Test
  void anIndexThatCannotBeReadIsNotTakenForOneThatListsNothing() {
    String platform = push("platform", "amd64", "x86");
    String index = pushIndex("index", "multi", OciManifest.OCI_MANIFEST, platform);
    emulator.failNext("GET", "/" + index + "$", FOR_EVER, text(404));

    assertThrows(NotFoundException.class, () -> registry.deleteTag(APP, "amd64", FORCED));

    assertEquals(Set.of("amd64", "x86", "multi"), tags().keySet());
  }

  // Siblings that may go

  @Test
  void whereATagCanGoAloneAllowedSiblingsStay() {
    String digest = push("app", "1.0", "2.0", "latest");

    DeleteResult result =
        registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("2.0", "latest")));

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, digest), result);
    assertEquals(Set.of("2.0", "latest"), tags().keySet());
  }

  @Test
  void withoutPlaceholdersTheyGoWithTheManifestAndAreNamed() {
    String digest = push("app", "1.0", "2.0", "latest");
    push("other", "other");
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      DeleteResult result = careful.deleteTag(
          APP, "1.0", STRICT.allowingSiblings(List.of("latest", "2.0", "not-there")));

      assertEquals(
          DeleteResult.of(DeleteOutcome.DELETED, digest).withDeleted(List.of("2.0", "latest")),
          result);
    }
    assertEquals(Set.of("other"), tags().keySet());
  }

  @Test
  void withoutPlaceholdersASiblingThatMayNotGoIsNamedAndNothingIsDeleted() {
    push("app", "1.0", "2.0", "latest");
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      var failure = assertThrows(
          SharedDigestException.class,
          () -> careful.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("2.0"))));

      assertEquals(List.of("latest"), failure.siblings());
    }
    assertEquals(Set.of("1.0", "2.0", "latest"), tags().keySet());
  }

  @Test
  void withoutPlaceholdersNoManifestGoesUnasked() {
    String digest = push("app", "1.0");
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      var failure =
          assertThrows(UnsupportedFeatureException.class, () -> careful.deleteTag(APP, "1.0"));

      assertEquals(Optional.of(Feature.DELETE_TAG), failure.feature());
    }
    assertSent("DELETE manifests/1.0", "GET manifests/1.0");
    assertEquals(Map.of("1.0", digest), tags());
  }

  @Test
  void withoutPlaceholdersATagWithoutSiblingsGoesWithItsManifestIfThatIsAllowed() {
    String digest = push("app", "1.0");
    push("other", "other");
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      assertEquals(
          DeleteResult.of(DeleteOutcome.DELETED, digest),
          careful.deleteTag(APP, "1.0", ALLOWING_OTHERS));
    }
    assertSent(
        "DELETE manifests/1.0",
        "GET manifests/1.0",
        "GET tags/list?n=1000",
        "HEAD manifests/other",
        PROBE,
        "DELETE manifests/app",
        "GET manifests/1.0");
    assertEquals(Set.of("other"), tags().keySet());
  }

  @Test
  void aSiblingThatCannotBeLookedAtIsNotTakenForNone() {
    push("app", "1.0", "latest");
    emulator.failNext("HEAD", "/latest$", FOR_EVER, text(404));
    emulator.failNext("GET", "/latest$", FOR_EVER, text(404));
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      assertThrows(NotFoundException.class, () -> careful.deleteTag(APP, "1.0", ALLOWING_OTHERS));
    }
    assertEquals(2, tags().size());
  }
}
