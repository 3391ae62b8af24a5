package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.BlaxelEmulatorExtension;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testsupport.FakeTime;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A registry on an emulator, and the requests that arrived there. Answers given here are synthetic. */
abstract class BlaxelTest {

  @RegisterExtension
  static final BlaxelEmulatorExtension BLAXEL = new BlaxelEmulatorExtension();

  static final ImageRef APP = ImageRef.of("sandbox/app");

  static final String OLDER = "2026-04-28";

  /** What the first page of every listing is asked for with, unless a test says otherwise. */
  static final String FIRST_PAGE = "?limit=100&sort=name%3Aasc";

  static final String DIGEST = "sha256:" + "a".repeat(64);

  private static final String API = "/v0";

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  final FakeTime time = new FakeTime();
  BlaxelEmulator emulator;
  BlaxelRegistry registry;

  @BeforeEach
  void open() {
    emulator = BLAXEL.emulator();
    registry = builder().build();
  }

  @AfterEach
  void close() {
    registry.close();
  }

  final BlaxelRegistryBuilder builder() {
    return BlaxelRegistry.builder()
        .workspace(emulator.workspace())
        .apiKey(emulator.apiKey())
        .baseUrl(emulator.apiUrl().toString())
        .httpOptions(httpOptions())
        .time(time);
  }

  /** Returns a registry that asks for a version of the API before lists had pages. */
  final BlaxelRegistry older() {
    registry.close();
    registry = builder().apiVersion(OLDER).build();
    return registry;
  }

  final HttpOptions httpOptions() {
    return HttpOptions.defaults().withHttpClient(CLIENT);
  }

  /** Answers the next request with a body of the test's own. */
  final void answerNext(String json) {
    emulator.failNext(Fault.json(200, json));
  }

  /** Returns the requests that arrived, without what their paths have in common. */
  final List<String> sent() {
    return emulator.requests().stream().map(BlaxelTest::line).toList();
  }

  private static String line(RecordedRequest request) {
    assertTrue(request.rawPath().startsWith(API + "/"), request.toString());
    return request.toString().replaceFirst(API, "");
  }

  final void assertSent(String... lines) {
    assertEquals(String.join("\n", lines), String.join("\n", sent()));
  }

  final void assertNothingSent() {
    assertSent();
  }

  final RecordedRequest lastRequest() {
    return emulator.requests().get(emulator.requests().size() - 1);
  }

  static String lookUpTag(String path, String name) {
    return "GET /images/" + path + "/tags" + FIRST_PAGE + "&name=" + name;
  }

  /** Returns the texts in one, for bodies and listings too long for a line. */
  static String text(String... parts) {
    return String.join("", Arrays.asList(parts));
  }
}
