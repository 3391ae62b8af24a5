package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing manifests as exact bytes: what is asked for, and what is believed. */
class ManifestTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_2);

  private static final String FOUR_TYPES = String.join(
      ", ",
      "application/vnd.oci.image.manifest.v1+json",
      "application/vnd.oci.image.index.v1+json",
      "application/vnd.docker.distribution.manifest.v2+json",
      "application/vnd.docker.distribution.manifest.list.v2+json");

  private static final String EMPTY_INDEX = "{\"schemaVersion\":2,\"manifests\":[]}";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hash(String algorithm, byte[] bytes) {
    try {
      return algorithm.replace("-", "").toLowerCase(Locale.ROOT) + ":"
          + HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers the next GET with these bytes. */
  private void answer(String contentType, String body) {
    answerManifest("GET", ".*", Fault.status(200, contentType, body));
  }

  private InvalidResponseException refused(String contentType, String body) {
    answer(contentType, body);
    return assertThrows(InvalidResponseException.class, () -> registry.getManifest(APP, "1.0"));
  }

  // Asking

  @Test
  void allFourTypesAreAskedForAlwaysAndInOneHeader() {
    String digest = push("1.0");
    registry.getManifest(APP, "1.0");
    registry.getManifest(APP, digest);
    registry.resolveTag(APP, "1.0");
    registry.getTag(APP, "1.0");
    registry.tagManifest(APP, "1.0", "2.0");

    List<List<String>> accepted = emulator.requests().stream()
        .filter(request -> request.rawPath().contains("/manifests/"))
        .filter(request -> !request.method().equals("PUT"))
        .map(request -> request.headers().get("Accept"))
        .toList();
    assertEquals(5, accepted.size());
    accepted.forEach(header -> assertEquals(List.of(FOUR_TYPES), header));
  }

  /** Recorded: asked with fewer types, 2.8 answers with the digest of the linux/amd64 child. */
  @Test
  void theDigestOfAListIsNotThatOfItsChild() {
    String child = emulator.pushDockerImage("shop/app", null, "amd64", DAY);
    String list = emulator.pushDockerList("shop/app", "1.0", child);

    assertEquals(list, registry.resolveTag(APP, "1.0"));
    OciManifest manifest = registry.getManifest(APP, "1.0");
    assertEquals(list, manifest.digest());
    assertEquals(OciManifest.DOCKER_MANIFEST_LIST, manifest.mediaType());
    assertEquals(child, manifest.manifests().get(0).digest());
  }

  @Test
  void aDockerImageIsNotConverted() {
    String digest = emulator.pushDockerImage("shop/app", "1.0", "x", DAY);

    assertEquals(digest, registry.resolveTag(APP, "1.0"));
    assertEquals(OciManifest.DOCKER_MANIFEST, registry.getManifest(APP, "1.0").mediaType());
  }

  // What it says

  @Test
  void aManifestIsReadByTagAndByDigestInOneRequest() {
    String digest = push("1.0");

    OciManifest byTag = registry.getManifest(APP, "1.0");
    OciManifest byDigest = registry.getManifest(APP, digest);

    assertEquals(byTag, byDigest);
    assertEquals(digest, byTag.digest());
    assertArrayEquals(emulator.manifestBytes("shop/app", digest), byTag.bytes());
    assertEquals(byTag.bytes().length, byTag.sizeBytes());
    assertFalse(byTag.isIndex());
    assertEquals(1, byTag.layers().size());
    assertSent(get("1.0"), get(digest));
  }

  @Test
  void allThatAManifestSaysIsThere() {
    String digest = OciEmulator.digestOf("x");
    String part = "{\"mediaType\":\"x/y\",\"digest\":\"" + digest + "\",\"size\":3000000000,"
        + "\"artifactType\":\"a/b\",\"annotations\":{\"k\":\"v\",\"none\":null}}";
    answer(
        OciManifest.OCI_MANIFEST,
        text(
            "{\"schemaVersion\":2,\"artifactType\":\"c/d\",\"config\":",
            part,
            ",\"layers\":[null,",
            part,
            "],\"subject\":",
            part,
            ",\"annotations\":{\"caf\u00e9\":\"\u2603\",\"none\":null},\"new\":{\"x\":1}}"));

    OciManifest manifest = registry.getManifest(APP, "1.0");

    OciDescriptor expected = OciDescriptor.builder("x/y", digest, 3_000_000_000L)
        .artifactType("a/b")
        .annotations(Map.of("k", "v"))
        .build();
    assertEquals(Optional.of("c/d"), manifest.artifactType());
    assertEquals(Optional.of(expected), manifest.config());
    assertEquals(List.of(expected), manifest.layers());
    assertEquals(Optional.of(expected), manifest.subject());
    assertEquals(Map.of("caf\u00e9", "\u2603"), manifest.annotations());
    assertEquals(List.of(), manifest.manifests());
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"os\":\"linux\",\"architecture\":\"amd64\"}', linux/amd64",
    "'{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}', linux/arm/v7",
    "'{\"os\":\"windows\",\"architecture\":\"amd64\",\"os.version\":\"10\"}', windows/amd64",
    "'{\"architecture\":\"amd64\"}', amd64"
  })
  void anIndexNamesItsPlatforms(String platform, String expected) {
    answer(
        OciManifest.OCI_INDEX,
        text(
            "{\"manifests\":[{\"mediaType\":\"x/y\",\"size\":1,\"digest\":\"",
            OciEmulator.digestOf("x"),
            "\",\"platform\":",
            platform,
            "}]}"));

    OciManifest index = registry.getManifest(APP, "1.0");

    assertTrue(index.isIndex());
    assertEquals(Optional.of(expected), index.manifests().get(0).platform());
  }

  @Test
  void nobodyChangesAManifestFromOutside() {
    push("1.0");
    OciManifest manifest = registry.getManifest(APP, "1.0");

    manifest.bytes()[0] = 'X';

    assertEquals('{', manifest.bytes()[0]);
    assertThrows(UnsupportedOperationException.class, () -> manifest.layers().clear());
    assertThrows(
        UnsupportedOperationException.class, () -> manifest.annotations().put("a", "b"));
  }

  // What is believed

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.oci.image.index.v1+json; charset=utf-8",
        "application/vnd.oci.image.index.v1+json;charset=\"utf-8\"; x=y",
        "Application/VND.OCI.image.INDEX.v1+json",
        "application/vnd.oci.image.index.v1+json ;"
      })
  void parametersAndCaseOfTheTypeMeanNothing(String contentType) {
    answer(contentType, EMPTY_INDEX);

    assertEquals(OciManifest.OCI_INDEX, registry.getManifest(APP, "1.0").mediaType());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/json",
        "application/octet-stream",
        "application/vnd.docker.distribution.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "application/vnd.oci.artifact.manifest.v1+json",
        "application/vnd.oci.image.index.v2+json",
        "x application/vnd.oci.image.index.v1+json"
      })
  void aTypeThatWasNotAskedForIsRefused(String contentType) {
    var failure = refused(contentType, EMPTY_INDEX);

    assertEquals(
        "get tag 1.0 of shop/app failed: the registry sent no manifest but " + contentType,
        failure.getMessage());
    assertEquals(1, emulator.requestCount());
  }

  static List<Fault> answersWithoutAType() {
    return List.of(Fault.status(200), Fault.status(200, ";charset=utf-8", "{}"));
  }

  @ParameterizedTest
  @MethodSource("answersWithoutAType")
  void anAnswerWithoutATypeIsRefused(Fault answer) {
    answerManifest("GET", "1.0", answer);

    var failure =
        assertThrows(InvalidResponseException.class, () -> registry.getManifest(APP, "1.0"));

    assertEquals(
        "get tag 1.0 of shop/app failed: the registry sent no manifest but something without a"
            + " type",
        failure.getMessage());
  }

  /** CVE-2021-41190: what can be read as two types is another image to every other reader. */
  @ParameterizedTest
  @CsvSource({
    OciManifest.OCI_INDEX + ", " + OciManifest.OCI_MANIFEST,
    OciManifest.OCI_MANIFEST + ", " + OciManifest.OCI_INDEX,
    OciManifest.DOCKER_MANIFEST + ", " + OciManifest.OCI_MANIFEST,
    OciManifest.OCI_INDEX + ", ''",
    OciManifest.OCI_INDEX + ", application/json"
  })
  void aManifestThatCallsItselfOtherwiseIsRefused(String sent, String own) {
    var failure = refused(sent, "{\"mediaType\":\"" + own + "\",\"manifests\":[]}");

    assertEquals(
        "get tag 1.0 of shop/app failed: the manifest calls itself " + own + " but was sent as "
            + sent,
        failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    OciManifest.OCI_INDEX + ", '{}'",
    OciManifest.OCI_INDEX + ", '{\"manifests\":null}'",
    OciManifest.OCI_INDEX + ", '{\"manifests\":[],\"layers\":[]}'",
    OciManifest.OCI_INDEX
        + ", '{\"manifests\":[],\"config\":{\"mediaType\":\"x/y\",\"size\":1,\"digest\":\"a:b\"}}'",
    OciManifest.DOCKER_MANIFEST_LIST + ", '{\"manifests\":[],\"layers\":[]}'",
    OciManifest.OCI_MANIFEST + ", '{\"manifests\":[]}'",
    OciManifest.OCI_MANIFEST + ", '{\"layers\":[],\"manifests\":[]}'",
    OciManifest.DOCKER_MANIFEST + ", '{\"layers\":[],\"manifests\":[]}'"
  })
  void aManifestThatCouldBeReadAsAnotherTypeIsRefused(String sent, String body) {
    var failure = refused(sent, body);

    assertEquals(
        "get tag 1.0 of shop/app failed: the manifest is not what " + sent + " stands for",
        failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "42",
        "{",
        "<html></html>",
        "{\"manifests\":[]} {}",
        "{\"manifests\":{}}",
        "{\"manifests\":[1]}",
        "{\"manifests\":[{}]}",
        "{\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"a:b\"}]}",
        "{\"manifests\":[{\"mediaType\":\"x/y\",\"size\":1}]}",
        "{\"manifests\":[{\"digest\":\"a:b\",\"size\":1}]}",
        "{\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"../x\",\"size\":1}]}",
        "{\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"sha256:a\",\"size\":1}]}",
        "{\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"a:b\",\"size\":-1}]}",
        "{\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"a:b\",\"size\":1e99}]}",
        "{\"manifests\":[],\"annotations\":[]}",
        "{\"manifests\":[],\"annotations\":{\"a\":{}}}"
      })
  void bytesThatAreNoManifestAreRefused(String body) {
    var failure = refused(OciManifest.OCI_INDEX, body);

    assertTrue(
        failure.getMessage().startsWith("get tag 1.0 of shop/app failed: "), failure.getMessage());
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void bytesNestedWithoutEndAreRefused() {
    refused(OciManifest.OCI_INDEX, "{\"manifests\":[],\"x\":" + "[".repeat(50_000));
  }

  @Test
  void aManifestLargerThanFourMebibytesIsNotReadToItsEnd() {
    answerManifest("GET", "1.0", Fault.oversizedBody(50_000_000));

    var failure =
        assertThrows(InvalidResponseException.class, () -> registry.getManifest(APP, "1.0"));

    assertTrue(failure.getMessage().contains("more than 4194304 bytes"), failure.getMessage());
  }

  @Test
  void otherBytesThanThoseOfTheDigestAskedForAreRefused() {
    String digest = push("1.0");
    emulator.faults().setBytesCorrupted(true);

    var failure =
        assertThrows(InvalidResponseException.class, () -> registry.getManifest(APP, digest));

    assertEquals(
        "get manifest " + digest
            + " of shop/app failed: the manifest's bytes do not have the digest " + digest,
        failure.getMessage());
  }

  /** Even if the answer names their own digest. */
  @Test
  void theDigestAskedForCountsAndNotTheHeader() {
    String digest = push("1.0");
    String other = push("2.0");
    answerManifest(
        "GET",
        digest,
        Fault.status(
                200,
                OciManifest.OCI_MANIFEST,
                new String(emulator.manifestBytes("shop/app", other), StandardCharsets.UTF_8))
            .withHeader("Docker-Content-Digest", other));

    assertThrows(InvalidResponseException.class, () -> registry.getManifest(APP, digest));
  }

  @Test
  void otherBytesThanThoseOfTheHeadersDigestAreRefused() {
    String digest = push("1.0");
    emulator.faults().setBytesCorrupted(true);

    var failure =
        assertThrows(InvalidResponseException.class, () -> registry.getManifest(APP, "1.0"));

    assertEquals(
        "get tag 1.0 of shop/app failed: the manifest's bytes do not have the digest " + digest,
        failure.getMessage());
  }

  @Test
  void withoutADigestInTheHeaderItIsComputed() {
    String digest = push("1.0");
    emulator.faults().setDigestHeaderOmitted(true);

    assertEquals(digest, registry.getManifest(APP, "1.0").digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:0a", "md5:0a", "../x", "sha256:", "sha1024:0a"})
  void aHeaderThatIsNoDigestIsNotBelieved(String value) {
    String digest = push("1.0");
    emulator.faults().setDigestHeader(value);

    assertEquals(digest, registry.getManifest(APP, "1.0").digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA-384", "SHA-512"})
  void aDigestOfAnotherAlgorithmIsVerifiedToo(String algorithm) {
    push("1.0");
    byte[] bytes = emulator.manifestBytes("shop/app", "1.0");
    String digest = hash(algorithm, bytes);
    emulator.faults().setDigestHeader(digest);

    assertEquals(digest, registry.getManifest(APP, "1.0").digest());
    assertEquals(digest, registry.resolveTag(APP, "1.0"));

    emulator.faults().setDigestHeader(hash(algorithm, bytes("other")));
    assertThrows(InvalidResponseException.class, () -> registry.getManifest(APP, "1.0"));
  }

  @Test
  void aManifestIsReadByASha512Digest() {
    String digest = hash("SHA-512", bytes(EMPTY_INDEX));
    answer(OciManifest.OCI_INDEX, EMPTY_INDEX);
    answer(OciManifest.OCI_INDEX, EMPTY_INDEX + " ");

    assertEquals(digest, registry.getManifest(APP, digest).digest());
    assertThrows(InvalidResponseException.class, () -> registry.getManifest(APP, digest));
    assertSent(get(digest), get(digest));
  }

  @Test
  void aMissingManifestIsNamedByItsTagOrDigest() {
    push("1.0");
    String digest = OciEmulator.digestOf("x");

    assertThrows(TagNotFoundException.class, () -> registry.getManifest(APP, "2.0"));
    var failure = assertThrows(NotFoundException.class, () -> registry.getManifest(APP, digest));

    assertEquals(NotFoundException.class, failure.getClass());
    assertEquals(
        "get manifest " + digest
            + " of shop/app failed: HTTP 404 MANIFEST_UNKNOWN: manifest unknown",
        failure.getMessage());
  }

  // Writing

  @Test
  void aManifestIsWrittenAsItIs() {
    byte[] bytes = bytes("{ \"schemaVersion\" : 2,\n\"manifests\" : [ ],\"x\":\"caf\u00e9\"}\n");

    String digest = registry.putManifest(APP, "1.0", OciManifest.OCI_INDEX, bytes);

    assertEquals(OciEmulator.digestOf(bytes), digest);
    assertArrayEquals(bytes, emulator.manifestBytes("shop/app", "1.0"));
    assertSent("PUT /v2/shop/app/manifests/1.0");
    assertEquals(
        List.of(OciManifest.OCI_INDEX), emulator.requests().get(0).headers().get("Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA-256", "SHA-512"})
  void aManifestIsWrittenByItsDigest(String algorithm) {
    String digest = hash(algorithm, bytes(EMPTY_INDEX));

    assertEquals(
        digest, registry.putManifest(APP, digest, OciManifest.OCI_INDEX, bytes(EMPTY_INDEX)));
    assertSent("PUT /v2/shop/app/manifests/" + digest);
  }

  @Test
  void bytesOfAnotherDigestAreRefusedBeforeTheyAreSent() {
    String digest = OciEmulator.digestOf("other");

    var failure = assertThrows(
        IllegalArgumentException.class,
        () -> registry.putManifest(APP, digest, OciManifest.OCI_INDEX, bytes(EMPTY_INDEX)));

    assertEquals("the bytes do not have the digest " + digest, failure.getMessage());
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, '{\"manifests\":[]}'",
    "'', '{\"manifests\":[]}'",
    OciManifest.OCI_INDEX + ", ''",
    OciManifest.OCI_INDEX + ", no JSON",
    OciManifest.OCI_INDEX + ", '{}'",
    OciManifest.OCI_INDEX + ", '{\"manifests\":[],\"mediaType\":\"x/y\"}'",
    OciManifest.OCI_MANIFEST + ", '{\"manifests\":[]}'"
  })
  void whatIsNoSuchManifestIsRefusedBeforeItIsSent(String mediaType, String body) {
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.putManifest(APP, "1.0", mediaType, bytes(body)));
    assertNothingSent();
  }

  @Test
  void aRegistryThatStoredOtherBytesIsFoundOut() {
    emulator.faults().setDigestHeader(OciEmulator.digestOf("other"));

    var failure = assertThrows(
        InvalidResponseException.class,
        () -> registry.putManifest(APP, "1.0", OciManifest.OCI_INDEX, bytes(EMPTY_INDEX)));

    assertEquals(
        "put manifest 1.0 of shop/app failed: the registry stored other bytes, of digest "
            + OciEmulator.digestOf("other"),
        failure.getMessage());
  }

  @Test
  void aWriteIsNeverRedirected() {
    emulator.failNext(Fault.redirect(308, "/elsewhere"));

    var failure = assertThrows(
        RegistryServiceException.class,
        () -> registry.putManifest(APP, "1.0", OciManifest.OCI_INDEX, bytes(EMPTY_INDEX)));

    assertTrue(
        failure.getMessage().contains("HTTP 308: redirects are followed for reading only"),
        failure.getMessage());
    assertEquals(1, emulator.requestCount());
  }

  // Values

  @Test
  void manifestsAndDescriptorsCompareByWhatTheyAre() {
    String digest = OciEmulator.digestOf(EMPTY_INDEX);
    OciManifest one =
        OciManifest.builder(OciManifest.OCI_INDEX, digest, bytes(EMPTY_INDEX)).build();
    OciManifest same =
        OciManifest.builder(OciManifest.OCI_INDEX, digest, bytes(EMPTY_INDEX)).build();
    OciManifest other = OciManifest.builder(
            OciManifest.DOCKER_MANIFEST_LIST, digest, bytes(EMPTY_INDEX))
        .build();
    OciDescriptor descriptor = OciDescriptor.builder("x/y", digest, 1).build();

    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(one, other);
    assertEquals(OciManifest.OCI_INDEX + " " + digest, one.toString());
    assertEquals(descriptor, OciDescriptor.builder("x/y", digest, 1).build());
    assertNotEquals(descriptor, OciDescriptor.builder("x/y", digest, 2).build());
    assertNotEquals(
        descriptor,
        OciDescriptor.builder("x/y", digest, 1).platform("linux/amd64").build());
    assertEquals(
        "x/y " + digest + " for linux/amd64",
        OciDescriptor.builder("x/y", digest, 1).platform("linux/amd64").build().toString());
    assertThrows(IllegalArgumentException.class, () -> OciDescriptor.builder("x/y", digest, -1));
    assertThrows(IllegalArgumentException.class, () -> OciDescriptor.builder("x/y", "x", 1));
  }

  @Test
  void aMissingImageIsToldFromAMissingManifest() {
    answerManifest("GET", ".*", Fault.json(404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}"));

    assertThrows(
        ImageNotFoundException.class, () -> registry.getManifest(APP, OciEmulator.digestOf("x")));
  }
}
