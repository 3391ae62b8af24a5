package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deletions by a placeholder that are killed at every step: the tag is the original again, or gone,
 * and never left on the placeholder unless the exception says so.
 */
class PlaceholderKilledTest extends OciDeletionTest {

  /** What a deletion sends whose placeholder is an index. */
  private static final List<String> INDEX =
      List.of("DELETE", "GET", "DELETE", "HEAD", "PUT", "DELETE", "GET");

  /** What one sends whose placeholder is an image, since an index was refused. */
  private static final List<String> IMAGE = List.of(
      "DELETE", "GET", "DELETE", "HEAD", "PUT", "GET", "POST", "PUT", "HEAD", "PUT", "DELETE",
      "GET");

  private final AtomicInteger requests = new AtomicInteger();
  private volatile Runnable afterRequest = () -> {};
  private String digest;
  private byte[] bytes;
  private OciRegistry watched;

  @BeforeEach
  void addTags() {
    digest = push("ORIGINAL", "1.0", "latest");
    bytes = emulator.manifestBytes(REPOSITORY, digest);
    watched = builder()
        .httpOptions(httpOptions().withRequestListener(event -> afterRequest.run()))
        .build();
  }

  @AfterEach
  void closeWatched() {
    assertTrue(!Thread.interrupted(), "a test must not leave the thread interrupted");
    watched.close();
  }

  static Stream<Arguments> everyStep() {
    return Stream.concat(
        IntStream.range(0, INDEX.size()).mapToObj(step -> Arguments.of(INDEX, step)),
        // Until the index is refused, both go the same way.
        IntStream.range(INDEX.indexOf("PUT"), IMAGE.size())
            .mapToObj(step -> Arguments.of(IMAGE, step)));
  }

  private void prepare(List<String> steps) {
    emulator.faults().setEmptyIndexRefused(steps.equals(IMAGE));
  }

  /** Does something when the step's request has arrived, and before it is carried out. */
  private void before(List<String> steps, int step, Runnable action) {
    emulator.beforeNext(
        steps.get(0),
        "",
        step == 0 ? action : () -> before(steps.subList(1, steps.size()), step - 1, action));
  }

  /** Returns what deleting the tag threw; null if it went well. */
  private @Nullable RegistryException delete() {
    try {
      assertEquals(DeleteOutcome.DELETED, watched.deleteTag(APP, "1.0").outcome());
      return null;
    } catch (RegistryException e) {
      return e;
    }
  }

  private void assertOriginalOrGoneOrSaidToBeLeft(@Nullable RegistryException failure) {
    String current = tags().get("1.0");
    if (current == null) {
      assertEquals(Map.of("latest", digest), tags());
      return;
    }
    assertTrue(failure != null, "deleted, but the tag is there");
    if (current.equals(digest)) {
      assertArrayEquals(bytes, emulator.manifestBytes(REPOSITORY, "1.0"));
    } else {
      PlaceholderLeftException left = assertInstanceOf(PlaceholderLeftException.class, failure);
      assertEquals(current, left.placeholderDigest());
      assertEquals(digest, left.originalDigest());
    }
    assertEquals(digest, tags().get("latest"));
  }

  // Interrupts

  /** The listener runs on the caller's thread, after one request and before the next. */
  @ParameterizedTest
  @MethodSource("everyStep")
  void anInterruptBetweenTwoSteps(List<String> steps, int step) {
    prepare(steps);
    afterRequest = () -> {
      if (requests.getAndIncrement() == step) {
        Thread.currentThread().interrupt();
      }
    };

    RegistryException failure = delete();

    boolean isInterrupted = Thread.interrupted();
    assertTrue(isInterrupted);
    boolean isDone = step == steps.size() - 1; // it comes after the last request
    assertEquals(isDone, failure == null);
    if (!isDone) {
      assertInstanceOf(RegistryInterruptedException.class, failure);
      boolean isDeleted = step == steps.size() - 2;
      assertEquals(isDeleted ? null : digest, tags().get("1.0"));
    }
    assertOriginalOrGoneOrSaidToBeLeft(failure);
  }

  /** The request is carried out, and its answer is not waited for. */
  @ParameterizedTest
  @MethodSource("everyStep")
  void anInterruptWhileAnAnswerIsWaitedFor(List<String> steps, int step) throws Exception {
    prepare(steps);
    Thread caller = Thread.currentThread();
    CountDownLatch arrived = new CountDownLatch(1);
    before(steps, step, () -> {
      emulator.failNext(1, Fault.delayed(Duration.ofMinutes(5)));
      arrived.countDown();
    });
    boolean isPlacing = step == steps.lastIndexOf("PUT");
    Thread killer = new Thread(() -> {
      await(arrived);
      while (isPlacing ? digest.equals(tags().get("1.0")) : emulator.pendingFaults() > 0) {
        Thread.onSpinWait();
      }
      caller.interrupt();
    });
    killer.start();

    RegistryException failure = delete();

    assertTrue(Thread.interrupted());
    killer.join();
    assertInstanceOf(RegistryInterruptedException.class, failure);
    assertOriginalOrGoneOrSaidToBeLeft(failure);
    assertTrue(!(failure instanceof PlaceholderLeftException));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The push of the placeholder is carried out after the look that came after the interrupt. */
  @Test
  void aPushThatIsCarriedOutLateIsOverwrittenByTheOriginal() {
    Thread caller = Thread.currentThread();
    CountDownLatch original = new CountDownLatch(1);
    CountDownLatch late = new CountDownLatch(1);
    emulator.beforeNext("PUT", "/1.0$", () -> {
      emulator.beforeNext("PUT", "/1.0$", () -> {
        original.countDown();
        await(late);
      });
      caller.interrupt();
      await(original); // is on its way
    });
    Thread watcher = new Thread(() -> {
      await(original);
      while (digest.equals(tags().get("1.0"))) {
        Thread.onSpinWait();
      }
      late.countDown(); // the placeholder is there, and now the original comes
    });
    watcher.start();

    RegistryException failure = delete();

    assertTrue(Thread.interrupted());
    assertInstanceOf(RegistryInterruptedException.class, failure);
    assertUntouched("1.0", digest, bytes);
    assertEquals(
        List.of("PUT manifests/1.0", "GET manifests/1.0", "PUT manifests/1.0", "GET manifests/1.0"),
        sent().subList(4, 8));
  }

  @Test
  void anInterruptWhileTheOriginalIsPutBackDoesNotStopThat() {
    afterRequest = () -> {
      if (requests.getAndIncrement() >= 4 && requests.get() < 9) {
        Thread.currentThread().interrupt(); // after the placeholder is placed, again and again
      }
    };

    RegistryException failure = delete();

    assertTrue(Thread.interrupted());
    assertInstanceOf(RegistryInterruptedException.class, failure);
    assertUntouched("1.0", digest, bytes);
  }

  @Test
  void interruptsWithoutEndDoNotHoldTheCallForEver() {
    afterRequest = () -> {
      if (requests.getAndIncrement() >= 4) {
        Thread.currentThread().interrupt();
      }
    };

    RegistryException failure = delete();

    assertTrue(Thread.interrupted());
    assertTrue(emulator.requestCount() < 30);
    assertOriginalOrGoneOrSaidToBeLeft(failure);
  }

  @Test
  void anInterruptWhileTheTagIsLookedForBringsTheOriginalBack() {
    emulator.setDeletionReads(FOR_EVER);
    time.duringSleep(Thread.currentThread()::interrupt);

    RegistryException failure = delete();

    assertTrue(Thread.interrupted());
    assertInstanceOf(RegistryInterruptedException.class, failure);
    assertUntouched("1.0", digest, bytes);
  }

  @Test
  void aThreadThatIsInterruptedBeforeSendsNothing() {
    Thread.currentThread().interrupt();

    RegistryException failure = delete();

    assertTrue(Thread.interrupted());
    assertInstanceOf(RegistryInterruptedException.class, failure);
    assertSent();
    assertUntouched("1.0", digest, bytes);
  }

  // Broken connections and failing servers

  static Stream<Arguments> everyStepAndFault() {
    return everyStep()
        .flatMap(
            step -> Stream.of(Fault.connectionReset(), Fault.status(500), refusal(403, "DENIED"))
                .map(fault -> Arguments.of(step.get()[0], step.get()[1], fault)));
  }

  @ParameterizedTest
  @MethodSource("everyStepAndFault")
  void everyRequestFailsFromAStepOn(List<String> steps, int step, Fault fault) {
    prepare(steps);
    before(steps, step, () -> emulator.failNext(FOR_EVER, fault));

    RegistryException failure = delete();

    assertTrue(failure != null);
    assertOriginalOrGoneOrSaidToBeLeft(failure);
  }

  @ParameterizedTest
  @MethodSource("everyStep")
  void theAnswerIsLostAndEveryRequestAfterIt(List<String> steps, int step) {
    prepare(steps);
    before(steps, step, () -> {
      emulator.failNext(Fault.lostAnswer());
      emulator.failNext(FOR_EVER, Fault.connectionReset());
    });

    RegistryException failure = delete();

    assertTrue(failure != null);
    assertOriginalOrGoneOrSaidToBeLeft(failure);
  }

  @ParameterizedTest
  @MethodSource("everyStepAndFault")
  void oneKindOfRequestFailsFromAStepOn(List<String> steps, int step, Fault fault) {
    prepare(steps);
    String method = steps.get(step);
    before(steps, step, () -> emulator.failNext(method, "", FOR_EVER, fault));

    assertOriginalOrGoneOrSaidToBeLeft(delete());
  }

  @ParameterizedTest
  @MethodSource("everyStepAndFault")
  void oneCallFailsAtAStepWithAllItsAttempts(List<String> steps, int step, Fault fault) {
    prepare(steps);
    before(steps, step, () -> emulator.failNext(steps.get(step), "", 3, fault));

    RegistryException failure = delete();

    assertOriginalOrGoneOrSaidToBeLeft(failure);
    assertTrue(
        !(failure instanceof PlaceholderLeftException), "the registry answered all the rest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT"})
  void aPlaceholderThatIsLeftIsOnlyWhereTheExceptionSaysSo(String method) {
    before(INDEX, 5, () -> {
      emulator.failNext("DELETE", "", FOR_EVER, Fault.status(500));
      emulator.failNext(method, "", FOR_EVER, Fault.status(500));
    });

    PlaceholderLeftException failure =
        assertThrows(PlaceholderLeftException.class, () -> watched.deleteTag(APP, "1.0"));

    assertEquals(tags().get("1.0"), failure.placeholderDigest());
    assertEquals(List.of("1.0", "latest"), emulator.tagNames(REPOSITORY));
  }
}
