package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final Watchdog watchdog = new Watchdog(TimeUnit.MILLISECONDS.toNanos(50));

  /** Where nothing but what is due, or added, ends the thread's sleep. */
  private final Watchdog patient = new Watchdog(TimeUnit.HOURS.toNanos(1));

  @Test
  void whatIsDueIsToldInTurn() throws Exception {
    watchdog.add(work("third", Duration.ofMillis(600)));
    watchdog.add(work("first", Duration.ofMillis(200)));
    watchdog.add(work("second", Duration.ofMillis(400)));

    assertEquals(List.of("first", "second", "third"), List.of(next(), next(), next()));
  }

  @Test
  void whatWasOverInTimeIsToldNothing() throws Exception {
    CountDownLatch isRemoved = new CountDownLatch(1);
    watchdog.add(new Work(Duration.ZERO, () -> awaitQuietly(isRemoved))); // none is told meanwhile
    Watchdog.Watched early = work("early", Duration.ofMillis(10));
    watchdog.add(early);
    watchdog.add(work("late", Duration.ofMillis(30)));
    watchdog.remove(early);
    isRemoved.countDown();

    assertEquals("late", next());
    assertTrue(events.isEmpty());
  }

  @Test
  void workThatFailsDoesNotDisturbTheRest() throws Exception {
    watchdog.add(new Work(Duration.ofMillis(5), () -> {
      throw new IllegalStateException("broken");
    }));
    watchdog.add(work("next", Duration.ofMillis(15)));

    assertEquals("next", next());
  }

  @Test
  void whatIsDueAtTheSameTimeIsToldInTurnToo() throws Exception {
    CountDownLatch allAreAdded = new CountDownLatch(1);
    watchdog.add(new Work(Duration.ZERO, () -> awaitQuietly(allAreAdded)));
    List<Integer> order = List.of(7, 3, 9, 1, 8, 2, 6, 4, 5, 0);
    order.forEach(i -> watchdog.add(work("" + i, Duration.ofMillis(i - 100))));
    allAreAdded.countDown();

    for (int i = 0; i < order.size(); i++) {
      assertEquals("" + i, next());
    }
  }

  @Test
  void whatIsDueBeforeAllOthersIsNotKeptWaitingForThem() throws Exception {
    patient.add(work("last", Duration.ofHours(1)));
    patient.add(work("late", Duration.ofMillis(300)));
    patient.add(work("early", Duration.ofMillis(100)));

    assertEquals("early", next());
    assertEquals("late", next());
  }

  @Test
  void theThreadEndsWhenThereIsNothingToDoAndBeginsAnew() throws Exception {
    Thread first = tellingThread(watchdog);
    first.join(TimeUnit.SECONDS.toMillis(5));
    assertFalse(first.isAlive());

    Thread second = tellingThread(watchdog);
    assertNotSame(first, second);
    assertEquals(first.getName(), second.getName());
  }

  @Test
  void theThreadStaysForTheNextRequests() throws Exception {
    Thread first = tellingThread(patient);
    while (first.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    assertSame(first, tellingThread(patient));
  }

  @Test
  void aThreadThatIsInterruptedIsReplaced() throws Exception {
    Thread first = tellingThread(patient);
    first.interrupt();
    first.join(TimeUnit.SECONDS.toMillis(5));

    assertNotSame(first, tellingThread(patient));
  }

  @Test
  void theThreadHoldsNeitherTheProgramNorAClassLoader() throws Exception {
    Thread[] telling = new Thread[1];
    Thread caller = new Thread(() -> telling[0] = tellingThread(watchdog));
    caller.setDaemon(false); // what a thread is, those that it makes are
    caller.start();
    caller.join();

    assertTrue(telling[0].isDaemon());
    assertNull(telling[0].getContextClassLoader());
  }

  /** Returns the thread that tells what is due. */
  private static Thread tellingThread(Watchdog watchdog) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    watchdog.add(new Work(Duration.ZERO, () -> thread.complete(Thread.currentThread())));
    return thread.orTimeout(5, TimeUnit.SECONDS).join();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(5, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String next() throws InterruptedException {
    return events.poll(5, TimeUnit.SECONDS);
  }

  private Watchdog.Watched work(String name, Duration in) {
    return new Work(in, () -> events.add(name));
  }

  private static final class Work implements Watchdog.Watched {

    private final long dueNanos;
    private final Runnable action;

    Work(Duration in, Runnable action) {
      this.dueNanos = System.nanoTime() + in.toNanos();
      this.action = action;
    }

    @Override
    public long dueNanos() {
      return dueNanos;
    }

    @Override
    public void onDue() {
      action.run();
    }
  }
}
