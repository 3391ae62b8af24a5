package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ParallelReadsTest {

  private static final Operation OPERATION = Operation.on("read things");

  private static final List<Integer> ITEMS = IntStream.range(0, 40).boxed().toList();

  private final ParallelReads reads = new ParallelReads();

  @Test
  void theResultsKeepTheOrderOfTheItems() {
    assertEquals(
        ITEMS.stream().map(i -> "r" + i).toList(), reads.map(OPERATION, ITEMS, 7, i -> "r" + i));
  }

  @Test
  void asManyAsAllowedRunAtATimeAndNoMore() {
    CyclicBarrier four = new CyclicBarrier(4);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    reads.map(OPERATION, ITEMS, 4, i -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      await(four); // passes only if four are here at once
      return running.decrementAndGet();
    });

    assertEquals(4, most.get());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneAtATimeRunsOnTheCallersThread() {
    Thread caller = Thread.currentThread();

    reads.map(OPERATION, ITEMS, 1, i -> assertSamely(caller));
  }

  private static boolean assertSamely(Thread caller) {
    assertSame(caller, Thread.currentThread());
    return true;
  }

  @Test
  void aFailureComesOutAsItIsAndEndsTheOthers() throws InterruptedException {
    IllegalStateException failure = new IllegalStateException("no");
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);

    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () -> reads.map(
                OPERATION,
                List.of(0, 1),
                2,
                i -> i == 0 ? failOnce(begun, failure) : waitForEver(begun, ended))));

    assertTrue(ended.await(10, TimeUnit.SECONDS), "the other read goes on");
  }

  private static String failOnce(CountDownLatch begun, RuntimeException failure) {
    try {
      begun.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw failure;
  }

  private static String waitForEver(CountDownLatch begun, CountDownLatch ended) {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      ended.countDown();
    }
    return "ended";
  }

  @Test
  void afterAFailureNothingMoreIsBegun() {
    int begun = begunOfAllThatFail();

    assertTrue(begun <= 2, begun + " of 40 were begun");
  }

  private int begunOfAllThatFail() {
    AtomicInteger begun = new AtomicInteger();
    assertThrows(
        IllegalStateException.class,
        () -> reads.map(OPERATION, ITEMS, 2, i -> {
          begun.incrementAndGet();
          throw new IllegalStateException("no");
        }));
    return begun.get();
  }

  @Test
  void whatFailedLeavesAsMuchRoomAsThereWas() {
    for (int i = 0; i < 50; i++) {
      begunOfAllThatFail();
    }

    assertEquals(ITEMS, reads.map(OPERATION, ITEMS, 2, i -> i));
  }

  @Test
  void itsThreadsHoldNoProgramOpen() throws InterruptedException {
    List<Boolean> areDaemons = new ArrayList<>();
    Thread caller = new Thread(() -> areDaemons.addAll(
        reads.map(OPERATION, ITEMS, 2, i -> Thread.currentThread().isDaemon())));
    caller.setDaemon(false); // what a thread is, those that it makes are

    caller.start();
    caller.join();

    assertEquals(Collections.nCopies(40, true), areDaemons);
  }

  @Test
  void anInterruptEndsItAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    RegistryInterruptedException e = assertThrows(
        RegistryInterruptedException.class,
        () -> reads.map(
            OPERATION, ITEMS, 3, i -> waitForEver(new CountDownLatch(1), new CountDownLatch(1))));

    assertTrue(Thread.interrupted(), "the flag is lost");
    assertInstanceOf(InterruptedException.class, e.getCause());
  }

  @Test
  void whatIsReadOnOtherThreadsBelongsToTheSameOperation() {
    FakeTime time = FakeTime.standingStill();

    List<Duration> left = OperationContext.within(
        Duration.ofSeconds(7),
        time,
        () -> reads.map(
            OPERATION, List.of(1, 2, 3), 3, i -> OperationContext.deadline().left()));

    assertEquals(Collections.nCopies(3, Duration.ofSeconds(7)), left);
  }

  @Test
  void whatWasTooMuchForTheRegistryIsSentLessOf() {
    FakeTime time = FakeTime.standingStill();
    ReadLimit limit = new ReadLimit(time);
    ParallelReads measured = new ParallelReads(limit);

    OperationContext.within(
        Duration.ofSeconds(7), time, () -> measured.map(OPERATION, ITEMS, 8, i -> i));
    assertEquals(8, limit.current());
    OperationContext.within(
        Duration.ofSeconds(7),
        time,
        () -> measured.map(OPERATION, List.of(1, 2), 2, i -> {
          OperationContext.slowDown(); // as the transport says, even if a repetition did it
          return i;
        }));

    assertTrue(limit.current() < 8, "still " + limit.current());
  }

  @Test
  void whileOneWaitsBecauseTheRegistryAskedForItNoOtherBegins() {
    FakeTime time = FakeTime.standingStill();
    Thread caller = Thread.currentThread();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger begunByThen = new AtomicInteger();
    CountDownLatch isPaused = new CountDownLatch(1);
    time.duringSleep(() -> {
      isPaused.countDown();
      while (caller.getState() != Thread.State.TIMED_WAITING || ended.get() < begun.get() - 1) {
        Thread.onSpinWait();
      }
      begunByThen.set(begun.get());
    });

    OperationContext.within(
        Duration.ofSeconds(7),
        time,
        () -> reads.map(OPERATION, ITEMS, 2, i -> {
          begun.incrementAndGet();
          if (i == 0) {
            pause(time);
          } else {
            await(isPaused);
          }
          return ended.incrementAndGet();
        }));

    assertEquals(40, begun.get());
    assertTrue(begunByThen.get() <= 2, begunByThen + " were begun by then");
  }

  private static void pause(FakeTime time) {
    try {
      OperationContext.pause(Duration.ofSeconds(1), time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void manyCallsOfOneRegistryKeepOneMeasure() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      callers.add(new Thread(() -> reads.map(OPERATION, ITEMS, 5, i -> {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        Thread.yield();
        return running.decrementAndGet();
      })));
    }
    callers.forEach(Thread::start);
    for (Thread caller : callers) {
      caller.join();
    }

    assertTrue(most.get() <= 5, "as many as " + most);
  }

  @Test
  void aCallOfASmallBoundDoesNotWaitForALargeOne() throws InterruptedException {
    ParallelReads reads =
        new ParallelReads(new ReadLimit(FakeTime.standingStill())); // all are fast
    reads.map(OPERATION, Collections.nCopies(100, 1), 32, i -> i); // it has grown
    CountDownLatch begun = new CountDownLatch(16);
    CountDownLatch isOver = new CountDownLatch(1);
    Thread other = new Thread(() -> reads.map(OPERATION, ITEMS.subList(0, 16), 16, i -> {
      begun.countDown();
      await(isOver);
      return i;
    }));
    other.start();
    begun.await();

    assertEquals(List.of(1, 2, 3), reads.map(OPERATION, List.of(1, 2, 3), 2, i -> i));

    isOver.countDown();
    other.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoHasNoTimeLeftDoesNotWaitForItsTurn() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(4);
    CountDownLatch isOver = new CountDownLatch(1);
    Thread other = new Thread(() -> reads.map(OPERATION, ITEMS.subList(0, 4), 4, i -> {
      begun.countDown();
      await(isOver);
      return i;
    }));
    other.start();
    begun.await();

    List<Duration> left = OperationContext.within(
        Duration.ofMillis(5),
        FakeTime.standingStill(),
        () -> reads.map(
            OPERATION, List.of(1, 2), 2, i -> OperationContext.deadline().left()));

    assertEquals(2, left.size());
    isOver.countDown();
    other.join();
  }
}
