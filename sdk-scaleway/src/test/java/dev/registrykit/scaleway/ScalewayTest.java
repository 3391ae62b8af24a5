package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.ScalewayEmulatorExtension;
import dev.registrykit.testsupport.FakeTime;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A registry on an emulator, and the requests that arrived there. */
abstract class ScalewayTest {

  @RegisterExtension
  static final ScalewayEmulatorExtension SCALEWAY = new ScalewayEmulatorExtension();

  static final ImageRef APP = ImageRef.of("shop/app");

  /** What the first page of every listing is asked for with, unless a test says otherwise. */
  static final String FIRST_PAGE = "?page=1&page_size=100&order_by=created_at_asc";

  static final String UNKNOWN_ID = "00000000-1111-4222-8333-444444444444";

  static final String DIGEST = ScalewayEmulator.digestOf("one");

  private static final String API = "/registry/v1/regions/fr-par";

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  final FakeTime time = new FakeTime();
  ScalewayEmulator emulator;
  ScalewayRegistry registry;

  @BeforeEach
  void open() {
    emulator = SCALEWAY.emulator();
    registry = builder().build();
  }

  @AfterEach
  void close() {
    registry.close();
  }

  final ScalewayRegistryBuilder builder() {
    return ScalewayRegistry.builder()
        .region("fr-par")
        .secretKey(emulator.secretKey())
        .baseUrl(emulator.baseUrl().toString())
        .httpOptions(httpOptions())
        .time(time);
  }

  final HttpOptions httpOptions() {
    return HttpOptions.defaults().withHttpClient(CLIENT);
  }

  /** Makes the identifiers of an image known to the registry, and forgets the requests for them. */
  final void knowing(ImageRef image) {
    registry.getImage(image);
    emulator.clearRequests();
  }

  /** Answers the next request with a body of the test's own. */
  final void answerNext(String json) {
    emulator.failNext(Fault.json(200, json));
  }

  /** Deletes what is there by another program, at once and without a trace among the requests. */
  final void elsewhere(Consumer<ScalewayRegistry> action) {
    emulator.setDeletionReads(0);
    try (ScalewayRegistry other = builder().build()) {
      action.accept(other);
    }
    emulator.setDeletionReads(1);
    emulator.clearRequests();
  }

  /** Returns the requests that arrived, without what their paths have in common. */
  final List<String> sent() {
    return emulator.requests().stream().map(ScalewayTest::line).toList();
  }

  private static String line(RecordedRequest request) {
    assertTrue(request.rawPath().startsWith(API + "/"), request.toString());
    return request.toString().replace(API, "");
  }

  final void assertSent(String... lines) {
    assertEquals(String.join("\n", lines), String.join("\n", sent()));
  }

  final void assertNothingSent() {
    assertSent();
  }

  static String lookUpNamespace(String name) {
    return "GET /namespaces" + FIRST_PAGE + "&name=" + name;
  }

  static String lookUpImage(String namespaceId, String name) {
    return "GET /images" + FIRST_PAGE + "&namespace_id=" + namespaceId + "&name=" + name;
  }

  static String listTags(String imageId) {
    return "GET /images/" + imageId + "/tags" + FIRST_PAGE;
  }

  static String lookUpTag(String imageId, String name) {
    return listTags(imageId) + "&name=" + name;
  }

  /** Returns the texts in one, for bodies and listings too long for a line. */
  static String text(String... parts) {
    return String.join("", Arrays.asList(parts));
  }
}
