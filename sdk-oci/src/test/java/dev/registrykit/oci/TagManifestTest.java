package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciPersonality;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Giving a manifest one more tag. */
class TagManifestTest extends OciDeletionTest {

  private static final String ODD =
      "{ \"schemaVersion\" : 2,\n\t\"manifests\":[],\"x\":\"\u00fc\",\r\n \"mediaType\":\""
          + OciManifest.DOCKER_MANIFEST_LIST + "\"}\n";

  @Test
  void theExactBytesAreWrittenUnderTheOtherName() {
    byte[] bytes = ODD.getBytes(StandardCharsets.UTF_8);
    String digest =
        emulator.putManifest(REPOSITORY, "1.0", OciManifest.DOCKER_MANIFEST_LIST, bytes);

    assertEquals(digest, registry.tagManifest(APP, "1.0", "latest"));

    assertSent("GET manifests/1.0", "PUT manifests/latest");
    assertEquals(ODD, emulator.requests().get(1).body());
    assertEquals(
        OciManifest.DOCKER_MANIFEST_LIST,
        emulator.requests().get(1).header("Content-Type").orElseThrow());
    assertEquals(Map.of("1.0", digest, "latest", digest), tags());
    assertArrayEquals(bytes, emulator.manifestBytes(REPOSITORY, "latest"));
  }

  @Test
  void aManifestIsTaggedByItsDigestAndATagIsMoved() {
    String app = push("app");
    push("other", "latest");

    assertEquals(app, registry.tagManifest(APP, app, "latest"));

    assertSent("GET manifests/app", "PUT manifests/latest");
    assertEquals(Map.of("latest", app), tags());
  }

  @Test
  void whatIsMissingIsNamed() {
    push("app", "1.0");

    var tag =
        assertThrows(TagNotFoundException.class, () -> registry.tagManifest(APP, "no", "new"));
    var digest =
        assertThrows(NotFoundException.class, () -> registry.tagManifest(APP, NO_MANIFEST, "new"));

    assertEquals("no", tag.tag());
    assertEquals(
        "tag no of shop/app as new failed: HTTP 404 MANIFEST_UNKNOWN: manifest unknown",
        tag.getMessage());
    assertEquals(NotFoundException.class, digest.getClass());
    assertEquals(1, tags().size());
  }

  @Test
  void bytesThatDoNotHaveTheirDigestAreNotSpread() {
    push("app", "1.0");
    emulator.faults().setBytesCorrupted(true);

    assertThrows(InvalidResponseException.class, () -> registry.tagManifest(APP, "1.0", "new"));

    assertSent("GET manifests/1.0");
  }

  @Test
  void aRegistryThatStoresOtherBytesIsNotTrusted() {
    push("app", "1.0");
    emulator.failNext(
        "PUT", "", 1, Fault.status(201).withHeader("Docker-Content-Digest", NO_MANIFEST));

    assertThrows(InvalidResponseException.class, () -> registry.tagManifest(APP, "1.0", "new"));
  }

  @Test
  void whereNothingMayBePushedThatIsSaid() {
    String digest = push("app", "1.0");
    byte[] bytes = emulator.manifestBytes(REPOSITORY, digest);
    emulator.personality(OciPersonality.DISTRIBUTION_2_READ_ONLY);

    for (Runnable call : List.<Runnable>of(
        () -> registry.tagManifest(APP, "1.0", "new"),
        () -> registry.putManifest(APP, "new", OciManifest.OCI_MANIFEST, bytes))) {
      var failure = assertThrows(UnsupportedFeatureException.class, call::run);

      assertTrue(
          failure
              .getMessage()
              .endsWith("failed: this registry takes no pushes, or is read-only (HTTP 405)"),
          failure.getMessage());
      assertTrue(failure.feature().isEmpty());
      assertFalse(failure.mayHaveTakenEffect());
    }
    assertEquals(Map.of("1.0", digest), tags());
  }

  @Test
  void aRefusalForNowIsAConflict() {
    push("app", "1.0");
    emulator.failNext("PUT", "", 1, refusal(405, "DENIED"));

    assertThrows(ConflictException.class, () -> registry.tagManifest(APP, "1.0", "new"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../x", "-a", "sha256:abc"})
  void argumentsAreCheckedFirst(String tag) {
    for (Runnable call : List.<Runnable>of(
        () -> registry.tagManifest(APP, "1.0", tag), () -> registry.tagManifest(APP, tag, "1.0"))) {
      assertThrows(IllegalArgumentException.class, call::run);
    }
    assertSent();
  }
}
