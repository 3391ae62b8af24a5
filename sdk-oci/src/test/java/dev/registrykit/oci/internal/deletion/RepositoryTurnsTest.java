package dev.registrykit.oci.internal.deletion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who comes first in a repository, and who waits no longer. */
class RepositoryTurnsTest {

  private static final ImageRef APP = ImageRef.of("shop/app");
  private static final ImageRef OTHER = ImageRef.of("shop/other");
  private static final Operation OPERATION = Operation.on("delete tag 1.0 of shop/app");

  private final RepositoryTurns turns = new RepositoryTurns();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayLeave = new CountDownLatch(1);

  /** Has the turn until it may leave. */
  private Thread holder() throws InterruptedException {
    Thread holder = start(() -> turns.inTurn(OPERATION, APP, () -> {
      entered.countDown();
      await(mayLeave);
      return true;
    }));
    entered.await();
    return holder;
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoComesFirstGoesFirst() throws InterruptedException {
    Thread holder = holder();
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      Thread waiter = start(() -> turns.inTurn(OPERATION, APP, () -> order.add(number)));
      waiting.add(waiter);
      while (waiter.isAlive() && !isWaiting(waiter)) {
        Thread.onSpinWait();
      }
    }

    mayLeave.countDown();
    holder.join();
    for (Thread waiter : waiting) {
      waiter.join();
    }

    assertEquals(List.of(0, 1, 2, 3, 4), order);
    assertEquals(0, turns.size());
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING
        || thread.getState() == Thread.State.WAITING;
  }

  @Test
  void otherRepositoriesDoNotWait() throws InterruptedException {
    Thread holder = holder();

    assertEquals("done", turns.inTurn(OPERATION, OTHER, () -> "done"));

    assertEquals(1, turns.size());
    mayLeave.countDown();
    holder.join();
    assertEquals(0, turns.size());
  }

  @Test
  void aTurnWithinATurnIsTheSame() {
    assertEquals(
        "done", turns.inTurn(OPERATION, APP, () -> turns.inTurn(OPERATION, APP, () -> "done")));
    assertEquals(0, turns.size());
  }

  @Test
  void nobodyWaitsLongerThanTheOperationHas() throws InterruptedException {
    Thread holder = holder();

    var failure = assertThrows(
        RegistryTimeoutException.class,
        () -> OperationContext.within(
            Duration.ofMillis(20),
            TimeSource.system(),
            () -> turns.inTurn(OPERATION, APP, () -> true)));

    assertEquals(
        "delete tag 1.0 of shop/app failed: other deletions in shop/app took all its time",
        failure.getMessage());
    assertTrue(!failure.mayHaveTakenEffect());
    mayLeave.countDown();
    holder.join();
    assertEquals(0, turns.size());
  }

  @Test
  void anInterruptEndsTheWait() throws InterruptedException {
    Thread holder = holder();
    Thread.currentThread().interrupt();

    assertThrows(
        RegistryInterruptedException.class, () -> turns.inTurn(OPERATION, APP, () -> true));

    assertTrue(Thread.interrupted());
    mayLeave.countDown();
    holder.join();
    assertEquals(0, turns.size());
  }

  @Test
  void aFailureGivesTheTurnBack() {
    assertThrows(
        IllegalStateException.class,
        () -> turns.inTurn(OPERATION, APP, () -> {
          throw new IllegalStateException();
        }));

    assertEquals("done", turns.inTurn(OPERATION, APP, () -> "done"));
    assertEquals(0, turns.size());
  }
}
