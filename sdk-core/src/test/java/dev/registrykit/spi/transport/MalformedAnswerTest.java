package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RequestEvent;
import dev.registrykit.http.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands where an answer should: what comes out is one of the SDK's exceptions. */
@Isolated
class MalformedAnswerTest {

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  private final List<RequestEvent> events = new ArrayList<>();
  private final TransportFixture fixture = new TransportFixture()
      .with(HttpOptions.defaults()
          .withAttemptTimeout(Duration.ofSeconds(5))
          .withRetryPolicy(RetryPolicy.none())
          .withRequestListener(events::add));

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  static List<String> malformedAnswers() {
    return List.of(
        OK + "Content-Length: abc\r\n\r\n",
        OK + "Content-Length: 99999999999999999999999\r\n\r\n",
        OK + "Content-Length: -5\r\n\r\nab",
        OK + "Content-Length: \r\n\r\n",
        OK + "Content-Length: 2, 2\r\n\r\nab",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: abc\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: abc\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 000 OK\r\n\r\n",
        "HTTP/1.1 -10 OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n".repeat(200),
        "\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        "hello\r\n\r\n",
        OK + "A B: c\r\n\r\n",
        OK + "\u0001: c\r\n\r\n",
        OK + "A: b\u0007c\r\n\r\n",
        OK + "A: b\r\n".repeat(100_000) + "\r\n",
        CHUNKED + "zz\r\n",
        CHUNKED + "ffffffffffffffff\r\nab",
        CHUNKED + "-5\r\nab",
        CHUNKED + "7fffffff\r\nab");
  }

  @ParameterizedTest
  @MethodSource("malformedAnswers")
  void isAnIoExceptionThatSaysThatTheDeletionMayHaveTakenEffect(String answer) {
    fixture.replies(raw(answer));

    RegistryIOException e =
        assertThrows(RegistryIOException.class, () -> fixture.send("DELETE", "/x"));

    assertTrue(e.getMessage().startsWith("list tags of ns/app failed: no answer: "), e.toString());
    assertTrue(e.mayHaveTakenEffect());
    assertEquals(1, events.size());
    assertTrue(events.get(0).failure().isPresent());
  }

  @Test
  void theDeletionIsRepeatedAndKnowsThatItsAnswerWasLost() {
    fixture
        .with(HttpOptions.defaults())
        .replies(raw(OK + "Content-Length: abc\r\n\r\n"), Reply.status(404));

    RegistryException e = assertThrows(RegistryException.class, () -> fixture.send("DELETE", "/x"));

    assertEquals(2, e.attempts());
    assertTrue(e.details().answerWasLost());
    assertEquals(2, fixture.server.requests().size());
  }

  @Test
  void theClientIsAsGoodAsBefore() {
    for (String answer : malformedAnswers()) {
      fixture.replies(raw(answer), Reply.body(200, "whole"));
      assertThrows(RegistryIOException.class, () -> fixture.get("/x"));

      assertEquals("whole", new String(fixture.get("/x").body(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 \u001b[31m OK\r\n\r\n",
        "\u0007\u001b]0;title\u0007\r\n\r\n",
        "HTTP/1.1 2\u000100 OK\r\n\r\n",
        OK + "\u001b[1mName: c\r\n\r\n",
        OK + "Name: a \u001b[1mvalue\u0085\r\n\r\n",
        OK + "Content-Length: \u001b[1m\r\n\r\n",
      })
  void controlCharactersReachNoMessage(String answer) {
    try (CapturedLog log = new CapturedLog("TRACE")) {
      fixture.replies(raw(answer));

      RegistryIOException e =
          assertThrows(RegistryIOException.class, () -> fixture.send("DELETE", "/x"));

      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        assertOneLine(cause.toString());
      }
      assertOneLine(events.get(0).failure().orElseThrow().toString());
      log.text().lines().forEach(MalformedAnswerTest::assertOneLine);
    }
  }

  @Test
  void controlCharactersInHeadersReachNeitherTheLogNorTheDetails() {
    try (CapturedLog log = new CapturedLog("TRACE")) {
      fixture.replies(raw("HTTP/1.1 400 Bad\r\nServer: a\u0085b\r\nX-Request-Id: c\u0085d\r\n"
          + "Content-Length: 0\r\n\r\n"));

      RegistryException e = assertThrows(RegistryException.class, () -> fixture.get("/x"));

      assertOneLine(e.toString());
      assertOneLine(e.details().headers().toString());
      assertEquals("c d", e.details().requestId().orElseThrow());
      log.text().lines().forEach(MalformedAnswerTest::assertOneLine);
    }
  }

  private static void assertOneLine(String text) {
    assertFalse(text.codePoints().anyMatch(Character::isISOControl), text);
  }

  /** Bytes that a fuzzer could have made of an answer: parts in any order, with faults in them. */
  @Test
  void noneOfManyMutilatedAnswersComesOutRaw() {
    Random random = new Random(20_261_121);
    for (int i = 0; i < 300; i++) {
      fixture.replies(raw(mutilated(random)));
      try {
        fixture.send(random.nextBoolean() ? "GET" : "DELETE", "/x");
      } catch (RegistryException expected) {
        assertOneLine(expected.getMessage());
      }
    }
  }

  private static String mutilated(Random random) {
    StringBuilder answer =
        new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 11\r\nContent-Type: text/plain\r\n"
            + "Location: /y\r\nRetry-After: 1\r\nLink: </z>; rel=next\r\n\r\nhello world");
    for (int faults = 1 + random.nextInt(4); faults > 0; faults--) {
      int at = random.nextInt(answer.length());
      switch (random.nextInt(4)) {
        case 0 -> answer.setCharAt(at, (char) random.nextInt(256));
        case 1 -> answer.deleteCharAt(at);
        case 2 -> answer.insert(at, (char) random.nextInt(256));
        default -> answer.setLength(at + 1);
      }
    }
    return answer.toString();
  }

  /** Sends these bytes, one for each character, and closes the connection. */
  private static Reply raw(String answer) {
    return (socket, closing) -> {
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes(); // a reset would overtake what was sent
      socket.close();
    };
  }
}
