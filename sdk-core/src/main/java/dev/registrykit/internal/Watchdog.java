package dev.registrykit.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells requests that their time is over, by one daemon thread that all registries share.
 *
 * <p>No pool of the JDK's could do it: the common one is whoever's who fills it, and newer JDKs run
 * the time-outs of {@link java.util.concurrent.CompletableFuture} there too. The thread begins with a
 * request and ends when there has been none for a while. It sleeps until the earliest deadline, so
 * that a request that is answered in time, as nearly all are, never wakes it.
 */
final class Watchdog {

  /** Something that must be over at some moment. */
  interface Watched {

    /** Returns when, on the scale of {@link System#nanoTime()}; stays the same while it is watched. */
    long dueNanos();

    /** The moment has come, and watching is over unless it is begun anew. Must not wait. */
    void onDue();
  }

  static final Watchdog SHARED = new Watchdog(TimeUnit.SECONDS.toNanos(30));

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.http");

  private final long idleNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Watched> watched = new HashSet<>();
  private boolean isRunning;
  private long wakeNanos;
  private long lastAddedNanos;

  Watchdog(long idleNanos) {
    this.idleNanos = idleNanos;
  }

  /** Begins to watch. */
  void add(Watched work) {
    lock.lock();
    try {
      lastAddedNanos = System.nanoTime();
      if (!isRunning) {
        start();
      }
      watched.add(work);
      if (work.dueNanos() - wakeNanos < 0) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops watching what was over in time. */
  void remove(Watched work) {
    lock.lock();
    try {
      watched.remove(work);
    } finally {
      lock.unlock();
    }
  }

  /** Keeps nothing of the caller's thread: neither its class loader nor its thread-locals. */
  private void start() {
    Thread thread = new Thread(null, this::run, "registrykit-deadlines", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    wakeNanos = System.nanoTime() + idleNanos;
    thread.start();
    isRunning = true;
  }

  private void run() {
    for (List<Watched> due = awaitDue(); !due.isEmpty(); due = awaitDue()) {
      for (Watched work : due) {
        try {
          work.onDue();
        } catch (RuntimeException e) {
          LOG.warn("a request could not be ended at its deadline", e);
        }
      }
    }
  }

  /** Returns what is due, of which there is something unless the thread is to end. */
  private List<Watched> awaitDue() {
    lock.lock();
    try {
      while (true) {
        long now = System.nanoTime();
        List<Watched> due = takeDue(now);
        if (!due.isEmpty()) {
          return due;
        }
        if (watched.isEmpty() && now - lastAddedNanos >= idleNanos) {
          isRunning = false;
          return due;
        }
        changed.awaitNanos(wakeNanos - now);
      }
    } catch (InterruptedException e) {
      isRunning = false; // nobody has this thread to interrupt it; the next request starts another
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private List<Watched> takeDue(long now) {
    List<Watched> due = new ArrayList<>();
    long earliest = now + idleNanos;
    for (Watched work : watched) {
      if (work.dueNanos() - now <= 0) {
        due.add(work);
      } else if (work.dueNanos() - earliest < 0) {
        earliest = work.dueNanos();
      }
    }
    due.forEach(watched::remove);
    due.sort(Comparator.comparingLong(work -> work.dueNanos() - now));
    wakeNanos = earliest;
    return due;
  }
}
