package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.internal.generated.api.ListingsApi;
import dev.registrykit.oci.internal.generated.model.DescriptorDocument;
import dev.registrykit.oci.internal.generated.model.TagList;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import dev.registrykit.testsupport.provider.GeneratedClientTraps;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known to be wrong with the generated client, here and at every provider. */
@Isolated("counts the threads of HTTP clients")
class GeneratedClientTrapsTest extends ReadingTest implements GeneratedClientTraps {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  @Override
  public Emulator populated() {
    push("1.0");
    return emulator;
  }

  @Override
  public ImageRef image() {
    return APP;
  }

  @Override
  public Registry opened(HttpOptions options) {
    return builder().bearerToken("s3cr3t").httpOptions(options).build();
  }

  @Override
  public String loginHeader() {
    return "Authorization";
  }

  @Override
  public Class<OciRegistry> facade() {
    return OciRegistry.class;
  }

  @Override
  public Map<Class<?>, Object> examples() {
    return Map.of(byte[].class, new byte[0]);
  }

  @Override
  public Object argument(Method method, int index) {
    boolean isDigest = index == 1
        && Set.of("deleteManifest", "listReferrers", "waitUntilManifestGone")
            .contains(method.getName());
    return isDigest
        ? OciEmulator.digestOf("x")
        : GeneratedClientTraps.super.argument(method, index);
  }

  @Override
  public Class<?> anApi() {
    return ListingsApi.class;
  }

  @Override
  public Class<?> aModel() {
    return TagList.class;
  }

  @Override
  public Set<String> operations() {
    return Set.of(
        "ListingsApi.listTags", "ListingsApi.listRepositories", "ListingsApi.listReferrers");
  }

  @Override
  public Set<String> models() {
    return Set.of(
        "DescriptorDocument",
        "ErrorBody",
        "ErrorBodyErrorsInner",
        "ListedManifest",
        "ManifestDocument",
        "PlatformDocument",
        "RepositoryList",
        "TagList",
        "TokenAnswer");
  }

  /** It escapes the slashes of a path parameter, which many registries take for another name. */
  @Test
  void slashesOfANameStayAndNothingElseIsChanged() {
    String digest = emulator
        .addTag("shop/app", "1.0", TagContent.of("x").withDates(DAY, null))
        .digest();
    emulator.personality(OciPersonality.ZOT);

    registry.listTags(APP).toList();
    registry.listReferrers(APP, digest, "application/vnd.x+json").toList();

    assertEquals("GET /v2/shop/app/tags/list?n=1000", sent().get(0));
    RecordedRequest referrers = emulator.requests().get(1);
    assertEquals("/v2/shop/app/referrers/" + digest, referrers.rawPath().replace("%3A", ":"));
    assertEquals("artifactType=application/vnd.x%2Bjson", referrers.rawQuery().replace("%2F", "/"));
  }

  /** It decodes with the platform's charset. */
  @Test
  void answersAreUtf8WhateverThePlatformsCharset() {
    push("1.0");
    answerNext("{\"tags\":[\"caf\u00e9\",\"1.0\"],\"manifest\":{\"" + OciEmulator.digestOf("x")
        + "\":{\"tag\":[\"caf\u00e9\",\"1.0\"]}}}");

    Tag tag = registry.listTags(APP).toList().get(0);

    assertEquals("1.0", tag.name());
  }

  /** It makes an {@code Integer} of int64, and a number of what is text. */
  @Test
  void sizesAreLongsAndTimesAreTexts() throws NoSuchMethodException {
    assertEquals(Long.class, DescriptorDocument.class.getMethod("getSize").getReturnType());
    long size = 3_000_000_000L;
    answerNext("{\"tags\":[\"a\"],\"manifest\":{\"" + OciEmulator.digestOf("x")
        + "\":{\"tag\":[\"a\"],\"imageSizeBytes\":\"" + size + "\"}}}");

    assertEquals(
        size, registry.listTags(APP).firstPage().items().get(0).sizeBytes().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"0, soon", "-1, ''", "many, 0"})
  void sizesAndTimesThatAreNoneAreLeftOut(String size, String time) {
    answerNext("{\"tags\":[\"a\"],\"manifest\":{\"" + OciEmulator.digestOf("x")
        + "\":{\"tag\":[\"a\"],\"imageSizeBytes\":\"" + size + "\",\"timeCreatedMs\":\"" + time
        + "\"}}}");

    assertEquals(
        Tag.builder(APP, "a").digest(OciEmulator.digestOf("x")).build(),
        registry.listTags(APP).firstPage().items().get(0));
  }

  /** It adds headers to those that are there already. */
  @Test
  void everyHeaderIsSentOnce() {
    String digest = push("1.0");
    try (OciRegistry loggedIn = builder().bearerToken("t").build()) {
      loggedIn.listTags(APP).toList();
      loggedIn.listImages().toList();
      loggedIn.listReferrers(APP, digest).firstPage();
      loggedIn.getTag(APP, "1.0");
      loggedIn.resolveTag(APP, "1.0");
    }

    for (RecordedRequest request : emulator.requests()) {
      for (String name : List.of("User-Agent", "Authorization", "Host")) {
        assertEquals(1, request.headers().get(name).size(), request + " " + name);
      }
      assertTrue(request.headers().getOrDefault("Accept", List.of()).size() <= 1);
      assertNull(request.headers().get("Content-Type"), request.toString());
    }
  }

  /** A list that the answer lacks is null in its models. */
  @Test
  void aMissingListIsNoFailure() {
    answerNext("{\"name\":\"shop/app\"}");

    assertEquals(List.of(), registry.listTags(APP).toList());
  }
}
