package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refusal says about sending the request again, and calls that are sent once whatever it says. */
class RetryAdviceTest {

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  /** Returns a call of the kind that providers use this method for. */
  private static Call advised(RetryAdvice advice, String method) {
    return TransportFixture.callOf(method, new ErrorMapper() {
      @Override
      public RegistryServiceException map(FailedResponse failure) {
        return ErrorMapper.byStatus(failure.details().build());
      }

      @Override
      public RetryAdvice advice(FailedResponse failure) {
        return advice;
      }
    });
  }

  private int attempts(Call call, String method, int status) {
    int before = fixture.server.requests().size();
    fixture.replies(Reply.status(status), Reply.status(status), Reply.status(status));
    assertThrows(RegistryServiceException.class, () -> send(call, method));
    int sent = fixture.server.requests().size() - before;
    for (int left = sent; left < 3; left++) {
      assertThrows(RegistryServiceException.class, () -> send(call.once(), "GET"));
    }
    return sent;
  }

  private TransportResponse send(Call call, String method) {
    return fixture
        .transport()
        .send(call, TransportFixture.request(method, fixture.server.uri("/x")));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // retryable, safe, method, status, attempts
        "-, -, GET, 503, 3",
        "-, -, GET, 404, 1",
        "-, -, POST, 503, 1",
        "false, -, GET, 503, 1",
        "false, -, GET, 429, 1",
        "true, -, GET, 404, 3",
        "true, -, DELETE, 409, 3",
        "true, -, POST, 503, 1",
        "true, true, POST, 503, 3",
        "true, true, PATCH, 400, 3",
        "-, true, POST, 503, 3",
        "-, true, POST, 400, 1",
        "true, false, GET, 503, 3",
        "true, false, DELETE, 503, 1",
        "true, false, PUT, 503, 1",
        "false, true, GET, 503, 1"
      })
  void itDecidesWhereItSaysSomething(
      Boolean retryable, Boolean safe, String method, int status, int attempts) {
    Call call = advised(new RetryAdvice(retryable, safe, null), method);

    assertEquals(attempts, attempts(call, method, status));
  }

  @Test
  void itsWaitStandsInForTheHeaders() {
    Call call = advised(new RetryAdvice(null, null, Duration.ofSeconds(7)), "GET");
    fixture.replies(Reply.status(503), Reply.status(503, "Retry-After: 2"), Reply.status(200));

    send(call, "GET");

    assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(2)), fixture.time.sleeps());
  }

  @Test
  void whatWasNotCarriedOutIsNoLostAnswer() {
    for (boolean safe : new boolean[] {true, false}) {
      Call call = advised(new RetryAdvice(true, safe ? true : null, null), "DELETE");
      fixture.replies(Reply.status(503), Reply.status(404), Reply.status(404));

      var failure = assertThrows(RegistryServiceException.class, () -> send(call, "DELETE"));

      assertEquals(404, failure.statusCode());
      assertEquals(!safe, failure.answerWasLost());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "POST"})
  void aCallThatIsNeverRepeatedIsSentOnce(String method) {
    Call once = advised(new RetryAdvice(true, true, null), method).once();
    assertTrue(once.isSentOnce());
    assertFalse(TransportFixture.LIST_TAGS.isSentOnce());

    fixture.replies(Reply.status(503));
    assertThrows(RegistryException.class, () -> send(once, method));
    fixture.replies(Reply.reset());
    assertThrows(RegistryException.class, () -> send(once, method));

    assertEquals(2, fixture.server.requests().size());
  }
}
