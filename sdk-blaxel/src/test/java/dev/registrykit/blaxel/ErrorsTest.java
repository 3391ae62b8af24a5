package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.WaitOptions;
import dev.registrykit.http.RequestEvent;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Refusals of the service and of what stands before it, and the exceptions they become. Bodies are
 * synthetic, in the shapes that the vendor documents and its clients expect.
 */
class ErrorsTest extends BlaxelTest {

  private static final String OPERATION = "get image sandbox/app";

  private <E extends RegistryServiceException> E refused(Class<E> expected, Fault fault) {
    emulator.failNext(fault);
    return refused(expected);
  }

  private <E extends RegistryServiceException> E refused(Class<E> expected) {
    E failure = assertThrows(expected, () -> registry.getImage(APP));
    assertEquals(expected, failure.getClass());
    assertEquals(OPERATION, failure.operation());
    assertTrue(failure.getMessage().startsWith(OPERATION + " failed: HTTP "));
    return failure;
  }

  /** Returns what the message says besides the operation and the request's identifier. */
  private static String said(RegistryServiceException failure) {
    return failure
        .getMessage()
        .replace(OPERATION + " failed: ", "")
        .replaceFirst(" \\(request-id request-\\d+", " (request-id …");
  }

  // The three shapes

  @Test
  void theControlPlanesCodeIsTheStatusAgain() {
    var failure = refused(
        ConflictException.class,
        Fault.json(409, "{\"error\":\"already there\",\"code\":409,\"message\":\"try another\"}"));

    assertEquals(Optional.empty(), failure.errorCode());
    assertEquals("HTTP 409: already there; try another (request-id …)", said(failure));
  }

  @Test
  void anActionsCodeIsAText() {
    var failure = refused(
        ConflictException.class,
        Fault.json(
            409,
            "{\"code\":\"ALREADY_EXISTS\",\"message\":\"m\",\"status_code\":409,\"reason\":\"R\"}"));

    assertEquals(Optional.of("ALREADY_EXISTS"), failure.errorCode());
    assertEquals("HTTP 409 ALREADY_EXISTS: m; R (request-id …)", said(failure));
  }

  @Test
  void thePlatformsErrorIsAnObject() {
    var failure = refused(
        NotFoundException.class,
        Fault.json(
            404,
            text(
                "{\"error\":{\"action\":\"check the path\",\"code\":\"ROUTE_NOT_FOUND\",",
                "\"do_not\":\"retry\",\"message\":\"no route\",\"origin\":\"platform\",",
                "\"retryable\":false,\"status\":404}}")));

    assertEquals(Optional.of("ROUTE_NOT_FOUND"), failure.errorCode());
    assertEquals(
        "HTTP 404 ROUTE_NOT_FOUND: no route; check the path (request-id …)", said(failure));
  }

  @Test
  void anUnknownVersionHasACodeForAnError() {
    try (BlaxelRegistry strange = builder().apiVersion("2026-99-99").build()) {
      var failure = assertThrows(BadRequestException.class, () -> strange.getImage(APP));

      assertEquals(Optional.of("invalid_api_version"), failure.errorCode());
      assertTrue(
          said(failure)
              .startsWith("HTTP 400 invalid_api_version: Unknown API version \"2026-99-99"),
          said(failure));
    }
  }

  @Test
  void aSingleWordAloneIsAMessage() {
    var failure = refused(
        AuthenticationException.class,
        Fault.json(401, "{\"code\":401,\"error\":\"Unauthorized\"}"));

    assertEquals(Optional.empty(), failure.errorCode());
    assertEquals("HTTP 401: Unauthorized (request-id …)", said(failure));
  }

  @Test
  void theHeaderOfThePlatformTellsTheCodeWhereTheBodyDoesNot() {
    var failure = refused(
        PermissionDeniedException.class,
        Fault.status(403).withHeader("X-Blaxel-Error-Code", "FORBIDDEN"));

    assertEquals("HTTP 403 FORBIDDEN (request-id …)", said(failure));
  }

  // Statuses

  @ParameterizedTest
  @CsvSource({
    "400, dev.registrykit.BadRequestException",
    "401, dev.registrykit.AuthenticationException",
    "402, dev.registrykit.RegistryServiceException",
    "403, dev.registrykit.PermissionDeniedException",
    "405, dev.registrykit.RegistryServiceException",
    "409, dev.registrykit.ConflictException",
    "410, dev.registrykit.RegistryServiceException",
    "412, dev.registrykit.PreconditionFailedException",
    "413, dev.registrykit.RegistryServiceException",
    "422, dev.registrykit.BadRequestException",
    "423, dev.registrykit.ConflictException",
    "501, dev.registrykit.ServerException"
  })
  void theStatusDecidesWhereThereIsNothingElse(
      int status, Class<? extends RegistryServiceException> expected) {
    var failure = refused(expected, Fault.status(status));

    assertEquals(status, failure.statusCode());
    assertEquals("HTTP " + status + " (request-id …)", said(failure));
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aWrongKeyIsAnAuthenticationException() {
    try (BlaxelRegistry stranger = builder().apiKey("wrong").build()) {
      assertThrows(AuthenticationException.class, () -> stranger.getImage(APP));
      assertEquals(1, emulator.requestCount());
    }
  }

  @Test
  void anotherWorkspaceIsAPermissionDeniedException() {
    try (BlaxelRegistry stranger = builder().workspace("other").build()) {
      var failure = assertThrows(PermissionDeniedException.class, () -> stranger.getImage(APP));

      assertEquals(Optional.of("UNAUTHORIZED_WORKSPACE"), failure.errorCode());
      assertTrue(failure.getMessage().contains("No access to workspace other"));
    }
  }

  // Repeating

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void whatMayPassIsTriedThreeTimes(int status) {
    emulator.failNext(3, Fault.status(status));

    var failure = assertThrows(RegistryServiceException.class, () -> registry.getImage(APP));

    assertEquals(3, failure.attempts());
    assertEquals(3, emulator.requestCount());
    assertEquals(List.of(Duration.ofMillis(200), Duration.ofMillis(400)), time.sleeps());
  }

  @Test
  void whatThePlatformCallsRetryableIsTriedAgainWhateverTheStatus() {
    emulator.addImage("sandbox/app");
    emulator.failNext(
        2,
        Fault.json(
            404,
            "{\"error\":{\"code\":\"WORKLOAD_UNAVAILABLE\",\"message\":\"m\",\"retryable\":true}}"));

    assertEquals(APP, registry.getImage(APP).ref());
    assertEquals(3, emulator.requestCount());
  }

  @Test
  void whatThePlatformCallsHopelessIsNotTriedAgain() {
    var failure = refused(
        RateLimitException.class,
        Fault.json(
            429,
            text(
                "{\"error\":{\"code\":\"USAGE_LIMIT_EXCEEDED\",\"message\":\"m\",",
                "\"retryable\":false,\"retry_after_seconds\":19}}")));

    assertEquals(1, failure.attempts());
    assertEquals(Optional.of(Duration.ofSeconds(19)), failure.retryAfter());
    assertEquals(List.of(), time.sleeps());
  }

  @ParameterizedTest
  @CsvSource({"1.5, 1500", "0, 0"})
  void theWaitInABodyIsObeyed(String seconds, long millis) {
    emulator.addImage("sandbox/app");
    emulator.failNext(Fault.json(
        429,
        "{\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"retry_after_seconds\":" + seconds + "}}"));

    registry.getImage(APP);

    assertEquals(List.of(Duration.ofMillis(millis)), time.sleeps());
  }

  @Test
  void theHeadersWaitWinsOverTheBodys() {
    emulator.addImage("sandbox/app");
    emulator.failNext(Fault.json(429, "{\"retry_after\":20}").withHeader("Retry-After", "2"));

    registry.getImage(APP);

    assertEquals(List.of(Duration.ofSeconds(2)), time.sleeps());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "\"1\"", "null", "{}", "1e400"})
  void aWaitThatIsNoneIsPassedOver(String seconds) {
    emulator.failNext(3, Fault.json(429, "{\"error\":{\"retry_after_seconds\":" + seconds + "}}"));

    var failure = assertThrows(RateLimitException.class, () -> registry.getImage(APP));

    assertTrue(failure.retryAfter().isEmpty() || seconds.equals("1e400"));
  }

  @Test
  void aPostIsRepeatedOnlyWhereThePlatformCallsThatSafe() {
    emulator.addImage("sandbox/app");
    emulator.failNext(Fault.status(503));
    assertThrows(ServerException.class, () -> registry.shareImage(APP, "other"));
    assertEquals(1, emulator.requestCount());

    emulator.failNext(Fault.json(
        503, "{\"error\":{\"code\":\"X\",\"retryable\":true,\"safe_to_retry_request\":true}}"));
    assertFalse(registry.shareImage(APP, "other").isPending());
    assertEquals(3, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409})
  void whatStaysIsNotTriedAgain(int status) {
    emulator.failNext(Fault.json(status, "{\"error\":\"no\",\"code\":" + status + "}"));

    assertThrows(RegistryServiceException.class, () -> registry.getImage(APP));
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aLongRetryAfterEndsTheCall() {
    var failure = refused(RateLimitException.class, Fault.retryAfter(429, "3600"));

    assertEquals(Optional.of(Duration.ofHours(1)), failure.retryAfter());
    assertEquals(1, failure.attempts());
  }

  // Request ids

  @Test
  void theRequestIdIsTheFirstOfTheThreeHeaders() {
    var failure = refused(PermissionDeniedException.class, Fault.status(403));

    assertTrue(failure.requestId().orElseThrow().startsWith("request-"));
  }

  @Test
  void theOtherHeadersStandIn() throws Exception {
    for (String[] headers : new String[][] {
      {"X-Amz-Cf-Id: amz\r\nCF-Ray: ray", "amz"},
      {"CF-Ray: ray", "ray"},
      {"X-Request-Id: plain", "plain"}
    }) {
      try (OneAnswerServer server = new OneAnswerServer("403 Forbidden", headers[0], "");
          BlaxelRegistry made = builder().baseUrl(server.url()).build()) {
        var failure = assertThrows(PermissionDeniedException.class, () -> made.getImage(APP));

        assertEquals(Optional.of(headers[1]), failure.requestId());
      }
    }
  }

  // Bodies that are none

  @ParameterizedTest
  @CsvSource({
    "502, text/html, <html>Bad gateway</html>, ''",
    "503, text/plain, upstream too slow, ': upstream too slow'"
  })
  void aFewWordsAreAMessageAndMarkupIsNone(int status, String type, String body, String said) {
    emulator.failNext(3, Fault.status(status, type, body));

    var failure = refused(ServerException.class);

    assertEquals("HTTP " + status + said + " (request-id …, 3 attempts)", said(failure));
    assertEquals(body, failure.body());
  }

  @Test
  void ofATextNoLongerThanFourHundredBytesAMessageIsMade() {
    for (int length : List.of(400, 401)) {
      String text = "x".repeat(length);

      var failure = refused(PermissionDeniedException.class, Fault.status(403, "text/plain", text));

      assertEquals(length == 400, failure.getMessage().contains(text), failure.getMessage());
    }
  }

  @Test
  void bytesThatAreNoTextAreNoMessage() {
    var failure = refused(
        PermissionDeniedException.class, Fault.status(403, "text/plain", "\uFFFD and so on"));

    assertEquals("HTTP 403 (request-id …)", said(failure));
  }

  @Test
  void theDetailsOfARefusalAreTold() {
    for (String body : List.of(
        "{\"error\":\"no\",\"code\":400,\"details\":\"too many images\"}",
        "{\"error\":\"no\",\"code\":400,\"detail\":\"too many images\"}",
        "{\"error\":{\"code\":\"no\",\"message\":\"no\",\"details\":\"too many images\"}}")) {
      var failure = refused(BadRequestException.class, Fault.json(400, body));

      assertTrue(failure.getMessage().contains("too many images"), failure.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"Not auth",
        "null",
        "[]",
        "\"text\"",
        "42",
        "{}",
        "{\"error\":null,\"code\":null}",
        "{\"error\":[],\"code\":{},\"message\":7}",
        "{\"error\":{}}",
        "{\"error\":{\"code\":403,\"message\":{},\"retryable\":\"yes\"}}",
        "{\"error\":\"   \"}",
        "\u0000\u0001",
        " "
      })
  void aBodyThatIsNotUnderstoodLeavesTheStatus(String body) {
    var failure = refused(PermissionDeniedException.class, Fault.json(403, body));

    assertEquals("HTTP 403 (request-id …)", said(failure));
    assertEquals(body, failure.body());
    assertEquals(Optional.empty(), failure.errorCode());
  }

  @Test
  void aBodyNestedWithoutEndLeavesTheStatus() {
    var failure = refused(PermissionDeniedException.class, Fault.json(403, "[".repeat(50_000)));

    assertEquals("HTTP 403 (request-id …)", said(failure));
  }

  @Test
  void aMessageStaysOnOneLineOfBoundedLength() {
    var failure = refused(
        BadRequestException.class,
        Fault.json(
            400, "{\"error\":\"a\\nb\\r\\n\\u0000\\u2028c" + "x".repeat(600) + "\",\"code\":400}"));

    assertTrue(said(failure).startsWith("HTTP 400: a b cxxx"), said(failure));
    assertTrue(failure.getMessage().length() < 700);
  }

  // Connections

  @Test
  void aLostConnectionIsAnIOException() {
    emulator.failNext(10, Fault.connectionReset());

    var failure = assertThrows(RegistryIOException.class, () -> registry.getImage(APP));

    assertTrue(failure.getMessage().startsWith(OPERATION + " failed: no answer: "));
  }

  @Test
  void aServerThatDoesNotAnswerIsATimeout() {
    emulator.failNext(Fault.delayed(Duration.ofMinutes(5)));
    var options = httpOptions()
        .withAttemptTimeout(Duration.ofMillis(200))
        .withRetryPolicy(RetryPolicy.none());

    try (BlaxelRegistry impatient = builder().httpOptions(options).build()) {
      assertThrows(RegistryTimeoutException.class, () -> impatient.getImage(APP));
    }
  }

  @Test
  void aRedirectToAnotherOriginGetsNoKeyAndNoWorkspace() {
    emulator.failNext(
        Fault.redirect(302, "http://localhost:" + emulator.baseUrl().getPort() + "/v0/images"));

    assertThrows(RegistryServiceException.class, () -> registry.getImage(APP));

    assertEquals(2, emulator.requestCount());
    assertEquals(Optional.empty(), lastRequest().header("Authorization"));
    assertEquals(Optional.empty(), lastRequest().header("X-Blaxel-Workspace"));
  }

  @Test
  void aDeletionIsNeverRedirected() {
    emulator.failNext(Fault.redirect(308, "/v0/images"));

    var failure =
        assertThrows(RegistryServiceException.class, () -> registry.deleteTag(APP, "1.0"));

    assertTrue(failure.getMessage().contains("HTTP 308: redirects are followed for reading only"));
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void everyAttemptIsReported() {
    List<RequestEvent> events = new ArrayList<>();
    emulator.addTag("sandbox/app", "1.0");
    emulator.failNext(Fault.status(503));
    var options = httpOptions().withRequestListener(events::add);

    try (BlaxelRegistry observed = builder().httpOptions(options).build()) {
      observed.listTags(APP).toList();
      observed.deleteTag(APP, "1.0");
    }

    assertEquals(
        List.of("ListImageTags 1 503", "ListImageTags 2 200", "DeleteImageTag 1 200"),
        events.stream()
            .map(event -> "%s %d %d"
                .formatted(event.operation(), event.attempt(), event.status().orElseThrow()))
            .toList());
    assertTrue(events.get(1).uri().toString().endsWith("/tags" + FIRST_PAGE));
  }

  @Test
  void theSecretIsNowhere() {
    List<RequestEvent> events = new ArrayList<>();
    var options =
        httpOptions().withRetryPolicy(RetryPolicy.none()).withRequestListener(events::add);
    StringBuilder everything = new StringBuilder();
    BlaxelRegistryBuilder builder = builder().httpOptions(options);
    everything.append(builder);
    try (BlaxelRegistry watched = builder.build()) {
      everything.append(watched);
      for (Fault fault : List.of(
          Fault.json(401, "{\"error\":\"" + emulator.apiKey() + "\"}"),
          Fault.status(500),
          Fault.html(),
          Fault.malformedJson(),
          Fault.truncatedBody(),
          Fault.redirect(302, "ftp://example.org/"))) {
        emulator.failNext(fault);
        everything.append(
            trace(assertThrows(RegistryException.class, () -> watched.getImage(APP))));
      }
    }
    events.forEach(event -> everything.append(event));

    assertFalse(everything.toString().contains(emulator.apiKey()), everything.toString());
    assertTrue(everything.length() > 5_000);
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace + failure.toString();
  }

  @Test
  void afterClosingNothingIsSent() {
    registry.close();
    registry.close();

    for (Executable call : List.<Executable>of(
        () -> registry.describeImage(APP),
        () -> registry.describeSharedImage(APP, "owner"),
        () -> registry.listBlaxelImages(BlaxelImageFilter.defaults()),
        () -> registry.listSharedTags(APP, "owner", ListTagsOptions.defaults()),
        () -> registry.createImage(CreateImageOptions.of(APP)),
        () -> registry.waitUntilBuilt(APP, WaitOptions.defaults()),
        () -> registry.waitUntilTagGone(APP, "1.0", WaitOptions.defaults()),
        () -> registry.waitUntilImageGone(APP, WaitOptions.defaults()),
        () -> registry.listShares(APP),
        () -> registry.shareImage(APP, "other"),
        () -> registry.shareImage(APP, "other", "account"),
        () -> registry.unshareImage(APP, "other"),
        () -> registry.listPendingShares(ShareDirection.INCOMING),
        () -> registry.acceptShare("1"),
        () -> registry.acceptShareOverwritingTags("1"),
        () -> registry.declineShare("1"),
        () -> registry.purgeAllUnusedImagesOfWorkspace("acme"))) {
      assertThrows(IllegalStateException.class, call);
    }
    assertNothingSent();
  }

  @Test
  void aListingFromBeforeClosingSendsNothingAfter() {
    var images = registry.listBlaxelImages(BlaxelImageFilter.defaults());
    var tags = registry.listSharedTags(APP, "owner", ListTagsOptions.defaults());
    registry.close();

    assertThrows(IllegalStateException.class, images::firstPage);
    assertThrows(IllegalStateException.class, tags::firstPage);
    assertNothingSent();
  }
}
