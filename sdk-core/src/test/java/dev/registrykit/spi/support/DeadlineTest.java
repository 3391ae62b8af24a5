package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private final FakeTime time = FakeTime.standingStill();

  @Test
  void whatIsLeftGetsLessUntilItIsOver() {
    time.advance(Duration.ofSeconds(100));
    Deadline deadline = Deadline.in(Duration.ofSeconds(3), time);
    assertEquals(Duration.ofSeconds(3), deadline.left());

    time.advance(Duration.ofSeconds(2));
    assertEquals(Duration.ofSeconds(1), deadline.left());

    time.advance(Duration.ofSeconds(2));
    assertEquals(Duration.ZERO, deadline.left());
  }

  @Test
  void oneThatIsCenturiesAwayIsNoOverflow() {
    Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
    time.advance(Duration.ofDays(36_500));

    for (Duration centuries : new Duration[] {longest.plusNanos(1), Duration.ofSeconds(1L << 62)}) {
      assertEquals(longest, Deadline.in(centuries, time).left());
    }
  }
}
