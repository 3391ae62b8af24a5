package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testsupport.FakeTime;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransportDeadlineTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(500);

  private final TransportFixture fixture = new TransportFixture()
      .with(HttpOptions.defaults()
          .withAttemptTimeout(Duration.ofMillis(500))
          .withRetryPolicy(RetryPolicy.none()));

  @BeforeAll
  static void sendTheFirstRequest() throws Exception {
    TransportFixture.sendTheFirstRequest();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  static Stream<Arguments> answersThatNeverEnd() {
    return Stream.of(
        Arguments.of(Named.of("no headers", Reply.stall())),
        Arguments.of(Named.of("a body that stalls", Reply.stallInBody())),
        Arguments.of(Named.of("a body that dribbles", Reply.dribble())));
  }

  @ParameterizedTest
  @MethodSource("answersThatNeverEnd")
  void anAttemptEndsAtItsDeadline(Reply reply) {
    fixture.replies(reply);

    RegistryTimeoutException e = assertTimeoutPreemptively(
        PATIENCE,
        () -> assertThrows(RegistryTimeoutException.class, () -> fixture.get("/v1/tags")));

    assertTrue(
        e.getMessage()
            .matches(
                "list tags of ns/app failed: no complete answer within (500|[1-4]?\\d?\\d) ms"),
        e.getMessage());
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void theStatusOfAnErrorWhoseBodyStallsIsNotLost() {
    fixture.replies((socket, closing) -> {
      socket
          .getOutputStream()
          .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 99\r\n\r\nno".getBytes());
      closing.await();
    });

    PermissionDeniedException e = assertTimeoutPreemptively(
        PATIENCE, () -> assertThrows(PermissionDeniedException.class, () -> fixture.get("/x")));

    assertEquals("no", e.body());
    assertEquals(1, e.attempts());
  }

  @Test
  void aCallMayHaveLessTimeThanTheOptionsGive() {
    fixture.with(HttpOptions.defaults()).server.always(Reply.stallInBody());
    Call hasty = TransportFixture.LIST_TAGS.withLimit(SHORT);

    assertTimeoutPreemptively(
        PATIENCE,
        () -> assertThrows(
            RegistryTimeoutException.class,
            () -> fixture
                .transport()
                .send(hasty, TransportFixture.request("GET", fixture.server.uri("/x")))));
  }

  @Test
  void anAttemptThatTimedOutIsRepeated() {
    fixture
        .with(HttpOptions.defaults()
            .withAttemptTimeout(Duration.ofMillis(300))
            .withRetryPolicy(RetryPolicy.standard().withMaxAttempts(10)))
        .replies(Reply.stallInBody())
        .server
        .always(Reply.body(200, "done"));

    assertEquals("done", new String(fixture.get("/v1/tags").body()));
    assertTrue(fixture.server.requests().size() >= 2);
  }

  @Test
  void theCallEndsAtItsOwnDeadlineThoughAttemptsAreLeft() {
    fixture
        .with(HttpOptions.defaults()
            .withAttemptTimeout(Duration.ofMillis(150))
            .withCallTimeout(Duration.ofMillis(400))
            .withRetryPolicy(RetryPolicy.standard()
                .withMaxAttempts(100)
                .withBackoff(Duration.ZERO, Duration.ZERO)))
        .server
        .always(Reply.stallInBody());

    RegistryTimeoutException e = assertTimeoutPreemptively(
        PATIENCE,
        () -> assertThrows(RegistryTimeoutException.class, () -> fixture.get("/v1/tags")));

    assertTrue(e.getMessage().matches(".* \\(\\d+ attempts\\)"), e.getMessage());
    assertTrue(fixture.server.requests().size() <= 3);
  }

  @Test
  void noAttemptBeginsWhereTheWaitBeforeItWouldOutliveTheCall() {
    fixture
        .with(HttpOptions.defaults()
            .withCallTimeout(Duration.ofSeconds(10))
            .withRetryPolicy(
                RetryPolicy.standard().withBackoff(Duration.ofSeconds(11), Duration.ofSeconds(11))))
        .server
        .always(Reply.status(503));

    assertThrows(ServerException.class, () -> fixture.get("/v1/tags"));
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void norWhereItWouldEndWithTheCall() {
    FakeTime time = FakeTime.standingStill();
    HttpOptions options = HttpOptions.defaults()
        .withCallTimeout(Duration.ofSeconds(10))
        .withRetryPolicy(
            RetryPolicy.standard().withBackoff(Duration.ofSeconds(10), Duration.ofSeconds(10)));
    fixture.server.always(Reply.status(503));

    try (Transport transport =
        new Transport(ServiceTraits.of(fixture.server.uri(""), "test"), options, time)) {
      HttpRequest request = TransportFixture.request("GET", fixture.server.uri("/v1/tags"));
      assertThrows(
          ServerException.class, () -> transport.send(TransportFixture.LIST_TAGS, request));
    }

    assertEquals(List.of(), time.sleeps());
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void closingAfterATimeOutDoesNotWaitForTheAnswer() {
    fixture.replies(Reply.stallInBody());
    assertThrows(RegistryTimeoutException.class, () -> fixture.get("/v1/tags"));

    assertTimeoutPreemptively(PATIENCE, () -> fixture.transport().close());
  }

  @Test
  void aDeadlineOfCenturiesIsNoOverflow() {
    fixture
        .with(HttpOptions.defaults()
            .withAttemptTimeout(Duration.ofSeconds(Long.MAX_VALUE))
            .withCallTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
        .replies(Reply.body(200, "done"));

    assertEquals(200, fixture.get("/v1/tags").status());
  }
}
