package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BadRequestException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.scaleway.internal.generated.ApiClient;
import dev.registrykit.scaleway.internal.generated.ApiException;
import dev.registrykit.scaleway.internal.generated.api.ImagesApi;
import dev.registrykit.scaleway.internal.generated.api.NamespacesApi;
import dev.registrykit.scaleway.internal.generated.api.TagsApi;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is known to be wrong with the code of openapi-generator's {@code java}/{@code native}, one
 * test a trap. They were written against {@link #GENERATOR}; with another version, look again.
 */
class GeneratedClientTrapsTest extends ScalewayTest {

  private static final String GENERATOR = "7.25.0";

  @Test
  void theGeneratorIsTheOneTheseTestsWereWrittenFor() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));

    assertTrue(
        pom.contains("<openapi-generator.version>" + GENERATOR + "</openapi-generator.version>"),
        "another generator: go through these traps and its changes before you change this");
  }

  /** It decodes with the platform's charset; the build rewrites that. */
  @Test
  void answersAreUtf8WhateverThePlatformsCharset() {
    answerNext(text(
        "{\"id\":\"" + UNKNOWN_ID + "\",\"name\":\"shop\",\"description\":\"Zo\u00eb \u2603\"}"));

    assertEquals(
        "Zo\u00eb \u2603", registry.getNamespaceById(UNKNOWN_ID).description().orElseThrow());
    if (Runtime.version().feature() < 18) { // from 18 on it is UTF-8 whatever the build asks for
      assertEquals(
          StandardCharsets.US_ASCII,
          Charset.defaultCharset(),
          "the build must run this with an ASCII charset, or it proves nothing");
    }
  }

  @Test
  void requestsAreUtf8WhateverThePlatformsCharset() {
    String id = emulator.addNamespace("shop");

    registry.updateNamespaceById(
        id, UpdateNamespaceOptions.nothing().withDescription("Zo\u00eb \u2603"));

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

  /** It makes a client of its own for each Api object, with a thread and a pool. */
  @Test
  void oneHttpClientServesAllCalls() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    Set<String> before = selectorThreads();
    try (ScalewayRegistry own = ScalewayRegistry.builder()
        .region("fr-par")
        .secretKey(emulator.secretKey())
        .baseUrl(emulator.baseUrl().toString())
        .build()) {
      for (int i = 0; i < 10; i++) {
        own.listTags(APP).toList();
        own.listImages().toList();
        own.listNamespaces().toList();
      }
      Set<String> after = selectorThreads();
      after.removeAll(before);
      assertEquals(1, after.size(), after.toString());
    }
  }

  private static Set<String> selectorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("HttpClient-\\d+-SelectorManager"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** It adds headers to those that are there already. */
  @Test
  void everyHeaderIsSentOnce() {
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");
    registry.listNamespaces().toList();
    registry.createNamespace(
        CreateNamespaceOptions.named("blog").withProjectId(emulator.projectId()));
    registry.updateNamespaceById(namespace, UpdateNamespaceOptions.nothing().withPublic(true));
    registry.setVisibilityById(image, Visibility.PUBLIC);
    registry.deleteImageById(image);

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

  /** With the JDK's defaults it offers an upgrade that proxies stumble over. */
  @Test
  void plainHttpIsSpokenInVersionOne() {
    registry.listNamespaces().toList();

    Map<String, List<String>> headers = emulator.requests().get(0).headers();
    assertNull(headers.get("Upgrade"));
    assertNull(headers.get("HTTP2-Settings"));
  }

  /** It unpacks an empty body too, fails, and forgets the status. */
  @Test
  void anEmptyErrorMarkedAsPackedKeepsItsStatus() {
    emulator.failNext(Fault.status(404).withHeader("Content-Encoding", "gzip"));

    var failure = assertThrows(NotFoundException.class, () -> registry.getTagById(UNKNOWN_ID));

    assertEquals(404, failure.statusCode());
  }

  /** It answers null with an error that looks like the server's own 400. */
  @Test
  void nullIsRefusedBeforeItGetsThere() throws IllegalAccessException {
    int calls = 0;
    for (Method method : ScalewayRegistry.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      for (int i = 0; i < method.getParameterCount(); i++) {
        Object[] arguments =
            Arrays.stream(method.getParameterTypes()).map(this::example).toArray();
        arguments[i] = null;
        var failure = assertThrows(
            InvocationTargetException.class,
            () -> method.invoke(registry, arguments),
            method::toString);
        assertInstanceOf(NullPointerException.class, failure.getCause(), method.toString());
        calls++;
      }
    }
    assertTrue(calls > 40, "calls: " + calls);
    assertNothingSent();
  }

  private Object example(Class<?> type) {
    return Map.<Class<?>, Object>ofEntries(
            Map.entry(ImageRef.class, APP),
            Map.entry(String.class, UNKNOWN_ID),
            Map.entry(Tag.class, Tag.builder(APP, "1.0").build()),
            Map.entry(DeleteOptions.class, DeleteOptions.defaults()),
            Map.entry(ListTagsOptions.class, ListTagsOptions.defaults()),
            Map.entry(ListImagesOptions.class, ListImagesOptions.defaults()),
            Map.entry(WaitOptions.class, WaitOptions.defaults()),
            Map.entry(Visibility.class, Visibility.PUBLIC),
            Map.entry(ImageFilter.class, ImageFilter.defaults()),
            Map.entry(ListNamespacesOptions.class, ListNamespacesOptions.defaults()),
            Map.entry(CreateNamespaceOptions.class, CreateNamespaceOptions.named("shop")),
            Map.entry(UpdateNamespaceOptions.class, UpdateNamespaceOptions.nothing()),
            Map.entry(Feature.class, Feature.DELETE_TAG))
        .get(type);
  }

  /** Its time-out ends when the headers are there. */
  @Test
  void theDeadlineCoversTheBody() {
    emulator.addNamespace("shop");
    emulator.failNext(Fault.stallBody(Duration.ofMinutes(5)));
    var options = httpOptions()
        .withAttemptTimeout(Duration.ofMillis(300))
        .withRetryPolicy(RetryPolicy.none());

    try (ScalewayRegistry impatient = builder().httpOptions(options).build()) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> assertThrows(RegistryTimeoutException.class, () -> impatient.getNamespace("shop")));
    }
  }

  /** It puts the whole body into the message. */
  @Test
  void noMessageHoldsABody() {
    emulator.failNext(Fault.status(400, "text/html", "<p>" + "hush ".repeat(1000)));

    var failure =
        assertThrows(BadRequestException.class, () -> registry.getNamespaceById(UNKNOWN_ID));

    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertFalse(cause.toString().contains("hush"), cause.toString());
    }
    assertTrue(failure.body().startsWith("<p>hush hush"));
  }

  /** Its exceptions are checked, and know no difference between no answer and a bad one. */
  @Test
  void noneOfItsExceptionsComesOut() {
    for (Fault fault : List.of(Fault.status(500), Fault.html(), Fault.connectionReset())) {
      emulator.failNext(20, fault);
      var failure =
          assertThrows(RegistryException.class, () -> registry.getNamespaceById(UNKNOWN_ID));
      emulator.reset();

      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        assertFalse(cause instanceof ApiException, cause.toString());
      }
    }
  }

  /** It reads the whole body, however long. */
  @Test
  void bodiesAreBounded() {
    emulator.failNext(Fault.oversizedBody(500, 100_000_000));
    var options = httpOptions().withRetryPolicy(RetryPolicy.none());

    try (ScalewayRegistry careful = builder().httpOptions(options).build()) {
      var failure =
          assertThrows(RegistryServiceException.class, () -> careful.getNamespaceById(UNKNOWN_ID));

      assertEquals(500, failure.statusCode());
    }
  }

  /** Made anew into a full folder, it leaves the classes of operations that are gone. */
  @Test
  void thereAreTheTwelveOperationsAndNoLeftovers() throws Exception {
    assertEquals(
        Set.of(
            "listNamespaces",
            "createNamespace",
            "getNamespace",
            "updateNamespace",
            "deleteNamespace"),
        operations(NamespacesApi.class));
    assertEquals(
        Set.of("listImages", "getImage", "updateImage", "deleteImage"),
        operations(ImagesApi.class));
    assertEquals(Set.of("listTags", "getTag", "deleteTag"), operations(TagsApi.class));
    assertEquals(
        Set.of("ImagesApi", "NamespacesApi", "TagsApi"), classesBeside(NamespacesApi.class));
    assertEquals(
        Set.of(
            "CreateNamespaceRequest",
            "ListImagesResponse",
            "ListNamespacesResponse",
            "ListTagsResponse",
            "ScwImage",
            "ScwNamespace",
            "ScwTag",
            "UpdateImageRequest",
            "UpdateNamespaceRequest"),
        classesBeside(ScwImage.class));
  }

  private static Set<String> operations(Class<?> api) {
    return Arrays.stream(api.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .map(method -> method.getName().replaceFirst("WithHttpInfo$", ""))
        .filter(name -> !name.equals("downloadFileFromResponse"))
        .collect(Collectors.toSet());
  }

  private static Set<String> classesBeside(Class<?> type) throws Exception {
    URI file = type.getResource(type.getSimpleName() + ".class").toURI();
    try (Stream<Path> files = Files.list(Path.of(file).getParent())) {
      return files
          .map(found -> found.getFileName().toString())
          .filter(name -> name.matches("[A-Z]\\w*\\.class"))
          .map(name -> name.replace(".class", ""))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void separatorsInAPathAreEscaped() {
    assertEquals("a%2Fb%2F..%3Ac%3Fd%23e", ApiClient.urlEncode("a/b/..:c?d#e"));
    assertThrows(IllegalArgumentException.class, () -> registry.getTagById("../namespaces/1"));

    registry.findImages(ImageFilter.defaults().withName("a/b&c=d+e")).toList();

    assertSent("GET /images" + FIRST_PAGE + "&name=a%2Fb%26c%3Dd%2Be");
  }

  /** Its request models are born with the document's defaults and would send them. */
  @Test
  void noDefaultIsSentThatTheCallerDidNotSet() {
    String id = emulator.addNamespace("shop");

    registry.updateNamespaceById(id, UpdateNamespaceOptions.nothing().withDescription("d"));

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

    List<ScalewayImage> images = registry.findImages(ImageFilter.defaults()).toList();

    assertEquals("new_status", images.get(0).status().text());
    assertEquals("new_visibility", images.get(0).visibility().text());
    assertEquals(2, images.size());
  }

  /** With the JDK's own redirects, the key goes to another host. */
  @Test
  void redirectsAreNotLeftToTheClient() {
    emulator.failNext(
        Fault.redirect(307, "http://localhost:" + emulator.baseUrl().getPort() + "/elsewhere"));

    assertThrows(RegistryServiceException.class, () -> registry.getTagById(UNKNOWN_ID));

    assertEquals("/elsewhere", emulator.requests().get(1).rawPath());
    assertNull(emulator.requests().get(1).headers().get("X-Auth-Token"));
  }
}
