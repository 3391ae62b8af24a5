package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Round trips in which as much is sent at a time as is allowed. */
@Timeout(20)
class ReadLimitTest {

  private static final Duration USUAL = Duration.ofMillis(20);

  private final FakeTime time = FakeTime.standingStill();
  private final ReadLimit limit = new ReadLimit(time);

  /** Sends as many as it may, and ends them all so much later. Returns how many that were. */
  private int roundTrip(int bound, Duration latency, boolean isTooMuch)
      throws InterruptedException {
    int count = Math.min(bound, limit.current());
    List<ReadLimit.Turn> begun = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      begun.add(limit.begin(bound));
    }
    time.advance(latency);
    for (ReadLimit.Turn each : begun) {
      if (isTooMuch) {
        each.slowDown();
      }
    }
    begun.forEach(ReadLimit.Turn::end);
    return count;
  }

  private List<Integer> roundTrips(int rounds, int bound, Duration latency)
      throws InterruptedException {
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      counts.add(roundTrip(bound, latency, false));
    }
    return counts;
  }

  @Test
  void itBeginsLowAndGrowsToWhatTheCallerAllows() throws InterruptedException {
    List<Integer> counts = roundTrips(8, 16, USUAL);

    assertEquals(4, counts.get(0));
    assertTrue(counts.get(1) > 4 && counts.get(1) <= 8, counts::toString);
    assertEquals(16, counts.get(7), counts::toString);
  }

  @Test
  void whoAllowsManyBeginsWithAQuarterOfThem() throws InterruptedException {
    for (Map.Entry<Integer, Integer> first : Map.of(64, 16, 40, 10, 16, 4, 8, 4).entrySet()) {
      ReadLimit untried = new ReadLimit(time);

      untried.begin(first.getKey());

      assertEquals(first.getValue(), untried.current());
    }
  }

  @Test
  void fromThereItIsTwoRoundTripsToTheBound() throws InterruptedException {
    ReadLimit.Turn first = limit.begin(64);
    time.advance(USUAL);
    first.end();

    roundTrips(2, 64, USUAL);

    assertEquals(64, limit.current());
  }

  @Test
  void whatWasLearntCountsMoreThanWhatIsAllowed() throws InterruptedException {
    roundTrip(4, USUAL, true);
    limit.begin(64).end();
    assertTrue(limit.current() <= 3, limit.current() + " after a refusal");

    ReadLimit slow = new ReadLimit(time);
    ReadLimit.Turn turn = slow.begin(4);
    time.advance(USUAL);
    turn.end();
    slow.begin(64);
    assertEquals(4, slow.current(), "after an answer");
  }

  @Test
  void itNeverPassesTheBound() throws InterruptedException {
    assertEquals(List.of(2, 2, 2, 2), roundTrips(4, 2, USUAL));
    assertTrue(roundTrips(20, 10, USUAL).stream().allMatch(count -> count <= 10));
  }

  @Test
  void itStopsGrowingWhereAnswersGetSlower() throws InterruptedException {
    roundTrips(2, 64, USUAL);
    int before = limit.current();

    roundTrips(10, 64, USUAL.multipliedBy(6));

    assertTrue(limit.current() <= before + 2, limit.current() + " after " + before);
  }

  @Test
  void itGrowsOnWhereAnswersTakeLittleMoreThanTwiceAsLong() throws InterruptedException {
    roundTrips(2, 64, USUAL);

    roundTrips(5, 64, USUAL.multipliedBy(2).plusMillis(5));

    assertEquals(64, limit.current());
  }

  @Test
  void howFastAnswersWereOnceIsForgottenInTime() throws InterruptedException {
    roundTrips(2, 64, USUAL);
    int before = limit.current();

    roundTrips(100, 64, USUAL.multipliedBy(6));

    assertTrue(before < 64);
    assertEquals(64, limit.current());
  }

  @Test
  void oneRoundTripOfRefusalsHalvesItOnce() throws InterruptedException {
    roundTrips(10, 16, USUAL);

    assertEquals(16, roundTrip(16, USUAL, true));
    assertEquals(8, limit.current());
    roundTrip(16, USUAL, true);
    assertEquals(4, limit.current());
    for (int i = 0; i < 5; i++) {
      roundTrip(16, USUAL, true);
    }
    assertEquals(1, limit.current());
  }

  @Test
  void aReadIsToldWhetherFewerAreSentThanWhenItWas() throws InterruptedException {
    roundTrips(8, 16, USUAL);
    ReadLimit.Turn wide = limit.begin(16);
    ReadLimit.Turn narrow = limit.begin(3);
    time.advance(USUAL);

    assertTrue(wide.slowDown());
    assertFalse(wide.slowDown(), "the same round trip");
    assertFalse(narrow.slowDown(), "3 may still be sent");
    for (int left : List.of(4, 2, 1)) {
      waitFor(wide);
      assertTrue(wide.slowDown());
      assertEquals(left, limit.current());
    }
    waitFor(wide);
    assertFalse(wide.slowDown(), "it is the only one");
    assertTrue(narrow.slowDown());
  }

  private void waitFor(ReadLimit.Turn turn) {
    turn.pause();
    time.advance(USUAL);
    turn.resume();
  }

  @Test
  void afterARefusalItGrowsByOneARoundTrip() throws InterruptedException {
    roundTrips(10, 16, USUAL);
    roundTrip(16, USUAL, true);

    List<Integer> counts = roundTrips(5, 16, USUAL);

    for (int i = 1; i < counts.size(); i++) {
      int growth = counts.get(i) - counts.get(i - 1);
      assertTrue(growth >= 0 && growth <= 1, counts::toString);
    }
    assertTrue(counts.get(4) > counts.get(0), counts::toString);
  }

  @Test
  void oneAnswerAfterARefusalIsNotEnoughForOneMore() throws InterruptedException {
    roundTrips(10, 16, USUAL);
    roundTrip(16, USUAL, true);
    assertEquals(8, limit.current());

    ReadLimit.Turn turn = limit.begin(16);
    time.advance(USUAL);
    turn.end();

    assertEquals(8, limit.current());
  }

  // Who waits

  private FutureTask<ReadLimit.Turn> startWaiting() {
    FutureTask<ReadLimit.Turn> begun = new FutureTask<>(() -> limit.begin(4));
    Thread thread = new Thread(begun);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return begun;
  }

  @Test
  void whatOneRequestWaitedForOthersDoNotWaitForAnyLonger() throws Exception {
    ReadLimit.Turn refused = limit.begin(4);
    refused.pause();
    FutureTask<ReadLimit.Turn> waiting = startWaiting();

    refused.resume();

    waiting.get(20, TimeUnit.SECONDS).end();
  }

  @Test
  void whoIsWokenWithoutRoomWaitsOn() throws Exception {
    List<ReadLimit.Turn> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(limit.begin(4));
    }
    FutureTask<ReadLimit.Turn> waiting = startWaiting();

    for (int i = 0; i < 1000; i++) {
      all.get(0).pause();
      all.get(0).resume();
      Thread.yield();
    }

    assertFalse(waiting.isDone());
    all.get(0).end();
    waiting.get(20, TimeUnit.SECONDS).end();
  }
}
