package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.ServerException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.TagContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What digests, dates and sizes of listed tags cost, and where they come from, where it is counted who reads a
 * manifest; {@link ListTagsByManifestTest} is about the others.
 */
class ListTagsInDetailTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  @Override
  OciPreset preset() {
    return OciPreset.HARBOR;
  }

  private static final ListTagsOptions DIGEST =
      ListTagsOptions.defaults().withDetail(TagDetail.DIGEST);

  private static final ListTagsOptions FULL = ListTagsOptions.defaults().withDetail(TagDetail.FULL);

  /** One after the other, so that requests come in an order that can be told. */
  private static final ListTagsOptions FULL_IN_TURN = FULL.withConcurrency(1);

  private static final String EMPTY_CONFIG = "application/vnd.oci.empty.v1+json";
  private static final String IMAGE_CONFIG = "application/vnd.oci.image.config.v1+json";

  @Test
  void aDigestCostsOneHeadATag() {
    String one = push("a");
    String two = push("b");

    List<Tag> tags = registry.listTags(APP, DIGEST.withConcurrency(1)).toList();

    assertEquals(
        List.of(
            Tag.builder(APP, "a").digest(one).build(),
            Tag.builder(APP, "b").digest(two).build()),
        tags);
    assertSent(LIST, head("a"), head("b"));
  }

  @Test
  void theRestCostsAManifestAndAConfigurationADigest() {
    String digest = push("a");
    emulator.moveTag("shop/app", "b", digest);
    String config = configOf("a");

    try (OciRegistry fresh = builder().build()) {
      List<Tag> tags = fresh.listTags(APP, FULL_IN_TURN).toList();

      assertEquals(2, tags.size());
      assertEquals(Optional.of(DAY), tags.get(0).createdAt());
      assertEquals(Optional.of(DAY), tags.get(1).createdAt());
      assertEquals(Optional.of(digest), tags.get(1).digest());
    }
    assertSent(LIST, head("a"), get(digest), blob(config), head("b"));
  }

  @Test
  void progressIsToldTagByTagOnceThePagesOfAnOrderedListAreRead() {
    String digest = push("a");
    emulator.moveTag("shop/app", "b", digest);
    push("c");
    List<String> heard = new ArrayList<>();
    ListTagsOptions newestFirst = FULL_IN_TURN
        .withOrder(TagOrder.CREATED_DESC)
        .withPageSize(2)
        .withProgressListener(
            progress -> heard.add(progress.completed() + " of " + progress.listed()));

    registry.listTags(APP, newestFirst).firstPage();

    assertEquals(List.of("0 of 2", "0 of 3", "1 of 3", "2 of 3", "3 of 3"), heard);
  }

  @Test
  void progressIsToldOfDigestsToo() {
    push("a");
    push("b");
    List<Long> heard = new ArrayList<>();
    ListTagsOptions byName = DIGEST
        .withConcurrency(1)
        .withOrder(TagOrder.NAME_DESC)
        .withProgressListener(progress -> heard.add(progress.completed()));

    registry.listTags(APP, byName).firstPage();

    assertEquals(List.of(0L, 1L, 2L), heard);
  }

  @Test
  void aTagWhoseDateWasListedCountsAtOnce() {
    answerNext("{\"tags\":[\"a\"],\"manifest\":{\"" + OciEmulator.digestOf("x")
        + "\":{\"tag\":[\"a\"],\"timeCreatedMs\":\"" + DAY.toEpochMilli() + "\"}}}");
    List<Long> heard = new ArrayList<>();
    ListTagsOptions newestFirst = FULL_IN_TURN
        .withOrder(TagOrder.CREATED_DESC)
        .withProgressListener(progress -> heard.add(progress.completed()));

    Tag tag = registry.listTags(APP, newestFirst).firstPage().items().get(0);

    assertEquals(Optional.of(DAY), tag.createdAt());
    assertEquals(List.of(0L, 1L), heard);
    assertSent(LIST);
  }

  @Test
  void aSizeIsThatOfConfigurationAndLayers() {
    String digest = push("a");
    OciManifest manifest = registry.getManifest(APP, digest);
    long expected =
        manifest.config().orElseThrow().sizeBytes() + manifest.layers().get(0).sizeBytes();

    assertEquals(OptionalLong.of(expected), only(FULL).sizeBytes());
  }

  private Tag only(ListTagsOptions options) {
    List<Tag> tags = registry.listTags(APP, options).toList();
    assertEquals(1, tags.size(), tags.toString());
    return tags.get(0);
  }

  @Test
  void aSizeOfNothingIsASize() {
    String digest = OciEmulator.digestOf("");
    emulator.putManifest(
        "shop/app",
        "a",
        OciManifest.OCI_MANIFEST,
        text(
                "{\"schemaVersion\":2,\"config\":",
                descriptor(EMPTY_CONFIG, digest, 0, ""),
                ",\"layers\":[",
                descriptor("x/y", digest, 0, ""),
                "]}")
            .getBytes(StandardCharsets.UTF_8));

    assertEquals(OptionalLong.of(0), only(FULL).sizeBytes());
  }

  @Test
  void sizesThatCannotBeAddedUpAreNone() {
    String layer = "{\"mediaType\":\"x/y\",\"digest\":\"" + OciEmulator.digestOf("l")
        + "\",\"size\":" + Long.MAX_VALUE + "}";
    pushManifest("a", EMPTY_CONFIG, "{}", "\"layers\":[" + layer + "," + layer + "]");

    assertEquals(OptionalLong.empty(), only(FULL).sizeBytes());
  }

  /** Pushes a manifest whose configuration is of that type and content. */
  private String pushManifest(String tag, String configType, String config, String rest) {
    byte[] bytes = config.getBytes(StandardCharsets.UTF_8);
    String digest = emulator.putBlob("shop/app", bytes);
    String manifest = text(
        "{\"schemaVersion\":2,\"config\":",
        descriptor(configType, digest, bytes.length, ""),
        rest.isEmpty() ? "" : "," + rest,
        "}");
    return emulator.putManifest(
        "shop/app", tag, OciManifest.OCI_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
  }

  private static String descriptor(String mediaType, String digest, long size, String rest) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(mediaType, digest, size, rest);
  }

  private String pushIndex(String tag, String... children) {
    String index = "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", children) + "]}";
    return emulator.putManifest(
        "shop/app", tag, OciManifest.OCI_INDEX, index.getBytes(StandardCharsets.UTF_8));
  }

  private static String child(String digest, String rest) {
    return descriptor(OciManifest.OCI_MANIFEST, digest, 7, rest);
  }

  private static String platform(String os, String architecture) {
    return ",\"platform\":{\"os\":\"" + os + "\",\"architecture\":\"" + architecture + "\"}";
  }

  @Test
  void anAnnotationSparesTheConfiguration() {
    String digest = emulator.pushImage(
        "shop/app", "a", "x", DAY.plusSeconds(9), Map.of(CREATED, DAY.toString()));

    assertEquals(Optional.of(DAY), only(FULL).createdAt());
    assertSent(LIST, head("a"), get(digest));
  }

  @Test
  void theDateOfAnIndexIsThatOfItsFirstPlatformThatHasOne() {
    String undated = emulator.pushUntaggedImage("shop/app", "amd64", null);
    String dated = emulator.pushUntaggedImage("shop/app", "arm64", DAY);
    String third = emulator.pushUntaggedImage("shop/app", "s390x", DAY.plusSeconds(1));
    String index = emulator.pushIndex("shop/app", "a", undated, dated, third);
    String undatedConfig = configOf(undated);
    String datedConfig = configOf(dated);

    Tag tag = only(FULL);

    assertEquals(Optional.of(DAY), tag.createdAt());
    assertEquals(OptionalLong.empty(), tag.sizeBytes());
    assertSent(
        LIST,
        head("a"),
        get(index),
        get(undated),
        blob(undatedConfig),
        get(dated),
        blob(datedConfig));
  }

  @Test
  void aDockerListIsAnIndexToo() {
    String child = emulator.pushDockerImage("shop/app", null, "amd64", DAY);
    String list = emulator.pushDockerList("shop/app", "a", child);

    Tag tag = only(FULL);

    assertEquals(Optional.of(list), tag.digest());
    assertEquals(Optional.of(DAY), tag.createdAt());
  }

  @Test
  void anAnnotatedIndexCostsOneRequest() {
    String child = emulator.pushUntaggedImage("shop/app", "amd64", DAY);
    String noted = ",\"annotations\":{\"" + CREATED + "\":\"2024-01-01T00:00:00Z\"}";
    String index = pushIndex("a", child(child, ""), child(child, noted));

    assertEquals(Optional.of(Instant.parse("2024-01-01T00:00:00Z")), only(FULL).createdAt());
    assertSent(LIST, head("a"), get(index));
  }

  @Test
  void platformsOfTwoIndexesAreReadOnce() {
    String child = emulator.pushUntaggedImage("shop/app", "amd64", DAY);
    String other = emulator.pushUntaggedImage("shop/app", "arm64", DAY);
    String one = emulator.pushIndex("shop/app", "a", child);
    String two = emulator.pushIndex("shop/app", "b", child, other);
    emulator.moveTag("shop/app", "c", child);
    String config = configOf(child);

    registry.listTags(APP, FULL_IN_TURN).toList();

    assertSent(LIST, head("a"), get(one), get(child), blob(config), head("b"), get(two), head("c"));
  }

  /** BuildKit lists attestations for the platform unknown/unknown. */
  @Test
  void attestationsAreNotAskedForDates() {
    String attestation = emulator.pushUntaggedImage("shop/app", "attestation", DAY);
    String image = emulator.pushUntaggedImage("shop/app", "amd64", DAY.plusSeconds(1));
    String index = pushIndex(
        "a",
        child(attestation, platform("unknown", "unknown")),
        child(image, platform("linux", "amd64")));
    String config = configOf(image);

    assertEquals(Optional.of(DAY.plusSeconds(1)), only(FULL).createdAt());
    assertSent(LIST, head("a"), get(index), get(image), blob(config));
  }

  @Test
  void aPlatformThatWasNotCopiedIsPassedOver() {
    String image = emulator.pushUntaggedImage("shop/app", "amd64", DAY);
    pushIndex("a", child(OciEmulator.digestOf("gone"), ""), child(image, ""));

    assertEquals(Optional.of(DAY), only(FULL).createdAt());
  }

  /** None has a date only if all were asked. */
  @Test
  void ofAnIndexAllPlatformsAreAskedForUntilOneHasADate() {
    String[] children = new String[12];
    for (int i = 0; i < children.length; i++) {
      children[i] = emulator.pushUntaggedImage("shop/app", "c" + i, i == 11 ? DAY : null);
    }
    emulator.pushIndex("shop/app", "a", children);

    assertEquals(Optional.of(DAY), only(FULL).createdAt());
    assertEquals(3 + 12 * 2, emulator.requestCount());
  }

  @Test
  void anIndexOfReproducibleImagesHasNoDate() {
    String[] children = new String[12];
    for (int i = 0; i < children.length; i++) {
      children[i] = emulator.pushUntaggedImage("shop/app", "c" + i, Instant.EPOCH);
    }
    emulator.pushIndex("shop/app", "a", children);

    assertEquals(Optional.empty(), only(FULL).createdAt());
    assertEquals(3 + 12 * 2, emulator.requestCount());
  }

  @Test
  void anIndexWithoutEndIsNotReadToItsEnd() {
    String[] children = new String[101];
    for (int i = 0; i < children.length; i++) {
      children[i] = emulator.pushUntaggedImage("shop/app", "c" + i, null);
    }
    String index = emulator.pushIndex("shop/app", "a", children);

    assertEquals(
        "get tag a of shop/app failed: none of the first 100 parts of the index " + index
            + " has a date, and there are more",
        unreadable().getMessage());
  }

  private InvalidResponseException unreadable() {
    return assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP, FULL).toList());
  }

  @Test
  void anIndexThatIsListedAsAnImageIsAFailure() {
    String image = emulator.pushUntaggedImage("shop/app", "amd64", DAY);
    String inner = pushIndex("inner", child(image, ""));
    emulator.removeTag("shop/app", "inner");
    String outer = pushIndex("a", child(inner, ""));

    assertEquals(
        "get tag a of shop/app failed: the index " + outer + " lists the index " + inner
            + " as an image",
        unreadable().getMessage());
  }

  @Test
  void anIndexInAnIndexIsLookedInto() {
    String image = emulator.pushUntaggedImage("shop/app", "amd64", DAY);
    String inner = pushIndex("inner", child(image, ""));
    emulator.removeTag("shop/app", "inner");
    String outer = pushIndex("a", descriptor(OciManifest.OCI_INDEX, inner, 7, ""));
    String config = configOf(image);

    assertEquals(Optional.of(DAY), only(FULL).createdAt());
    assertSent(LIST, head("a"), get(outer), get(inner), get(image), blob(config));
  }

  @Test
  void anAnnotationInAnIndexInAnIndexIsItsDate() {
    String image = emulator.pushUntaggedImage("shop/app", "amd64", DAY.plusSeconds(1));
    String noted = ",\"annotations\":{\"" + CREATED + "\":\"" + DAY + "\"}";
    String notedPart = pushIndex("inner", child(image, noted));
    String notedItself = emulator.putManifest(
        "shop/app",
        "inner",
        OciManifest.OCI_INDEX,
        ("{\"schemaVersion\":2,\"manifests\":[" + child(image, "") + "]" + noted + "}")
            .getBytes(StandardCharsets.UTF_8));
    emulator.removeTag("shop/app", "inner");

    for (String inner : List.of(notedPart, notedItself)) {
      String outer = pushIndex("a", descriptor(OciManifest.OCI_INDEX, inner, 7, ""));
      emulator.clearRequests();

      assertEquals(Optional.of(DAY), only(FULL).createdAt());
      assertSent(LIST, head("a"), get(outer), get(inner));
    }
  }

  /** Sparse copies lack platforms, but one that is there may have had the date. */
  @Test
  void whereAPlatformIsMissingAndNoneHasADateItCannotBeTold() {
    String gone = OciEmulator.digestOf("gone");
    String undated = emulator.pushUntaggedImage("shop/app", "amd64", null);
    String index = pushIndex("a", child(gone, ""), child(undated, ""));

    var failure = unreadable();

    assertEquals(
        text(
            "get tag a of shop/app failed: a part of the image is missing: manifest unknown; the",
            " manifest " + gone + " of the index " + index + " is not there, so that its date",
            " cannot be told"),
        failure.getMessage());
    assertEquals(NotFoundException.class, failure.getCause().getClass());
    String said = failure.getCause().getSuppressed()[0].getMessage();
    assertTrue(said.endsWith("HTTP 404 MANIFEST_UNKNOWN: manifest unknown"), said);
  }

  /** Without the registry's own word, the platform may well be there. */
  @ParameterizedTest
  @ValueSource(strings = {"", "404 page not found", "{\"message\":\"Not Found\"}"})
  void aStrangers404ToAPlatformPassesNothingOver(String body) {
    String first = emulator.pushUntaggedImage("shop/app", "amd64", DAY);
    String second = emulator.pushUntaggedImage("shop/app", "arm64", DAY.plusSeconds(1));
    emulator.pushIndex("shop/app", "a", first, second);
    emulator.failNext("GET", "/manifests/" + first, 9, Fault.json(404, body));

    unreadable();
  }

  @Test
  void aPlatformThatIsMissingOnceIsAskedForAgain() {
    String first = emulator.pushUntaggedImage("shop/app", "amd64", DAY);
    emulator.pushIndex("shop/app", "a", first);
    emulator.failNext("GET", "/manifests/" + first, 1, Fault.status(404));

    assertEquals(Optional.of(DAY), only(FULL).createdAt());
  }

  @Test
  void aPartWhoseDigestCannotBeVerifiedIsAFailure() {
    pushIndex("a", child("blake3:" + "a".repeat(64), ""));

    assertTrue(unreadable().getMessage().contains("which cannot be verified"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EMPTY_CONFIG,
        "application/vnd.cncf.helm.config.v1+json",
        "application/vnd.unknown.config.v1+json"
      })
  void whatIsNoImageIsNotAskedForAConfiguration(String configType) {
    String digest = pushManifest("a", configType, "{\"created\":\"" + DAY + "\"}", "");

    assertEquals(Optional.empty(), only(FULL).createdAt());
    assertSent(LIST, head("a"), get(digest));
  }

  @Test
  void aConfigurationTooLargeToBeOneIsNotAskedFor() {
    String config = descriptor(IMAGE_CONFIG, OciEmulator.digestOf("c"), 4 * 1024 * 1024 + 1, "");
    emulator.putManifest(
        "shop/app",
        "a",
        OciManifest.OCI_MANIFEST,
        ("{\"schemaVersion\":2,\"config\":" + config + "}").getBytes(StandardCharsets.UTF_8));

    assertTrue(unreadable().getMessage().endsWith("has 4194305 bytes, so it is not read"));
    assertEquals(3, emulator.requestCount());
  }

  @Test
  void theLargestConfigurationIsAskedFor() {
    String config = OciEmulator.digestOf("c");
    emulator.putManifest(
        "shop/app",
        "a",
        OciManifest.OCI_MANIFEST,
        text("{\"config\":", descriptor(IMAGE_CONFIG, config, 4 * 1024 * 1024, ""), "}")
            .getBytes(StandardCharsets.UTF_8));

    unreadable();

    assertEquals(blob(config), sent().get(3));
  }

  /** "No date" sorts as the oldest, so that a pruning job would delete the newest tag. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[{\"code\":\"BLOB_UNKNOWN\",\"message\":\"blob unknown\"}]}",
        "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"blob unknown\"}]}",
        "{\"message\":\"Not Found\"}",
        "404 page not found",
        ""
      })
  void aMissingConfigurationIsAFailureAndIsNotRemembered(String body) {
    String digest = push("a");
    String config = configOf("a");
    emulator.failNext("GET", "/blobs/", 8, Fault.json(404, body));

    for (ListTagsOptions options : List.of(FULL, FULL.withOrder(TagOrder.CREATED_DESC))) {
      var failure = assertThrows(
          InvalidResponseException.class, () -> registry.listTags(APP, options).toList());
      assertEquals(
          text(
              "get tag a of shop/app failed: a part of the image is missing: ",
              body.contains("errors") ? "blob unknown; " : "",
              "the configuration " + config + " of the manifest " + digest,
              " is not there, so that its date cannot be told"),
          failure.getMessage());
    }
    assertThrows(InvalidResponseException.class, () -> registry.getTag(APP, "a"));
    assertThrows(InvalidResponseException.class, () -> registry.findTag(APP, "a"));

    emulator.failNext("GET", "/blobs/", 1, Fault.json(404, body));
    assertEquals(Optional.of(DAY), only(FULL).createdAt());
  }

  @Test
  void aTagThatIsDeletedBeforeItsConfigurationIsReadIsLeftOut() {
    push("a");
    push("b");
    emulator.failNext("GET", "/blobs/", 1, Fault.status(404));
    emulator.beforeNext("GET", "/blobs/", () -> emulator.removeTag("shop/app", "a"));

    assertEquals(List.of("b"), names(registry.listTags(APP, FULL.withConcurrency(1))));
  }

  /** Registries of old images still have them; no date of theirs can be verified. */
  @Test
  void aManifestOfSchemaOneIsAFailure() {
    push("a");
    answerManifest(
        "GET",
        ".*",
        Fault.status(
            200, "application/vnd.docker.distribution.manifest.v1+prettyjws", "{\"tag\":\"a\"}"));

    assertTrue(unreadable()
        .getMessage()
        .startsWith("get tag a of shop/app failed: the manifest's bytes do not have the digest"));
  }

  @Test
  void aConfigurationOfOtherBytesIsRefused() {
    push("a");
    String config = configOf("a");
    emulator.failNext("GET", "/blobs/", 1, Fault.json(200, "{\"created\":\"" + DAY + "\"}"));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP, FULL).toList());

    assertEquals(
        "get tag a of shop/app failed: the blob's bytes do not have the digest " + config,
        failure.getMessage());
  }

  @Test
  void aConfigurationLargerThanItSaysIsNotReadToItsEnd() {
    push("a");
    emulator.failNext("GET", "/blobs/", 1, Fault.oversizedBody(50_000_000));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP, FULL).toList());

    assertTrue(failure.getMessage().contains("more than 4194304 bytes"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "null",
        "[]",
        "{}",
        "{\"created\":null}",
        "{\"created\":1700000000}",
        "{\"created\":{}}",
        "{\"created\":\"\"}",
        "{\"created\":\"yesterday\"}",
        "{\"created\":\"2025-02-30T00:00:00Z\"}",
        "{\"created\":\"2025-01-01\"}",
        "{\"created\":\"2025-01-01T00:00:00\"}",
        "{\"created\":\"0001-01-01T00:00:00Z\"}",
        "{\"created\":\"1970-01-01T00:00:00Z\"}",
        "{\"created\":\"1970-01-01T00:00:01Z\"}",
        "{\"created\":\"1980-01-01T00:00:01Z\"}",
        "{\"created\":\"-999999999-01-01T00:00:00Z\"}"
      })
  void aDateThatIsNoneIsAbsent(String config) {
    pushManifest("a", IMAGE_CONFIG, config, "");

    assertEquals(Optional.empty(), only(FULL).createdAt());
    assertEquals(4, emulator.requestCount());
  }

  @ParameterizedTest
  @CsvSource({
    "2025-08-07T06:05:04Z, 2025-08-07T06:05:04Z",
    "2025-08-07T06:05:04.123456789Z, 2025-08-07T06:05:04.123456789Z",
    "2025-08-07T06:05:04+02:00, 2025-08-07T04:05:04Z",
    "2025-08-07t06:05:04z, 2025-08-07T06:05:04Z",
    "1980-01-02T00:00:00Z, 1980-01-02T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
  })
  void aDateIsReadWithAnyNumberOfDigitsAndAnyOffset(String written, String expected) {
    pushManifest("a", IMAGE_CONFIG, "{\"created\":\"" + written + "\"}", "");

    assertEquals(Optional.of(Instant.parse(expected)), only(FULL).createdAt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "1980-01-01T00:00:01Z", "soon", ""})
  void anAnnotationThatIsNoDateLeavesTheWordToTheConfiguration(String annotation) {
    emulator.pushImage("shop/app", "a", "x", DAY, Map.of(CREATED, annotation));

    assertEquals(Optional.of(DAY), only(FULL).createdAt());
  }

  @Test
  void googlesListingSaysEverythingAtOnce() {
    emulator.personality(OciPersonality.ARTIFACT_REGISTRY);
    String digest = push("a");

    Tag tag = only(FULL);

    assertEquals(Optional.of(digest), tag.digest());
    assertEquals(Optional.of(DAY), tag.createdAt());
    assertTrue(tag.sizeBytes().orElseThrow() > 0);
    assertSent(LIST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "\"soon\"", "\"0\"", "\"-5\"", "\"99999999999999999999\"", "\"1\"", "\"\""
      })
  void aDateThatGooglesListingLacksIsReadFromTheImage(String milliseconds) {
    String digest = push("a");
    answerList("{\"tag\":[null,\"a\"],\"timeCreatedMs\":" + milliseconds + "}", digest);

    assertEquals(Optional.of(DAY), only(FULL).createdAt());
    assertEquals(LIST, sent().get(0));
    assertEquals(get(digest), sent().get(1));
    assertEquals(3, emulator.requestCount());
  }

  private void answerList(String manifest, String digest) {
    answerNext("{\"name\":\"shop/app\",\"tags\":[\"a\"],\"manifest\":{\"" + digest + "\":"
        + manifest + "}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:0a", "../x", "", "md5:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"})
  void aDigestInAListingThatCannotBeVerifiedIsNotBelieved(String digest) {
    String real = push("a");
    answerList("{\"tag\":[\"a\"],\"timeCreatedMs\":\"1700000000000\"}", digest);

    assertEquals(Optional.of(real), only(DIGEST).digest());
    assertSent(LIST, head("a"));
  }

  @Test
  void ofAThousandTagsOnAHundredDigestsTheNewestCostOneHeadATagAndTwoRequestsADigest() {
    pushTenTagsADigest(100, false);

    List<Tag> newest = tenNewest();

    assertEquals(1 + 1_000 + 2 * 100, emulator.requestCount());
    assertEquals(
        Stream.iterate(0, i -> i + 1).limit(10).map("t099-%d"::formatted).toList(),
        newest.stream().map(Tag::name).toList());
    assertEquals(Optional.of(DAY.plusSeconds(99)), newest.get(0).createdAt());

    emulator.clearRequests();
    assertEquals(newest, tenNewest());
    assertEquals(1 + 1_000, emulator.requestCount(), "digests are remembered");
  }

  /** Pushes tags {@code t000-0} to {@code t000-9} of the image built first, and so on. */
  private void pushTenTagsADigest(int digests, boolean annotated) {
    for (int i = 0; i < digests; i++) {
      String name = "t%03d-".formatted(i);
      Instant built = DAY.plusSeconds(i);
      Map<String, String> annotations = annotated ? Map.of(CREATED, built.toString()) : Map.of();
      String digest = emulator.pushImage("shop/app", name + 0, name, built, annotations);
      for (int j = 1; j < 10; j++) {
        emulator.moveTag("shop/app", name + j, digest);
      }
    }
  }

  private List<Tag> tenNewest() {
    return registry
        .listTags(
            APP, ListTagsOptions.defaults().withOrder(TagOrder.CREATED_DESC).withPageSize(1_000))
        .stream()
        .limit(10)
        .toList();
  }

  @Test
  void withAnnotationsTheyCostOneRequestADigest() {
    pushTenTagsADigest(20, true);

    assertEquals("t019-0", tenNewest().get(0).name());

    assertEquals(1 + 200 + 20, emulator.requestCount());
  }

  @Test
  void onGooglesRegistryTheyCostOneRequest() {
    emulator.personality(OciPersonality.ARTIFACT_REGISTRY);
    pushTenTagsADigest(100, false);

    assertEquals("t099-0", tenNewest().get(0).name());

    assertSent(LIST);
  }

  @Test
  void everyDigestIsReadOnceHoweverManyAreReadAtATime() {
    String digest = push("t-0");
    for (int i = 1; i < 64; i++) {
      emulator.moveTag("shop/app", "t-" + i, digest);
    }

    registry.listTags(APP, FULL.withConcurrency(32)).toList();

    assertEquals(1 + 64 + 2, emulator.requestCount());
    assertEquals(1, sent().stream().filter(get(digest)::equals).count());
  }

  @Test
  void asManyAreReadAtATimeAsAskedForAndNoMore() {
    for (int i = 0; i < 12; i++) {
      push("t-" + i);
    }
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CyclicBarrier three = new CyclicBarrier(3);
    for (int i = 0; i < 12; i++) {
      emulator.beforeNext("HEAD", "", () -> {
        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        meet(three); // which fails unless three are under way at the same time
        underWay.decrementAndGet();
      });
    }

    registry.listTags(APP, DIGEST.withConcurrency(3)).toList();

    assertEquals(3, most.get());
    assertFalse(three.isBroken());
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onlyTagsThatAreKeptAreLookedAt() {
    push("v1");
    push("v2");
    push("x1");

    registry.listTags(APP, DIGEST.withNamePrefix("v").withConcurrency(1)).toList();
    registry.listTags(APP, DIGEST.withName("x1")).toList();

    assertSent(LIST, head("v1"), head("v2"), LIST, head("x1"));
  }

  @Test
  void onlyPagesThatAreAskedForAreLookedAt() {
    push("a");
    push("b");
    push("c");

    List<Tag> two =
        registry.listTags(APP, DIGEST.withPageSize(1)).stream().limit(2).toList();

    assertEquals(2, two.size());

    assertSent(
        "GET /v2/shop/app/tags/list?n=1",
        head("a"),
        "GET /v2/shop/app/tags/list?last=a&n=1",
        head("b"));
  }

  @Test
  void aTagThatIsDeletedWhileListingIsLeftOut() {
    push("a");
    push("b");
    emulator.beforeNext("HEAD", "/a$", () -> emulator.removeTag("shop/app", "a"));

    assertEquals(List.of("b"), names(registry.listTags(APP, FULL)));
  }

  @Test
  void anImageThatIsDeletedWhileListingHasNoTags() {
    push("a");
    emulator.failNext(
        "GET", "/manifests/", 2, Fault.json(404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}"));

    assertEquals(List.of(), names(registry.listTags(APP, FULL)));
  }

  @Test
  void aTagThatIsMovedWhileListingIsLookedAtOnceMore() {
    String before = push("a");
    String after = emulator.pushUntaggedImage("shop/app", "new", DAY.plusSeconds(60));
    answerManifest(
        "GET", before, Fault.json(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}"));
    emulator.beforeNext("GET", before, () -> emulator.moveTag("shop/app", "a", after));

    Tag tag = only(FULL);

    assertEquals(Optional.of(after), tag.digest());
    assertEquals(Optional.of(DAY.plusSeconds(60)), tag.createdAt());
    assertEquals(get("a"), sent().get(3));
  }

  @Test
  void aFailureEndsWhatElseIsUnderWay() {
    for (String tag : List.of("a", "b", "c", "d", "e", "f")) {
      push(tag);
    }
    CountDownLatch stalled = new CountDownLatch(1);
    emulator.beforeNext("HEAD", "/a$", stalled::countDown);
    answerManifest("HEAD", "a", Fault.delayed(Duration.ofMinutes(5)));
    emulator.beforeNext("HEAD", "/b$", () -> await(stalled));
    answerManifest("HEAD", "b", Fault.status(500));

    try (OciRegistry once =
        builder().httpOptions(httpOptions().withRetryPolicy(RetryPolicy.none())).build()) {
      var failure = assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> assertThrows(
              ServerException.class,
              () -> once.listTags(APP, DIGEST.withConcurrency(2)).toList()));

      assertEquals("get tag b of shop/app failed: HTTP 500", failure.getMessage());
      assertTrue(emulator.requestCount() <= 4, sent().toString());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Each request waits for a second; reading all would take half a minute. */
  @Test
  void allThatATagTakesIsWithinTheTimeOfItsOperation() {
    String[] children = new String[12];
    for (int i = 0; i < children.length; i++) {
      children[i] = emulator.pushUntaggedImage("shop/app", "c" + i, null);
    }
    emulator.pushIndex("shop/app", "a", children);
    makeEveryRequestWait();
    HttpOptions options = httpOptions().withOperationTimeout(Duration.ofSeconds(5));

    try (OciRegistry hurried = builder().httpOptions(options).build()) {
      var failure = assertThrows(RateLimitException.class, () -> hurried.getTag(APP, "a"));

      assertEquals("get tag a of shop/app", failure.operation());
      assertFalse(failure.mayHaveTakenEffect());
      assertEquals(Duration.ofSeconds(4), time.slept());
    }
  }

  private void makeEveryRequestWait() {
    emulator.beforeNext("GET", "", () -> {
      emulator.failNext(Fault.retryAfter(429, "1"));
      emulator.beforeNext("GET", "", this::makeEveryRequestWait);
    });
  }

  @Test
  void aFailureIsNotRemembered() {
    push("a");
    emulator.failNext("GET", "/blobs/", 3, Fault.status(503));
    assertThrows(RegistryException.class, () -> registry.listTags(APP, FULL).toList());

    assertEquals(Optional.of(DAY), only(FULL).createdAt());
  }

  @Test
  void datesAreOrderedWithNamesAsTieBreak() {
    emulator.addTag("shop/app", "b", TagContent.of("1").withDates(DAY, null));
    emulator.addTag("shop/app", "c", TagContent.of("2").withDates(DAY.plusSeconds(1), null));
    emulator.addTag("shop/app", "a", TagContent.of("3").withDates(DAY, null));
    emulator.addTag("shop/app", "e", TagContent.of("4").withDates(null, null));
    emulator.addTag("shop/app", "d", TagContent.of("5").withDates(Instant.EPOCH, null));

    assertEquals(List.of("a", "b", "c", "d", "e"), ordered(TagOrder.CREATED_ASC));
    assertEquals(List.of("c", "a", "b", "d", "e"), ordered(TagOrder.CREATED_DESC));
  }

  private List<String> ordered(TagOrder order) {
    return names(registry.listTags(APP, ListTagsOptions.defaults().withOrder(order)));
  }

  @Test
  void tagsOfAnOrderByDateAreCompleteWhateverWasAskedFor() {
    String digest = push("a");

    Tag tag = only(ListTagsOptions.defaults().withOrder(TagOrder.CREATED_DESC));

    assertEquals(Optional.of(digest), tag.digest());
    assertEquals(Optional.of(DAY), tag.createdAt());
  }

  @Test
  void whatIsKnownOfADigestIsNotToldOfAnotherImage() {
    push("a");
    emulator.addTag("shop/web", "a", TagContent.of("a").withDates(DAY, null));
    registry.listTags(APP, FULL).toList();
    emulator.clearRequests();

    registry.listTags(ImageRef.of("shop/web"), FULL).toList();

    assertEquals(
        Set.of("HEAD manifests", "GET manifests", "GET blobs", "GET tags"),
        emulator.requests().stream()
            .map(request -> request.method() + " "
                + request.rawPath().replaceFirst("/v2/shop/web/([a-z]*)/.*", "$1"))
            .collect(Collectors.toSet()));
  }

  @Test
  void digestsOfRequestsStandInThePathAsTheyAre() {
    push("a");
    List<String> paths = new ArrayList<>();

    registry.listTags(APP, FULL).toList();

    emulator.requests().forEach(request -> paths.add(request.rawPath()));
    assertTrue(paths.stream().noneMatch(path -> path.contains("%")), paths.toString());
    assertTrue(paths.get(2).contains("/sha256:"), paths.toString());
  }
}
