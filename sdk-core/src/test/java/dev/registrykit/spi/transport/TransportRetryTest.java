package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportRetryTest {

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE"})
  void idempotentRequestsAreRepeatedAfterAReset(String method) {
    fixture.replies(Reply.reset(), Reply.status(204));

    assertEquals(204, fixture.send(method, "/x").status());
    assertEquals(
        List.of(method + " /x HTTP/1.1", method + " /x HTTP/1.1"), fixture.server.requestLines());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void idempotentRequestsAreRepeatedAfterAPassingFailure(int status) {
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
      fixture.replies(Reply.status(status), Reply.status(204));
      assertEquals(204, fixture.send(method, "/x").status());
    }
    assertEquals(8, fixture.server.requests().size());
  }

  @Test
  void aBodyIsSentWholeWithEachAttempt() {
    fixture.replies(Reply.status(503), Reply.status(204));

    fixture.send("PUT", "/x");

    assertEquals(
        List.of("{}", "{}"),
        fixture.server.requests().stream().map(ReceivedRequest::body).toList());
  }

  @ParameterizedTest
  @CsvSource({"POST,503", "POST,429", "PATCH,503", "PATCH,429"})
  void whatIsNotIdempotentIsSentOnce(String method, int status) {
    fixture.replies(Reply.status(status, "Retry-After: 0"));

    assertThrows(RegistryServiceException.class, () -> fixture.send(method, "/x"));
    assertEquals(1, fixture.server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void whatIsNotIdempotentIsSentOnceThoughTheAnswerIsLost(String method) {
    fixture.replies(Reply.reset());

    assertThrows(RegistryIOException.class, () -> fixture.send(method, "/x"));
    assertEquals(1, fixture.server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 304, 400, 401, 403, 404, 409, 412, 422, 501, 505})
  void aRefusalIsNotRepeated(int status) {
    fixture.replies(Reply.status(status));

    RegistryServiceException e =
        assertThrows(RegistryServiceException.class, () -> fixture.get("/x"));

    assertEquals(status, e.statusCode());
    assertEquals(1, e.attempts());
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void theLastFailureIsThrownWithTheNumberOfAttempts() {
    fixture.replies(Reply.status(500), Reply.status(502), Reply.body(503, "sorry"));

    ServerException e = assertThrows(ServerException.class, () -> fixture.get("/x"));

    assertEquals(503, e.statusCode());
    assertEquals(3, e.attempts());
    assertEquals("sorry", e.body());
    assertEquals("list tags of ns/app failed: HTTP 503 (3 attempts)", e.getMessage());
  }

  @Test
  void onePolicyAttemptMeansOneRequest() {
    fixture
        .with(HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()))
        .replies(Reply.status(503));

    assertThrows(ServerException.class, () -> fixture.get("/x"));
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void theWaitDoublesUpToItsMaximum() {
    waitsOf(5, Duration.ofMillis(100), Duration.ofMillis(350));

    assertEquals(
        List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(350),
            Duration.ofMillis(350)),
        fixture.time.sleeps());
  }

  @Test
  void theWaitIsARandomPartOfItsCeiling() {
    fixture.time.withJitter(0.25);
    waitsOf(3, Duration.ofMillis(100), Duration.ofSeconds(1));

    assertEquals(List.of(Duration.ofMillis(25), Duration.ofMillis(50)), fixture.time.sleeps());
  }

  @Test
  void theMachinesJitterIsBetweenNoneAndAll() {
    for (int i = 0; i < 1000; i++) {
      double jitter = TimeSource.system().jitter();
      assertTrue(jitter >= 0 && jitter <= 1, "jitter " + jitter);
    }
  }

  @Test
  void aBackoffOfCenturiesIsNoOverflow() {
    waitsOf(3, Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE));

    assertEquals(List.of(), fixture.time.sleeps());
  }

  private void waitsOf(int attempts, Duration baseDelay, Duration maxDelay) {
    fixture
        .with(HttpOptions.defaults()
            .withRetryPolicy(
                RetryPolicy.standard().withMaxAttempts(attempts).withBackoff(baseDelay, maxDelay)))
        .server
        .always(Reply.status(503));
    assertThrows(RegistryException.class, () -> fixture.get("/x"));
  }
}
