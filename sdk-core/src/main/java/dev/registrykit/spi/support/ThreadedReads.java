package dev.registrykit.spi.support;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads on the threads of a registry. All belong to the operation in which this was made, if there was one. */
final class ThreadedReads implements ReadsAhead {

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Operation operation;
  private final Executor threads;
  private final ReadLimit limit;
  private final @Nullable OperationContext context = OperationContext.current();

  ThreadedReads(Operation operation, Executor threads, ReadLimit limit) {
    this.operation = operation;
    this.threads = threads;
    this.limit = limit;
  }

  @Override
  public <R> Begun<R> begin(Supplier<R> read) {
    FutureTask<R> task = new FutureTask<>(() -> OperationContext.run(context, read));
    threads.execute(task);
    return new Read<>(operation, task);
  }

  @Override
  public <R> Begun<R> beginRequest(int bound, OperationRunner operations, Supplier<R> request) {
    return begin(() -> operations.run(() -> counted(bound, request)));
  }

  private <R> R counted(int bound, Supplier<R> request) {
    ReadLimit.Turn turn = turn(bound);
    try {
      return OperationContext.run(OperationContext.part(OperationContext.current(), turn), request);
    } finally {
      turn.end();
    }
  }

  private ReadLimit.Turn turn(int bound) {
    try {
      return limit.begin(bound);
    } catch (InterruptedException e) {
      throw operation.interrupted(e);
    }
  }

  private record Read<R>(Operation operation, FutureTask<R> task) implements Begun<R> {

    @Override
    public R await() {
      try {
        return task.get();
      } catch (InterruptedException e) {
        throw operation.interrupted(e);
      } catch (ExecutionException e) {
        Throwable failure = Objects.requireNonNull(e.getCause());
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure; // a supplier throws no other
      }
    }

    @Override
    public boolean isOverInTime() {
      Duration longest = OperationContext.left().orElse(LONGEST_WAIT);
      try {
        task.get(longest.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        throw operation.interrupted(e);
      } catch (ExecutionException | TimeoutException e) {
        return task.isDone();
      }
      return true;
    }

    @Override
    public Optional<R> find() {
      if (!task.isDone()) {
        return Optional.empty();
      }
      try {
        return Optional.of(task.get());
      } catch (InterruptedException e) {
        throw operation.interrupted(e);
      } catch (ExecutionException e) {
        return Optional.empty();
      }
    }

    @Override
    public void cancel() {
      task.cancel(true);
    }
  }
}
