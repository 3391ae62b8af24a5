package dev.registrykit.spi.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends several requests at a time, within a bound. */
public final class ParallelReads {

  private ParallelReads() {}

  /**
   * Returns the results in the order of the items. The first failure comes out as it is, and ends
   * what is still under way, as an interrupt of the calling thread does.
   *
   * @param operation what they belong to, as the operation of this thread does
   * @param concurrency how many at a time at most, from 1
   */
  public static <T, R> List<R> map(
      Operation operation, List<T> items, int concurrency, Function<T, R> action) {
    int workers = Math.min(concurrency, items.size());
    if (workers <= 1) {
      return items.stream().map(action).toList();
    }
    ExecutorService executor = Executors.newFixedThreadPool(workers, ParallelReads::newThread);
    try {
      CompletionService<R> reads = new ExecutorCompletionService<>(executor);
      OperationContext context = OperationContext.current();
      AtomicBoolean hasFailed = new AtomicBoolean();
      List<Future<R>> answers = new ArrayList<>();
      for (T item : items) {
        answers.add(reads.submit(() -> read(item, action, context, hasFailed)));
      }
      for (int i = 0; i < items.size(); i++) {
        rethrowFailure(
            reads.take()); // in the order of time: the first failure is the one to report
      }
      List<R> results = new ArrayList<>();
      for (Future<R> answer : answers) {
        results.add(answer.get());
      }
      return results;
    } catch (InterruptedException e) {
      throw operation.interrupted(e);
    } catch (ExecutionException e) {
      throw asUnchecked(e);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Reads one, as a part of the operation, unless another has failed by now. */
  private static <T, R> R read(
      T item, Function<T, R> action, @Nullable OperationContext context, AtomicBoolean hasFailed)
      throws NotBegunException {
    if (hasFailed.get()) {
      throw new NotBegunException();
    }
    try {
      return OperationContext.run(context, () -> action.apply(item));
    } catch (RuntimeException | Error e) {
      hasFailed.set(true);
      throw e;
    }
  }

  private static void rethrowFailure(Future<?> read)
      throws ExecutionException, InterruptedException {
    try {
      read.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof NotBegunException)) {
        throw e;
      }
    }
  }

  /** Another read failed before this one began; that failure is the one to report. */
  private static final class NotBegunException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "registrykit-read");
    thread.setDaemon(true);
    return thread;
  }

  private static RuntimeException asUnchecked(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException failure) {
      return failure;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }
}
