package dev.registrykit.reliability.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A moment of what {@code mvn -Psoak} does for as long as it is told to. */
@Isolated
class SoakTest {

  @Test
  void everyTagIsWhereTheAnswersSaid() throws Exception {
    Soak.Outcome outcome = Soak.run(Duration.ofMillis(1500), 20260301);

    assertEquals(List.of(), outcome.wrong(), outcome.line());
  }
}
