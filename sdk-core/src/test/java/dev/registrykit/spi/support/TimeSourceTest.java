package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The clocks of the machine. */
class TimeSourceTest {

  private final TimeSource time = TimeSource.system();

  @Test
  void theTimeOfDayIsTheMachines() {
    Duration apart = Duration.between(time.now(), Instant.now()).abs();

    assertTrue(apart.compareTo(Duration.ofMinutes(1)) < 0, apart.toString());
  }

  @Test
  void soAreTheNanoseconds() {
    long before = System.nanoTime();
    long now = time.nanoTime();
    long after = System.nanoTime();

    assertTrue(now - before >= 0 && after - now >= 0, before + " " + now + " " + after);
  }

  @Test
  void aWaitIsEndedByAnInterrupt() {
    Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, () -> time.sleep(Duration.ofHours(1)));
  }
}
