package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.WaitOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client credentials: when a token is asked for, and how often. */
class AccessTokensTest extends BlaxelTest {

  private static final String TOKEN = "POST /oauth/token";
  private static final String IMAGE = "GET /images/sandbox/app";

  @BeforeEach
  void useTheClient() {
    emulator.addTag("sandbox/app", "1.0");
    registry.close();
    registry = client().build();
  }

  private BlaxelRegistryBuilder client() {
    return BlaxelRegistry.builder()
        .workspace("acme")
        .clientCredentials(emulator.clientId(), emulator.clientSecret())
        .baseUrl(emulator.apiUrl().toString())
        .httpOptions(httpOptions())
        .time(time);
  }

  private void pass(Duration duration) throws InterruptedException {
    time.sleep(duration);
  }

  private long tokenRequests() {
    return sent().stream().filter(TOKEN::equals).count();
  }

  @Test
  void aTokenIsAskedForWhenOneIsNeeded() {
    assertNothingSent();

    registry.getImage(APP);

    assertSent(TOKEN, IMAGE);
    RecordedRequest request = emulator.requests().get(0);
    String pair = emulator.clientId() + ":" + emulator.clientSecret();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    assertEquals("{\"grant_type\":\"client_credentials\"}", request.body());
    assertEquals(Optional.of("Basic " + basic), request.header("Authorization"));
    assertEquals(Optional.of("application/json"), request.header("Content-Type"));
    assertEquals(
        Optional.of("Bearer emulator.access-token.1"),
        emulator.requests().get(1).header("Authorization"));
  }

  @Test
  void aTokenServesManyCalls() {
    registry.getImage(APP);
    registry.listTags(APP).toList();
    registry.deleteTag(APP, "1.0");

    assertEquals(1, tokenRequests());
  }

  @Test
  void aTokenIsRenewedTenMinutesBeforeItsEnd() throws InterruptedException {
    registry.getImage(APP);
    pass(Duration.ofMinutes(109));
    registry.getImage(APP);
    assertEquals(1, tokenRequests());

    pass(Duration.ofMinutes(2));
    registry.getImage(APP);

    assertEquals(2, tokenRequests());
    assertEquals(
        Optional.of("Bearer emulator.access-token.2"), lastRequest().header("Authorization"));
  }

  @Test
  void aShortTokenIsRenewedInTheLastFifthOfItsLife() throws InterruptedException {
    emulator.setTokenLifetime(Duration.ofSeconds(100));
    registry.getImage(APP);
    pass(Duration.ofSeconds(70));
    registry.getImage(APP);
    assertEquals(1, tokenRequests());

    pass(Duration.ofSeconds(15));
    registry.getImage(APP);

    assertEquals(2, tokenRequests());
  }

  @Test
  void whereNoLifetimeIsToldATokenIsUsedUntilItIsRefused() throws InterruptedException {
    emulator.failNext("POST", "token", 1, Fault.json(200, "{\"access_token\":\"t\"}"));
    emulator.failNext("GET", "", 2, Fault.json(200, "{\"metadata\":{}}"));

    registry.getImage(APP);
    pass(Duration.ofDays(1000));
    registry.getImage(APP);

    assertEquals(1, tokenRequests());
  }

  @Test
  void manyCallsAtOnceAskForOneToken() throws Exception {
    emulator.failNext("POST", "token", 1, Fault.delayed(Duration.ofMillis(150)));
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(() -> registry.getImage(APP));
      }
      for (Future<Object> answer : threads.invokeAll(calls)) {
        answer.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertEquals(1, tokenRequests());
    assertEquals(17, emulator.requestCount());
  }

  @Test
  void manyRefusalsAtOnceAskForOneToken() throws Exception {
    registry.getImage(APP);
    emulator.revokeTokens();
    emulator.clearRequests();
    emulator.failNext("POST", "token", 1, Fault.delayed(Duration.ofMillis(150)));
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        calls.add(() -> registry.getImage(APP));
      }
      for (Future<Object> answer : threads.invokeAll(calls)) {
        answer.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertEquals(1, tokenRequests());
  }

  @Test
  void aRefusedTokenIsRenewedOnceAndTheCallSentAgain() {
    registry.getImage(APP);
    emulator.revokeTokens();
    emulator.clearRequests();

    assertEquals(APP, registry.getImage(APP).ref());

    assertSent(IMAGE, TOKEN, IMAGE);
  }

  @Test
  void aDeletionIsSentAgainTooForItWasNotCarriedOut() {
    registry.getImage(APP);
    emulator.revokeTokens();

    registry.deleteTag(APP, "1.0");

    assertEquals(List.of(), emulator.tagNames("sandbox/app"));
  }

  @Test
  void aTokenThatIsRefusedAgainIsAnAuthenticationException() {
    emulator.failNext("GET", "", 2, Fault.json(401, "{\"error\":\"Unauthorized\",\"code\":401}"));

    assertThrows(AuthenticationException.class, () -> registry.getImage(APP));

    assertSent(TOKEN, IMAGE, TOKEN, IMAGE);
  }

  @Test
  void anApiKeyThatIsRefusedIsNotRenewed() {
    try (BlaxelRegistry wrong = builder().apiKey("wrong").build()) {
      assertThrows(AuthenticationException.class, () -> wrong.getImage(APP));
    }
    assertSent(IMAGE);
  }

  @Test
  void aWrongSecretIsAnAuthenticationExceptionThoughTheServiceAnswers400() {
    try (BlaxelRegistry wrong =
        client().clientCredentials(emulator.clientId(), "hush-hush").build()) {
      var failure = assertThrows(AuthenticationException.class, () -> wrong.getImage(APP));

      assertEquals(400, failure.statusCode());
      assertTrue(failure.getMessage().startsWith("get an access token failed: HTTP 400"));
      assertFalse(failure.toString().contains("hush"));
    }
    assertSent(TOKEN);
  }

  /** As its own status it would be taken for the registry's word on what was asked for. */
  @ParameterizedTest
  @ValueSource(ints = {404, 405, 409, 410, 412, 423, 501})
  void noTokenIsNoWordOnWhatWasAskedFor(int status) {
    emulator.failNext("POST", "token", 1, Fault.status(status));

    AuthenticationException failure =
        assertThrows(AuthenticationException.class, () -> registry.getImage(APP));

    assertEquals(401, failure.statusCode());
    assertTrue(failure.getMessage().contains("(HTTP " + status + " there)"), failure.getMessage());
    assertSent(TOKEN);
  }

  @Test
  void aTokenEndpointThatFailsFailsTheCall() {
    emulator.failNext("POST", "token", 1, Fault.status(503));
    assertThrows(ServerException.class, () -> registry.getImage(APP));

    emulator.failNext("POST", "token", 1, Fault.status(403));
    assertThrows(PermissionDeniedException.class, () -> registry.getImage(APP));

    registry.getImage(APP);
    assertSent(TOKEN, TOKEN, TOKEN, IMAGE);
  }

  @Test
  void aTokenThatCannotBeRenewedInTimeIsUsedUntilItsEnd() throws InterruptedException {
    registry.getImage(APP);
    pass(Duration.ofMinutes(115));
    emulator.failNext("POST", "token", 3, Fault.status(503));

    registry.getImage(APP);
    registry.getImage(APP);
    assertEquals(2, tokenRequests(), "the next try is half a minute later");
    pass(Duration.ofSeconds(31));
    registry.getImage(APP);
    assertEquals(3, tokenRequests());

    pass(Duration.ofMinutes(10));
    assertThrows(ServerException.class, () -> registry.getImage(APP));
    registry.getImage(APP);
    assertEquals(
        Optional.of("Bearer emulator.access-token.2"), lastRequest().header("Authorization"));
  }

  @Test
  void aSecretThatIsNoLongerGoodEndsThatAtOnce() throws InterruptedException {
    registry.getImage(APP);
    pass(Duration.ofMinutes(115));
    emulator.failNext("POST", "token", 1, Fault.json(400, "{\"error\":\"bad\",\"code\":400}"));

    assertThrows(AuthenticationException.class, () -> registry.getImage(APP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"access_token\":\"\"}",
        "{\"access_token\":\"a b\"}",
        "{\"access_token\":\"a\\r\\nX: y\"}",
        "{\"access_token\":7.5e}",
        "{\"access_token\":\"hush\",\"expires_in\":\"soon\"}",
        "<html>"
      })
  void anAnswerWithoutATokenIsInvalid(String body) {
    emulator.failNext("POST", "token", 1, Fault.json(200, body));

    var failure = assertThrows(InvalidResponseException.class, () -> registry.getImage(APP));

    assertTrue(failure.getMessage().startsWith("get an access token failed: "));
    assertFalse(failure.toString().contains("hush"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "9223372036854775807", "null"})
  void aLifetimeThatIsNoneIsPassedOver(String seconds) {
    emulator.failNext(
        "POST",
        "token",
        1,
        Fault.json(200, "{\"access_token\":\"t\",\"expires_in\":" + seconds + "}"));
    emulator.failNext("GET", "", 2, Fault.json(200, "{\"metadata\":{}}"));

    registry.getImage(APP);
    registry.getImage(APP);

    assertEquals(1, tokenRequests());
  }

  @Test
  void aLargeAnswerIsNoToken() {
    emulator.failNext("POST", "token", 1, Fault.oversizedBody(200_000));

    assertThrows(InvalidResponseException.class, () -> registry.getImage(APP));
  }

  @Test
  void anInterruptEndsTheWaitForAnothersToken() throws Exception {
    emulator.failNext("POST", "token", 1, Fault.delayed(Duration.ofMillis(400)));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Object> first = threads.submit(() -> registry.getImage(APP));
      while (emulator.requestCount() == 0) {
        Thread.onSpinWait();
      }
      Thread.currentThread().interrupt();
      RegistryInterruptedException failure;
      try {
        failure = assertThrows(RegistryInterruptedException.class, () -> registry.getImage(APP));
      } finally {
        assertTrue(Thread.interrupted(), "the interrupt flag was cleared");
      }
      assertInstanceOf(InterruptedException.class, failure.getCause());
      first.get();
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, tokenRequests());
  }

  @Test
  void theWaitForAnothersTokenTakesNoLongerThanTheCallerHas() throws Exception {
    emulator.failNext("POST", "token", 1, Fault.delayed(Duration.ofMinutes(5)));
    WaitOptions brief = WaitOptions.defaults().withTimeout(Duration.ofMillis(100));
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try {
      Future<Object> first = threads.submit(() -> registry.getImage(APP));
      while (emulator.requestCount() == 0) {
        Thread.onSpinWait();
      }

      assertThrows(
          RegistryTimeoutException.class, () -> registry.waitUntilTagGone(APP, "1.0", brief));

      first.cancel(true);
    } finally {
      threads.shutdownNow();
    }
    assertSent(TOKEN);
  }

  @Test
  void theInterruptOfWhoeverAsksIsNotTheOthers() throws Exception {
    emulator.failNext("POST", "token", 1, Fault.delayed(Duration.ofMinutes(5)));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Object> first = threads.submit(() -> registry.getImage(APP));
      while (emulator.requestCount() == 0) {
        Thread.onSpinWait();
      }
      Future<Object> second = threads.submit(() -> registry.getImage(APP));
      first.cancel(true);
      second.get();
    } finally {
      threads.shutdownNow();
    }
    assertEquals(2, tokenRequests());
  }

  /** As they are, in Base64, and as JSON may escape them. */
  @Test
  void theSecretOfTheClientIsHiddenInEveryForm() throws InterruptedException {
    try (BlaxelRegistry made = BlaxelRegistry.builder()
        .workspace("acme")
        .clientCredentials("client-1", "hu/sh&quiet")
        .baseUrl(emulator.apiUrl().toString())
        .httpOptions(httpOptions())
        .time(time)
        .build()) {
      for (String echo : List.of(
          "hu/sh&quiet",
          "hu\\/sh\\u0026quiet",
          "client-1:hu/sh&quiet",
          "Y2xpZW50LTE6aHUvc2gmcXVpZXQ=",
          "hu%2Fsh%26quiet")) {
        emulator.failNext(
            "POST",
            "token",
            1,
            Fault.json(400, "{\"error\":\"bad " + echo + " given\",\"code\":400}"));

        var failure = assertThrows(AuthenticationException.class, () -> made.getImage(APP));

        assertNoSecretIn(failure);

        // Nor where only the token was sent.
        emulator.failNext(
            "POST",
            "token",
            1,
            Fault.json(200, "{\"access_token\":\"t-1234567\",\"expires_in\":3600}"));
        emulator.failNext(
            "GET", "", 1, Fault.json(403, "{\"error\":\"bad " + echo + " given\",\"code\":403}"));
        assertNoSecretIn(assertThrows(PermissionDeniedException.class, () -> made.getImage(APP)));
        pass(Duration.ofHours(2));
      }
    }
  }

  private static void assertNoSecretIn(RegistryServiceException failure) {
    String said = failure + failure.body() + failure.errorCode();
    for (String secret : List.of("quiet", "6aHUvc2gmcXVpZX")) {
      assertFalse(said.contains(secret), said);
    }
  }

  @Test
  void theTokenIsHiddenInEveryForm() {
    registry.getImage(APP);
    emulator.failNext(
        "GET",
        "",
        1,
        Fault.json(403, "{\"error\":\"no emulator.access\\u002dtoken.1\",\"code\":403}"));

    var failure = assertThrows(PermissionDeniedException.class, () -> registry.getImage(APP));

    assertFalse(failure.getMessage().contains("access-token"), failure.getMessage());
    assertFalse(failure.body().contains("token.1"), failure.body());
  }

  @Test
  void theSecretsAreNowhere() {
    registry.getImage(APP);
    emulator.failNext(
        "GET", "", 1, Fault.json(403, "{\"error\":\"no emulator.access-token.1\",\"code\":403}"));

    var failure = assertThrows(PermissionDeniedException.class, () -> registry.getImage(APP));

    assertFalse((failure + failure.body()).contains("access-token"), failure.body());
    assertFalse((registry + client().toString()).contains(emulator.clientSecret()));
  }

  @Test
  void aTokenRequestTakesNoLongerThanAnAttempt() {
    emulator.failNext("POST", "token", 1, Fault.delayed(Duration.ofMinutes(5)));
    var options = httpOptions()
        .withAttemptTimeout(Duration.ofMillis(200))
        .withRetryPolicy(RetryPolicy.none());
    try (BlaxelRegistry impatient = client().httpOptions(options).build()) {
      assertThrows(RegistryTimeoutException.class, () -> impatient.getImage(APP));
    }
  }
}
