package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.blaxel.internal.generated.ApiRequest;
import dev.registrykit.blaxel.internal.generated.api.ImagesApi;
import dev.registrykit.blaxel.internal.generated.api.SharesApi;
import dev.registrykit.blaxel.internal.generated.model.ImageSpec;
import dev.registrykit.blaxel.internal.generated.model.ShareImageRequest;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testsupport.provider.GeneratedClientTraps;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known to be wrong with the generated client, here and at every provider. */
class GeneratedClientTrapsTest extends BlaxelTest implements GeneratedClientTraps {

  @Override
  public Emulator populated() {
    emulator.addTag("sandbox/app", "1.0");
    return emulator;
  }

  @Override
  public ImageRef image() {
    return APP;
  }

  @Override
  public Registry opened(HttpOptions options) {
    return builder().httpOptions(options).build();
  }

  @Override
  public String loginHeader() {
    return "Authorization";
  }

  @Override
  public Class<BlaxelRegistry> facade() {
    return BlaxelRegistry.class;
  }

  @Override
  public Map<Class<?>, Object> examples() {
    return Map.of(
        String.class,
        "acme",
        BlaxelImageFilter.class,
        BlaxelImageFilter.defaults(),
        CreateImageOptions.class,
        CreateImageOptions.of(APP),
        ShareDirection.class,
        ShareDirection.INCOMING);
  }

  @Override
  public Class<?> anApi() {
    return ImagesApi.class;
  }

  @Override
  public Class<?> aModel() {
    return WireImage.class;
  }

  @Override
  public Set<String> operations() {
    return Set.of(
        "ImagesApi.listImages",
        "ImagesApi.createImage",
        "ImagesApi.cleanupImages",
        "ImagesApi.getImage",
        "ImagesApi.deleteImage",
        "ImagesApi.listImageTags",
        "ImagesApi.deleteImageTag",
        "SharesApi.listImageShares",
        "SharesApi.shareImage",
        "SharesApi.unshareImage",
        "SharesApi.listPendingImageShares",
        "SharesApi.acceptImageShare",
        "SharesApi.declineImageShare",
        "TokensApi.getToken");
  }

  @Override
  public Set<String> models() {
    return Set.of(
        "CleanupImagesResponse",
        "CreateImageRequest",
        "CreateImageResponse",
        "CoreEvent",
        "ImageMetadata",
        "ImagePage",
        "ImageShareTarget",
        "ImageSpec",
        "ImageTag",
        "ImageTagPage",
        "PaginationMeta",
        "PendingImageShare",
        "ShareImageRequest",
        "TokenAnswer",
        "TokenRequest",
        "WireImage");
  }

  /** It decodes with the platform's charset. */
  @Test
  void answersAreUtf8WhateverThePlatformsCharset() {
    answerNext("{\"metadata\":{\"displayName\":\"Zo\u00eb \u2603\"}}");

    assertEquals("Zo\u00eb \u2603", registry.describeImage(APP).displayName().orElseThrow());
  }

  @Test
  void requestsAreUtf8WhateverThePlatformsCharset() {
    registry.createImage(CreateImageOptions.of(APP).withDockerConfig("Zo\u00eb \u2603"));

    assertTrue(lastRequest().body().contains("Zo\u00eb \u2603"), lastRequest().body());
  }

  /** It makes an {@code Integer} of a number without a format. */
  @Test
  void sizesAreNotIntegers() throws NoSuchMethodException {
    assertEquals(Long.class, ImageSpec.class.getMethod("getSize").getReturnType());
    emulator.addTag("sandbox/app", "1.0");
    emulator.setTagSize("sandbox/app", "1.0", 5_000_000_000L);

    assertEquals(5_000_000_000L, registry.getImage(APP).sizeBytes().orElseThrow());
    assertEquals(5_000_000_000L, registry.getTag(APP, "1.0").sizeBytes().orElseThrow());
  }

  /** Of an answer that is an array or an object it makes neither, but for a tree of JSON. */
  @Test
  void whatHasNoSchemaIsATree() {
    ApiRequest<JsonNode> images = ImagesApi.listImages(null, null, null, null, null, null);
    ApiRequest<JsonNode> share =
        SharesApi.shareImage("sandbox", "app", new ShareImageRequest(), null, null);

    assertTrue(read(images, "[]").isArray());
    assertTrue(read(share, "{}").isObject());
  }

  private static JsonNode read(ApiRequest<JsonNode> request, String answer) {
    return request.read(answer.getBytes(StandardCharsets.UTF_8), IllegalArgumentException::new);
  }

  /** It adds headers to those that are there already, and sends those of the document as parameters. */
  @Test
  void everyHeaderIsSentOnce() {
    emulator.allowPurge();
    emulator.addTag("sandbox/app", "1.0");
    String share = emulator.addPendingShare("owner", "agent/app", "v1");
    registry.listImages().toList();
    registry.listTags(APP).toList();
    registry.createImage(CreateImageOptions.of(APP));
    registry.shareImage(APP, "other");
    registry.listShares(APP);
    registry.unshareImage(APP, "other");
    registry.listPendingShares(ShareDirection.INCOMING);
    registry.acceptShare(share);
    registry.deleteTag(APP, "1.0");
    registry.deleteImage(APP, DeleteOptions.defaults());
    registry.purgeAllUnusedImagesOfWorkspace("acme");

    for (RecordedRequest request : emulator.requests()) {
      for (String header : List.of(
          "Accept", "User-Agent", "Authorization", "X-Blaxel-Workspace", "Blaxel-Version")) {
        assertEquals(1, request.headers().get(header).size(), header + " of " + request);
      }
      assertEquals("application/json", request.header("Accept").orElseThrow());
      assertEquals("acme", request.header("X-Blaxel-Workspace").orElseThrow());
      assertEquals("2026-09-22", request.header("Blaxel-Version").orElseThrow());
    }
  }

  /** It sends an empty piece as such, and dots as they are: to the purge of the workspace. */
  @Test
  void itWouldSendAnEmptyPieceAndDots() throws Exception {
    HttpClient bare = HttpClient.newHttpClient();
    for (String[] path : new String[][] {{"", ""}, {"..", "images"}, {".", "."}}) {
      HttpRequest request = ImagesApi.deleteImage(path[0], path[1], null, "acme")
          .header("Authorization", "Bearer " + emulator.apiKey())
          .toHttp(emulator.apiUrl().toString());
      bare.send(request, HttpResponse.BodyHandlers.discarding());
    }

    assertEquals(3, emulator.purgeCount());
    emulator.reset(); // it was no accident
  }

  /** It escapes what has a meaning in a path; a colon in a name would delete a tag. */
  @Test
  void separatorsInAPathAreEscaped() {
    assertEquals("a%2Fb%2F..%3Ac%3Fd%23e%3Bf", ApiRequest.escaped("a/b/..:c?d#e;f"));
  }

  /** Its request models are born with the document's defaults and would send them. */
  @Test
  void noDefaultIsSentThatTheCallerDidNotSet() {
    registry.createImage(CreateImageOptions.of(APP));

    assertEquals(
        "{\"resourceType\":\"sandbox\",\"name\":\"app\"}", lastRequest().body());
    assertNull(lastRequest().rawQuery());
  }

  /** A value that its enums do not know fails the whole list, or loses its text. */
  @Test
  void anUnknownValueOfAnEnumKeepsItsText() {
    answerNext(text(
        "{\"data\":[",
        "{\"metadata\":{\"name\":\"a\",\"resourceType\":\"newtype\",\"status\":\"ARCHIVED\"}},",
        "{\"metadata\":{\"name\":\"b\",\"resourceType\":\"job\",\"status\":\"NEW\"}}],",
        "\"meta\":{\"hasMore\":false}}"));

    var images = registry.listImages().toList();

    assertEquals("newtype/a", images.get(0).ref().path());
    assertEquals("ARCHIVED", images.get(0).status().text());
    assertEquals("NEW", images.get(1).status().text());
  }

  /** It makes null of an answer without content, and of one that is empty. */
  @Test
  void noContentIsNoFailureOfADeletion() {
    emulator.faults().setAnswersDeletionsWithoutContent(true);
    emulator.addTag("sandbox/app", "1.0");

    registry.deleteTag(APP, "1.0");
    registry.deleteImage(APP, DeleteOptions.defaults());

    assertEquals(2, emulator.requestCount());
  }
}
