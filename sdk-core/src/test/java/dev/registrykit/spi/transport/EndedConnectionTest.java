package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that has failed keeps no connection, as seen from the server's side. */
class EndedConnectionTest {

  private final HttpOptions options = HttpOptions.defaults()
      .withAttemptTimeout(Duration.ofSeconds(20))
      .withRetryPolicy(RetryPolicy.none());
  private final HttpOptions hurried = options.withAttemptTimeout(Duration.ofMillis(400));
  private final TransportFixture fixture = new TransportFixture().with(options);
  private final CountDownLatch ended = new CountDownLatch(1);

  @BeforeAll
  static void sendTheFirstRequest() throws Exception {
    TransportFixture.sendTheFirstRequest();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  static Stream<Named<Reply>> answersThatNeverEnd() {
    return Stream.of(
        Named.of("no headers", Reply.stall()),
        Named.of("headers that dribble", Reply.dribbleInHead()),
        Named.of("a body that stalls", Reply.stallInBody()),
        Named.of("a body that dribbles", Reply.dribble()),
        Named.of("an interim answer alone", raw("HTTP/1.1 102 Processing\r\n\r\n")));
  }

  @ParameterizedTest
  @MethodSource("answersThatNeverEnd")
  void theConnectionEndsAtTheDeadline(Reply reply) throws Exception {
    fixture.with(hurried).replies(reply.thenAwaitEnd(ended));

    assertThrows(RegistryTimeoutException.class, () -> fixture.get("/x"));

    assertEnded();
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @ParameterizedTest
  @MethodSource("answersThatNeverEnd")
  void andSoItDoesThroughTheCallersOwnClient(Reply reply) throws Exception {
    fixture
        .with(hurried.withHttpClient(HttpClient.newHttpClient()))
        .replies(reply.thenAwaitEnd(ended));

    assertThrows(RegistryTimeoutException.class, () -> fixture.get("/x"));

    assertEnded();
  }

  @Test
  void theConnectionEndsAtTheDeadlineOfARefusalToo() throws Exception {
    fixture
        .with(hurried)
        .replies(raw("HTTP/1.1 403 No\r\nContent-Length: 9\r\n\r\nno").thenAwaitEnd(ended));

    assertThrows(RegistryException.class, () -> fixture.get("/x"));

    assertEnded();
  }

  @Test
  void theConnectionEndsWithABodyThatIsTooLarge() throws Exception {
    fixture
        .with(options.withMaxResponseBytes(3))
        .replies(raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234").thenAwaitEnd(ended));

    assertThrows(RegistryException.class, () -> fixture.get("/x"));

    assertEnded();
  }

  static Stream<Named<Reply>> answersAfterWhichTheJdkClosesNothing() {
    return Stream.of(
        Named.of("interim answers without end", Reply.interimWithoutEnd()),
        Named.of("a malformed status line", raw("hello\r\n\r\n")),
        Named.of("a malformed header", raw("HTTP/1.1 200 OK\r\nA B: c\r\n\r\n")),
        Named.of("a malformed length", raw("HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n")));
  }

  @ParameterizedTest
  @MethodSource("answersAfterWhichTheJdkClosesNothing")
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "no client can be closed before Java 21")
  void itsClientIsClosedForIt(Reply reply) throws Exception {
    fixture.replies(reply.thenAwaitEnd(ended), Reply.status(200));

    assertThrows(RegistryIOException.class, () -> fixture.get("/x"));

    assertEnded();
    assertEquals(200, fixture.get("/x").status(), "and there is another");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "no client can be closed before Java 21")
  void butNotBeforeOtherCallsThroughItAreOver() throws Exception {
    CountDownLatch isUnderWay = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    fixture.replies(
        (socket, closing) -> {
          isUnderWay.countDown();
          mayAnswer.await();
          Reply.body(200, "late").send(socket, closing);
        },
        raw("hello\r\n\r\n").thenAwaitEnd(ended));
    try (Caller slow = Caller.of(() -> fixture.get("/slow"))) {
      isUnderWay.await();

      assertThrows(RegistryIOException.class, () -> fixture.get("/x"));
      assertEquals(1, ended.getCount());
      mayAnswer.countDown();

      assertEquals("late", new String(slow.result().body(), StandardCharsets.UTF_8));
    }
    assertEnded();
  }

  private void assertEnded() throws InterruptedException {
    assertTrue(ended.await(5, TimeUnit.SECONDS), "the server still has the connection");
  }

  /** Sends these characters and no more, and leaves the connection open. */
  private static Reply raw(String answer) {
    return (socket, closing) -> {
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      closing.await();
    };
  }
}
