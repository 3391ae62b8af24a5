package dev.registrykit.oci.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OncePerKeyTest {

  private final OncePerKey<String, String> values = new OncePerKey<>(10);

  @Test
  void aFailureIsNotRemembered() {
    assertThrows(
        IllegalStateException.class,
        () -> values.get("k", () -> {
          throw new IllegalStateException();
        }));

    assertEquals("v", values.get("k", () -> "v"));
    assertEquals("v", values.get("k", () -> "w"));
  }

  /** Whoever loads may have longer than whoever waits. */
  @Test
  void nobodyWaitsForAnotherLongerThanHisOwnOperationMayTake() throws InterruptedException {
    CountDownLatch loads = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread other = new Thread(() -> values.get("k", () -> {
      loads.countDown();
      await(end);
      return "late";
    }));
    other.start();
    await(loads);

    String own = assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> OperationContext.within(
            Duration.ofMillis(20), TimeSource.system(), () -> values.get("k", () -> "own")));

    assertEquals("own", own);
    end.countDown();
    other.join(5000);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
