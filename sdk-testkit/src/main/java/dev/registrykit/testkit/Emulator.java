package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.ClassPathWireMock;
import dev.registrykit.testkit.internal.Digests;
import dev.registrykit.testkit.internal.EmulatedService;
import dev.registrykit.testkit.internal.Emulation;
import dev.registrykit.testkit.internal.EmulatorServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What all emulators share: an address on 127.0.0.1, a journal of the requests, and faults that
 * spoil them. Speaks HTTP/1.1 only, never compresses, and dates every answer by the system's clock
 * unless a fault has a {@code Date} of its own. Thread-safe.
 *
 * @since 0.1.0
 */
public abstract class Emulator implements AutoCloseable {
  private final Emulation emulation;
  private final EmulatorServer server;
  private final URI baseUrl;

  Emulator(EmulatedService service) {
    ClassPathWireMock.makeReadable();
    this.emulation = new Emulation(service);
    this.server = EmulatorServer.start(emulation);
    this.baseUrl = server.baseUrl();
  }

  /**
   * Where the emulator listens.
   *
   * @return {@code http://127.0.0.1:port}, without a path
   */
  public final URI baseUrl() {
    return baseUrl;
  }

  /**
   * What {@link dev.registrykit.Registries#open(URI, Map, dev.registrykit.http.HttpOptions)} takes to
   * talk to this emulator, together with {@link #environment()}.
   *
   * @return a URI of the provider's scheme with the address of the emulator as a parameter
   */
  public abstract URI uri();

  /**
   * The variables that go with {@link #uri()}: the keys that the emulator lets in now, and nothing that
   * names a file or a home directory.
   *
   * @return values by the names that the provider reads; empty when none are asked for
   */
  public abstract Map<String, String> environment();

  /**
   * Pushes a tag whose content is made from its name, so that tags of different names differ; otherwise
   * as {@link #addTag(String, String, TagContent)} does.
   *
   * @param image such as {@code shop/app}
   * @param tag the tag's name; one that is there is moved
   * @return what the service calls it
   */
  public final AddedTag addTag(String image, String tag) {
    return addTag(image, tag, TagContent.of(tag));
  }

  /**
   * Pushes a tag, at once and without a request; adds the image when it is missing.
   *
   * @param image such as {@code shop/app}, in the provider's shape
   * @param tag the tag's name; one that is there is moved
   * @param content what it points to and when it was pushed
   * @return what the service calls it
   */
  public abstract AddedTag addTag(String image, String tag, TagContent content);

  /**
   * Adds tags {@code t-000000}, {@code t-000001}, …; a second call goes on where the first ended.
   *
   * @param image such as {@code shop/app}
   * @param count how many
   */
  public abstract void addTags(String image, int count);

  /**
   * The tags that are there and not being deleted; asking is no request and no read.
   *
   * @param image such as {@code shop/app}
   * @return their names; empty when there is no such image
   */
  public abstract List<String> tagNames(String image);

  /**
   * The digest of a text.
   *
   * @param text anything
   * @return {@code sha256:} and the SHA-256 of the text's UTF-8 bytes in lower-case hex
   */
  public static String digestOf(String text) {
    return digestOf(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The digest of bytes.
   *
   * @param bytes anything
   * @return {@code sha256:} and the SHA-256 in lower-case hex
   */
  public static String digestOf(byte[] bytes) {
    return Digests.of(bytes);
  }

  /**
   * Spoils the next request.
   *
   * @param fault what goes wrong
   */
  public final void failNext(Fault fault) {
    failNext(1, fault);
  }

  /**
   * Spoils the next requests.
   *
   * @param times how many, at least 1
   * @param fault what goes wrong
   */
  public final void failNext(int times, Fault fault) {
    fail(0, times, request -> true, fault);
  }

  /**
   * Spoils the next requests of one kind. Of several faults that match a request, the one given
   * first is used.
   *
   * @param method the HTTP method
   * @param pathRegex a regular expression that is searched in the raw path, without the query
   * @param times how many, at least 1
   * @param fault what goes wrong
   */
  public final void failNext(String method, String pathRegex, int times, Fault fault) {
    fail(0, times, matching(method, pathRegex), fault);
  }

  /**
   * Spoils the next requests that a test picks out, by their query for example. Of several faults
   * that match a request, the one given first is used.
   *
   * @param which is asked of every request while the fault waits; must not send requests itself
   * @param times how many, at least 1
   * @param fault what goes wrong
   */
  public final void failNext(Predicate<RecordedRequest> which, int times, Fault fault) {
    Objects.requireNonNull(which, "which");
    fail(0, times, request -> which.test(recorded(request)), fault);
  }

  /**
   * Spoils one request and none before it, so that a test can meet each request of a call in turn.
   *
   * @param number which request from now on, from 1
   * @param fault what goes wrong
   */
  public final void failRequest(int number, Fault fault) {
    if (number < 1) {
      throw new IllegalArgumentException("number: " + number);
    }
    fail(number - 1, 1, request -> true, fault);
  }

  /**
   * Spoils every request from now on, until {@link #clearFaults} or {@link #reset}.
   *
   * @param fault what goes wrong
   */
  public final void failAll(Fault fault) {
    fail(0, Integer.MAX_VALUE, request -> true, fault);
  }

  /** Forgets the faults that still wait; answers that are stalled stay so. */
  public final void clearFaults() {
    emulation.clearFaults();
  }

  /**
   * Does something just before the next request of one kind is carried out, once: what another
   * client does in between. The request is in {@link #requests} by then, and a fault may still spoil
   * it. Of several actions that match a request, the one given first is used, and the others wait
   * for the next.
   *
   * @param method the HTTP method
   * @param pathRegex a regular expression that is searched in the raw path, without the query
   * @param action runs on a thread of the emulator, which it may change and even send requests to;
   *     when it throws, the request is answered with 500
   */
  public final void beforeNext(String method, String pathRegex, Runnable action) {
    Objects.requireNonNull(action, "action");
    emulation.beforeNext(matching(method, pathRegex), action);
  }

  /**
   * How many requests are still to be spoiled; a test can assert that its fault was met.
   *
   * @return 0 when no fault waits; at most {@link Integer#MAX_VALUE}
   */
  public final int pendingFaults() {
    return emulation.pendingFaults();
  }

  /**
   * The requests received, also those refused or spoiled.
   *
   * @return in order of arrival; the last 10,000 at most
   */
  public final List<RecordedRequest> requests() {
    return emulation.requests().stream().map(Emulator::recorded).toList();
  }

  /**
   * How many requests were received since the start or {@link #clearRequests}.
   *
   * @return the exact number, beyond what {@link #requests} keeps
   */
  public final long requestCount() {
    return emulation.requestCount();
  }

  /** Forgets the requests received so far; the state stays. */
  public final void clearRequests() {
    emulation.clearRequests();
  }

  /**
   * Makes the emulator as new: no content, faults, actions or requests, default behaviour, first id and
   * first instant. The address stays. Answers that are stalled end.
   */
  public final void reset() {
    emulation.reset();
    resetService();
  }

  abstract void resetService();

  /** Stops the server and ends stalled answers; harmless when repeated. */
  @Override
  public final void close() {
    emulation.endPauses();
    server.stop();
  }

  private void fail(int spared, int times, Predicate<ApiRequest> matches, Fault fault) {
    if (times < 1) {
      throw new IllegalArgumentException("times: " + times);
    }
    emulation.fail(spared, times, matches, fault.script());
  }

  private static Predicate<ApiRequest> matching(String method, String pathRegex) {
    Pattern path = Pattern.compile(pathRegex);
    String upperCase = method.toUpperCase(Locale.ROOT);
    return request ->
        request.method().equals(upperCase) && path.matcher(request.rawPath()).find();
  }

  private static RecordedRequest recorded(ApiRequest request) {
    return new RecordedRequest(
        request.method(), request.rawPath(), request.rawQuery(), request.headers(), request.body());
  }
}
