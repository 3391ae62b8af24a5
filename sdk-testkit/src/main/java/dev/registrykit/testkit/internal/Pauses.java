package dev.registrykit.testkit.internal;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The waits of slow answers, all of which can be ended at once. */
final class Pauses {
  private final CountDownLatch ended = new CountDownLatch(1);

  void pause(Duration duration) throws InterruptedIOException {
    try {
      if (ended.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new InterruptedIOException("the emulator was reset or closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  void endAll() {
    ended.countDown();
  }
}
