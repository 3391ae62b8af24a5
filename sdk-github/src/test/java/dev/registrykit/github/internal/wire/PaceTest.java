package dev.registrykit.github.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 900 points a minute: what is over is not sent before a minute has passed since what fills it. */
class PaceTest {

  private static final Operation OPERATION = Operation.on("list tags");

  private final FakeTime time = FakeTime.standingStill();
  private final Pace pace = new Pace(time);

  private void spend(int times, int points) {
    for (int i = 0; i < times; i++) {
      pace.spend(points, OPERATION);
    }
  }

  @Test
  void aChangeCostsFiveReads() {
    spend(179, Pace.CHANGE);
    spend(5, Pace.READ);
    assertEquals(List.of(), time.sleeps());

    spend(1, Pace.READ);

    assertEquals(List.of(Duration.ofMinutes(1)), time.sleeps());
  }

  @Test
  void onlyTheRestOfTheMinuteIsWaited() {
    spend(1, Pace.READ);
    time.advance(Duration.ofSeconds(20));
    spend(899, Pace.READ);
    time.advance(Duration.ofSeconds(15));

    spend(1, Pace.READ);

    assertEquals(List.of(Duration.ofSeconds(25)), time.sleeps());
  }

  @Test
  void whatIsAMinuteOldCountsNoMore() {
    spend(900, Pace.READ);
    time.advance(Duration.ofMinutes(1));

    spend(900, Pace.READ);

    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void aChangeWaitsForAllThatItCosts() {
    spend(4, Pace.READ);
    time.advance(Duration.ofSeconds(10));
    spend(896, Pace.READ);

    spend(1, Pace.CHANGE);

    assertEquals(List.of(Duration.ofSeconds(50), Duration.ofSeconds(10)), time.sleeps());
  }

  @Test
  void aWaitThatTheOperationHasNoTimeForIsRefusedUnwaited() {
    spend(900, Pace.READ);

    RateLimitException e = assertThrows(
        RateLimitException.class, () -> within(Duration.ofMinutes(1).minusNanos(1)));

    assertEquals(Optional.of(Duration.ofMinutes(1)), e.retryAfter());
    assertEquals(0, e.attempts());
    assertEquals("list tags", e.operation());
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void aWaitThatTheOperationHasJustTheTimeForIsWaited() {
    spend(900, Pace.READ);

    within(Duration.ofMinutes(1));

    assertEquals(List.of(Duration.ofMinutes(1)), time.sleeps());
  }

  private void within(Duration limit) {
    OperationContext.within(limit, time, () -> {
      spend(1, Pace.READ);
      return true;
    });
  }

  @Test
  void aThreadThatIsInterruptedMeanwhileIsSoAfterwards() {
    spend(900, Pace.READ);
    time.duringSleep(() -> Thread.currentThread().interrupt());

    assertThrows(RegistryInterruptedException.class, () -> spend(1, Pace.READ));

    assertTrue(Thread.interrupted(), "the flag was cleared");
  }
}
