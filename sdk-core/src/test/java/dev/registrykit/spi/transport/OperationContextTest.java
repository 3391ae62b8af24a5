package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.WaitOptions;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.Waiting;
import dev.registrykit.testsupport.FakeTime;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the requests of one operation have in common. */
class OperationContextTest {

  private static final Operation DELETE_TAG = Operation.on("delete tag 1.2 of ns/app");

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
    assertNull(OperationContext.left().orElse(null), "an operation outlives its work");
  }

  // The deadline

  @Test
  void allRequestsOfAnOperationTogetherHaveItsTime() {
    fixture.with(HttpOptions.defaults().withOperationTimeout(Duration.ofSeconds(3)));
    fixture.server.always(Reply.status(200));

    RegistryTimeoutException e = assertThrows(
        RegistryTimeoutException.class,
        () -> fixture.transport().operation(() -> {
          fixture.get("/1");
          fixture.time.advance(Duration.ofSeconds(2));
          fixture.get("/2");
          fixture.time.advance(Duration.ofSeconds(1));
          fixture.get("/3");
        }));

    assertEquals(2, fixture.server.requests().size(), "the third is not sent");
    assertEquals("list tags of ns/app", e.operation());
  }

  @Test
  void theWaitsBetweenAttemptsAreAPartOfIt() {
    fixture.with(HttpOptions.defaults()
        .withOperationTimeout(Duration.ofSeconds(3))
        .withRetryPolicy(RetryPolicy.standard()
            .withMaxAttempts(100)
            .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1))));
    fixture.server.always(Reply.status(503));

    assertThrows(
        ServerException.class, () -> fixture.transport().operation(() -> fixture.get("/x")));

    assertEquals(3, fixture.server.requests().size());
  }

  @Test
  void whatIsLeftOfItIsKnownWithinItOnly() {
    assertEquals(Optional.empty(), OperationContext.left());

    Optional<Duration> left = OperationContext.within(
        Duration.ofSeconds(5),
        fixture.time,
        () -> OperationContext.within(Duration.ofMinutes(1), fixture.time, OperationContext::left));

    assertTrue(left.orElseThrow().compareTo(Duration.ofSeconds(5)) <= 0, left::toString);
    assertTrue(!left.orElseThrow().isZero());
  }

  @Test
  void afterAPartOfItTheOperationHasItsOwnTimeAgain() {
    FakeTime time = FakeTime.standingStill();

    Optional<Duration> left = OperationContext.within(Duration.ofSeconds(5), time, () -> {
      OperationContext.within(Duration.ofSeconds(1), time, OperationContext::left);
      return OperationContext.left();
    });

    assertEquals(Optional.of(Duration.ofSeconds(5)), left);
  }

  @Test
  void aWaitWithinAnOperationHasNoLongerThanTheOperation() {
    boolean isMet = OperationContext.within(
        Duration.ofSeconds(5),
        fixture.time,
        () -> Waiting.pollUntil(
            () -> false,
            "see whether tag 1.2 is gone",
            WaitOptions.defaults().withTimeout(Duration.ofMinutes(1)),
            fixture.time));

    assertEquals(false, isMet);
    Duration slept = fixture.time.sleeps().stream().reduce(Duration.ZERO, Duration::plus);
    assertTrue(slept.compareTo(Duration.ofSeconds(5)) <= 0, slept.toString());
  }

  @Test
  void anOperationInAnotherIsAPartOfIt() {
    Duration left = OperationContext.within(
        Duration.ofSeconds(1),
        fixture.time,
        () -> fixture.transport().operation(() -> OperationContext.deadline().left()));

    assertTrue(left.compareTo(Duration.ofSeconds(1)) <= 0, left.toString());
  }

  @Test
  void whatMustNotBeLeftUndoneHasItsOwnTime() {
    Duration left = OperationContext.within(
        Duration.ofMillis(1),
        fixture.time,
        () -> OperationContext.withOwnTime(
            Duration.ofSeconds(30),
            fixture.time,
            () -> OperationContext.deadline().left()));

    assertEquals(30, Math.round(left.toMillis() / 1000.0));
  }

  // Whether something may have changed

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("DELETE", Named.of("202", Reply.status(202)), true),
        Arguments.of("DELETE", Named.of("404", Reply.status(404)), false),
        Arguments.of("DELETE", Named.of("429", Reply.status(429)), false),
        Arguments.of("DELETE", Named.of("408", Reply.status(408)), true),
        Arguments.of("DELETE", Named.of("500", Reply.status(500)), true),
        Arguments.of("DELETE", Named.of("reset", Reply.reset()), true),
        Arguments.of("POST", Named.of("truncated", Reply.truncated()), true),
        Arguments.of("POST", Named.of("503", Reply.status(503)), true),
        Arguments.of("GET", Named.of("200", Reply.status(200)), false),
        Arguments.of("GET", Named.of("500", Reply.status(500)), false),
        Arguments.of("HEAD", Named.of("reset", Reply.reset()), false));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whatFailsLaterSaysWhetherSomethingMayHaveChangedBefore(
      String method, Reply reply, boolean mayHaveChanged) {
    fixture.with(HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()));
    fixture.replies(reply);

    RegistryException later = assertThrows(
        RegistryException.class,
        () -> fixture.transport().operation(() -> {
          try {
            fixture.send(method, "/x");
          } catch (RegistryException e) {
            assertEquals(mayHaveChanged, e.mayHaveTakenEffect(), e.toString());
          }
          throw DELETE_TAG.invalid("its answer was odd");
        }));

    assertEquals(mayHaveChanged, later.mayHaveTakenEffect());
  }

  @Test
  void aRequestOfItsOwnSaysSoOfItself() {
    fixture.with(HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()));
    fixture.replies(Reply.status(503), Reply.status(404));

    RegistryException lost =
        assertThrows(ServerException.class, () -> fixture.send("DELETE", "/x"));
    RegistryException refused =
        assertThrows(NotFoundException.class, () -> fixture.send("DELETE", "/x"));

    assertEquals(true, lost.mayHaveTakenEffect());
    assertEquals(false, refused.mayHaveTakenEffect(), "another operation's loss");
  }

  @Test
  void askingForATokenChangesNothing() {
    fixture.replies(Reply.status(200), Reply.status(404));
    HttpRequest post = TransportFixture.request("POST", fixture.server.uri("/token"));

    RegistryException e = assertThrows(
        NotFoundException.class,
        () -> fixture.transport().operation(() -> {
          fixture.transport().send(TransportFixture.LIST_TAGS.notIdempotent(), post);
          fixture.get("/x");
        }));

    assertEquals(false, e.mayHaveTakenEffect());
  }

  @Test
  void attemptsAreCounted() {
    fixture.with(HttpOptions.defaults().withRetryPolicy(RetryPolicy.standard().withMaxAttempts(3)));
    fixture.replies(Reply.reset(), Reply.reset(), Reply.reset());

    RegistryException e = assertThrows(RegistryException.class, () -> fixture.send("DELETE", "/x"));

    assertEquals(3, e.attempts());
    assertTrue(e.getMessage().endsWith("(3 attempts)"), e.getMessage());
  }

  // Secrets

  @Test
  void whatItConcludesFromItsAnswersNamesNoSecretThatItSent() {
    fixture.server.always(Reply.status(200));

    fixture.transport().operation(() -> {
      fixture.get("/x");
      assertEquals(
          "delete tag 1.2 of ns/app failed: the tag (hidden) has no date",
          invalid().getMessage());
    });
    assertEquals(
        "delete tag 1.2 of ns/app failed: the tag " + TransportFixture.TOKEN + " has no date",
        invalid().getMessage(),
        "another operation does not know them");
  }

  private static RegistryException invalid() {
    return DELETE_TAG.invalid("the tag " + TransportFixture.TOKEN + " has no date");
  }
}
