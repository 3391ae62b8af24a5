package dev.registrykit.spi.support;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Begins reads on other threads before they are asked for, for one iteration of a listing; {@link
 * ParallelReads#ahead}. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ReadsAhead {

  /** Begins a read, which may itself send several requests at a time. */
  <R> Begun<R> begin(Supplier<R> read);

  /**
   * Begins one request, as an operation of its own. It counts among those that the registry is sent at a time, and
   * waits until there is room for it.
   *
   * @param bound how many of these the caller allows at a time
   */
  <R> Begun<R> beginRequest(int bound, OperationRunner operations, Supplier<R> request);

  /**
   * A read that was begun. Thread-safe.
   *
   * @since 0.1.0
   */
  interface Begun<R> {

    /**
     * Waits for the result. What the read failed with comes out as it is.
     *
     * @throws dev.registrykit.RegistryInterruptedException if this thread is interrupted; the read goes on
     */
    R await();

    /**
     * Waits until it is over, no longer than the operation of this thread has left, and returns whether it is.
     *
     * @throws dev.registrykit.RegistryInterruptedException if this thread is interrupted; the read goes on
     */
    boolean isOverInTime();

    /** Returns the result; empty if it is not there yet, or failed. */
    Optional<R> find();

    /** Ends it by an interrupt if it is under way; then nobody is to wait for it any more. */
    void cancel();
  }
}
