package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a 404 may mean that an earlier attempt of the same request did it. */
class LostAnswerTest {

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  static Stream<Arguments> lostAnswers() {
    return Stream.of(
        Arguments.of("DELETE", Named.of("reset", Reply.reset())),
        Arguments.of("DELETE", Named.of("truncated", Reply.truncated())),
        Arguments.of("DELETE", Named.of("408", Reply.status(408))),
        Arguments.of("DELETE", Named.of("500", Reply.status(500))),
        Arguments.of("DELETE", Named.of("503", Reply.status(503))),
        Arguments.of("DELETE", Named.of("504", Reply.status(504))),
        Arguments.of("PUT", Named.of("reset", Reply.reset())));
  }

  @ParameterizedTest
  @MethodSource("lostAnswers")
  void anAnswerThatSaysNothingOfTheOutcomeIsLost(String method, Reply first) {
    assertEquals(true, isLostAfter(method, first));
  }

  @Test
  void anAnswerThatDidNotComeInTimeIsLost() {
    fixture.with(HttpOptions.defaults()
        .withAttemptTimeout(Duration.ofMillis(300))
        .withRetryPolicy(RetryPolicy.standard().withMaxAttempts(10)));
    fixture.replies(Reply.stall()).server.always(Reply.status(404));

    assertEquals(
        true,
        assertThrows(NotFoundException.class, () -> fixture.send("DELETE", "/x"))
            .answerWasLost());
  }

  static Stream<Arguments> keptAnswers() {
    return Stream.of(
        Arguments.of("DELETE", Named.of("429", Reply.status(429))),
        Arguments.of("GET", Named.of("503", Reply.status(503))),
        Arguments.of("GET", Named.of("truncated", Reply.truncated())),
        Arguments.of("HEAD", Named.of("reset", Reply.reset())));
  }

  @ParameterizedTest
  @MethodSource("keptAnswers")
  void aRequestThatWasTurnedAwayOrChangesNothingLosesNoAnswer(String method, Reply first) {
    assertEquals(false, isLostAfter(method, first));
  }

  @Test
  void theOnlyAttemptLosesNoAnswer() {
    fixture.replies(Reply.status(404));

    assertEquals(
        false,
        assertThrows(NotFoundException.class, () -> fixture.send("DELETE", "/x"))
            .answerWasLost());
  }

  @Test
  void aLostAnswerIsRememberedOverLaterAttempts() {
    fixture.replies(Reply.reset(), Reply.status(429), Reply.status(404));

    NotFoundException e = assertThrows(NotFoundException.class, () -> fixture.send("DELETE", "/x"));

    assertEquals(true, e.answerWasLost());
    assertEquals(3, e.attempts());
  }

  @Test
  void aRequestThatThereWasNoTimeToSendLosesNoAnswer() {
    fixture
        .with(new SlowlyRenewed(fixture.time, Duration.ofMinutes(1)))
        .replies(Reply.status(401), Reply.status(404));

    assertEquals(
        false,
        assertThrows(NotFoundException.class, () -> fixture.send("DELETE", "/x"))
            .answerWasLost());
    assertEquals(2, fixture.server.requests().size());
  }

  /** Credentials whose renewal outlasts the attempt. */
  private record SlowlyRenewed(TimeSource time, Duration duration) implements Credentials {

    @Override
    public Map<String, String> headersFor(Attempt attempt) {
      return Map.of();
    }

    @Override
    public boolean renewAfter(
        Attempt attempt, Map<String, String> sent, TransportResponse unauthorized) {
      try {
        time.sleep(duration);
        return true;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private boolean isLostAfter(String method, Reply first) {
    fixture.replies(first, Reply.status(404));
    RegistryServiceException e =
        assertThrows(NotFoundException.class, () -> fixture.send(method, "/x"));
    assertEquals(2, fixture.server.requests().size());
    return e.answerWasLost();
  }
}
