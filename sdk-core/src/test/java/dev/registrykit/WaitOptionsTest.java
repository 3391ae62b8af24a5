package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitOptionsTest {

  private static final WaitOptions DEFAULTS = WaitOptions.defaults();

  @Test
  void settingsAreKeptWhileOthersAreSet() {
    WaitOptions options = DEFAULTS
        .withTimeout(Duration.ofSeconds(9))
        .withIntervals(Duration.ofSeconds(1), Duration.ofSeconds(2));

    assertEquals(Duration.ofSeconds(9), options.timeout());
    assertEquals(Duration.ofSeconds(1), options.firstInterval());
    assertEquals(Duration.ofSeconds(2), options.maxInterval());
    assertEquals(Duration.ofSeconds(1), options.withTimeout(Duration.ZERO).firstInterval());
  }

  @Test
  void aCopyLeavesTheDefaultsAsTheyWere() {
    DEFAULTS.withTimeout(Duration.ZERO);
    DEFAULTS.withIntervals(Duration.ofSeconds(1), Duration.ofSeconds(2));

    assertEquals(Duration.ofMinutes(5), WaitOptions.defaults().timeout());
    assertEquals(Duration.ofMillis(500), WaitOptions.defaults().firstInterval());
    assertEquals(Duration.ofSeconds(5), WaitOptions.defaults().maxInterval());
  }

  @Test
  void aNegativeTimeoutIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withTimeout(Duration.ofNanos(-1)));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT2S, PT1S", "PT1S, PT-1S"})
  void intervalsThatMakeNoSenseAreRefused(Duration first, Duration longest) {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withIntervals(first, longest));
  }

  @Test
  void nullIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> DEFAULTS.withTimeout(null));
    assertThrows(
        NullPointerException.class, () -> DEFAULTS.withIntervals(null, Duration.ofSeconds(1)));
    assertThrows(
        NullPointerException.class, () -> DEFAULTS.withIntervals(Duration.ofSeconds(1), null));
  }
}
