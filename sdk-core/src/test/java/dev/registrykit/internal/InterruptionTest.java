package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt that others send to this thread's work, and the caller's own, are told apart. */
class InterruptionTest {

  private final Interruption interruption = new Interruption();

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  @Test
  void itIsFeltByTheThreadThatMadeIt() {
    new Thread(interruption::send).start();

    assertThrows(
        InterruptedException.class, () -> new CountDownLatch(1).await(20, TimeUnit.SECONDS));
    assertTrue(interruption.wasSent());
  }

  @Test
  void itIsSentOnce() {
    interruption.send();
    Thread.interrupted();
    interruption.send();

    assertFalse(Thread.interrupted());
  }

  @Test
  void afterTheWorkNoneIsSent() {
    interruption.end(false);
    interruption.send();
    boolean isLeft = Thread.interrupted();

    assertFalse(isLeft);
    assertFalse(interruption.wasSent());
  }

  @Test
  void oneThatNobodyFeltDoesNotOutliveTheWork() {
    interruption.send();
    interruption.end(false);

    assertFalse(Thread.interrupted());
  }

  @Test
  void theCallersOwnIsNotTakenForIt() {
    Thread.currentThread().interrupt();
    interruption.send();
    interruption.end(false);
    boolean isLeft = Thread.interrupted();

    assertTrue(isLeft);
    assertFalse(interruption.wasSent());
  }

  @Test
  void theCallersOwnThatComesAfterItWasFeltStays() {
    interruption.send();
    Thread.interrupted(); // as an InterruptedException does
    Thread.currentThread().interrupt();
    interruption.end(true);

    assertTrue(Thread.interrupted());
  }
}
