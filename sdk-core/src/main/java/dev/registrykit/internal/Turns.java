package dev.registrykit.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has requests wait for each other where a server allows only so many at a time on a connection. By HTTP/2
 * all requests share one connection, and the JDK's client, up to 25 at least, fails where it might wait.
 * Thread-safe.
 */
final class Turns {

  /** In these words alone does the JDK say that nothing was sent. */
  private static final String FULL = "too many concurrent streams";

  /** A stream is free a moment after its answer came, and other registries may share the connection. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** How long a server may allow nothing at all. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private int underWay;
  private long endings;
  private long lastUnderWayNanos = System.nanoTime();

  /**
   * Sends a request as soon as the server allows it.
   *
   * @param dueNanos until when, on the scale of {@link System#nanoTime()}
   * @throws ConnectException if the server did not allow it, so that nothing was sent
   */
  <T> HttpResponse<T> send(
      HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> bodies, long dueNanos)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try {
        return sendNow(client, request, bodies);
      } catch (IOException e) {
        if (!isFull(e)) {
          throw e;
        }
        if (!await(start, dueNanos)) {
          throw noTurn(e);
        }
      }
    }
  }

  private <T> HttpResponse<T> sendNow(
      HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> bodies)
      throws IOException, InterruptedException {
    begin();
    boolean wasFull = false;
    try {
      return client.send(request, bodies);
    } catch (IOException e) {
      wasFull = isFull(e);
      throw e;
    } finally {
      end(wasFull);
    }
  }

  private void begin() {
    lock.lock();
    try {
      underWay++;
    } finally {
      lock.unlock();
    }
  }

  private void end(boolean wasFull) {
    lock.lock();
    try {
      underWay--;
      if (!wasFull) {
        lastUnderWayNanos = System.nanoTime();
        endings++;
        ended.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end of another request, and returns whether it makes sense to try again. */
  private boolean await(long start, long dueNanos) throws InterruptedException {
    lock.lock();
    try {
      long before = endings;
      for (long left = PAUSE_NANOS; left > 0 && endings == before; ) {
        left = ended.awaitNanos(left);
      }
      long now = System.nanoTime();
      long idleSince = lastUnderWayNanos - start > 0 ? lastUnderWayNanos : start;
      boolean isHopeless = underWay == 0 && now - idleSince > PATIENCE_NANOS;
      return now - dueNanos < 0 && !isHopeless;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isFull(IOException e) {
    return FULL.equals(e.getMessage());
  }

  private static ConnectException noTurn(IOException cause) {
    ConnectException failure =
        new ConnectException("the server allows no more requests on the connection");
    failure.initCause(cause);
    return failure;
  }
}
