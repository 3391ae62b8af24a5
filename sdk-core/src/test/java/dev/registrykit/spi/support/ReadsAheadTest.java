package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.spi.support.ReadsAhead.Begun;
import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Reads that are begun before they are asked for. */
@Timeout(20)
class ReadsAheadTest {

  private final FakeTime time = FakeTime.standingStill();
  private final ReadLimit limit = new ReadLimit(time);
  private final ReadsAhead reads = new ParallelReads(limit).ahead(Operation.on("read things"));

  private final OperationRunner operations = new OperationRunner() {
    @Override
    public <T> T run(Supplier<T> work) {
      return OperationContext.within(Duration.ofSeconds(30), time, work);
    }
  };

  private static String blockUntil(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "read";
  }

  @Test
  void aReadGoesOnWhileNobodyWaits() {
    CountDownLatch isRead = new CountDownLatch(1);

    Begun<Boolean> begun = reads.begin(() -> {
      isRead.countDown();
      return true;
    });

    blockUntil(isRead);
    assertTrue(begun.isOverInTime());
    assertTrue(begun.await());
    assertEquals(Optional.of(true), begun.find());
  }

  @Test
  void whatItFailedWithComesOutAsItIs() {
    IllegalStateException failure = new IllegalStateException("no");
    AssertionError error = new AssertionError("no");
    Begun<String> failed = reads.begin(() -> {
      throw failure;
    });
    Begun<String> broken = reads.begin(() -> {
      throw error;
    });

    assertSame(failure, assertThrows(IllegalStateException.class, failed::await));
    assertTrue(failed.isOverInTime());
    assertEquals(Optional.empty(), failed.find());
    assertSame(error, assertThrows(AssertionError.class, broken::await));
  }

  @Test
  void aRequestIsAnOperationOfItsOwnAndHasTheRegistrySlowDown() {
    int before = limit.current();

    Begun<Duration> begun = reads.beginRequest(16, operations, () -> {
      OperationContext.slowDown();
      return OperationContext.deadline().left();
    });

    assertEquals(Duration.ofSeconds(30), begun.await());
    assertEquals(before / 2, limit.current());
  }

  @Test
  void aRequestMakesRoomForOthersWhenItIsOver() {
    for (int i = 0; i < 100; i++) {
      int number = i;
      assertEquals(i, reads.beginRequest(1, operations, () -> number).await());
    }
  }

  @Test
  void nobodyWaitsLongerThanTheOperationHas() {
    CountDownLatch end = new CountDownLatch(1);
    Begun<String> begun = reads.begin(() -> blockUntil(end));

    boolean isOver = OperationContext.within(Duration.ZERO, time, begun::isOverInTime);

    assertFalse(isOver);
    assertEquals(Optional.empty(), begun.find());
    end.countDown();
    assertEquals("read", begun.await());
  }

  @Test
  void whoWaitsIsInterruptedAndTheReadGoesOn() {
    CountDownLatch end = new CountDownLatch(1);
    Begun<String> begun = reads.begin(() -> blockUntil(end));
    List<Executable> waits = List.of(begun::await, begun::isOverInTime);

    for (Executable wait : waits) {
      Thread.currentThread().interrupt();
      RegistryInterruptedException e = assertThrows(RegistryInterruptedException.class, wait);
      assertTrue(Thread.interrupted(), "the flag is lost");
      assertEquals("read things failed: the thread was interrupted", e.getMessage());
    }
    end.countDown();
    assertEquals("read", begun.await());
  }

  @Test
  void whatIsThereIsFoundByAThreadThatIsInterrupted() {
    Begun<String> begun = reads.begin(() -> "read");
    begun.await();

    Thread.currentThread().interrupt();
    Optional<String> found = begun.find();
    boolean isLeft = Thread.interrupted();

    assertTrue(isLeft, "the flag is lost");
    assertEquals(Optional.of("read"), found);
  }

  @Test
  void aRequestThatIsCancelledBeforeItsTurnIsNotSent() throws InterruptedException {
    List<ReadLimit.Turn> others = new ArrayList<>();
    for (int i = 0; i < limit.current(); i++) {
      others.add(limit.begin(4));
    }
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    AtomicBoolean isSent = new AtomicBoolean();
    OperationRunner noting = new OperationRunner() {
      @Override
      public <T> T run(Supplier<T> work) {
        thread.complete(Thread.currentThread());
        try {
          return work.get();
        } catch (RuntimeException e) {
          failure.complete(e);
          throw e;
        }
      }
    };
    Begun<Boolean> begun = reads.beginRequest(4, noting, () -> isSent.getAndSet(true));
    while (thread.join().getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    begun.cancel();

    assertInstanceOf(RegistryInterruptedException.class, failure.join());
    assertFalse(isSent.get());
    others.forEach(ReadLimit.Turn::end);
    assertEquals("sent", reads.beginRequest(4, operations, () -> "sent").await());
  }

  @Test
  void whatIsCancelledIsInterrupted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Begun<Boolean> read = reads.begin(() -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        ended.countDown();
      }
      return true;
    });
    blockUntil(begun);

    read.cancel();

    assertTrue(ended.await(10, TimeUnit.SECONDS), "the read goes on");
  }
}
