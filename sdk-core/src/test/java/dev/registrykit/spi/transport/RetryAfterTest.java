package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.RateLimitException;
import dev.registrykit.ServerException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void aSecondIsWaited() {
    fixture.replies(Reply.status(429, "Retry-After: 1"), Reply.status(204));

    fixture.send("DELETE", "/x");

    assertEquals(List.of(Duration.ofSeconds(1)), fixture.time.sleeps());
    assertEquals(2, fixture.server.requests().size());
  }

  @Test
  void aDateIsWaitedForByTheServersClock() {
    fixture.replies(
        Reply.status(
            503,
            "Date: Sat, 21 Nov 2026 10:00:00 GMT",
            "Retry-After: Sat, 21 Nov 2026 10:00:07 GMT"),
        Reply.status(204));

    fixture.get("/x");

    assertEquals(List.of(Duration.ofSeconds(7)), fixture.time.sleeps());
  }

  @Test
  void theLongestTimeThatThePolicyObeysIsWaited() {
    Duration longest = RetryPolicy.standard().maxRetryAfter();
    fixture.replies(Reply.status(429, "Retry-After: " + longest.toSeconds()), Reply.status(204));
    fixture.with(HttpOptions.defaults().withCallTimeout(longest.multipliedBy(2)));

    fixture.get("/x");

    assertEquals(List.of(longest), fixture.time.sleeps());
  }

  @Test
  void anHourIsNotWaitedForButHandedOn() {
    fixture.replies(Reply.status(429, "Retry-After: 3600"));

    RateLimitException e = assertThrows(RateLimitException.class, () -> fixture.get("/x"));

    assertEquals(Optional.of(Duration.ofHours(1)), e.retryAfter());
    assertEquals(1, e.attempts());
    assertEquals(List.of(), fixture.time.sleeps());
    assertEquals(1, fixture.server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "1.5", "", "1 s", "Sat, 99 Nov 2026 10:00:00 GMT"})
  void malformedTextIsIgnored(String text) {
    fixture.replies(Reply.status(503, "Retry-After: " + text), Reply.status(204));

    fixture.get("/x");

    assertEquals(List.of(Duration.ofMillis(200)), fixture.time.sleeps());
  }

  @Test
  void theLastFailureCarriesIt() {
    fixture.server.always(Reply.status(503, "Retry-After: 2"));

    ServerException e = assertThrows(ServerException.class, () -> fixture.get("/x"));

    assertEquals(Optional.of(Duration.ofSeconds(2)), e.retryAfter());
    assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(2)), fixture.time.sleeps());
  }

  @ParameterizedTest
  @CsvSource({
    "0,                               PT0S",
    "' 12 ',                          PT12S",
    "99999999999999999,               PT99999999999999999S",
    "999999999999999999,              PT999999999999999999S",
    "'Sat, 21 Nov 2026 10:01:00 GMT', PT1M",
    "'Saturday, 21-Nov-26 10:01:00 GMT', PT1M",
    "'Sat Nov 21 10:01:00 2026', PT1M",
    "'Sat, 21 Nov 2026 09:00:00 GMT', PT0S",
  })
  void secondsAndDatesAreRead(String text, Duration wait) {
    assertEquals(wait, RetryAfter.of(headers(Map.of("Retry-After", List.of(text))), NOW));
  }

  @Test
  void aMalformedDateOfTheServerLeavesTheOwnClock() {
    Map<String, List<String>> headers =
        Map.of("Date", List.of("today"), "Retry-After", List.of("Sat, 21 Nov 2026 10:00:05 GMT"));

    assertEquals(Duration.ofSeconds(5), RetryAfter.of(headers(headers), NOW));
  }

  @Test
  void withoutTheHeaderThereIsNoWait() {
    assertNull(RetryAfter.of(headers(Map.of()), NOW));
  }

  private static HttpHeaders headers(Map<String, List<String>> headers) {
    return HttpHeaders.of(headers, (name, value) -> true);
  }
}
