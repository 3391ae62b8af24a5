package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.scaleway.internal.generated.ApiRequest;
import dev.registrykit.scaleway.internal.generated.api.TagsApi;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import dev.registrykit.testsupport.provider.GeneratedClientTraps;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known to be wrong with the generated client, here and at every provider. */
class GeneratedClientTrapsTest extends ScalewayTest implements GeneratedClientTraps {

  @Override
  public Emulator populated() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
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
    return "X-Auth-Token";
  }

  @Override
  public Class<ScalewayRegistry> facade() {
    return ScalewayRegistry.class;
  }

  @Override
  public Map<Class<?>, Object> examples() {
    return Map.of(
        String.class, UNKNOWN_ID,
        Visibility.class, Visibility.PUBLIC,
        ScalewayImageFilter.class, ScalewayImageFilter.defaults(),
        ListNamespacesOptions.class, ListNamespacesOptions.defaults(),
        CreateNamespaceOptions.class, CreateNamespaceOptions.named("shop"),
        UpdateNamespaceOptions.class, UpdateNamespaceOptions.nothing());
  }

  @Override
  public Class<?> anApi() {
    return TagsApi.class;
  }

  @Override
  public Class<?> aModel() {
    return ScwImage.class;
  }

  @Override
  public Set<String> operations() {
    return Set.of(
        "NamespacesApi.listNamespaces",
        "NamespacesApi.createNamespace",
        "NamespacesApi.getNamespace",
        "NamespacesApi.updateNamespace",
        "NamespacesApi.deleteNamespace",
        "ImagesApi.listImages",
        "ImagesApi.getImage",
        "ImagesApi.updateImage",
        "ImagesApi.deleteImage",
        "TagsApi.listTags",
        "TagsApi.getTag",
        "TagsApi.deleteTag");
  }

  @Override
  public Set<String> models() {
    return Set.of(
        "CreateNamespaceRequest",
        "ListImagesResponse",
        "ListNamespacesResponse",
        "ListTagsResponse",
        "ScwImage",
        "ScwNamespace",
        "ScwTag",
        "UpdateImageRequest",
        "UpdateNamespaceRequest");
  }

  /** It decodes with the platform's charset. */
  @Test
  void answersAreUtf8WhateverThePlatformsCharset() {
    answerNext(text(
        "{\"id\":\"" + UNKNOWN_ID + "\",\"name\":\"shop\",\"description\":\"Zo\u00eb \u2603\"}"));

    assertEquals(
        "Zo\u00eb \u2603",
        registry.byId().getNamespace(UNKNOWN_ID).description().orElseThrow());
  }

  @Test
  void requestsAreUtf8WhateverThePlatformsCharset() {
    String id = emulator.addNamespace("shop");

    registry
        .byId()
        .updateNamespace(id, UpdateNamespaceOptions.nothing().withDescription("Zo\u00eb \u2603"));

    assertEquals(
        "{\"description\":\"Zo\u00eb \u2603\"}", emulator.requests().get(0).body());
  }

  /** It makes an {@code Integer} of uint64. */
  @Test
  void sizesAreNotIntegers() throws NoSuchMethodException {
    assertEquals(Long.class, ScwImage.class.getMethod("getSize").getReturnType());
    emulator.setImageSize("shop/app", 3_000_000_000L);
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    assertEquals(3_000_000_000L, registry.getImage(APP).sizeBytes().orElseThrow());
  }

  /** It adds headers to those that are there already. */
  @Test
  void everyHeaderIsSentOnce() {
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");
    registry.listNamespaces().toList();
    registry.createNamespace(
        CreateNamespaceOptions.named("blog").withProjectId(emulator.projectId()));
    registry
        .byId()
        .updateNamespace(
            namespace, UpdateNamespaceOptions.nothing().withVisibility(Visibility.PUBLIC));
    registry.byId().setVisibility(image, Visibility.PUBLIC);
    registry.byId().deleteImage(image);

    for (RecordedRequest request : emulator.requests()) {
      assertEquals(List.of("application/json"), request.headers().get("Accept"));
      assertEquals(1, request.headers().get("User-Agent").size());
      assertEquals(1, request.headers().get("X-Auth-Token").size());
      boolean hasBody = request.method().equals("POST") || request.method().equals("PATCH");
      assertEquals(
          hasBody ? List.of("application/json") : null, request.headers().get("Content-Type"));
    }
    assertEquals(5, emulator.requestCount());
  }

  /** It knows no credentials. */
  @Test
  void everyRequestCarriesTheKey() {
    registry.listNamespaces().toList();

    assertEquals(
        List.of(emulator.secretKey()), emulator.requests().get(0).headers().get("X-Auth-Token"));
  }

  @Test
  void separatorsInAPathAreEscaped() {
    assertEquals("a%2Fb%2F..%3Ac%3Fd%23e", ApiRequest.escaped("a/b/..:c?d#e"));
    assertThrows(IllegalArgumentException.class, () -> registry.byId().getTag("../namespaces/1"));

    registry
        .listScalewayImages(ScalewayImageFilter.defaults().withName("a/b&c=d+e"))
        .toList();

    assertSent("GET /images" + FIRST_PAGE + "&name=a%2Fb%26c%3Dd%2Be");
  }

  /** Its request models are born with the document's defaults and would send them. */
  @Test
  void noDefaultIsSentThatTheCallerDidNotSet() {
    String id = emulator.addNamespace("shop");

    registry.byId().updateNamespace(id, UpdateNamespaceOptions.nothing().withDescription("d"));

    assertEquals("{\"description\":\"d\"}", emulator.requests().get(0).body());
  }

  /** A value that its enums do not know fails the whole list, or loses its text. */
  @Test
  void anUnknownValueOfAnEnumKeepsItsText() {
    answerNext(text(
        "{\"total_count\":2,\"images\":[",
        "{\"id\":\"1\",\"name\":\"a\",\"namespace_id\":\"3\",\"status\":\"new_status\",",
        "\"visibility\":\"new_visibility\"},",
        "{\"id\":\"2\",\"name\":\"b\",\"namespace_id\":\"3\",\"status\":\"ready\"}]}"));

    List<ScalewayImage> images =
        registry.listScalewayImages(ScalewayImageFilter.defaults()).toList();

    assertEquals("new_status", images.get(0).status().text());
    assertEquals("new_visibility", images.get(0).visibility().text());
    assertEquals(2, images.size());
  }
}
