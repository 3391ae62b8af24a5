package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading one tag or one image by its name, and what a tag points to. */
class ReadOneTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  @Test
  void aTagCostsItsManifestAndItsConfiguration() {
    String digest = push("1.0");
    String config = configOf("1.0");

    Tag tag = registry.getTag(APP, "1.0");

    assertEquals(APP, tag.image());
    assertEquals("1.0", tag.name());
    assertEquals(Optional.of(digest), tag.digest());
    assertEquals(Optional.of(DAY), tag.createdAt());
    assertEquals(Optional.empty(), tag.updatedAt());
    assertTrue(tag.sizeBytes().orElseThrow() > 0);
    assertSent(get("1.0"), blob(config));
  }

  @Test
  void anotherTagOfThatDigestCostsOneRequest() {
    String digest = push("1.0");
    emulator.moveTag("shop/app", "latest", digest);
    registry.getTag(APP, "1.0");
    emulator.clearRequests();

    assertEquals(Optional.of(DAY), registry.getTag(APP, "latest").createdAt());
    assertSent(get("latest"));
  }

  @Test
  void aTagsNameStandsInThePathAsItIs() {
    push("sha256-0a.sbom_x-Y");

    registry.getTag(APP, "sha256-0a.sbom_x-Y");

    assertEquals(
        "/v2/shop/app/manifests/sha256-0a.sbom_x-Y", emulator.requests().get(0).rawPath());
  }

  @Test
  void aMissingTagIsNamed() {
    push("1.0");

    var failure = assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "2.0"));

    assertEquals(APP, failure.image());
    assertEquals("2.0", failure.tag());
    assertEquals(
        "get tag 2.0 of shop/app failed: HTTP 404 MANIFEST_UNKNOWN: manifest unknown",
        failure.getMessage());
    assertSent(get("2.0"));
  }

  @Test
  void aMissingImageIsNamedWhereTheRegistrySaysSo() {
    emulator.personality(OciPersonality.QUAY);

    var failure = assertThrows(ImageNotFoundException.class, () -> registry.getTag(APP, "1.0"));

    assertEquals(APP, failure.image());
    assertEquals(Optional.of("NAME_UNKNOWN"), failure.errorCode());
  }

  @Test
  void findTagIsEmptyForAMissingTagOrImage() {
    emulator.personality(OciPersonality.QUAY);
    push("1.0");

    assertEquals("1.0", registry.findTag(APP, "1.0").orElseThrow().name());
    assertEquals(Optional.empty(), registry.findTag(APP, "2.0"));
    assertEquals(Optional.empty(), registry.findTag(ImageRef.of("shop/web"), "1.0"));
  }

  @Test
  void findTagDoesNotTakeAWrongAddressForAMissingTag() {
    push("1.0");
    try (OciRegistry lost = builder().registry(emulator.baseUrl() + "/wrong").build()) {
      var failure = assertThrows(NotFoundException.class, () -> lost.findTag(APP, "1.0"));

      assertEquals(NotFoundException.class, failure.getClass());
      assertEquals(404, failure.statusCode());
    }
  }

  /** ECR labels JSON as text. */
  @Test
  void theRegistrysWordCountsUnderAnyLabel() {
    String json = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}";
    emulator.failNext(Fault.status(404, "text/plain; charset=utf-8", json));

    assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "1.0"));
  }

  @Test
  void anImageIsThereIfItHasATag() {
    push("1.0");

    Image image = registry.getImage(APP);

    assertEquals(APP, image.ref());
    assertSent("GET /v2/shop/app/tags/list?n=1");
  }

  @Test
  void anImageWithoutTagsIsMissing() {
    push("1.0");
    emulator.removeTag("shop/app", "1.0");

    var failure = assertThrows(ImageNotFoundException.class, () -> registry.getImage(APP));

    assertEquals("get image shop/app failed: it has no tags", failure.getMessage());
    assertEquals(0, failure.statusCode());
  }

  @Test
  void anImageIsLookedForOnTheNextPageIfTheFirstIsEmpty() {
    emulator.faults().setTagListPages("shop/app", "{\"tags\":null}", "{\"tags\":[\"a\"]}");

    assertEquals(APP, registry.getImage(APP).ref());
  }

  @Test
  void aMissingImageIsOne() {
    var failure = assertThrows(ImageNotFoundException.class, () -> registry.getImage(APP));

    assertEquals(
        "get image shop/app failed: HTTP 404 NAME_UNKNOWN: repository name not known to registry",
        failure.getMessage());
  }

  @Test
  void resolvingATagCostsOneHead() {
    String digest = push("prod");

    assertEquals(digest, registry.resolveTag(APP, "prod"));
    assertSent(head("prod"));
  }

  @Test
  void theTagOfAReferenceMayBeSaidTwiceButNotDifferently() {
    String digest = push("prod");
    ImageRef image = ImageRef.parse("shop/app:prod");

    assertEquals(digest, registry.resolveTag(image, "prod"));
    assertThrows(IllegalArgumentException.class, () -> registry.resolveTag(image, "test"));
    assertThrows(IllegalArgumentException.class, () -> registry.getManifest(image, "test"));
    assertThrows(IllegalArgumentException.class, () -> registry.tagManifest(image, "test", "new"));
    assertSent(head("prod"));
  }

  @Test
  void theDigestOfAReferenceCannotBeContradicted() {
    String digest = push("prod");
    ImageRef image = ImageRef.parse("shop/app:prod@" + digest);
    String other = OciEmulator.digestOf("other");

    assertEquals(digest, registry.getManifest(image, digest).digest());
    assertThrows(IllegalArgumentException.class, () -> registry.getManifest(image, other));
    assertThrows(IllegalArgumentException.class, () -> registry.getManifest(image, "prod"));
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aMissingTagCannotBeResolved() {
    push("1.0");

    var failure = assertThrows(TagNotFoundException.class, () -> registry.resolveTag(APP, "2.0"));

    assertEquals(
        "resolve tag 2.0 of shop/app failed: HTTP 404 MANIFEST_UNKNOWN: manifest unknown",
        failure.getMessage());
    assertSent(head("2.0"), get("2.0"));
  }

  /** Facts 1.1: the header is a SHOULD of the specification 1.1.1. */
  @Test
  void aDigestThatHeadDoesNotTellIsComputedOverTheBytes() {
    String digest = push("1.0");
    emulator.faults().setDigestHeaderOmitted(true);

    assertEquals(digest, registry.resolveTag(APP, "1.0"));
    assertSent(head("1.0"), get("1.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256:",
        "sha256:0a",
        "latest",
        "../../x",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "SHA256:0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A"
      })
  void aDigestThatIsNoneIsNotBelieved(String value) {
    String digest = push("1.0");
    emulator.faults().setDigestHeader(value);

    assertEquals(digest, registry.resolveTag(APP, "1.0"));
    assertSent(head("1.0"), get("1.0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 405})
  void whatHeadIsRefusedForIsAskedByGet(int status) {
    String digest = push("1.0");
    emulator.failNext("HEAD", "", 1, Fault.status(status));

    assertEquals(digest, registry.resolveTag(APP, "1.0"));
    assertSent(head("1.0"), get("1.0"));
  }

  @Test
  void whatGetIsRefusedForTooIsExplained() {
    emulator.failNext("HEAD", "", 1, Fault.status(403));
    emulator.failNext(
        "GET",
        "",
        1,
        Fault.json(403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"pull is denied\"}]}"));

    var failure =
        assertThrows(PermissionDeniedException.class, () -> registry.resolveTag(APP, "1.0"));

    assertEquals(
        "resolve tag 1.0 of shop/app failed: HTTP 403 DENIED: pull is denied",
        failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "application/json", "application/vnd.oci.image.config.v1+json"})
  void aHeadOfAnotherTypeIsAskedByGet(String contentType) {
    String digest = push("1.0");
    answerManifest(
        "HEAD",
        "1.0",
        Fault.status(200, contentType, "")
            .withHeader("Docker-Content-Digest", OciEmulator.digestOf("other")));

    assertEquals(digest, registry.resolveTag(APP, "1.0"));
    assertSent(head("1.0"), get("1.0"));
  }

  @Test
  void aHeadWithoutATypeIsAskedByGet() {
    String digest = push("1.0");
    answerManifest(
        "HEAD",
        "1.0",
        Fault.status(200).withHeader("Docker-Content-Digest", OciEmulator.digestOf("other")));

    assertEquals(digest, registry.resolveTag(APP, "1.0"));
  }

  @Test
  void theDigestOfAWrongManifestIsNotTold() {
    push("1.0");
    emulator.faults().setDigestHeaderOmitted(true);
    emulator.failNext("GET", "", 1, Fault.html());

    var failure =
        assertThrows(InvalidResponseException.class, () -> registry.resolveTag(APP, "1.0"));

    assertEquals(
        "resolve tag 1.0 of shop/app failed: the registry sent no manifest but text/html",
        failure.getMessage());
  }

  @Test
  void waitingForAManifestDoesNotMistakeAnotherDigestForIt() {
    String digest = push("1.0");
    emulator.faults().setDigestHeader(OciEmulator.digestOf("other"));
    var options = WaitOptions.defaults().withTimeout(Duration.ZERO);
    assertThrows(
        RegistryTimeoutException.class, () -> registry.waitUntilManifestGone(APP, digest, options));

    assertSent(head(digest), get(digest));
  }
}
