package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.testsupport.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadingCacheTest {

  private static final int WAITERS = 15;

  private final LoadingCache<String, String> cache = new LoadingCache<>(2);
  private final AtomicInteger loads = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void endAllThreads() throws Exception {
    mayEnd.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private String load() {
    return "value " + loads.incrementAndGet();
  }

  @Test
  void aValueIsLoadedOnceAndKept() {
    assertNull(cache.get("a"));
    assertEquals("value 1", cache.get("a", this::load));
    assertEquals("value 1", cache.get("a", this::load));
    assertEquals("value 1", cache.get("a"));
    assertEquals("value 2", cache.get("b", this::load));
  }

  @Test
  void thoseUsedLastAreKept() {
    cache.put("a", "1");
    cache.put("b", "2");
    cache.get("a");
    cache.put("c", "3");

    assertEquals("1", cache.get("a"));
    assertNull(cache.get("b"));
    assertEquals("3", cache.get("c"));
    assertEquals(2, cache.size());
  }

  @Test
  void valuesAreForgottenOneByOneAndBySort() {
    cache.put("a", "1");
    cache.remove("a", "2");
    assertEquals("1", cache.get("a"));
    cache.remove("a", "1");
    assertNull(cache.get("a"));

    cache.put("a", "1");
    cache.put("b", "2");
    cache.remove("a");
    cache.removeIf("b"::equals);
    assertEquals(0, cache.size());
  }

  @Test
  void aValueOtherThanTheStaleOneIsLoadedOnce() {
    cache.put("a", "stale");

    assertEquals("value 1", cache.getOtherThan("stale", "a", this::load));
    assertEquals("value 1", cache.getOtherThan("stale", "a", this::load));
    assertEquals("value 1", cache.getOtherThan(null, "a", this::load));
  }

  @Test
  void aFailureIsNotKept() {
    IllegalStateException failure = new IllegalStateException("no");

    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () -> cache.get("a", () -> {
              throw failure;
            })));
    assertThrows(
        AssertionError.class,
        () -> cache.get("a", () -> {
          throw new AssertionError();
        }));
    assertThrows(IOException.class, () -> cache.get("a", () -> throwUnchecked(new IOException())));
    assertEquals("value 1", cache.get("a", this::load));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> String throwUnchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void manyThreadsLoadAValueOnce() throws Exception {
    FutureTask<String> first = start(() -> cache.get("a", slow(this::load)));
    begun.await();
    List<FutureTask<String>> others = startWaiting(() -> cache.get("a", this::load));
    mayEnd.countDown();

    assertEquals("value 1", first.get());
    for (FutureTask<String> other : others) {
      assertEquals("value 1", other.get());
    }
    assertEquals(1, loads.get());
  }

  @Test
  void manyThreadsRenewAStaleValueOnce() throws Exception {
    cache.put("a", "stale");
    FutureTask<String> first = start(() -> cache.getOtherThan("stale", "a", slow(this::load)));
    begun.await();
    List<FutureTask<String>> others =
        startWaiting(() -> cache.getOtherThan("stale", "a", this::load));
    assertEquals("stale", cache.get("a", this::load), "who does not mind it is not kept waiting");
    mayEnd.countDown();

    assertEquals("value 1", first.get());
    for (FutureTask<String> other : others) {
      assertEquals("value 1", other.get());
    }
  }

  @Test
  void aKeyDoesNotWaitForAnother() throws Exception {
    FutureTask<String> first = start(() -> cache.get("a", slow(this::load)));
    begun.await();

    assertEquals("value 1", cache.get("b", this::load));
    mayEnd.countDown();
    assertEquals("value 2", first.get());
  }

  @Test
  void afterAFailureOneOfThoseWhoWaitedLoadsForAll() throws Exception {
    FutureTask<String> first = start(() -> cache.get("a", slow(() -> {
      throw new IllegalStateException("no");
    })));
    begun.await();
    List<FutureTask<String>> others = startWaiting(() -> cache.get("a", this::load));
    mayEnd.countDown();

    assertThrows(ExecutionException.class, first::get);
    for (FutureTask<String> other : others) {
      assertEquals("value 1", other.get());
    }
  }

  @Test
  void aSharedFailureIsThatOfAllWhoWaitedAndOfNoOther() throws Exception {
    LoadingCache<String, String> sharing =
        new LoadingCache<>(2, failure -> failure instanceof IllegalStateException);
    IllegalStateException refusal = new IllegalStateException("wrong password");
    FutureTask<String> first = start(() -> sharing.get("a", slow(() -> {
      throw refusal;
    })));
    begun.await();
    List<FutureTask<String>> others = startWaiting(() -> sharing.get("a", this::load));
    mayEnd.countDown();

    assertSame(refusal, assertThrows(ExecutionException.class, first::get).getCause());
    for (FutureTask<String> other : others) {
      assertSame(refusal, assertThrows(ExecutionException.class, other::get).getCause());
    }
    assertEquals(0, loads.get());
    assertEquals("value 1", sharing.get("a", this::load));
  }

  @Test
  void whoHasNoTimeLeftLoadsItself() throws Exception {
    FakeTime time = new FakeTime();
    FutureTask<String> first = start(() -> cache.get("a", slow(this::load)));
    begun.await();

    String own = OperationContext.within(
        Duration.ofMillis(1), time, () -> cache.get("a", () -> "said that the time is up"));

    assertEquals("said that the time is up", own);
    mayEnd.countDown();
    assertEquals("value 1", first.get());
    assertEquals("value 1", cache.get("a"), "what was loaded for itself alone is not kept");
  }

  @Test
  void whoIsInterruptedLoadsItselfWithTheFlagSet() throws Exception {
    FutureTask<String> first = start(() -> cache.get("a", slow(this::load)));
    begun.await();

    Thread.currentThread().interrupt();
    String own = cache.get("a", () -> "interrupted: " + Thread.interrupted());

    assertEquals("interrupted: true", own);
    mayEnd.countDown();
    assertEquals("value 1", first.get());
  }

  private Supplier<String> slow(Supplier<String> loader) {
    return () -> {
      begun.countDown();
      try {
        assertTrue(mayEnd.await(60, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return loader.get();
    };
  }

  private <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    threads.add(thread);
    thread.start();
    return task;
  }

  /** Starts many threads, and returns when all of them wait for another. */
  private <T> List<FutureTask<T>> startWaiting(Callable<T> work) {
    List<FutureTask<T>> tasks = new ArrayList<>();
    for (int i = 0; i < WAITERS; i++) {
      tasks.add(start(work));
    }
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
    return tasks;
  }
}
