package dev.registrykit.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {

  private static final Instant NOW = Runner.CLOCK.instant();

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1500, 1.5 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "5000000000, 5.0 GB",
    "9223372036854775807, 9.2 EB"
  })
  void sizesAreInDecimalUnits(long bytes, String shown) {
    assertEquals(shown, Shown.size(OptionalLong.of(bytes)));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 min",
    "PT119M, 119 min",
    "PT2H, 2 h",
    "PT47H, 47 h",
    "P2D, 2 days",
    "P729D, 729 days",
    "P730D, 2 years",
    "PT-1H, 0 min",
    "P-2D, in future"
  })
  void agesAreRounded(Duration age, String shown) {
    assertEquals(shown, Shown.age(Optional.of(NOW.minus(age)), NOW));
  }

  @Test
  void whatIsNotKnownIsADash() {
    assertEquals("-", Shown.size(OptionalLong.empty()));
    assertEquals("-", Shown.age(Optional.empty(), NOW));
    assertEquals("-", Shown.digest(Optional.empty()));
  }

  @Test
  void linesAreBrokenBetweenWords() {
    assertEquals(List.of("a bc", "defghij", "k"), Table.broken("a bc defghij k", 5));
  }
}
