package dev.registrykit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

  private static final RetryPolicy STANDARD = RetryPolicy.standard();

  @Test
  void theStandardIsAsDocumented() {
    assertEquals(
        "RetryPolicy[maxAttempts=3, baseDelay=PT0.2S, maxDelay=PT5S, maxRetryAfter=PT30S]",
        STANDARD.toString());
  }

  @Test
  void noneIsOneAttempt() {
    assertEquals(1, RetryPolicy.none().maxAttempts());
  }

  @Test
  void settingsAreKeptWhileOthersAreSet() {
    RetryPolicy policy = STANDARD
        .withMaxAttempts(9)
        .withBackoff(Duration.ZERO, Duration.ofSeconds(1))
        .withMaxRetryAfter(Duration.ofMinutes(1));

    assertEquals(9, policy.maxAttempts());
    assertEquals(Duration.ZERO, policy.baseDelay());
    assertEquals(Duration.ofSeconds(1), policy.maxDelay());
    assertEquals(Duration.ofMinutes(1), policy.maxRetryAfter());
  }

  @Test
  void aCopyLeavesTheStandardAsItWas() {
    STANDARD.withMaxAttempts(9);
    STANDARD.withBackoff(Duration.ZERO, Duration.ZERO);
    STANDARD.withMaxRetryAfter(Duration.ZERO);

    theStandardIsAsDocumented();
  }

  @Test
  void policiesAreEqualIfAllTheirSettingsAre() {
    RetryPolicy same = RetryPolicy.none()
        .withMaxAttempts(3)
        .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(5))
        .withMaxRetryAfter(Duration.ofSeconds(30));

    assertEquals(STANDARD, same);
    assertEquals(STANDARD.hashCode(), same.hashCode());
    assertNotEquals(STANDARD, STANDARD.withMaxAttempts(4));
    assertNotEquals(STANDARD, STANDARD.withBackoff(Duration.ZERO, Duration.ofSeconds(5)));
    assertNotEquals(STANDARD, STANDARD.withBackoff(Duration.ofMillis(200), Duration.ofSeconds(6)));
    assertNotEquals(STANDARD, STANDARD.withMaxRetryAfter(Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void thereIsAtLeastOneAttempt(int attempts) {
    assertThrows(IllegalArgumentException.class, () -> STANDARD.withMaxAttempts(attempts));
  }

  @ParameterizedTest
  @CsvSource({"PT-1S, PT1S", "PT0S, PT-1S", "PT2S, PT1S"})
  void aBackoffThatMakesNoSenseIsRefused(Duration baseDelay, Duration maxDelay) {
    assertThrows(IllegalArgumentException.class, () -> STANDARD.withBackoff(baseDelay, maxDelay));
  }

  @Test
  void aNegativeRetryAfterIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> STANDARD.withMaxRetryAfter(Duration.ofSeconds(-1)));
  }

  @Test
  void nullIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> STANDARD.withBackoff(null, Duration.ZERO));
    assertThrows(NullPointerException.class, () -> STANDARD.withBackoff(Duration.ZERO, null));
    assertThrows(NullPointerException.class, () -> STANDARD.withMaxRetryAfter(null));
  }
}
