package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.http.RequestEvent;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals of registries and of what stands before them, and the exceptions they become. */
class ErrorsTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  private static final String DIGEST = OciEmulator.digestOf("x");
  private static final String OPERATION = "get manifest " + DIGEST + " of shop/app";

  private <E extends RegistryException> E refused(Class<E> expected, Fault fault) {
    emulator.failNext(fault);
    return refused(expected, registry);
  }

  private static <E extends RegistryException> E refused(Class<E> expected, OciRegistry registry) {
    E failure = assertThrows(expected, () -> registry.getManifest(APP, DIGEST));
    assertEquals(expected, failure.getClass());
    assertTrue(failure.getMessage().startsWith(OPERATION + " failed: "), failure.getMessage());
    return failure;
  }

  private static String said(RegistryException failure) {
    return failure.getMessage().replace(OPERATION + " failed: ", "");
  }

  private OciRegistry once() {
    return builder()
        .httpOptions(httpOptions().withRetryPolicy(RetryPolicy.none()))
        .build();
  }

  private static String body(String code) {
    return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"m\",\"detail\":{\"a\":[1]}}]}";
  }

  /** The specification's codes with distribution's status, and those of others, facts 1.4. */
  @ParameterizedTest
  @CsvSource({
    "BLOB_UNKNOWN, 404, NotFoundException",
    "BLOB_UPLOAD_INVALID, 404, NotFoundException",
    "BLOB_UPLOAD_UNKNOWN, 404, NotFoundException",
    "DIGEST_INVALID, 400, BadRequestException",
    "MANIFEST_BLOB_UNKNOWN, 400, BadRequestException",
    "MANIFEST_INVALID, 400, BadRequestException",
    "MANIFEST_UNKNOWN, 404, NotFoundException",
    "NAME_INVALID, 400, BadRequestException",
    "NAME_UNKNOWN, 404, ImageNotFoundException",
    "NAME_UNKNOWN, 400, ImageNotFoundException",
    "NAME_UNKNOWN, 403, PermissionDeniedException",
    "SIZE_INVALID, 400, BadRequestException",
    "UNAUTHORIZED, 401, AuthenticationException",
    "DENIED, 403, PermissionDeniedException",
    "DENIED, 401, AuthenticationException",
    "UNSUPPORTED, 405, RegistryServiceException",
    "UNSUPPORTED, 400, BadRequestException",
    "TOOMANYREQUESTS, 429, RateLimitException",
    "TOOMANYREQUESTS, 400, RateLimitException",
    "TOOMANYREQUESTS, 401, RateLimitException",
    "TOOMANYREQUESTS, 403, RateLimitException",
    "TOOMANYREQUESTS, 404, RateLimitException",
    "TOOMANYREQUESTS, 405, RateLimitException",
    "TOOMANYREQUESTS, 500, ServerException",
    "TOOMANYREQUESTS, 503, ServerException",
    "TAG_INVALID, 400, BadRequestException",
    "MANIFEST_UNVERIFIED, 400, BadRequestException",
    "PAGINATION_NUMBER_INVALID, 400, BadRequestException",
    "RANGE_INVALID, 416, RegistryServiceException",
    "UNAVAILABLE, 503, ServerException",
    "UNKNOWN, 500, ServerException",
    "TAG_IMMUTABLE, 409, ConflictException",
    "TAG_ALREADY_EXISTS, 409, ConflictException",
    "TAG_EXPIRED, 404, NotFoundException",
    "METHOD NOT ALLOWED, 405, RegistryServiceException",
    "DENIED, 405, ConflictException",
    "NOT_FOUND, 404, NotFoundException",
    "PRECONDITION, 412, ConflictException",
    "PROJECTPOLICYVIOLATION, 412, ConflictException",
    "RateLimit, 429, RateLimitException",
    "INVALID_REQUEST, 400, BadRequestException",
    "GOOGLE_MANIFEST_DANGLING_TAG, 400, ConflictException",
    "GOOGLE_MANIFEST_DANGLING_PARENT_IMAGE, 400, ConflictException",
    "GOOGLE_MANIFEST_REFERRING_MANIFEST, 400, ConflictException",
    "GOOGLE_OTHER, 400, BadRequestException",
    "GOOGLE_MANIFEST_DANGLING_TAG, 403, PermissionDeniedException",
    "toomanyrequests, 400, BadRequestException"
  })
  void theStatusDecidesAndTheCodeWhereRegistriesDisagree(String code, int status, String expected)
      throws ClassNotFoundException {
    emulator.failNext(Fault.json(status, body(code)));
    Class<? extends RegistryException> type =
        Class.forName("dev.registrykit." + expected).asSubclass(RegistryException.class);

    try (OciRegistry once = once()) {
      var failure = (RegistryServiceException) refused(type, once);

      assertEquals(status, failure.statusCode());
      assertEquals(Optional.of(code), failure.errorCode());
      assertEquals("HTTP " + status + " " + code + ": m", said(failure));
      assertEquals(body(code), failure.body());
      assertEquals(1, failure.attempts());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, BadRequestException",
    "401, AuthenticationException",
    "402, RegistryServiceException",
    "403, PermissionDeniedException",
    "404, NotFoundException",
    "405, RegistryServiceException",
    "408, RegistryServiceException",
    "409, ConflictException",
    "410, RegistryServiceException",
    "412, ConflictException",
    "413, RegistryServiceException",
    "422, BadRequestException",
    "423, ConflictException",
    "429, RateLimitException",
    "500, ServerException",
    "501, ServerException",
    "503, ServerException",
    "505, ServerException"
  })
  void theStatusDecidesWhereThereIsNothingElse(int status, String expected)
      throws ClassNotFoundException {
    emulator.failNext(Fault.status(status));
    Class<? extends RegistryException> type =
        Class.forName("dev.registrykit." + expected).asSubclass(RegistryException.class);

    try (OciRegistry once = once()) {
      var failure = (RegistryServiceException) refused(type, once);

      assertEquals("HTTP " + status, said(failure));
      assertEquals("", failure.body());
      assertEquals(Optional.empty(), failure.errorCode());
    }
  }

  @Test
  void allErrorsOfABodyAreInTheMessage() {
    var failure = refused(
        BadRequestException.class,
        Fault.json(
            400,
            text(
                "{\"errors\":[{\"code\":\"MANIFEST_INVALID\",\"message\":\"manifest invalid\"},",
                "{\"code\":\"MANIFEST_BLOB_UNKNOWN\"},{\"message\":\"third\"},{},null,7,",
                "{\"code\":\"SIZE_INVALID\",\"message\":\"too long\"}]}")));

    assertEquals(
        "HTTP 400 MANIFEST_INVALID: manifest invalid; MANIFEST_BLOB_UNKNOWN; third; SIZE_INVALID:"
            + " too long",
        said(failure));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[{\"code\":\"DEN",
        "null",
        "[]",
        "[{\"code\":\"DENIED\"}]",
        "\"text\"",
        "42",
        "{}",
        "{\"errors\":null}",
        "{\"errors\":[]}",
        "{\"errors\":[null]}",
        "{\"errors\":[\"DENIED\"]}",
        "{\"errors\":\"DENIED\"}",
        "{\"errors\":{\"code\":\"DENIED\"}}",
        "{\"errors\":[{\"code\":null,\"message\":null}]}",
        "{\"errors\":[{\"code\":7,\"message\":{}}]}",
        "{\"errors\":[{\"message\":\"   \"}]}",
        "{\"errors\":[{\"code\":\"DENIED\"}]} trailing",
        "\u0000\u0001",
        "\u0000\u0000\u0000{AAAA",
        "<html><h1>Forbidden</h1></html>",
        "Forbidden",
        " "
      })
  void aBodyThatIsNotUnderstoodLeavesTheStatus(String body) {
    var failure = refused(PermissionDeniedException.class, Fault.json(403, body));

    assertEquals("HTTP 403", said(failure));
    assertEquals(body, failure.body());
    assertEquals(Optional.empty(), failure.errorCode());
  }

  @Test
  void aBodyNestedWithoutEndLeavesTheStatus() {
    var failure = refused(PermissionDeniedException.class, Fault.json(403, "[".repeat(50_000)));

    assertEquals("HTTP 403", said(failure));
  }

  /** Quay's gateway, and nearly every other one. */
  @Test
  void aRateLimitOfAGatewayIsHtml() {
    emulator.failNext(
        3, Fault.status(429, "text/html", "<html><h1>429 Too Many Requests</h1></html>"));

    var failure = refused(RateLimitException.class, registry);

    assertEquals("HTTP 429 (3 attempts)", said(failure));
  }

  @ParameterizedTest
  @CsvSource({
    "3600, PT1H",
    "'Fri, 02 Jan 2026 04:04:05 GMT', PT1H",
    "'Fri, 02 Jan 2026 03:04:04 GMT', PT0S",
    "99999999999999999999, PT2562047788015215H30M7S"
  })
  void howLongToWaitIsToldInSecondsOrByDate(String value, Duration expected) {
    emulator.failNext(Fault.json(429, body("TOOMANYREQUESTS"))
        .withHeader("Retry-After", value)
        .withHeader("Date", "Fri, 02 Jan 2026 03:04:05 GMT"));

    try (OciRegistry once = once()) {
      var failure = refused(RateLimitException.class, once);

      assertEquals(Optional.of(expected), failure.retryAfter());
      assertEquals("HTTP 429 TOOMANYREQUESTS: m", said(failure));
    }
  }

  @Test
  void aShortWaitIsObeyedAndALongOneEndsTheCall() {
    String digest = push("1.0");
    emulator.failNext(Fault.retryAfter(429, "1"));
    assertEquals(digest, registry.resolveTag(APP, "1.0"));
    assertEquals(List.of(Duration.ofSeconds(1)), time.sleeps());

    var failure = refused(RateLimitException.class, Fault.retryAfter(429, "3600"));
    assertEquals(Optional.of(Duration.ofHours(1)), failure.retryAfter());
    assertEquals(1, failure.attempts());
  }

  @Test
  void aWaitThatIsNotToldIsNotMadeUp() {
    emulator.failNext(3, Fault.json(429, body("TOOMANYREQUESTS")));

    assertEquals(Optional.empty(), refused(RateLimitException.class, registry).retryAfter());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void whatMayPassIsTriedThreeTimes(int status) {
    emulator.failNext(3, Fault.json(status, body("UNKNOWN")));

    var failure =
        assertThrows(RegistryServiceException.class, () -> registry.getManifest(APP, DIGEST));

    assertEquals("HTTP " + status + " UNKNOWN: m (3 attempts)", said(failure));
    assertEquals(3, emulator.requestCount());
    assertEquals(List.of(Duration.ofMillis(200), Duration.ofMillis(400)), time.sleeps());
  }

  @Test
  void whatPassesGoesUnnoticed() {
    String digest = push("1.0");
    emulator.failNext(2, Fault.status(503));

    assertEquals(digest, registry.resolveTag(APP, "1.0"));
    assertSent(head("1.0"), head("1.0"), head("1.0"));
  }

  @Test
  void theRequestsIdentifierIsInTheMessage() {
    var failure = refused(
        PermissionDeniedException.class,
        Fault.json(403, body("DENIED")).withHeader("X-Request-Id", "req-1"));

    assertEquals(Optional.of("req-1"), failure.requestId());
    assertEquals("HTTP 403 DENIED: m (request-id req-1)", said(failure));
  }

  /** HEAD has no body, so its refusals say less. */
  @Test
  void aRefusedHeadHasOnlyAStatus() {
    emulator.failNext("HEAD", "", 1, Fault.status(401));

    var failure =
        assertThrows(AuthenticationException.class, () -> registry.resolveTag(APP, "1.0"));

    assertEquals("resolve tag 1.0 of shop/app failed: HTTP 401", failure.getMessage());
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aMessageStaysOnOneLineOfBoundedLength() {
    String message = "a\\nb\\r\\n\\u0000\\u2028c\\u001b[31m" + "x".repeat(600);
    var failure = refused(
        BadRequestException.class,
        Fault.json(400, "{\"errors\":[{\"code\":\"X\\nY\",\"message\":\"" + message + "\"}]}"));

    assertTrue(said(failure).startsWith("HTTP 400 X Y: a b c [31mxxx"), said(failure));
    assertFalse(failure.getMessage().matches("(?s).*[\\p{Cntrl}\u2028].*"));
    assertTrue(failure.getMessage().length() < 800);
  }

  @Test
  void aMessageInAnyLanguageIsRead() {
    var failure = refused(
        BadRequestException.class,
        Fault.json(400, "{\"errors\":[{\"message\":\"caf\u00e9 \u2603\"}]}"));

    assertEquals("HTTP 400: caf\u00e9 \u2603", said(failure));
  }

  @Test
  void anErrorKeepsEightKibibytesOfItsBody() {
    emulator.failNext(Fault.oversizedBody(403, 1_000_000));

    assertEquals(
        8 * 1024, refused(PermissionDeniedException.class, registry).body().length());
  }

  @Test
  void onlyHarmlessHeadersAreKept() {
    var failure = refused(
        PermissionDeniedException.class,
        Fault.json(403, "{}")
            .withHeader("Set-Cookie", "session=hush")
            .withHeader("Ratelimit-Remaining", "0;w=21600")
            .withHeader("Docker-Ratelimit-Source", "hush"));

    assertFalse(failure.headers().toString().contains("hush"));
    assertEquals(List.of("0;w=21600"), failure.headers().get("ratelimit-remaining"));
  }

  /** RFC 6750 §3.1: the token is good, but not for this. */
  @Test
  void aTokenWithTooFewRightsIsAMissingPermission() {
    var failure = refused(
        PermissionDeniedException.class,
        Fault.json(401, body("DENIED"))
            .withHeader(
                "WWW-Authenticate",
                "Bearer error=\"insufficient_scope\",scope=\"repository:shop/app:delete\""));

    assertEquals(
        "HTTP 401 DENIED: m; the token has not the scope repository:shop/app:delete",
        said(failure));
    assertEquals(
        "HTTP 401 DENIED: m; the token has too few rights",
        said(refused(
            PermissionDeniedException.class,
            Fault.json(401, body("DENIED"))
                .withHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\""))));
    refused(
        AuthenticationException.class,
        Fault.json(401, body("UNAUTHORIZED"))
            .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\""));
  }

  @Test
  void aLostConnectionIsAnIOException() {
    emulator.failNext(10, Fault.connectionReset());

    var failure = assertThrows(RegistryIOException.class, () -> registry.getManifest(APP, DIGEST));

    assertTrue(said(failure).startsWith("no answer: "), failure.getMessage());
    assertTrue(said(failure).endsWith(" (3 attempts)"), failure.getMessage());
  }

  @Test
  void aServerThatDoesNotAnswerIsATimeout() {
    emulator.failNext(Fault.delayed(Duration.ofMinutes(5)));
    var options = httpOptions()
        .withAttemptTimeout(Duration.ofMillis(200))
        .withRetryPolicy(RetryPolicy.none());

    try (OciRegistry impatient = builder().httpOptions(options).build()) {
      assertThrows(RegistryTimeoutException.class, () -> impatient.getManifest(APP, DIGEST));
    }
  }

  @Test
  void everyAttemptIsReportedByTheOperationsName() {
    push("1.0");
    List<RequestEvent> events = new ArrayList<>();
    emulator.failNext(Fault.status(503));

    try (OciRegistry observed =
        builder().httpOptions(httpOptions().withRequestListener(events::add)).build()) {
      observed.listTags(APP).toList();
      observed.resolveTag(APP, "1.0");
      observed.getTag(APP, "1.0");
    }

    assertEquals(
        List.of(
            "listTags 1 503",
            "listTags 2 200",
            "headManifest 1 200",
            "getManifest 1 200",
            "getBlob 1 200"),
        events.stream()
            .map(event -> "%s %d %d"
                .formatted(event.operation(), event.attempt(), event.status().orElseThrow()))
            .toList());
  }

  @Test
  void theSecretIsNowhere() {
    push("1.0");
    List<RequestEvent> events = new ArrayList<>();
    var options =
        httpOptions().withRetryPolicy(RetryPolicy.none()).withRequestListener(events::add);
    OciRegistryBuilder builder = builder().bearerToken("hush-hush").httpOptions(options);
    StringBuilder everything = new StringBuilder().append(builder);
    try (OciRegistry watched = builder.build()) {
      everything.append(watched);
      for (Fault fault : List.of(
          Fault.json(401, "{\"errors\":[{\"message\":\"Bearer hush-hush is wrong\"}]}"),
          Fault.status(500),
          Fault.html(),
          Fault.truncatedBody(),
          Fault.redirect(302, "ftp://example.org/"))) {
        emulator.failNext(fault);
        everything.append(
            trace(assertThrows(RegistryException.class, () -> watched.getManifest(APP, DIGEST))));
      }
    }
    events.forEach(everything::append);

    assertEquals(
        Optional.of("Bearer hush-hush"), emulator.requests().get(0).header("Authorization"));
    assertFalse(everything.toString().contains("hush-hush"), everything.toString());
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

    assertThrows(IllegalStateException.class, () -> registry.getManifest(APP, DIGEST));
    assertThrows(IllegalStateException.class, () -> registry.resolveTag(APP, "1.0"));
    assertThrows(IllegalStateException.class, () -> registry.listTags(APP));
    assertThrows(IllegalStateException.class, () -> registry.listImages());
    assertNothingSent();
  }

  @Test
  void aServersErrorIsTriedAgainForEveryReading() {
    emulator.failNext(3, Fault.status(500));
    assertThrows(ServerException.class, () -> registry.listTags(APP).toList());
    assertEquals(3, emulator.requestCount());
  }
}
