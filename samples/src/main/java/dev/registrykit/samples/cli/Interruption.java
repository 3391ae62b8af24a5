package dev.registrykit.samples.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the program cleanly on Ctrl-C: interrupts the thread that works, which puts back what is half done, and
 * waits for it, so that the process does not end before.
 */
final class Interruption {

  /** More than the 30 seconds that the SDK has to put a tag back. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final CountDownLatch ended = new CountDownLatch(1);

  private Interruption() {}

  /** Has this thread end cleanly from now on, until it says that its work ended. */
  static Interruption endingCleanly(Thread worker) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interruption.end(worker), "registrykit-interruption"));
    return interruption;
  }

  private void end(Thread worker) {
    if (ended.getCount() == 0) {
      return; // nobody pressed Ctrl-C: the program ends by itself
    }
    worker.interrupt();
    try {
      ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // somebody is in a greater hurry
    }
  }

  /** Says that the work is done, or ended, so that nothing is waited for. */
  void workEnded() {
    ended.countDown();
  }
}
