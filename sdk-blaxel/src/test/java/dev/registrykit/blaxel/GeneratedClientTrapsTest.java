package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.registrykit.blaxel.internal.generated.ApiClient;
import dev.registrykit.blaxel.internal.generated.ApiException;
import dev.registrykit.blaxel.internal.generated.api.ImagesApi;
import dev.registrykit.blaxel.internal.generated.api.SharesApi;
import dev.registrykit.blaxel.internal.generated.api.TokensApi;
import dev.registrykit.blaxel.internal.generated.model.ImageSpec;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
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
class GeneratedClientTrapsTest extends BlaxelTest {

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
    answerNext("{\"metadata\":{\"displayName\":\"Zo\u00eb \u2603\"}}");

    assertEquals("Zo\u00eb \u2603", registry.describeImage(APP).displayName().orElseThrow());
    if (Runtime.version().feature() < 18) { // from 18 on it is UTF-8 whatever the build asks for
      assertEquals(
          StandardCharsets.US_ASCII,
          Charset.defaultCharset(),
          "the build must run this with an ASCII charset, or it proves nothing");
    }
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
  void whatHasNoSchemaIsATree() throws NoSuchMethodException {
    for (Method method : List.of(
        method(ImagesApi.class, "listImages", 6), method(SharesApi.class, "shareImage", 5))) {
      assertEquals(JsonNode.class, method.getReturnType(), method.toString());
    }
  }

  private static Method method(Class<?> api, String name, int parameters) {
    return Arrays.stream(api.getMethods())
        .filter(found -> found.getName().equals(name) && found.getParameterCount() == parameters)
        .findFirst()
        .orElseThrow();
  }

  /** It makes a client of its own for each Api object, with a thread and a pool. */
  @Test
  void oneHttpClientServesAllCalls() {
    emulator.addTag("sandbox/app", "1.0");
    Set<String> before = selectorThreads();
    try (BlaxelRegistry own = BlaxelRegistry.builder()
        .workspace("acme")
        .clientCredentials(emulator.clientId(), emulator.clientSecret())
        .baseUrl(emulator.apiUrl().toString())
        .build()) {
      for (int i = 0; i < 10; i++) {
        own.listTags(APP).toList();
        own.listImages().toList();
        own.listShares(APP);
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

  /** With the JDK's defaults it offers an upgrade that proxies stumble over. */
  @Test
  void plainHttpIsSpokenInVersionOne() {
    registry.listImages().toList();

    assertNull(lastRequest().headers().get("Upgrade"));
    assertNull(lastRequest().headers().get("HTTP2-Settings"));
  }

  /** It unpacks an empty body too, fails, and forgets the status. */
  @Test
  void anEmptyErrorMarkedAsPackedKeepsItsStatus() {
    emulator.failNext(Fault.status(404).withHeader("Content-Encoding", "gzip"));

    var failure = assertThrows(NotFoundException.class, () -> registry.getImage(APP));

    assertEquals(404, failure.statusCode());
  }

  /** It answers null with an error that looks like the server's own 400. */
  @Test
  void nullIsRefusedBeforeItGetsThere() throws IllegalAccessException {
    int calls = 0;
    for (Method method : BlaxelRegistry.class.getMethods()) {
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
    assertTrue(calls > 35, "calls: " + calls);
    assertNothingSent();
  }

  private Object example(Class<?> type) {
    return Map.<Class<?>, Object>ofEntries(
            Map.entry(ImageRef.class, APP),
            Map.entry(String.class, "acme"),
            Map.entry(Tag.class, Tag.builder(APP, "acme").build()),
            Map.entry(DeleteOptions.class, DeleteOptions.defaults()),
            Map.entry(ListTagsOptions.class, ListTagsOptions.defaults()),
            Map.entry(ListImagesOptions.class, ListImagesOptions.defaults()),
            Map.entry(WaitOptions.class, WaitOptions.defaults()),
            Map.entry(ImageFilter.class, ImageFilter.defaults()),
            Map.entry(CreateImageOptions.class, CreateImageOptions.of(APP)),
            Map.entry(ShareDirection.class, ShareDirection.INCOMING),
            Map.entry(Feature.class, Feature.DELETE_TAG))
        .get(type);
  }

  /** Its time-out ends when the headers are there. */
  @Test
  void theDeadlineCoversTheBody() {
    emulator.addImage("sandbox/app");
    emulator.failNext(Fault.stallBody(Duration.ofMinutes(5)));
    var options = httpOptions()
        .withAttemptTimeout(Duration.ofMillis(300))
        .withRetryPolicy(RetryPolicy.none());

    try (BlaxelRegistry impatient = builder().httpOptions(options).build()) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> assertThrows(RegistryTimeoutException.class, () -> impatient.getImage(APP)));
    }
  }

  /** It puts the whole body into the message. */
  @Test
  void noMessageHoldsABody() {
    emulator.failNext(Fault.status(400, "text/plain", "hush ".repeat(1000)));

    var failure = assertThrows(BadRequestException.class, () -> registry.getImage(APP));

    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertFalse(cause.toString().contains("hush"), cause.toString());
    }
    assertTrue(failure.body().startsWith("hush hush"));
  }

  /** Its exceptions are checked, and know no difference between no answer and a bad one. */
  @Test
  void noneOfItsExceptionsComesOut() {
    for (Fault fault : List.of(Fault.status(500), Fault.html(), Fault.connectionReset())) {
      emulator.failNext(20, fault);
      var failure = assertThrows(RegistryException.class, () -> registry.getImage(APP));
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

    try (BlaxelRegistry careful = builder().httpOptions(options).build()) {
      var failure = assertThrows(RegistryServiceException.class, () -> careful.getImage(APP));

      assertEquals(500, failure.statusCode());
    }
  }

  /** Made anew into a full folder, it leaves the classes of operations that are gone. */
  @Test
  void thereAreTheFourteenOperationsAndNoLeftovers() throws Exception {
    assertEquals(
        Set.of(
            "listImages",
            "createImage",
            "cleanupImages",
            "getImage",
            "deleteImage",
            "listImageTags",
            "deleteImageTag"),
        operations(ImagesApi.class));
    assertEquals(
        Set.of(
            "listImageShares",
            "shareImage",
            "unshareImage",
            "listPendingImageShares",
            "acceptImageShare",
            "declineImageShare"),
        operations(SharesApi.class));
    assertEquals(Set.of("getToken"), operations(TokensApi.class));
    assertEquals(Set.of("ImagesApi", "SharesApi", "TokensApi"), classesBeside(ImagesApi.class));
    assertEquals(
        Set.of(
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
            "WireImage"),
        classesBeside(WireImage.class));
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

  /** It sends an empty piece as such, and dots as they are: to the purge of the workspace. */
  @Test
  void itWouldSendAnEmptyPieceAndDots() throws ApiException {
    ApiClient bare = new ApiClient();
    bare.updateBaseUri(emulator.apiUrl().toString());
    bare.setRequestInterceptor(request -> request
        .header("Authorization", "Bearer " + emulator.apiKey())
        .header("X-Blaxel-Workspace", "acme"));

    for (String[] path : new String[][] {{"", ""}, {"..", "images"}, {".", "."}}) {
      assertThrows(
          ApiException.class, () -> new ImagesApi(bare).deleteImage(path[0], path[1], null, null));
    }

    assertEquals(3, emulator.purgeCount());
    emulator.reset(); // it was no accident
  }

  /** It escapes what has a meaning in a path; a colon in a name would delete a tag. */
  @Test
  void separatorsInAPathAreEscaped() {
    assertEquals("a%2Fb%2F..%3Ac%3Fd%23e%3Bf", ApiClient.urlEncode("a/b/..:c?d#e;f"));
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

  /** With the JDK's own redirects, the key goes to another host. */
  @Test
  void redirectsAreNotLeftToTheClient() {
    emulator.failNext(
        Fault.redirect(307, "http://localhost:" + emulator.baseUrl().getPort() + "/elsewhere"));

    assertThrows(RegistryServiceException.class, () -> registry.getImage(APP));

    assertEquals("/elsewhere", lastRequest().rawPath());
    assertNull(lastRequest().headers().get("Authorization"));
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
