package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final Watchdog watchdog = new Watchdog(TimeUnit.MILLISECONDS.toNanos(50));

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
  void theThreadEndsWhenThereIsNothingToDoAndBeginsAnew() throws Exception {
    Thread[] threads = new Thread[2];
    watchdog.add(new Work(Duration.ZERO, () -> told(threads, 0)));
    next();
    threads[0].join(TimeUnit.SECONDS.toMillis(5));
    assertTrue(!threads[0].isAlive() && threads[0].isDaemon());

    watchdog.add(new Work(Duration.ZERO, () -> told(threads, 1)));
    next();
    assertEquals(threads[0].getName(), threads[1].getName());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(5, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void told(Thread[] threads, int index) {
    threads[index] = Thread.currentThread();
    events.add("told");
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
