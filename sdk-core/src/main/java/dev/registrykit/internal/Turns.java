package dev.registrykit.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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

  private final long pauseNanos;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that wait, each for its own signal, by when they came; only the first of them is tried. */
  private final NavigableMap<Long, Condition> waiting = new TreeMap<>();

  private long came;
  private int underWay;

  /** How many requests ended since the server was full, and for none of which another was tried yet. */
  private int free;

  private long lastUnderWayNanos;

  Turns() {
    this(PAUSE_NANOS, System::nanoTime);
  }

  /**
   * Makes one.
   *
   * @param pauseNanos how long the first of those that wait waits for the end of another
   * @param clock returns what {@link System#nanoTime()} does
   */
  Turns(long pauseNanos, LongSupplier clock) {
    this.pauseNanos = pauseNanos;
    this.clock = clock;
    this.lastUnderWayNanos = clock.getAsLong();
  }

  /**
   * Sends a request as soon as the server allows it and none waits that came before.
   *
   * @param dueNanos until when, on the scale of {@link System#nanoTime()}
   * @throws ConnectException if the server did not allow it, so that nothing was sent
   */
  <T> HttpResponse<T> send(
      HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> bodies, long dueNanos)
      throws IOException, InterruptedException {
    Turn turn = new Turn(dueNanos);
    IOException full = null;
    while (turn.begin(full != null)) {
      try {
        return sendNow(client, request, bodies);
      } catch (IOException e) {
        if (!isFull(e)) {
          throw e;
        }
        full = e;
      }
    }
    throw noTurn(full);
  }

  private <T> HttpResponse<T> sendNow(
      HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> bodies)
      throws IOException, InterruptedException {
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

  private void end(boolean wasFull) {
    lock.lock();
    try {
      underWay--;
      if (!wasFull) {
        lastUnderWayNanos = clock.getAsLong();
        free++;
        signalFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  private void signalFirst() {
    if (!waiting.isEmpty()) {
      waiting.firstEntry().getValue().signal();
    }
  }

  /** Returns how many wait. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isFull(IOException e) {
    return FULL.equals(e.getMessage());
  }

  private static ConnectException noTurn(@Nullable IOException cause) {
    ConnectException failure =
        new ConnectException("the server allows no more requests on the connection");
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }

  /** When one request is tried. Belongs to one thread. */
  private final class Turn {

    private final long start = clock.getAsLong();
    private final long dueNanos;
    private final Condition signal = lock.newCondition();
    private long number;

    Turn(long dueNanos) {
      this.dueNanos = dueNanos;
    }

    /**
     * Returns whether it makes sense to try the request, as soon as none waits that came before and, if the server
     * was full, another request ended.
     */
    boolean begin(boolean wasFull) throws InterruptedException {
      lock.lock();
      try {
        if (wasFull) {
          free = 0;
        } else {
          number = came++;
        }
        if ((wasFull || !waiting.isEmpty()) && !await()) {
          return false;
        }
        underWay++;
        return true;
      } finally {
        lock.unlock();
      }
    }

    private boolean await() throws InterruptedException {
      waiting.put(number, signal);
      try {
        long now = clock.getAsLong();
        long pauseEnd = now + pauseNanos;
        while (!isFirst() || (free == 0 && now - pauseEnd < 0)) {
          if (now - dueNanos >= 0) {
            return false;
          }
          if (isFirst()) {
            signal.awaitNanos(pauseEnd - now);
            now = clock.getAsLong();
          } else {
            signal.awaitNanos(dueNanos - now);
            now = clock.getAsLong();
            pauseEnd = now + pauseNanos;
          }
        }
        free = Math.max(0, free - 1);
        return now - dueNanos < 0 && !isHopeless(now);
      } finally {
        waiting.remove(number);
        signalFirst();
      }
    }

    private boolean isFirst() {
      return waiting.firstKey() == number;
    }

    /** Whether nothing of ours is under way that could end, and has not been for a while. */
    private boolean isHopeless(long now) {
      long idleSince = lastUnderWayNanos - start > 0 ? lastUnderWayNanos : start;
      return underWay == 0 && now - idleSince > PATIENCE_NANOS;
    }
  }
}
