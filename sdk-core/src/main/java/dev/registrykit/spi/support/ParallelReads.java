package dev.registrykit.spi.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends several requests at a time. One per registry, so that all that reads from it keeps one measure: it
 * begins with a quarter of what the first caller allows, at least 4, doubles with every round trip while answers
 * do not get slower, and halves when the registry answers 429 or 503; while a read waits because of that, no
 * other begins. Its threads are virtual where the JDK has them; elsewhere they are shared by
 * the calls of the registry and end when they have been idle. Thread-safe. What is done in parallel does not
 * do things in parallel itself.
 *
 * @since 0.1.0
 */
public final class ParallelReads {

  private static final long IDLE_SECONDS = 5;

  private final ReadLimit limit;
  private final Executor threads;

  /** Makes one that has sent nothing yet. */
  public ParallelReads() {
    this(new ReadLimit(TimeSource.system()));
  }

  ParallelReads(ReadLimit limit) {
    this.limit = limit;
    this.threads = VirtualThreads.areThere() ? VirtualThreads::start : pool();
  }

  private static Executor pool() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE, // as many as the limit lets through
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        ParallelReads::newThread);
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "registrykit-read");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Returns the results in the order of the items. The first failure comes out as it is, and ends
   * what is still under way, as an interrupt of the calling thread does.
   *
   * @param operation what they belong to, as the operation of this thread does
   * @param concurrency how many at a time at most, from 1
   */
  public <T, R> List<R> map(
      Operation operation, List<T> items, int concurrency, Function<T, R> action) {
    int bound = Math.min(concurrency, items.size());
    if (bound <= 1) {
      return items.stream().map(action).toList();
    }
    Batch<R> batch = new Batch<>(bound);
    try {
      for (T item : items) {
        if (!batch.begin(() -> action.apply(item))) {
          break;
        }
      }
      return batch.results();
    } catch (InterruptedException e) {
      throw operation.interrupted(e);
    } finally {
      batch.cancel();
    }
  }

  /**
   * Returns what begins reads before they are asked for, on the same threads and by the same measure.
   *
   * @param operation what they belong to
   */
  public ReadsAhead ahead(Operation operation) {
    return new ThreadedReads(operation, threads, limit);
  }

  /** The reads of one call. */
  private final class Batch<R> {

    private final int bound;
    private final @Nullable OperationContext context = OperationContext.current();
    private final List<FutureTask<R>> reads = new ArrayList<>();
    private int underWay;
    private @Nullable Throwable failure;

    Batch(int bound) {
      this.bound = bound;
    }

    /** Begins one more as soon as there is room for it, unless another has failed by then. */
    boolean begin(Supplier<R> action) throws InterruptedException {
      awaitRoom();
      ReadLimit.Turn turn = limit.begin(bound);
      if (!isToGoOn()) {
        turn.end();
        return false;
      }
      OperationContext part = OperationContext.part(context, turn);
      FutureTask<R> read = new FutureTask<>(() -> OperationContext.run(part, noticing(action)));
      reads.add(read);
      threads.execute(() -> {
        try {
          read.run();
        } finally {
          turn.end();
          end();
        }
      });
      return true;
    }

    /** Of the caller's own bound; no other call's reads count for it. */
    private synchronized void awaitRoom() throws InterruptedException {
      while (underWay >= bound && failure == null) {
        wait();
      }
    }

    private synchronized boolean isToGoOn() {
      if (failure == null) {
        underWay++;
      }
      return failure == null;
    }

    private synchronized void end() {
      underWay--;
      notifyAll();
    }

    /** The first failure is the one to report. */
    private Supplier<R> noticing(Supplier<R> action) {
      return () -> {
        try {
          return action.get();
        } catch (RuntimeException | Error e) {
          fail(e);
          throw e;
        }
      };
    }

    private synchronized void fail(Throwable e) {
      if (failure == null) {
        failure = e;
      }
      notifyAll();
    }

    /** Waits for all, or for the first that fails. */
    List<R> results() throws InterruptedException {
      awaitEnd();
      List<R> results = new ArrayList<>();
      for (FutureTask<R> read : reads) {
        try {
          results.add(read.get());
        } catch (ExecutionException e) {
          throw new IllegalStateException(e);
        }
      }
      return results;
    }

    private synchronized void awaitEnd() throws InterruptedException {
      while (failure == null && underWay > 0) {
        wait();
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      if (failure instanceof Error error) {
        throw error;
      }
    }

    void cancel() {
      reads.forEach(read -> read.cancel(true));
    }
  }
}
