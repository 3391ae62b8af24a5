package dev.registrykit.internal;

/**
 * Lets other threads interrupt one piece of work of this thread. The interrupt never outlives that work,
 * and so never reaches the caller.
 */
final class Interruption {

  private final Thread thread = Thread.currentThread();
  private boolean isOver;
  private boolean wasSent;

  /** Interrupts the thread, unless the work is over or the caller has interrupted it already. */
  synchronized void send() {
    if (isOver || wasSent || thread.isInterrupted()) {
      return;
    }
    wasSent = true;
    thread.interrupt();
  }

  synchronized boolean wasSent() {
    return wasSent;
  }

  /**
   * Ends the time for interrupts; called by the thread itself.
   *
   * @param wasFelt whether an {@link InterruptedException} was thrown, which cleared the flag: if it
   *     is set again, then by the caller
   */
  synchronized void end(boolean wasFelt) {
    isOver = true;
    if (wasSent && !wasFelt) {
      Thread.interrupted();
    }
  }
}
