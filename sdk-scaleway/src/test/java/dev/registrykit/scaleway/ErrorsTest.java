package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
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
import dev.registrykit.testkit.TagContent;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals of the service and of what stands before it, and the exceptions they become. */
class ErrorsTest extends ScalewayTest {

  private static final String OPERATION = "get namespace " + UNKNOWN_ID;

  private <E extends RegistryServiceException> E refused(Class<E> expected, Fault fault) {
    emulator.failNext(fault);
    return refused(expected);
  }

  private <E extends RegistryServiceException> E refused(Class<E> expected) {
    E failure = assertThrows(expected, () -> registry.byId().getNamespace(UNKNOWN_ID));
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
        .replaceFirst(" \\(request-id [-0-9a-f]*", " (request-id …");
  }

  @ParameterizedTest
  @CsvSource({
    "400, Namespace already exist, dev.registrykit.BadRequestException",
    "403, Not authorized, dev.registrykit.PermissionDeniedException",
    "404, Namespace was not found, dev.registrykit.NotFoundException"
  })
  void theRecordedBodiesHoldAMessageAlone(
      int status, String message, Class<? extends RegistryServiceException> expected) {
    var failure = refused(expected, Fault.json(status, "{\"message\":\"" + message + "\"}"));

    assertEquals(status, failure.statusCode());
    assertEquals("HTTP " + status + ": " + message + " (request-id …)", said(failure));
    assertEquals(Optional.empty(), failure.errorCode());
    assertEquals("{\"message\":\"" + message + "\"}", failure.body());
    assertEquals(1, failure.attempts());
  }

  @Test
  void ofAListingOfEverythingNothingIsMissing() {
    emulator.failNext(Fault.status(404, "text/plain", "nobody here"));

    var failure =
        assertThrows(NotFoundException.class, () -> registry.listNamespaces().toList());

    assertEquals(NotFoundException.class, failure.getClass());
    assertTrue(failure.getMessage().contains("HTTP 404: nobody here ("), failure.getMessage());
  }

  @Test
  void whatAStrangerSaysStandsBeforeWhatItDoesNotProve() {
    var failure = refused(NotFoundException.class, Fault.status(404, "text/plain", "nobody here"));

    assertEquals(
        "HTTP 404: nobody here; this does not prove that there is no such namespace (request-id …)",
        said(failure));
  }

  @Test
  void theKeyIsHiddenWhereTheServiceSaysItBack() {
    var failure = refused(
        PermissionDeniedException.class,
        Fault.json(403, "{\"message\":\"no rights for " + emulator.secretKey() + "\"}"));

    assertFalse((failure + failure.body()).contains(emulator.secretKey()), failure.toString());
    assertTrue(failure.getMessage().contains("no rights for "), failure.getMessage());
  }

  @Test
  void aWrongKeyIsAnAuthenticationException() {
    String wrong = "00000000-0000-4000-8000-000000000000";
    try (ScalewayRegistry stranger = builder().secretKey(wrong).build()) {
      var failure = assertThrows(
          AuthenticationException.class, () -> stranger.byId().getNamespace(UNKNOWN_ID));

      assertEquals(Optional.of("denied_authentication"), failure.errorCode());
      assertEquals(
          text(
              "HTTP 401 denied_authentication: authentication is denied; ",
              "method api_key; reason invalid_argument (request-id …)"),
          said(failure));
      assertEquals(1, emulator.requestCount());
    }
  }

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
    "418, dev.registrykit.RegistryServiceException",
    "422, dev.registrykit.BadRequestException",
    "423, dev.registrykit.ConflictException",
    "501, dev.registrykit.ServerException",
    "505, dev.registrykit.ServerException"
  })
  void theStatusDecidesWhereThereIsNothingElse(
      int status, Class<? extends RegistryServiceException> expected) {
    var failure = refused(expected, Fault.status(status));

    assertEquals(status, failure.statusCode());
    assertEquals("HTTP " + status + " (request-id …)", said(failure));
    assertEquals("", failure.body());
    assertEquals(1, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void whatMayPassIsTriedThreeTimes(int status) {
    emulator.failNext(3, Fault.status(status));

    var failure = assertThrows(
        RegistryServiceException.class, () -> registry.byId().getNamespace(UNKNOWN_ID));

    assertEquals(3, failure.attempts());
    assertEquals("HTTP " + status + " (request-id …, 3 attempts)", said(failure));
    assertEquals(3, emulator.requestCount());
    assertEquals(List.of(Duration.ofMillis(200), Duration.ofMillis(400)), time.sleeps());
  }

  @Test
  void whatPassesGoesUnnoticed() {
    String id = emulator.addNamespace("shop");
    emulator.failNext(2, Fault.status(503));

    assertEquals("shop", registry.byId().getNamespace(id).name());
    assertEquals(3, emulator.requestCount());
  }

  @Test
  void theGatewaysRateLimitHasNoBodyButAHeader() {
    emulator.failNext(3, Fault.rateLimited());

    var failure = refused(RateLimitException.class);

    assertEquals(List.of("true"), failure.headers().get("x-envoy-ratelimited"));
    assertEquals(Optional.empty(), failure.retryAfter());
    assertEquals("", failure.body());
    assertEquals("HTTP 429 (request-id …, 3 attempts)", said(failure));
  }

  @Test
  void aShortRetryAfterIsObeyed() {
    String id = emulator.addNamespace("shop");
    emulator.failNext(Fault.retryAfter(429, "1"));

    registry.byId().getNamespace(id);

    assertEquals(List.of(Duration.ofSeconds(1)), time.sleeps());
  }

  @Test
  void aLongRetryAfterEndsTheCall() {
    var failure = refused(RateLimitException.class, Fault.retryAfter(429, "3600"));

    assertEquals(Optional.of(Duration.ofHours(1)), failure.retryAfter());
    assertEquals(1, failure.attempts());
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void theGatewaysPlainTextIsTheMessage() {
    emulator.failNext(3, Fault.gatewayTimeout());

    var failure = refused(ServerException.class);

    assertEquals("HTTP 504: upstream request timeout (request-id …, 3 attempts)", said(failure));
    assertEquals("upstream request timeout", failure.body());
    assertEquals(List.of("text/plain"), failure.headers().get("content-type"));
  }

  @Test
  void aPageOfHtmlStaysOutOfTheMessage() {
    emulator.failNext(3, Fault.status(502, "text/html", "<html><h1>Bad gateway</h1></html>"));

    var failure = refused(ServerException.class);

    assertEquals("HTTP 502 (request-id …, 3 attempts)", said(failure));
    assertEquals("<html><h1>Bad gateway</h1></html>", failure.body());
  }

  @Test
  void plainTextStaysOnOneLineOfBoundedLength() {
    String longText = "no\r\nsuch\tluck " + "x".repeat(5000);
    var failure =
        refused(PermissionDeniedException.class, Fault.status(403, "text/plain", longText));

    assertTrue(said(failure).startsWith("HTTP 403: no such luck xxx"), said(failure));
    assertTrue(failure.getMessage().length() < 400, failure.getMessage());
  }

  @Test
  void plainTextIsQuotedUpToItsTwoHundredthCharacter() {
    for (String rest : List.of("", "y")) {
      var failure = refused(
          PermissionDeniedException.class, Fault.status(403, "text/plain", "x".repeat(200) + rest));

      assertEquals(
          "HTTP 403: " + "x".repeat(200) + (rest.isEmpty() ? "" : "…") + " (request-id …)",
          said(failure));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, Bad gateway",
    "text/plain, <html>Bad gateway</html>",
    "text/plain, '\u0000\u0001'",
    "application/octet-stream, Bad gateway",
    "application/json, Bad gateway"
  })
  void whatIsNoPlainTextStaysOutOfTheMessage(String type, String body) {
    var failure = refused(PermissionDeniedException.class, Fault.status(403, type, body));

    assertEquals("HTTP 403 (request-id …)", said(failure));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"Not auth",
        "null",
        "[]",
        "[{\"message\":\"m\"}]",
        "\"text\"",
        "42",
        "{}",
        "{\"message\":null,\"type\":null}",
        "{\"message\":42,\"type\":[],\"details\":7}",
        "{\"message\":\"   \"}",
        "{\"message\":{\"text\":\"m\"}}",
        "{\"details\":[null,1,{},[]]}",
        "\u0000\u0001",
        "\u0000\u0000\u0000{AAAA", // looks like JSON in UTF-32 and then is none
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
  void anArgumentsDetailsAreInTheMessage() {
    var failure = refused(
        BadRequestException.class,
        Fault.json(
            400,
            text(
                "{\"details\":[{\"argument_name\":\"page_size\",\"reason\":\"constraint\",",
                "\"help_message\":\"must be at most 100\"},",
                "{\"argument_name\":\"name\",\"reason\":\"required\"}],",
                "\"message\":\"invalid argument(s)\",\"type\":\"invalid_arguments\"}")));

    assertEquals(Optional.of("invalid_arguments"), failure.errorCode());
    assertEquals(
        text(
            "HTTP 400 invalid_arguments: invalid argument(s); ",
            "page_size must be at most 100 (constraint); name required (request-id …)"),
        said(failure));
  }

  @Test
  void aMissingPermissionIsInTheMessage() {
    var failure = refused(
        PermissionDeniedException.class,
        Fault.json(
            403,
            text(
                "{\"details\":[{\"action\":\"read\",\"resource\":\"container_registry\"}],",
                "\"message\":\"insufficient permissions\",\"type\":\"permissions_denied\"}")));

    assertEquals(
        text(
            "HTTP 403 permissions_denied: insufficient permissions; ",
            "container_registry read (request-id …)"),
        said(failure));
  }

  @Test
  void aPreconditionsHelpIsInTheMessage() {
    var failure = refused(
        PreconditionFailedException.class,
        Fault.json(
            412,
            text(
                "{\"help_message\":\"delete it first\",\"message\":\"m\",",
                "\"precondition\":\"resource_still_in_use\",\"type\":\"precondition_failed\"}")));

    assertEquals(
        text(
            "HTTP 412 precondition_failed: m; delete it first; ",
            "precondition resource_still_in_use (request-id …)"),
        said(failure));
  }

  @Test
  void aTransientStateIsAConflict() {
    var failure = refused(
        ConflictException.class,
        Fault.json(
            409,
            text(
                "{\"current_state\":\"deleting\",\"message\":\"m\",\"resource\":\"namespace\",",
                "\"resource_id\":\"1\",\"type\":\"transient_state\"}")));

    assertEquals(
        text(
            "HTTP 409 transient_state: m; ",
            "resource namespace; resource_id 1; current_state deleting (request-id …)"),
        said(failure));
  }

  @Test
  void aQuotaIsInTheMessage() {
    var failure = refused(
        PermissionDeniedException.class,
        Fault.json(
            403,
            text(
                "{\"details\":[{\"resource\":\"images\",\"quota\":10,\"current\":10}],",
                "\"message\":\"quota(s) exceeded\",\"type\":\"quotas_exceeded\"}")));

    assertEquals(
        "HTTP 403 quotas_exceeded: quota(s) exceeded; images quota 10 current 10 (request-id …)",
        said(failure));
  }

  @Test
  void theFieldsOfAnOlderErrorAreInTheMessage() {
    var failure = refused(
        BadRequestException.class,
        Fault.json(
            400, "{\"fields\":{\"name\":[\"is taken\"]},\"type\":\"invalid_request_error\"}"));

    assertEquals("HTTP 400 invalid_request_error: name is taken (request-id …)", said(failure));
  }

  /** Synthetic: no rate limit with a body was recorded, the vendor's own SDK reads it so. */
  @ParameterizedTest
  @CsvSource({
    "'\"reset_seconds\":7', 7000",
    "'\"reset_seconds\":0', 0",
    "'\"reset_seconds\":0.5', 500",
    "'\"reset_at\":\"2026-01-02T03:04:09Z\"', 3000", // by the server's clock, which is a second
    // ahead
    "'\"reset_at\":\"2020-01-01T00:00:00Z\"', 0"
  })
  void aRateLimitsOwnResetIsObeyed(String reset, long millis) {
    String id = emulator.addNamespace("shop");
    String body = text(
        "{\"limit\":{\"quota\":9,\"window_seconds\":60},\"message\":\"m\",",
        "\"type\":\"too_many_requests\"," + reset + "}");
    emulator.failNext(Fault.json(429, body).withHeader("Date", "Fri, 02 Jan 2026 03:04:06 GMT"));

    assertEquals("shop", registry.byId().getNamespace(id).name());
    assertEquals(List.of(Duration.ofMillis(millis)), time.sleeps());
  }

  @Test
  void aResetThatIsFarOffEndsTheCallAndIsTold() {
    var failure = refused(
        RateLimitException.class,
        Fault.json(429, "{\"limit\":{\"quota\":9,\"window_seconds\":60},\"reset_seconds\":3600}"));

    assertEquals(Optional.of(Duration.ofHours(1)), failure.retryAfter());
    assertEquals(
        "HTTP 429: reset_seconds 3600; quota 9; window_seconds 60 (request-id …)", said(failure));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"reset_seconds\":-1",
        "\"reset_seconds\":\"soon\"",
        "\"reset_at\":\"soon\"",
        "\"reset_at\":7"
      })
  void aResetThatIsNoneIsNotObeyed(String reset) {
    String id = emulator.addNamespace("shop");
    emulator.failNext(Fault.json(429, "{" + reset + "}"));

    assertEquals("shop", registry.byId().getNamespace(id).name());
    assertEquals(List.of(Duration.ofMillis(200)), time.sleeps());
  }

  @Test
  void aMessageStaysOnOneLineOfBoundedLength() {
    String longText = "x".repeat(600);
    var failure = refused(
        BadRequestException.class,
        Fault.json(400, "{\"message\":\"a\\nb\\r\\n\\u0000\\u2028c\\u001b[31m" + longText + "\"}"));

    assertTrue(said(failure).startsWith("HTTP 400: a b c [31mxxx"), said(failure));
    assertFalse(failure.getMessage().matches("(?s).*[\\p{Cntrl}\u2028].*"));
    assertTrue(failure.getMessage().length() < 700);
  }

  @Test
  void aMessageInAnyLanguageIsRead() {
    var failure =
        refused(BadRequestException.class, Fault.json(400, "{\"message\":\"caf\u00e9 \u2603\"}"));

    assertTrue(failure.getMessage().contains("caf\u00e9 \u2603"));
    assertEquals("{\"message\":\"caf\u00e9 \u2603\"}", failure.body());
  }

  @Test
  void anErrorKeepsEightKibibytesOfItsBody() {
    emulator.failNext(Fault.oversizedBody(403, 1_000_000));

    var failure = refused(PermissionDeniedException.class);

    assertEquals(8 * 1024, failure.body().length());
  }

  @Test
  void onlyHarmlessHeadersAreKept() {
    var failure = refused(
        PermissionDeniedException.class,
        Fault.json(403, "{}")
            .withHeader("Set-Cookie", "session=hush")
            .withHeader("X-Other", "hush")
            .withHeader("Via", "1.1 proxy"));

    assertFalse(failure.headers().toString().contains("hush"));
    assertEquals(List.of("1.1 proxy"), failure.headers().get("via"));
    assertEquals(List.of(failure.requestId().orElseThrow()), failure.headers().get("x-request-id"));
  }

  @Test
  void aReadingIsRedirectedOnItsOwnOrigin() {
    String id = emulator.addNamespace("shop");
    emulator.failNext(Fault.redirect(307, "/registry/v1/regions/fr-par/namespaces/" + id + "?x=1"));

    assertEquals("shop", registry.byId().getNamespace(id).name());
    assertSent("GET /namespaces/" + id, "GET /namespaces/" + id + "?x=1");
    assertTrue(emulator.requests().get(1).header("X-Auth-Token").isPresent());
  }

  @Test
  void aRedirectToAnotherOriginGetsNoKey() {
    emulator.failNext(
        Fault.redirect(302, "http://localhost:" + emulator.baseUrl().getPort() + "/namespaces"));

    assertThrows(RegistryServiceException.class, () -> registry.byId().getNamespace(UNKNOWN_ID));

    assertEquals(2, emulator.requestCount());
    assertEquals(Optional.empty(), emulator.requests().get(1).header("X-Auth-Token"));
  }

  static List<Fault> redirectsWithoutAWord() {
    return List.of(
        Fault.redirect(308, "/elsewhere"),
        Fault.json(308, "{}").withHeader("Location", "/elsewhere"));
  }

  @ParameterizedTest
  @MethodSource("redirectsWithoutAWord")
  void creatingIsNeverRedirected(Fault redirect) {
    RegistryServiceException failure = creating(redirect);

    assertEquals(308, failure.statusCode());
    assertTrue(failure.getMessage().contains("HTTP 308: redirects are followed for reading only"));
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void whatARedirectSaysItselfIsItsMessage() {
    Fault redirect = Fault.json(308, "{\"message\":\"ask there\"}");

    assertTrue(creating(redirect.withHeader("Location", "/elsewhere"))
        .getMessage()
        .contains("HTTP 308: ask there ("));
  }

  private RegistryServiceException creating(Fault answer) {
    emulator.failNext(answer);
    return assertThrows(
        RegistryServiceException.class,
        () -> registry.createNamespace(
            CreateNamespaceOptions.named("shop").withProjectId(UNKNOWN_ID)));
  }

  @Test
  void aLostConnectionIsAnIOException() {
    emulator.failNext(10, Fault.connectionReset());

    var failure =
        assertThrows(RegistryIOException.class, () -> registry.byId().getNamespace(UNKNOWN_ID));

    assertTrue(failure.getMessage().startsWith(OPERATION + " failed: no answer: "));
    assertTrue(failure.getMessage().endsWith(" (3 attempts)"), failure.getMessage());
  }

  @Test
  void bytesThatAreNoHttpAreAnIOException() {
    emulator.failNext(10, Fault.garbage());

    assertThrows(RegistryIOException.class, () -> registry.byId().getNamespace(UNKNOWN_ID));
  }

  @Test
  void anAnswerThatBreaksOffIsTriedAgain() {
    String id = emulator.addNamespace("shop");
    emulator.failNext(Fault.truncatedBody());

    assertEquals("shop", registry.byId().getNamespace(id).name());
    assertEquals(2, emulator.requestCount());
  }

  @Test
  void aServerThatDoesNotAnswerIsATimeout() {
    emulator.failNext(Fault.delayed(Duration.ofMinutes(5)));
    var options = httpOptions()
        .withAttemptTimeout(Duration.ofMillis(200))
        .withRetryPolicy(RetryPolicy.none());

    try (ScalewayRegistry impatient = builder().httpOptions(options).build()) {
      var failure = assertThrows(
          RegistryTimeoutException.class, () -> impatient.byId().getNamespace(UNKNOWN_ID));

      assertTrue(failure.getMessage().startsWith(OPERATION + " failed: "));
    }
  }

  @Test
  void everyAttemptIsReported() {
    List<RequestEvent> events = new ArrayList<>();
    emulator.addImage("shop/app");
    emulator.failNext(Fault.status(503));
    var options = httpOptions().withRequestListener(events::add);

    try (ScalewayRegistry observed = builder().httpOptions(options).build()) {
      observed.listTags(APP).toList();
    }

    assertEquals(
        List.of(
            "ListNamespaces 1 503", "ListNamespaces 2 200", "ListImages 1 200", "ListTags 1 200"),
        events.stream()
            .map(event -> "%s %d %d"
                .formatted(event.operation(), event.attempt(), event.status().orElseThrow()))
            .toList());
    assertEquals("GET", events.get(0).method());
    assertTrue(events.get(3).uri().toString().endsWith("/tags" + FIRST_PAGE));
  }

  /** The transport hides parameters that a provider does not name. */
  @Test
  void everyParameterIsReported() {
    String namespace = emulator.addNamespace("shop");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    List<RequestEvent> events = new ArrayList<>();
    var options = httpOptions().withRequestListener(events::add);

    try (ScalewayRegistry observed = builder().httpOptions(options).build()) {
      observed
          .listScalewayImages(ScalewayImageFilter.defaults()
              .withName("app")
              .withNamespaceId(namespace)
              .withProjectId(emulator.projectId())
              .withOrganizationId(emulator.organizationId()))
          .toList();
      observed.deleteTag(APP, "1.0", DeleteOptions.defaults().withForce());
    }

    String reported = events.toString();
    assertFalse(reported.contains("hidden"), reported);
    assertTrue(reported.contains("force=true"), reported);
    assertTrue(reported.contains("organization_id=" + emulator.organizationId()), reported);
  }

  @Test
  void theSecretIsNowhere() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST));
    List<RequestEvent> events = new ArrayList<>();
    var options = httpOptions()
        .withAttemptTimeout(Duration.ofMillis(200))
        .withRetryPolicy(RetryPolicy.none())
        .withRequestListener(events::add);
    StringBuilder everything = new StringBuilder();
    ScalewayRegistryBuilder builder = builder().httpOptions(options);
    everything.append(builder);
    try (ScalewayRegistry watched = builder.build()) {
      everything.append(watched);
      for (Fault fault : List.of(
          Fault.status(401),
          Fault.status(500),
          Fault.html(),
          Fault.malformedJson(),
          Fault.connectionReset(),
          Fault.garbage(),
          Fault.truncatedBody(),
          Fault.oversizedBody(20_000_000),
          Fault.stallBody(Duration.ofMinutes(5)),
          Fault.redirect(302, "ftp://example.org/"))) {
        emulator.failNext(2, fault);
        everything.append(trace(
            assertThrows(RegistryException.class, () -> watched.byId().getNamespace(UNKNOWN_ID))));
        emulator.failNext(1, Fault.status(404)); // uses up what a repetition of the client left
        assertThrows(RegistryException.class, () -> drain(watched));
      }
      everything.append(
          trace(assertThrows(RegistryException.class, () -> watched.deleteTag(APP, "1.0"))));
    }
    events.forEach(event -> everything.append(event));

    assertFalse(everything.toString().contains(emulator.secretKey()), everything.toString());
    assertTrue(everything.length() > 10_000);
  }

  /** Sends requests until no fault waits any more. */
  private void drain(ScalewayRegistry watched) {
    RegistryException last = null;
    while (emulator.pendingFaults() > 0) {
      last = assertThrows(RegistryException.class, () -> watched.byId().getNamespace(UNKNOWN_ID));
    }
    throw last;
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace + failure.toString();
  }

  @Test
  void aMissingThingIsToldFromAMissingImage() {
    var failure = refused(NotFoundException.class);

    assertInstanceOf(RegistryServiceException.class, failure);
    assertEquals("HTTP 404: Namespace was not found (request-id …)", said(failure));
  }

  @Test
  void afterClosingNothingIsSent() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    knowing(APP);
    ScalewayRegistryById byId = registry.byId();
    PagedIterable<ScalewayNamespace> begun = registry.listNamespaces();
    registry.close();
    registry.close();

    DeleteOptions delete = DeleteOptions.defaults();
    WaitOptions wait = WaitOptions.defaults();
    UpdateNamespaceOptions change = UpdateNamespaceOptions.nothing().withDescription("d");
    for (var call : List.<Executable>of(
        () -> registry.createNamespace(
            CreateNamespaceOptions.named("shop").withProjectId(UNKNOWN_ID)),
        registry::listNamespaces,
        begun::firstPage,
        () -> registry.getNamespace("shop"),
        () -> registry.updateNamespace("shop", change),
        () -> registry.deleteNamespace("shop"),
        () -> registry.waitUntilNamespaceGone("shop", wait),
        () -> registry.listScalewayImages(ScalewayImageFilter.defaults()),
        () -> registry.setVisibility(APP, Visibility.PUBLIC),
        () -> registry.listTags(APP),
        () -> registry.waitUntilTagGone(APP, "1.0", wait),
        () -> registry.waitUntilImageGone(APP, wait),
        () -> byId.getNamespace(UNKNOWN_ID),
        () -> byId.updateNamespace(UNKNOWN_ID, change),
        () -> byId.deleteNamespace(UNKNOWN_ID),
        () -> byId.waitUntilNamespaceGone(UNKNOWN_ID, wait),
        () -> byId.getImage(UNKNOWN_ID),
        () -> byId.setVisibility(UNKNOWN_ID, Visibility.PUBLIC),
        () -> byId.deleteImage(UNKNOWN_ID),
        () -> byId.waitUntilImageGone(UNKNOWN_ID, wait),
        () -> byId.listTags(UNKNOWN_ID, ListTagsOptions.defaults()),
        () -> byId.getTag(UNKNOWN_ID),
        () -> byId.deleteTag(UNKNOWN_ID),
        () -> byId.deleteTag(UNKNOWN_ID, delete),
        () -> byId.waitUntilTagGone(UNKNOWN_ID, wait))) {
      assertThrows(IllegalStateException.class, call);
    }
    assertNothingSent();
  }
}
