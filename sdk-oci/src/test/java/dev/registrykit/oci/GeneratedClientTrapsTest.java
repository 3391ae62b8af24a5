package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.oci.internal.generated.ApiException;
import dev.registrykit.oci.internal.generated.api.ListingsApi;
import dev.registrykit.oci.internal.generated.model.DescriptorDocument;
import dev.registrykit.oci.internal.generated.model.TagList;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What is known to be wrong with the code of openapi-generator's {@code java}/{@code native}, one
 * test a trap. They were written against {@link #GENERATOR}; with another version, look again.
 */
@Isolated("counts the threads of HTTP clients")
class GeneratedClientTrapsTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  private static final String GENERATOR = "7.25.0";

  @Test
  void theGeneratorIsTheOneTheseTestsWereWrittenFor() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));

    assertTrue(
        pom.contains("<openapi-generator.version>" + GENERATOR + "</openapi-generator.version>"),
        "another generator: go through these traps and its changes before you change this");
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

  /** It decodes with the platform's charset; the build rewrites that. */
  @Test
  void answersAreUtf8WhateverThePlatformsCharset() {
    push("1.0");
    answerNext("{\"tags\":[\"caf\u00e9\",\"1.0\"],\"manifest\":{\"" + OciEmulator.digestOf("x")
        + "\":{\"tag\":[\"caf\u00e9\",\"1.0\"]}}}");

    Tag tag = registry.listTags(APP).toList().get(0);

    assertEquals("1.0", tag.name());
    if (Runtime.version().feature() < 18) { // from 18 on it is UTF-8 whatever the build asks for
      assertEquals(
          StandardCharsets.US_ASCII,
          Charset.defaultCharset(),
          "the build must run this with an ASCII charset, or it proves nothing");
    }
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

  /** It makes a client of its own for each Api object, with a thread and a pool. */
  @Test
  void oneHttpClientServesAllCalls() {
    push("1.0");
    Set<String> before = selectorThreads();
    try (OciRegistry own =
        OciRegistry.builder().registry(emulator.baseUrl().toString()).build()) {
      for (int i = 0; i < 10; i++) {
        own.listTags(APP).toList();
        own.listImages().toList();
        own.resolveTag(APP, "1.0");
      }
      Set<String> after = selectorThreads();
      after.removeAll(before);
      assertTrue(after.size() <= 1, after.toString()); // before Java 21, registries share clients
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

  /** With the JDK's defaults it offers an upgrade that proxies stumble over. */
  @Test
  void plainHttpIsSpokenInVersionOne() {
    push("1.0");
    registry.listTags(APP).toList();

    Map<String, List<String>> headers = emulator.requests().get(0).headers();
    assertNull(headers.get("Upgrade"));
    assertNull(headers.get("HTTP2-Settings"));
  }

  /** It unpacks an empty body too, fails, and forgets the status. */
  @Test
  void anEmptyErrorMarkedAsPackedKeepsItsStatus() {
    emulator.failNext(Fault.status(404).withHeader("Content-Encoding", "gzip"));

    var failure =
        assertThrows(NotFoundException.class, () -> registry.listTags(APP).toList());

    assertEquals(404, failure.statusCode());
  }

  /** It answers null with an error that looks like the server's own 400. */
  @Test
  void nullIsRefusedBeforeItGetsThere() throws IllegalAccessException {
    int calls = 0;
    for (Method method : OciRegistry.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      for (int i = 0; i < method.getParameterCount(); i++) {
        Object[] arguments =
            Arrays.stream(method.getParameterTypes()).map(this::example).toArray();
        if (takesADigest(method)) {
          arguments[1] = OciEmulator.digestOf("x");
        }
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

  private static boolean takesADigest(Method method) {
    return Set.of("deleteManifest", "listReferrers", "waitUntilManifestGone")
        .contains(method.getName());
  }

  private Object example(Class<?> type) {
    return Map.<Class<?>, Object>ofEntries(
            Map.entry(ImageRef.class, APP),
            Map.entry(String.class, "1.0"),
            Map.entry(byte[].class, new byte[0]),
            Map.entry(Tag.class, Tag.builder(APP, "1.0").build()),
            Map.entry(DeleteOptions.class, DeleteOptions.defaults()),
            Map.entry(ListTagsOptions.class, ListTagsOptions.defaults()),
            Map.entry(ListImagesOptions.class, ListImagesOptions.defaults()),
            Map.entry(WaitOptions.class, WaitOptions.defaults()),
            Map.entry(Feature.class, Feature.DELETE_TAG))
        .get(type);
  }

  /** Its time-out ends when the headers are there. */
  @Test
  void theDeadlineCoversTheBody() {
    push("1.0");
    emulator.failNext(Fault.stallBody(Duration.ofMinutes(5)));
    var options = httpOptions()
        .withAttemptTimeout(Duration.ofMillis(300))
        .withRetryPolicy(RetryPolicy.none());

    try (OciRegistry impatient = builder().httpOptions(options).build()) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> assertThrows(
              RegistryTimeoutException.class, () -> impatient.listTags(APP).toList()));
    }
  }

  /** It puts the whole body into the message. */
  @Test
  void noMessageHoldsABody() {
    emulator.failNext(Fault.status(403, "text/plain", "hush ".repeat(1000)));

    var failure = assertThrows(
        PermissionDeniedException.class, () -> registry.listTags(APP).toList());

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
      var failure =
          assertThrows(RegistryException.class, () -> registry.listTags(APP).toList());
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

    try (OciRegistry careful = builder().httpOptions(options).build()) {
      var failure = assertThrows(
          RegistryServiceException.class, () -> careful.listTags(APP).toList());

      assertEquals(500, failure.statusCode());
    }
  }

  /** Made anew into a full folder, it leaves the classes of operations that are gone. */
  @Test
  void thereAreTheThreeOperationsAndNoLeftovers() throws Exception {
    assertEquals(
        Set.of("listTags", "listRepositories", "listReferrers"), operations(ListingsApi.class));
    assertEquals(Set.of("ListingsApi"), classesBeside(ListingsApi.class));
    assertEquals(
        Set.of(
            "DescriptorDocument",
            "ErrorBody",
            "ErrorBodyErrorsInner",
            "ListedManifest",
            "ManifestDocument",
            "PlatformDocument",
            "RepositoryList",
            "TagList",
            "TokenAnswer"),
        classesBeside(TagList.class));
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

  /** With the JDK's own redirects, the token goes to another host. */
  @Test
  void redirectsAreNotLeftToTheClient() {
    emulator.failNext(
        Fault.redirect(307, "http://localhost:" + emulator.baseUrl().getPort() + "/elsewhere"));

    try (OciRegistry loggedIn = builder().bearerToken("hush").build()) {
      assertThrows(RegistryServiceException.class, () -> loggedIn.listTags(APP).toList());
    }

    assertEquals(Optional.of("Bearer hush"), emulator.requests().get(0).header("Authorization"));
    assertEquals("/elsewhere", emulator.requests().get(1).rawPath());
    assertEquals(Optional.empty(), emulator.requests().get(1).header("Authorization"));
  }

  /** A list that the answer lacks is null in its models. */
  @Test
  void aMissingListIsNoFailure() {
    answerNext("{\"name\":\"shop/app\"}");

    assertEquals(List.of(), registry.listTags(APP).toList());
  }
}
