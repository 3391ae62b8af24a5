package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operation says what it does and whether it may be repeated, whatever its HTTP method. (The JDK's
 * client repeats a GET whose connection is reset by itself, which is why none of those is reset here.)
 */
class CallTest {

  private static final ErrorMapper ERRORS =
      failure -> ErrorMapper.byStatus(failure.details().build());
  private static final Call READING = Call.reading("Look", "look", ERRORS);
  private static final Call CHANGING = Call.changing("Change", "change", ERRORS);

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private void send(Call call, String method) {
    fixture.transport().send(call, TransportFixture.request(method, fixture.server.uri("/x")));
  }

  private <T extends RegistryException> T failure(Class<T> type, Call call, String method) {
    return assertThrows(type, () -> fixture.transport().operation(() -> send(call, method)));
  }

  private int sent() {
    return fixture.server.requests().size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PATCH", "DELETE"})
  void aReadingIsRepeatedAndChangesNothing(String method) {
    fixture.server.always(Reply.status(503));

    assertFalse(failure(RegistryException.class, READING, method).mayHaveTakenEffect());
    assertEquals(3, sent());
  }

  @Test
  void aReadingWhoseAnswerWasLostChangedNothing() {
    fixture.replies(Reply.reset(), Reply.status(404));

    NotFoundException e = failure(NotFoundException.class, READING, "DELETE");

    assertFalse(e.answerWasLost());
    assertFalse(e.mayHaveTakenEffect());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "DELETE"})
  void aChangeThatIsIdempotentIsRepeatedAndMayHaveTakenEffect(String method) {
    fixture.replies(Reply.reset(), Reply.status(404));

    NotFoundException e = failure(NotFoundException.class, CHANGING, method);

    assertEquals(true, e.answerWasLost());
    assertEquals(true, e.mayHaveTakenEffect());
    assertEquals(2, sent());
  }

  @Test
  void aRefusedChangeHasNoEffect() {
    fixture.replies(Reply.status(403));

    assertFalse(failure(RegistryException.class, CHANGING, "GET").mayHaveTakenEffect());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void whatIsNotIdempotentIsNotRepeatedByItself(String method) {
    fixture.replies(Reply.status(503));
    failure(RegistryException.class, CHANGING.notIdempotent(), method);
    fixture.replies(Reply.reset());
    failure(RegistryException.class, CHANGING.notIdempotent(), method);

    assertEquals(2, sent());
  }

  @Test
  void whatIsNotIdempotentIsRepeatedWhereTheAnswerSaysThatNothingWasDone() {
    ErrorMapper nothingDone = new ErrorMapper() {
      @Override
      public RegistryServiceException map(FailedResponse failure) {
        return ERRORS.map(failure);
      }

      @Override
      public RetryAdvice advice(FailedResponse failure) {
        return new RetryAdvice(true, true, null);
      }
    };
    fixture.replies(Reply.status(409), Reply.status(200));

    send(Call.changing("Change", "change", nothingDone).notIdempotent(), "POST");

    assertEquals(2, sent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE"})
  void whatIsSentOnceIsNotRepeatedWhateverItIs(String method) {
    for (Call call :
        List.of(READING.once(), CHANGING.once(), CHANGING.notIdempotent().once())) {
      int before = sent();
      fixture.replies(Reply.reset());
      failure(RegistryException.class, call, method);
      assertEquals(before + 1, sent());
    }
  }

  @Test
  void aCopyLeavesTheCallAsItWas() {
    READING.once();
    READING.notIdempotent();
    fixture.server.always(Reply.status(503));

    failure(RegistryException.class, READING, "GET");

    assertEquals(3, sent());
  }
}
