package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void itIsFeltByTheThreadThatMadeIt() throws Exception {
    Thread other = new Thread(interruption::send);
    other.start();
    other.join();

    assertTrue(interruption.wasSent());
    assertTrue(Thread.interrupted());
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

    assertFalse(interruption.wasSent());
    assertFalse(Thread.interrupted());
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

    assertFalse(interruption.wasSent());
    assertTrue(Thread.interrupted());
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
