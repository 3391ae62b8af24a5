package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.ImageRef;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import dev.registrykit.testsupport.FakeTime;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A registry on an emulator, and what arrived there. Classes run side by side, so each registers an
 * emulator of its own.
 */
abstract class ReadingTest {

  static final ImageRef APP = ImageRef.of("shop/app");
  static final Instant DAY = Instant.parse("2025-03-04T05:06:07Z");

  /** The annotation that spares the look into the configuration. */
  static final String CREATED = "org.opencontainers.image.created";

  /** How the first page is asked for, unless a test says otherwise. */
  static final String LIST = "GET /v2/shop/app/tags/list?n=1000";

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  final FakeTime time = new FakeTime();
  OciEmulator emulator;
  OciRegistry registry;

  @BeforeEach
  void open(OciEmulator running) {
    emulator = running;
    registry = builder().build();
  }

  @AfterEach
  void close() {
    registry.close();
  }

  /** What the registry is said to be. */
  OciPreset preset() {
    return OciPreset.GENERIC;
  }

  final OciRegistryBuilder builder() {
    return OciRegistry.builder()
        .registry(emulator.baseUrl().toString())
        .preset(preset())
        .httpOptions(httpOptions())
        .time(time);
  }

  static HttpOptions httpOptions() {
    return HttpOptions.defaults().withHttpClient(CLIENT);
  }

  /** Pushes an image of a day of its own, named by its tag. */
  final String push(String tag) {
    return emulator
        .addTag("shop/app", tag, TagContent.of(tag).withDates(DAY, null))
        .digest();
  }

  /** Answers the next request with a body of the test's own. */
  final void answerNext(String json) {
    emulator.failNext(Fault.json(200, json));
  }

  /** Answers the next request for that manifest with something else. */
  final void answerManifest(String method, String reference, Fault answer) {
    emulator.failNext(method, "/manifests/" + reference + "$", 1, answer);
  }

  /** Says 404 to the next request, not to the one after it, to the one after that, and so on. */
  final void missEverySecondRequest(int times) {
    if (times > 0) {
      emulator.beforeNext("GET", "", () -> {
        emulator.failNext(Fault.status(404));
        emulator.beforeNext("GET", "", () -> missEverySecondRequest(times - 1));
      });
    }
  }

  /** Returns the requests that arrived. */
  final List<String> sent() {
    return emulator.requests().stream().map(RecordedRequest::toString).toList();
  }

  final void assertSent(String... lines) {
    assertEquals(String.join("\n", lines), String.join("\n", sent()));
  }

  final void assertNothingSent() {
    assertSent();
  }

  static String head(String reference) {
    return "HEAD /v2/shop/app/manifests/" + reference;
  }

  static String get(String reference) {
    return "GET /v2/shop/app/manifests/" + reference;
  }

  static String blob(String digest) {
    return "GET /v2/shop/app/blobs/" + digest;
  }

  /** Returns the digest of the configuration of an image that is there. */
  final String configOf(String reference) {
    OciManifest manifest = registry.getManifest(APP, reference);
    emulator.clearRequests();
    return manifest.config().orElseThrow().digest();
  }

  static List<String> names(PagedIterable<Tag> tags) {
    return tags.stream().map(Tag::name).toList();
  }

  /** Returns the texts in one, for bodies too long for a line. */
  static String text(String... parts) {
    return String.join("", Arrays.asList(parts));
  }
}
