package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BadRequestException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, which come with the same status as a missing permission. */
class LimitsTest extends GithubTest {

  @BeforeEach
  void addImage() {
    emulator.addTag(PATH, "1.0");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void thePrimaryLimitIsToldByItsHeadersAndHowLongItLasts(int status) {
    long reset = time.now().plusSeconds(1_800).getEpochSecond();
    emulator.failNext(Fault.json(status, "{\"message\":\"API rate limit exceeded for user ID 1.\"}")
        .withHeader("X-RateLimit-Remaining", "0")
        .withHeader("X-RateLimit-Reset", String.valueOf(reset))
        .withHeader("Date", "Fri, 02 Jan 2026 03:04:05 GMT"));

    RateLimitException e = assertThrows(RateLimitException.class, () -> registry.getImage(APP));

    assertEquals(status, e.statusCode());
    assertEquals(1, e.attempts());
    assertEquals(Optional.of(Duration.ofMinutes(30)), e.retryAfter());
  }

  @Test
  void thePrimaryLimitOfTheEmulatorLastsAnHour() {
    emulator.faults().setRemainingRequests(1);
    registry.getImage(APP);

    RateLimitException e = assertThrows(RateLimitException.class, () -> registry.getImage(APP));

    assertTrue(e.getMessage().contains("rate limit exceeded"), e::getMessage);
    assertEquals(List.of("0"), e.headers().get("x-ratelimit-remaining"));
    assertEquals(List.of("5000"), e.headers().get("x-ratelimit-limit"));
  }

  @Test
  void theSecondaryLimitIsToldByItsWordsAndLastsAMinute() {
    emulator.failNext(GithubFaults.secondaryRateLimit());

    RateLimitException e = assertThrows(RateLimitException.class, () -> registry.getImage(APP));

    assertEquals(403, e.statusCode());
    assertEquals(Optional.of(Duration.ofMinutes(1)), e.retryAfter());
    assertEquals(1, e.attempts());
  }

  /** That of the caller may differ. */
  @Test
  void theTimeThatIsLeftIsCountedByGithubsClock() {
    String fiveOClock = String.valueOf(Instant.parse("2026-01-02T05:00:00Z").getEpochSecond());
    emulator.failNext(primaryLimit(fiveOClock, "Fri, 02 Jan 2026 04:58:00 GMT"));

    assertEquals(Optional.of(Duration.ofMinutes(2)), limit().retryAfter());
  }

  @Test
  void whereGithubsClockCannotBeReadItIsCountedByTheCallers() {
    long reset = time.now().plusSeconds(90).getEpochSecond();
    emulator.failNext(primaryLimit(String.valueOf(reset), "yesterday"));

    assertEquals(Optional.of(Duration.ofSeconds(90)), limit().retryAfter());
  }

  @Test
  void aLimitThatIsOverIsWaitedForNoTime() {
    long reset = time.now().minusSeconds(90).getEpochSecond();
    emulator.failNext(2, primaryLimit(String.valueOf(reset), "yesterday"));

    assertEquals(Optional.of(Duration.ZERO), limit().retryAfter());
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "1767330000.5", "9999999999999", "99999999999999999999"})
  void aLimitOfWhichNobodyCanTellHowLongItLastsSaysNothingOfThat(String reset) {
    emulator.failNext(2, primaryLimit(reset, "yesterday"));

    assertEquals(Optional.empty(), limit().retryAfter());
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void aWaitThatIsAskedForIsSaid(int status) {
    emulator.failNext(Fault.retryAfter(status, "3600"));

    RateLimitException e = limit();

    assertEquals(status, e.statusCode());
    assertEquals(Optional.of(Duration.ofHours(1)), e.retryAfter());
    assertEquals(1, e.attempts());
  }

  @Test
  void tooManyRequestsWithoutAWordAreALimit() {
    emulator.failNext(2, Fault.status(429));

    assertEquals(Optional.empty(), limit().retryAfter());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"You have triggered an abuse detection mechanism.", "API RATE LIMIT exceeded."})
  void theWordsOfALimitAreKnownInAnyCase(String message) {
    emulator.failNext(Fault.json(403, "{\"message\":\"" + message + "\"}"));

    assertEquals(Optional.of(Duration.ofMinutes(1)), limit().retryAfter());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "00", ""})
  void whileRequestsRemainARefusalIsNoLimit(String remaining) {
    emulator.failNext(
        Fault.json(403, "{\"message\":\"no\"}").withHeader("X-RateLimit-Remaining", remaining));

    assertThrows(PermissionDeniedException.class, () -> registry.getImage(APP));
  }

  @Test
  void theWordsOfALimitWithAnotherStatusAreNoLimit() {
    emulator.failNext(Fault.json(400, "{\"message\":\"API rate limit exceeded\"}")
        .withHeader("X-RateLimit-Remaining", "0"));

    assertThrows(BadRequestException.class, () -> registry.getImage(APP));
  }

  private static Fault primaryLimit(String reset, String date) {
    return Fault.json(403, "{\"message\":\"API rate limit exceeded for user ID 1.\"}")
        .withHeader("X-RateLimit-Remaining", "0")
        .withHeader("X-RateLimit-Reset", reset)
        .withHeader("Date", date);
  }

  private RateLimitException limit() {
    return assertThrows(RateLimitException.class, () -> registry.getImage(APP));
  }

  @Test
  void aShortWaitIsWaited() {
    emulator.failNext(GithubFaults.secondaryRateLimit().withHeader("Retry-After", "7"));

    registry.getImage(APP);

    assertEquals(List.of(Duration.ofSeconds(7)), time.sleeps());
  }

  @Test
  void aMinuteIsWaitedWhereTheCallerLetsIt() {
    use(builder()
        .httpOptions(httpOptions()
            .withRetryPolicy(RetryPolicy.standard().withMaxRetryAfter(Duration.ofMinutes(2)))));
    emulator.failNext(GithubFaults.secondaryRateLimit());

    registry.getImage(APP);

    assertEquals(List.of(Duration.ofMinutes(1)), time.sleeps());
  }

  @Test
  void aMissingPermissionIsNoLimitThoughNoRequestRemains() {
    emulator.failNext(Fault.json(403, "{\"message\":\"Resource not accessible by integration\"}")
        .withHeader("X-RateLimit-Remaining", "0"));

    assertThrows(PermissionDeniedException.class, () -> registry.getImage(APP));
  }

  @Test
  void aMissingPermissionIsNotTriedAgain() {
    emulator.failNext(Fault.json(403, "{\"message\":\"Must have admin rights to Repository.\"}"));

    PermissionDeniedException e =
        assertThrows(PermissionDeniedException.class, () -> registry.getImage(APP));

    assertEquals(1, e.attempts());
  }

  /** 900 points in a minute: a read costs one. */
  @Test
  void nobodyIsAskedFasterThanGithubDocuments() {
    for (int i = 0; i < 900; i++) {
      registry.getImage(APP);
    }
    assertEquals(List.of(), time.sleeps());

    registry.getImage(APP);

    assertTrue(time.slept().compareTo(Duration.ofSeconds(20)) > 0, time.slept()::toString);
    assertTrue(time.slept().compareTo(Duration.ofSeconds(61)) < 0, time.slept()::toString);
  }

  @Test
  void aWaitThatIsLongerThanTheOperationIsSaid() {
    use(builder().httpOptions(httpOptions().withOperationTimeout(Duration.ofSeconds(1))));
    for (int i = 0; i < 900; i++) {
      registry.getImage(APP);
    }
    long before = emulator.requestCount();

    RateLimitException e = assertThrows(RateLimitException.class, () -> registry.getImage(APP));

    assertTrue(e.getMessage().contains("900 points a minute"), e::getMessage);
    assertTrue(e.retryAfter().orElseThrow().compareTo(Duration.ofSeconds(20)) > 0);
    assertEquals(before, emulator.requestCount());
  }
}
