package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run waits at once it was told to slow down. */
@Timeout(20)
class RateGateTest {

  private final FakeTime time = FakeTime.standingStill();
  private final RateGate gate = new RateGate(time);

  @Test
  void itIsOpenAtFirst() throws InterruptedException {
    gate.await();

    assertTrue(gate.isOpen());
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void itOpensSoLongAfterItWasClosed() throws InterruptedException {
    time.advance(Duration.ofSeconds(3));
    gate.closeFor(Duration.ofSeconds(5));
    time.advance(Duration.ofSeconds(1));
    assertFalse(gate.isOpen());

    gate.await();

    assertEquals(List.of(Duration.ofSeconds(4)), time.sleeps());
    assertTrue(gate.isOpen());
  }

  @Test
  void ofTwoTimesTheLongerCounts() throws InterruptedException {
    gate.closeFor(Duration.ofSeconds(2));
    gate.closeFor(Duration.ofSeconds(5));
    gate.closeFor(Duration.ofSeconds(1));

    gate.await();

    assertEquals(List.of(Duration.ofSeconds(5)), time.sleeps());
  }

  @Test
  void whoIsClosedOutWhileItWaitsWaitsOn() throws InterruptedException {
    boolean[] wasClosedAgain = {false};
    time.duringSleep(() -> {
      if (!wasClosedAgain[0]) {
        wasClosedAgain[0] = true;
        gate.closeFor(Duration.ofSeconds(9));
      }
    });
    gate.closeFor(Duration.ofSeconds(5));

    gate.await();

    assertEquals(List.of(Duration.ofSeconds(5), Duration.ofSeconds(4)), time.sleeps());
  }

  @Test
  void itIsClosedUntilTheLastOfThoseThatPauseGoesOn() throws Exception {
    gate.pause();
    gate.pause();
    FutureTask<Boolean> waiting = new FutureTask<>(() -> {
      gate.await();
      return gate.isOpen();
    });
    Thread thread = new Thread(waiting);
    thread.start();
    awaitWaiting(thread);
    gate.resume();
    awaitWaiting(thread);
    assertFalse(gate.isOpen());
    assertFalse(waiting.isDone());

    gate.resume();

    assertTrue(waiting.get());
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void asManyAreSentAtATimeAsBefore() {
    assertFalse(gate.slowDown());
  }
}
