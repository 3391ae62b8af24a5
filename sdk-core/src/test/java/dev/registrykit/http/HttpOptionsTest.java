package dev.registrykit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOptionsTest {

  private static final HttpOptions DEFAULTS = HttpOptions.defaults();

  @Test
  void theDefaultsAreAsDocumented() {
    assertEquals(Duration.ofSeconds(10), DEFAULTS.connectTimeout());
    assertEquals(Duration.ofSeconds(60), DEFAULTS.attemptTimeout());
    assertEquals(Duration.ofMinutes(3), DEFAULTS.callTimeout());
    assertEquals(16 * 1024 * 1024, DEFAULTS.maxResponseBytes());
    assertEquals(10_000, DEFAULTS.maxPages());
    assertSame(RetryPolicy.standard(), DEFAULTS.retryPolicy());
    assertEquals(Optional.empty(), DEFAULTS.applicationName());
    assertEquals(Optional.empty(), DEFAULTS.httpClient());
  }

  @Test
  void settingsAreKeptWhileOthersAreSet() {
    RequestListener listener = event -> {};
    HttpOptions options = DEFAULTS
        .withConnectTimeout(Duration.ofSeconds(1))
        .withAttemptTimeout(Duration.ofSeconds(2))
        .withCallTimeout(Duration.ofSeconds(3))
        .withOperationTimeout(Duration.ofSeconds(7))
        .withMaxResponseBytes(4)
        .withMaxPages(5)
        .withRetryPolicy(RetryPolicy.none())
        .withRequestListener(listener)
        .withApplicationName("pruner/2.1")
        .withConnectTimeout(Duration.ofSeconds(6));

    assertEquals(Duration.ofSeconds(6), options.connectTimeout());
    assertEquals(Duration.ofSeconds(2), options.attemptTimeout());
    assertEquals(Duration.ofSeconds(3), options.callTimeout());
    assertEquals(Duration.ofSeconds(7), options.operationTimeout());
    assertEquals(4, options.maxResponseBytes());
    assertEquals(5, options.maxPages());
    assertSame(RetryPolicy.none(), options.retryPolicy());
    assertSame(listener, options.requestListener());
    assertEquals(Optional.of("pruner/2.1"), options.applicationName());
  }

  @Test
  void aCopyLeavesTheDefaultsAsTheyWere() {
    DEFAULTS.withMaxPages(1);
    DEFAULTS.withConnectTimeout(Duration.ofSeconds(1));
    DEFAULTS.withApplicationName("x");

    theDefaultsAreAsDocumented();
  }

  static Duration[] notPositive() {
    return new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1)};
  }

  @ParameterizedTest
  @MethodSource("notPositive")
  void aTimeoutIsPositive(Duration duration) {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withConnectTimeout(duration));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withAttemptTimeout(duration));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withCallTimeout(duration));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withOperationTimeout(duration));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1L << 31, Long.MAX_VALUE})
  void aResponseHasFrom1ByteTo2GiB(long bytes) {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withMaxResponseBytes(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aListingHasAtLeastOnePage(int pages) {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withMaxPages(pages));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " x", "x\n", "x\r\nCookie: y", "ü", "\0"})
  void anApplicationNameCanStandInAHeader(String name) {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withApplicationName(name));
  }

  @Test
  void anApplicationNameHasAtMost128Characters() {
    DEFAULTS.withApplicationName("x".repeat(128));

    assertThrows(
        IllegalArgumentException.class, () -> DEFAULTS.withApplicationName("x".repeat(129)));
  }

  @ParameterizedTest
  @EnumSource(value = HttpClient.Redirect.class, names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  void aClientThatFollowsRedirectsIsRefused(HttpClient.Redirect redirect) {
    HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();

    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withHttpClient(client));
  }

  @Test
  void aConnectTimeoutContradictsTheCallersOwnClient() {
    HttpClient client = HttpClient.newHttpClient();
    HttpOptions own = DEFAULTS.withHttpClient(client);
    HttpOptions timed = DEFAULTS.withConnectTimeout(Duration.ofSeconds(1));

    assertSame(client, own.httpClient().orElseThrow());
    assertThrows(
        IllegalArgumentException.class, () -> own.withConnectTimeout(Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> timed.withHttpClient(client));
  }

  private static HttpOptions full() {
    return DEFAULTS
        .withConnectTimeout(Duration.ofSeconds(1))
        .withAttemptTimeout(Duration.ofSeconds(2))
        .withCallTimeout(Duration.ofSeconds(3))
        .withOperationTimeout(Duration.ofSeconds(4))
        .withMaxResponseBytes(5)
        .withMaxPages(6)
        .withRetryPolicy(RetryPolicy.standard().withMaxAttempts(7))
        .withApplicationName("pruner/2.1");
  }

  static Stream<HttpOptions> others() {
    return Stream.of(
        DEFAULTS,
        full().withConnectTimeout(Duration.ofSeconds(9)),
        full().withAttemptTimeout(Duration.ofSeconds(9)),
        full().withCallTimeout(Duration.ofSeconds(9)),
        full().withOperationTimeout(Duration.ofSeconds(9)),
        full().withMaxResponseBytes(9),
        full().withMaxPages(9),
        full().withRetryPolicy(RetryPolicy.none()),
        full().withRequestListener(event -> {}),
        full().withApplicationName("other"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void optionsDifferByEachSetting(HttpOptions other) {
    assertNotEquals(full(), other);
  }

  @Test
  void optionsOfEqualSettingsAreEqual() {
    assertEquals(full(), full());
    assertEquals(full().hashCode(), full().hashCode());
    assertEquals(DEFAULTS, DEFAULTS.withMaxPages(DEFAULTS.maxPages()));
  }

  /** Equal to all of its kind, which says nothing of what each does. */
  private record Listener() implements RequestListener {
    @Override
    public void onRequest(RequestEvent event) {}

    @Override
    public String toString() {
      return "metrics with 5ecret";
    }
  }

  @Test
  void theListenerAndTheCallersClientHaveToBeTheSame() {
    Listener listener = new Listener();
    HttpClient client = HttpClient.newHttpClient();
    HttpOptions given = DEFAULTS.withRequestListener(listener).withHttpClient(client);

    assertEquals(given, DEFAULTS.withHttpClient(client).withRequestListener(listener));
    assertNotEquals(given, given.withRequestListener(new Listener()));
    assertNotEquals(given, given.withHttpClient(HttpClient.newHttpClient()));
  }

  @Test
  void aTextForLogsTellsAllSettingsAndOfTheCallersObjectsThatTheyAreThere() {
    String text = full().withRequestListener(new Listener()).toString();

    assertEquals(
        "HttpOptions[connectTimeout=PT1S, attemptTimeout=PT2S, callTimeout=PT3S, operationTimeout=PT4S, "
            + "maxResponseBytes=5, maxPages=6, retryPolicy=RetryPolicy[maxAttempts=7, baseDelay=PT0.2S, "
            + "maxDelay=PT5S, maxRetryAfter=PT30S], applicationName=pruner/2.1] with a request listener",
        text);
    assertTrue(DEFAULTS
        .withHttpClient(HttpClient.newHttpClient())
        .toString()
        .endsWith("applicationName=null] with the caller's HTTP client"));
  }

  @Test
  void nullIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> DEFAULTS.withConnectTimeout(null));
    assertThrows(NullPointerException.class, () -> DEFAULTS.withAttemptTimeout(null));
    assertThrows(NullPointerException.class, () -> DEFAULTS.withCallTimeout(null));
    assertThrows(NullPointerException.class, () -> DEFAULTS.withOperationTimeout(null));
    assertThrows(NullPointerException.class, () -> DEFAULTS.withRetryPolicy(null));
    assertThrows(NullPointerException.class, () -> DEFAULTS.withRequestListener(null));
    assertThrows(NullPointerException.class, () -> DEFAULTS.withApplicationName(null));
    assertThrows(NullPointerException.class, () -> DEFAULTS.withHttpClient(null));
  }
}
