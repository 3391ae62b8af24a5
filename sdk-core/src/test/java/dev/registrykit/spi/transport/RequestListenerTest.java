package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.RegistryIOException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RequestEvent;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testsupport.FakeTime;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestListenerTest {

  private final List<RequestEvent> events = new ArrayList<>();
  private final TransportFixture fixture =
      new TransportFixture().with(HttpOptions.defaults().withRequestListener(events::add));

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void everyAttemptIsReported() {
    fixture.replies(Reply.status(503), Reply.status(429), Reply.status(204));

    fixture.send("DELETE", "/v1/tags/1");

    assertEquals(List.of(1, 2, 3), events.stream().map(RequestEvent::attempt).toList());
    assertEquals(
        List.of(503, 429, 204),
        events.stream().map(RequestEvent::status).map(OptionalInt::getAsInt).toList());
  }

  @Test
  void anEventTellsOperationMethodAddressAndDuration() {
    fixture.replies(Reply.status(204));

    fixture.send("DELETE", "/v1/tags/1?force=true");

    RequestEvent event = events.get(0);
    assertEquals("ListTags", event.operation());
    assertEquals("DELETE", event.method());
    assertEquals(fixture.server.uri("/v1/tags/1?force=true"), event.uri());
    assertFalse(event.duration().isNegative() || event.duration().isZero());
    assertFalse(event.failure().isPresent());
  }

  @Test
  void anEventTellsHowLongTheAnswerTook() {
    FakeTime time = FakeTime.standingStill();
    time.advance(Duration.ofMinutes(1));
    fixture.replies(
        Reply.status(200).after(() -> time.advance(Duration.ofSeconds(2))),
        Reply.reset().after(() -> time.advance(Duration.ofSeconds(3))));
    ServiceTraits service = ServiceTraits.of(fixture.server.uri(""), "test");
    HttpOptions options =
        HttpOptions.defaults().withRequestListener(events::add).withRetryPolicy(RetryPolicy.none());
    HttpRequest request = TransportFixture.request("DELETE", fixture.server.uri("/x"));

    try (Transport transport = new Transport(service, options, time)) {
      transport.send(TransportFixture.CHANGE_TAGS, request);
      assertThrows(
          RegistryIOException.class, () -> transport.send(TransportFixture.CHANGE_TAGS, request));
    }

    assertEquals(
        List.of(Duration.ofSeconds(2), Duration.ofSeconds(3)),
        events.stream().map(RequestEvent::duration).toList());
  }

  @Test
  void anAttemptWithoutAnswerIsReportedWithItsFailure() {
    fixture.replies(Reply.reset(), Reply.reset(), Reply.reset());

    assertThrows(RegistryIOException.class, () -> fixture.send("DELETE", "/x"));

    assertEquals(3, events.size());
    for (RequestEvent event : events) {
      assertEquals(OptionalInt.empty(), event.status());
      assertInstanceOf(IOException.class, event.failure().orElseThrow());
    }
  }

  @Test
  void theHopsOfARedirectAreReportedUnderOneAttempt() {
    fixture.replies(Reply.status(307, "Location: /new"), Reply.status(200));

    fixture.get("/old");

    assertEquals(
        List.of("/old", "/new"),
        events.stream().map(event -> event.uri().getPath()).toList());
    assertEquals(List.of(1, 1), events.stream().map(RequestEvent::attempt).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "/x,                                     /x",
    "/x?page=2&name=app,                     /x?page=2&name=app",
    "/x?X-Amz-Signature=5ecret&page=1,       /x?X-Amz-Signature=hidden&page=1",
    "/x?5ecret,                              /x?hidden",
    "/x?page=1&&token=,                      /x?page=1&hidden&token=hidden",
    "/x?=5ecret,                             /x?=hidden",
    "/x?Page=5ecret,                         /x?Page=hidden",
    "/a%2Fb?sig=a%3Db=c,                     /a%2Fb?sig=hidden",
  })
  void valuesOfUnknownParametersAreHidden(String sent, String shown) {
    fixture.replies(Reply.status(200));

    fixture.get(sent);

    assertEquals(fixture.server.uri(shown), events.get(0).uri());
  }

  static Stream<Throwable> whatAListenerMayThrow() {
    return Stream.of(
        new IllegalStateException("broken metrics"),
        new AssertionError("broken metrics"),
        new NoClassDefFoundError("Metrics"),
        new StackOverflowError(),
        new InterruptedException("a checked exception, by way of another language"));
  }

  @ParameterizedTest
  @MethodSource("whatAListenerMayThrow")
  void aListenerThatThrowsDoesNotDisturb(Throwable broken) {
    fixture
        .with(HttpOptions.defaults().withRequestListener(event -> throwUnchecked(broken)))
        .replies(Reply.status(503), Reply.body(200, "{}"));

    assertEquals(200, fixture.send("DELETE", "/x").status());
    assertEquals(2, fixture.server.requests().size());
  }

  @ParameterizedTest
  @MethodSource("whatAListenerMayThrow")
  void norDoesItHideAFailure(Throwable broken) {
    fixture
        .with(HttpOptions.defaults().withRequestListener(event -> throwUnchecked(broken)))
        .server
        .always(Reply.reset());

    assertThrows(RegistryIOException.class, () -> fixture.send("DELETE", "/x"));
    assertEquals(3, fixture.server.requests().size());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwUnchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void anEventIsOneLineForLogs() {
    fixture.replies(Reply.status(204));

    fixture.send("DELETE", "/v1/tags/1");

    String line = events.get(0).toString();
    assertEquals(
        "DELETE " + fixture.server.uri("/v1/tags/1") + " -> 204 in N ms (ListTags, attempt 1)",
        line.replaceFirst("in \\d+ ms", "in N ms"));
  }
}
