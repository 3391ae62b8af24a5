package dev.registrykit.testsupport.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Emulator;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is known to be wrong with the code that openapi-generator's own templates for {@code java} and {@code
 * native} make, and must not be with that of ours, one test a trap; a provider's own traps stand in its own test. They were written against
 * {@link #GENERATOR}; with another version, look again.
 */
public interface GeneratedClientTraps {

  /** The version of the generator that was looked at. */
  String GENERATOR = "7.25.0";

  // What differs

  /** Returns the emulator of this test, which holds {@link #image()} with a tag. */
  Emulator populated();

  /** Returns the image. */
  ImageRef image();

  /** Returns a registry on the emulator that has a login; closed by the test. */
  Registry opened(HttpOptions options);

  /** Returns the header that the login is sent in. */
  String loginHeader();

  /** Returns the interface of the provider's registry. */
  Class<? extends Registry> facade();

  /** Returns what the provider's methods may be given beside what every registry's may. */
  Map<Class<?>, Object> examples();

  /** Returns any of the classes that send requests. */
  Class<?> anApi();

  /** Returns any of the classes that answers become. */
  Class<?> aModel();

  /** Returns the names of the operations, after the class that has them and a dot. */
  Set<String> operations();

  /** Returns the simple names of all classes that answers become. */
  Set<String> models();

  // The traps

  @Test
  default void theGeneratorIsTheOneTheseTestsWereWrittenFor() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));

    assertTrue(
        pom.contains("<openapi-generator.version>" + GENERATOR + "</openapi-generator.version>"),
        "another generator: go through these traps and its changes before you change this");
  }

  /** It decodes with the platform's charset; a test of that proves nothing on UTF-8. */
  @Test
  default void testsRunWithAnAsciiCharset() {
    if (Runtime.version().feature() < 18) { // from 18 on it is UTF-8 whatever the build asks for
      assertEquals(StandardCharsets.US_ASCII, Charset.defaultCharset());
    }
  }

  /** It makes a client of its own for each Api object, with a thread and a pool. */
  @Test
  default void oneHttpClientServesAllCalls() {
    populated();
    Set<String> before = selectorThreads();
    try (Registry own = opened(HttpOptions.defaults())) {
      for (int i = 0; i < 10; i++) {
        own.listTags(image()).toList();
        own.listImages().toList();
        own.getImage(image());
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

  /** With the JDK's defaults it offers an upgrade that proxies stumble over. */
  @Test
  default void plainHttpIsSpokenInVersionOne() {
    Emulator emulator = populated();
    try (Registry registry = opened(HttpOptions.defaults())) {
      registry.listTags(image()).toList();
    }

    assertTrue(emulator.requestCount() > 0);
    for (RecordedRequest request : emulator.requests()) {
      assertNull(request.headers().get("Upgrade"), request.toString());
      assertNull(request.headers().get("HTTP2-Settings"), request.toString());
    }
  }

  /** It decompresses an empty body too, fails, and forgets the status. */
  @Test
  default void anEmptyErrorMarkedAsCompressedKeepsItsStatus() {
    populated().failNext(Fault.status(404).withHeader("Content-Encoding", "gzip"));

    assertEquals(404, failure(RegistryServiceException.class, withoutRetries()).statusCode());
  }

  private HttpOptions withoutRetries() {
    return HttpOptions.defaults().withRetryPolicy(RetryPolicy.none());
  }

  /** Returns what listing the tags of the image fails with. */
  private <E extends RegistryException> E failure(Class<E> type, HttpOptions options) {
    try (Registry registry = opened(options)) {
      return assertThrows(type, () -> registry.listTags(image()).toList());
    }
  }

  /** It answers null with an error that looks like the server's own 400. */
  @Test
  default void nullIsRefusedBeforeItGetsThere() throws IllegalAccessException {
    Emulator emulator = populated();
    int calls = 0;
    try (Registry registry = opened(HttpOptions.defaults())) {
      for (Method method : facade().getMethods()) {
        int parameters = Modifier.isStatic(method.getModifiers()) ? 0 : method.getParameterCount();
        for (int i = 0; i < parameters; i++) {
          Object[] arguments = IntStream.range(0, parameters)
              .mapToObj(index -> argument(method, index))
              .toArray();
          arguments[i] = null;
          var failure = assertThrows(
              InvocationTargetException.class,
              () -> method.invoke(registry, arguments),
              method::toString);
          assertInstanceOf(NullPointerException.class, failure.getCause(), method.toString());
          calls++;
        }
      }
    }
    assertTrue(calls > 35, "calls: " + calls);
    assertEquals(0, emulator.requestCount());
  }

  /** Returns something that the method may be given. */
  default Object argument(Method method, int index) {
    Class<?> type = method.getParameterTypes()[index];
    Object example = examples().get(type);
    boolean namesATag = method.getName().endsWith("Tag")
        && !Arrays.asList(method.getParameterTypes()).contains(String.class);
    return example != null
        ? example
        : Map.<Class<?>, Object>of(
                ImageRef.class, namesATag ? tagged() : image(),
                String.class, "1.0",
                Tag.class, Tag.builder(image(), "1.0").build(),
                DeleteOptions.class, DeleteOptions.defaults(),
                ListTagsOptions.class, ListTagsOptions.defaults(),
                ListImagesOptions.class, ListImagesOptions.defaults(),
                WaitOptions.class, WaitOptions.defaults(),
                Feature.class, Feature.DELETE_TAG)
            .get(type);
  }

  private ImageRef tagged() {
    return ImageRef.parse("registry.example/" + image().path() + ":1.0");
  }

  /** Its time-out ends when the headers are there. */
  @Test
  default void theDeadlineCoversTheBody() {
    populated().failNext(Fault.stallBody(Duration.ofMinutes(5)));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> failure(
            RegistryTimeoutException.class,
            withoutRetries().withAttemptTimeout(Duration.ofMillis(300))));
  }

  /** It puts the whole body into the message. */
  @Test
  default void noMessageHoldsABody() {
    populated().failNext(Fault.status(403, "text/html", "<p>" + "hush ".repeat(1000)));

    var failure = failure(PermissionDeniedException.class, HttpOptions.defaults());

    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertFalse(cause.toString().contains("hush"), cause.toString());
    }
    assertTrue(failure.body().startsWith("<p>hush hush"));
  }

  /** Its exceptions are checked, and know no difference between no answer and a bad one. */
  @Test
  default void noneOfItsExceptionsComesOut() {
    String generated = anApi().getPackageName().replaceFirst("\\.api$", "");
    for (Fault fault : List.of(Fault.status(500), Fault.html(), Fault.connectionReset())) {
      Emulator emulator = populated();
      emulator.failNext(20, fault);
      var failure = failure(RegistryException.class, withoutRetries());
      emulator.reset();

      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        assertFalse(cause.getClass().getName().startsWith(generated), cause.toString());
      }
    }
  }

  /** It reads the whole body, however long. */
  @Test
  default void bodiesAreBounded() {
    populated().failNext(Fault.oversizedBody(500, 100_000_000));

    assertEquals(500, failure(RegistryServiceException.class, withoutRetries()).statusCode());
  }

  /** With the JDK's own redirects, the login goes to another host. */
  @Test
  default void redirectsAreNotLeftToTheClient() {
    Emulator emulator = populated();
    int port = emulator.baseUrl().getPort();
    emulator.failNext(Fault.redirect(307, "http://localhost:" + port + "/elsewhere"));

    failure(RegistryServiceException.class, withoutRetries());

    List<RecordedRequest> requests = emulator.requests();
    assertNotNull(requests.get(0).headers().get(loginHeader()));
    assertEquals("/elsewhere", requests.get(1).rawPath());
    assertNull(requests.get(1).headers().get(loginHeader()));
  }

  /** Made anew into a full folder, it leaves the classes of operations that are gone. */
  @Test
  default void thereAreTheOperationsOfTheDocumentAndNoLeftovers() throws Exception {
    Set<String> operations = new TreeSet<>();
    for (String api : classesBeside(anApi())) {
      Class<?> type = Class.forName(anApi().getPackageName() + "." + api);
      Arrays.stream(type.getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
          .forEach(method -> operations.add(api + "." + method.getName()));
    }

    assertEquals(operations(), operations);
    assertEquals(models(), classesBeside(aModel()));
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
}
