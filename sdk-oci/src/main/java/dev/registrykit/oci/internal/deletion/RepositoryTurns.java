package dev.registrykit.oci.internal.deletion;

import dev.registrykit.ImageRef;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets what pushes and deletes in one repository do so one after another, in the order in which it
 * came. docker-registry 2.8.2 reads all the tags of a repository to delete a manifest, and fails half
 * way if one of them is being written. Thread-safe; it knows only repositories that are in use.
 */
public final class RepositoryTurns {

  private final Map<ImageRef, Turn> turns = new HashMap<>();

  /** The turn in one repository, and how many want it or have it. */
  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int users;
  }

  /** What is done in turn. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Does the work when it is this thread's turn; it may take turns within it.
   *
   * @throws RegistryTimeoutException if the operation's time is up before
   * @throws RegistryInterruptedException if the thread is interrupted before
   */
  <T, E extends Exception> T inTurn(Operation operation, ImageRef image, Work<T, E> work) throws E {
    Turn turn = enter(image);
    try {
      await(operation, image, turn.lock);
      try {
        return work.run();
      } finally {
        turn.lock.unlock();
      }
    } finally {
      leave(image, turn);
    }
  }

  private static void await(Operation operation, ImageRef image, ReentrantLock lock) {
    Duration left = OperationContext.left().orElse(Duration.ofNanos(Long.MAX_VALUE));
    try {
      if (!lock.tryLock(left.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new RegistryTimeoutException(
            operation.details("other deletions in " + image + " took all its time"), null);
      }
    } catch (InterruptedException e) {
      throw operation.interrupted(e);
    }
  }

  private synchronized Turn enter(ImageRef image) {
    Turn turn = turns.computeIfAbsent(image, key -> new Turn());
    turn.users++;
    return turn;
  }

  private synchronized void leave(ImageRef image, Turn turn) {
    turn.users--;
    if (turn.users == 0) {
      turns.remove(image);
    }
  }

  /** Returns how many repositories are in use. */
  synchronized int size() {
    return turns.size();
  }
}
