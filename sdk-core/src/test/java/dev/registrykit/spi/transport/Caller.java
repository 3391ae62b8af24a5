package dev.registrykit.spi.transport;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that makes a call, while the test does something else. */
final class Caller implements AutoCloseable {

  private final FutureTask<TransportResponse> task;
  private final Thread thread;
  private volatile boolean isFlagLeftOver;

  private Caller(Callable<TransportResponse> call) {
    this.task = new FutureTask<>(() -> {
      try {
        return call.call();
      } finally {
        isFlagLeftOver = Thread.interrupted();
      }
    });
    this.thread = new Thread(task, "caller");
    thread.setDaemon(true);
  }

  static Caller of(Callable<TransportResponse> call) {
    Caller caller = new Caller(call);
    caller.thread.start();
    return caller;
  }

  /** Returns the answer, which has to come soon. */
  TransportResponse result() throws ExecutionException, InterruptedException, TimeoutException {
    return task.get(5, TimeUnit.SECONDS);
  }

  /** Returns what the call threw, which it has to do soon. */
  Throwable failure() throws InterruptedException, TimeoutException {
    try {
      throw new AssertionError("there was an answer: " + result());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /** Returns whether the thread's interrupt flag was set after the call. */
  boolean isFlagLeftOver() {
    return isFlagLeftOver;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
