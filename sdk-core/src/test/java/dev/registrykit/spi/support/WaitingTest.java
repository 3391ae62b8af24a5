package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private static final WaitOptions OPTIONS = WaitOptions.defaults()
      .withTimeout(Duration.ofSeconds(60))
      .withIntervals(Duration.ofSeconds(1), Duration.ofSeconds(4));

  private final FakeTime time = new FakeTime();
  private int asked;

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  @Test
  void whatIsSoAtOnceIsAskedOnceAndNotWaitedFor() {
    until(1, OPTIONS);

    assertEquals(1, asked);
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void theIntervalDoublesUpToItsMaximum() {
    until(6, OPTIONS);

    assertEquals(
        List.of(1L, 2L, 4L, 4L, 4L),
        time.sleeps().stream().map(Duration::toSeconds).toList());
  }

  @Test
  void whenTheTimeIsUpItHasAskedAtTheVeryEnd() {
    RegistryTimeoutException e = assertThrows(
        RegistryTimeoutException.class,
        () -> until(1000, OPTIONS.withTimeout(Duration.ofSeconds(5))));

    assertEquals("wait until tag 1.2 is gone failed: still not so after 5000 ms", e.getMessage());
    assertEquals(4, asked);
    assertTrue(time.sleeps().get(2).compareTo(Duration.ofSeconds(2)) <= 0, "cut at the deadline");
  }

  @Test
  void aTimeoutOfZeroAsksOnce() {
    assertThrows(
        RegistryTimeoutException.class, () -> until(1000, OPTIONS.withTimeout(Duration.ZERO)));
    assertEquals(1, asked);
  }

  @Test
  void anInterruptEndsTheWaitAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    RegistryInterruptedException e =
        assertThrows(RegistryInterruptedException.class, () -> until(5, OPTIONS));

    assertTrue(Thread.interrupted());
    assertInstanceOf(InterruptedException.class, e.getCause());
    assertEquals(1, asked);
  }

  @Test
  void aFailingQuestionEndsTheWait() {
    assertThrows(
        IllegalStateException.class,
        () -> Waiting.until(
            () -> {
              throw new IllegalStateException("closed");
            },
            "wait",
            OPTIONS,
            time));
  }

  @Test
  void eachQuestionIsToldHowMuchTimeIsLeft() {
    List<Duration> told = new ArrayList<>();

    Waiting.until(
        () -> {
          told.add(OperationContext.deadline().left());
          return told.size() == 3;
        },
        "wait",
        OPTIONS.withTimeout(Duration.ofSeconds(10)),
        time);

    assertTrue(told.get(0).compareTo(Duration.ofSeconds(10)) <= 0, told.toString());
    assertTrue(told.get(2).compareTo(told.get(1)) < 0, told.toString());
  }

  @Test
  void aQuestionThatUsesUpTheTimeEndsTheWaitInTheWaitsOwnWords() {
    RegistryTimeoutException late = late("get tag 1.2");

    RegistryTimeoutException e = assertThrows(
        RegistryTimeoutException.class,
        () -> Waiting.until(
            () -> {
              time.advance(OperationContext.deadline().left());
              throw late;
            },
            "wait until tag 1.2 is gone",
            OPTIONS.withTimeout(Duration.ofSeconds(1)),
            time));

    assertEquals("wait until tag 1.2 is gone failed: still not so after 1000 ms", e.getMessage());
    assertSame(late, e.getCause());
  }

  private static RegistryTimeoutException late(String operation) {
    return new RegistryTimeoutException(Operation.on(operation).details("no answer"), null);
  }

  private void until(int times, WaitOptions options) {
    Waiting.until(() -> ++asked >= times, "wait until tag 1.2 is gone", options, time);
  }

  @Test
  void anAnswerThatComesTooLateIsNoAnswerOfYes() {
    FakeTime clock = new FakeTime();
    BooleanSupplier slow = () -> {
      try {
        clock.sleep(OperationContext.deadline().left());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      throw late("get it");
    };

    assertFalse(Waiting.pollUntil(slow, "see whether", WaitOptions.defaults(), clock));
  }
}
