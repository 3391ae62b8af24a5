package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BulkDeleteListener;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.ServerException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BulkDeletionTest {

  private static final ImageRef APP = ImageRef.of("ns/app");
  private static final Operation DELETE = Operation.onImage("delete tags of ns/app", APP);
  private static final DeleteResult DELETED = DeleteResult.of(DeleteOutcome.DELETED, null);
  private static final RetryPolicy POLICY = RetryPolicy.standard();

  private final FakeTime time = FakeTime.standingStill();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

  private static TagsToDelete request(List<String> tags) {
    return new TagsToDelete(tags, DeleteOptions.defaults(), new BulkDeleteListener() {});
  }

  private BulkDeletion run(int concurrency, List<String> tags) {
    return new BulkDeletion(
        DELETE, request(tags), concurrency, POLICY, time, OperationRunner.unlimited(), () -> {
          if (isClosed.get()) {
            throw new IllegalStateException("this registry is closed");
          }
        });
  }

  /** Deletes one tag after the other, each of which does this. */
  private BulkDeleteResult oneByOne(Map<String, Runnable> actions, String... tags) {
    BulkDeletion run = run(1, List.of(tags));
    run.each(List.of(tags), tag -> {
      begun.add(tag);
      actions.getOrDefault(tag, () -> {}).run();
      return Entry.deleted(tag, DELETED);
    });
    return run.result();
  }

  private static Runnable failing(Supplier<RuntimeException> failure) {
    return () -> {
      throw failure.get();
    };
  }

  private static ErrorDetails details(String why) {
    return ErrorDetails.of("delete tag", why);
  }

  private static RateLimitException limited(Duration retryAfter) {
    ErrorDetails.Builder details = ErrorDetails.builder("delete tag").statusCode(429);
    return new RateLimitException(
        (retryAfter == null ? details : details.retryAfter(retryAfter)).build());
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  // How many at a time

  @Test
  void theFirstGoesAloneAndTheOthersSoManyAtATime() {
    List<String> tags = numbered(9);
    AtomicInteger under = new AtomicInteger();
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    CyclicBarrier together = new CyclicBarrier(4);
    BulkDeletion run = run(4, tags);

    run.each(tags, tag -> {
      int now = under.incrementAndGet();
      seen.add(now);
      if (tag.equals("0")) {
        assertEquals(1, now);
      } else {
        await(together);
      }
      under.decrementAndGet();
      return Entry.deleted(tag, DELETED);
    });

    assertTrue(run.result().isComplete());
    assertEquals(4, Collections.max(seen));
  }

  @Test
  void onceOneIsDeletedNoOtherGoesAlone() {
    List<String> tags = numbered(5);
    CyclicBarrier together = new CyclicBarrier(4);
    BulkDeletion run = run(4, tags);
    run.each(List.of("0"), tag -> Entry.deleted(tag, DELETED));

    run.each(run.waiting(), tag -> {
      await(together); // passes only if four are here at once
      return Entry.deleted(tag, DELETED);
    });

    assertTrue(run.result().isComplete(), () -> run.result() + "");
  }

  @Test
  void oneThatWasNotThereTeachesNothing() {
    List<String> tags = numbered(4);
    Thread caller = Thread.currentThread();
    BulkDeletion run = run(3, tags);
    run.each(
        List.of("0"),
        tag -> Entry.deleted(tag, DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null)));
    CyclicBarrier others = new CyclicBarrier(2);

    run.each(run.waiting(), tag -> {
      if (tag.equals("1")) {
        assertSame(caller, Thread.currentThread()); // as what goes alone does
      } else {
        await(others);
      }
      return Entry.deleted(tag, DELETED);
    });

    assertTrue(
        run.result().isComplete(), () -> run.result() + " " + run.result().failures());
  }

  @Test
  void oneAtATimeGoesOnTheCallersThread() {
    Thread caller = Thread.currentThread();
    BulkDeletion run = run(1, numbered(3));

    run.each(numbered(3), tag -> {
      assertSame(caller, Thread.currentThread());
      return Entry.deleted(tag, DELETED);
    });

    assertTrue(run.result().isComplete());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whileARequestWaitsToBeTriedAgainNoOtherStepBegins() {
    List<String> tags = numbered(9);
    Thread[] other = new Thread[1];
    CyclicBarrier bothBegan = new CyclicBarrier(2);
    CountDownLatch isPaused = new CountDownLatch(1);
    List<List<String>> begunByThen = new ArrayList<>();
    time.duringSleep(() -> {
      isPaused.countDown();
      while (other[0].getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      begunByThen.add(List.copyOf(begun));
    });
    BulkDeletion run = run(2, tags);

    run.each(tags, tag -> {
      begun.add(tag);
      if (tag.equals("1")) {
        await(bothBegan);
        pause();
      } else if (tag.equals("2")) {
        other[0] = Thread.currentThread();
        await(bothBegan);
        await(isPaused);
      }
      return Entry.deleted(tag, DELETED);
    });

    assertEquals(9, begun.size());
    assertEquals(Set.of("0", "1", "2"), Set.copyOf(begunByThen.get(0)));
  }

  private void pause() {
    try {
      OperationContext.pause(Duration.ofSeconds(1), time);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // What ends a run

  @Test
  void aFailureEndsItsOwnTagAlone() {
    ServerException failure = new ServerException(details("broken"));

    BulkDeleteResult result = oneByOne(Map.of("b", failing(() -> failure)), "a", "b", "c");

    assertEquals(Map.of("b", failure), result.failures());
    assertEquals(List.of("a", "c"), List.copyOf(result.deleted().keySet()));
    assertTrue(result.stoppedBy().isEmpty());
  }

  @Test
  void refusedCredentialsEndTheRun() {
    AuthenticationException failure = new AuthenticationException(details("who are you"));

    BulkDeleteResult result = oneByOne(Map.of("b", failing(() -> failure)), "a", "b", "c", "d");

    assertSame(failure, result.stoppedBy().orElseThrow());
    assertEquals(Map.of("b", failure), result.failures());
    assertEquals(List.of("c", "d"), result.notAttempted());
    assertEquals(List.of("a", "b"), begun);
  }

  @Test
  void anInterruptDuringTheFirstStepBeginsNoOther() {
    BulkDeletion run = run(2, List.of("a", "b", "c"));

    run.each(List.of("a", "b", "c"), tag -> {
      begun.add(tag);
      Thread.currentThread().interrupt();
      return Entry.deleted(tag, DELETED);
    });

    assertTrue(Thread.interrupted(), "the flag is lost");
    assertEquals(List.of("a"), begun);
    assertInstanceOf(
        RegistryInterruptedException.class, run.result().stoppedBy().orElseThrow());
    assertEquals(List.of("b", "c"), run.result().notAttempted());
  }

  @Test
  void whatIsUnexpectedIsInTheReportToo() {
    BulkDeleteResult result =
        oneByOne(Map.of("a", failing(() -> new IllegalStateException("a bug"))), "a", "b");

    RegistryException failure = result.failures().get("a");
    assertEquals("a bug", failure.getCause().getMessage());
    assertEquals(
        "delete tags of ns/app failed: unexpected java.lang.IllegalStateException: a bug",
        failure.getMessage());
    assertEquals(List.of("b"), List.copyOf(result.deleted().keySet()));
  }

  @Test
  void whatIsUnexpectedBeforeAStepIsInTheReportToo() {
    OperationRunner broken = new OperationRunner() {
      @Override
      public <T> T run(Supplier<T> work) {
        throw new IllegalStateException("a bug");
      }
    };
    List<String> tags = List.of("a", "b");
    BulkDeletion run = new BulkDeletion(DELETE, request(tags), 1, POLICY, time, broken, () -> {});

    run.each(tags, tag -> Entry.deleted(tag, DELETED));

    assertEquals(Set.of("a", "b"), run.result().failures().keySet());
    assertTrue(run.result().stoppedBy().isEmpty());
  }

  @Test
  void anErrorComesOut() {
    StackOverflowError error = new StackOverflowError();

    assertSame(
        error,
        assertThrows(
            StackOverflowError.class,
            () -> run(2, numbered(5)).each(numbered(5), tag -> {
              if (!tag.equals("0")) {
                throw error;
              }
              return Entry.deleted(tag, DELETED);
            })));
  }

  @Test
  void closingEndsTheRunAndSaysWhatMayHaveHappened() {
    Runnable closing = () -> {
      isClosed.set(true);
      OperationContext.changed();
      throw new IllegalStateException("this registry is closed");
    };
    List<String> tags = List.of("a", "b", "c");
    BulkDeletion run = new BulkDeletion(
        DELETE, request(tags), 1, POLICY, time, within(Duration.ofMinutes(1)), () -> {
          if (isClosed.get()) {
            throw new IllegalStateException("this registry is closed");
          }
        });
    run.each(tags, tag -> {
      if (tag.equals("b")) {
        closing.run();
      }
      return Entry.deleted(tag, DELETED);
    });
    BulkDeleteResult result = run.result();

    assertInstanceOf(RegistryIOException.class, result.stoppedBy().orElseThrow());
    assertTrue(result.failures().get("b").mayHaveTakenEffect());
    assertEquals(
        "delete tags of ns/app failed: this registry was closed meanwhile",
        result.failures().get("b").getMessage());
    assertEquals(List.of("c"), result.notAttempted());
  }

  @Test
  void closingBeforeAStepBeginsEndsTheRunToo() {
    List<String> tags = List.of("a", "b", "c");
    Runnable requireOpen = () -> {
      if (isClosed.get()) {
        throw new IllegalStateException("this registry is closed");
      }
    };
    OperationRunner operations = new OperationRunner() {
      @Override
      public <T> T run(Supplier<T> work) {
        requireOpen.run();
        return work.get();
      }
    };
    BulkDeletion run =
        new BulkDeletion(DELETE, request(tags), 1, POLICY, time, operations, requireOpen);

    run.each(tags, tag -> {
      isClosed.set(true);
      return Entry.deleted(tag, DELETED);
    });

    BulkDeleteResult result = run.result();
    assertInstanceOf(RegistryIOException.class, result.stoppedBy().orElseThrow());
    assertEquals(Set.of("a"), result.deleted().keySet());
    assertEquals(List.of("b", "c"), result.notAttempted());
  }

  /** A tag's own failure in that moment says nothing of why the others were not begun. */
  @Test
  void aTagThatFailsWhileTheRegistryIsClosedIsNotWhatEndsTheRun() {
    ServerException failure = new ServerException(details("broken"));
    BulkDeletion run = new BulkDeletion(
        DELETE, request(List.of("a", "b")), 1, POLICY, time, within(Duration.ofMinutes(1)), () -> {
          if (isClosed.get()) {
            throw new IllegalStateException("this registry is closed");
          }
        });
    run.each(List.of("a", "b"), tag -> {
      isClosed.set(true);
      throw failure;
    });

    BulkDeleteResult result = run.result();

    assertInstanceOf(RegistryIOException.class, result.stoppedBy().orElseThrow());
    assertEquals(Map.of("a", failure), result.failures());
    assertEquals(List.of("b"), result.notAttempted());
  }

  @Test
  void whatOneTryMayHaveDoneTheFailureOfTheNextSays() {
    BulkDeletion run = new BulkDeletion(
        DELETE,
        request(List.of("a", "b")),
        1,
        POLICY,
        time,
        within(Duration.ofMinutes(1)),
        () -> {});
    AtomicInteger tries = new AtomicInteger();

    run.each(List.of("a", "b"), tag -> {
      if (tag.equals("a") && tries.incrementAndGet() == 1) {
        OperationContext.changed(); // such as a deletion whose answer was lost
        throw limited(Duration.ofSeconds(1));
      }
      throw new ServerException(DELETE.details("no"));
    });

    Map<String, RegistryException> failures = run.result().failures();
    assertEquals(2, tries.get());
    assertTrue(failures.get("a").mayHaveTakenEffect());
    assertFalse(failures.get("b").mayHaveTakenEffect());
  }

  private OperationRunner within(Duration limit) {
    return new OperationRunner() {
      @Override
      public <T> T run(Supplier<T> work) {
        return OperationContext.within(limit, time, work);
      }
    };
  }

  @Test
  void eachTagHasTheTimeOfAnOperation() {
    List<String> tags = numbered(3);
    BulkDeletion run = new BulkDeletion(
        DELETE, request(tags), 1, POLICY, time, within(Duration.ofMinutes(1)), () -> {});

    run.each(tags, tag -> {
      assertEquals(Duration.ofMinutes(1), OperationContext.left().orElseThrow());
      time.advance(Duration.ofSeconds(50));
      return Entry.deleted(tag, DELETED);
    });

    assertTrue(run.result().isComplete(), () -> run.result().entries().toString());
  }

  @Test
  void anInterruptWaitsForWhatIsUnderWay() throws Exception {
    List<String> tags = numbered(20);
    CountDownLatch underWay = new CountDownLatch(2);
    AtomicBoolean hasFlag = new AtomicBoolean();
    BulkDeleteResult[] result = new BulkDeleteResult[1];
    Thread caller = new Thread(() -> {
      BulkDeletion run = run(2, tags);
      run.each(tags, tag -> {
        if (!tag.equals("0")) {
          underWay.countDown();
          ignoringTheInterrupt();
        }
        return Entry.deleted(tag, DELETED);
      });
      result[0] = run.result();
      hasFlag.set(Thread.currentThread().isInterrupted());
    });
    caller.start();
    underWay.await();
    caller.interrupt();
    caller.join();

    assertTrue(hasFlag.get());
    assertInstanceOf(RegistryInterruptedException.class, result[0].stoppedBy().orElseThrow());
    assertEquals(Set.of("0", "1", "2"), result[0].deleted().keySet());
    assertEquals(tags.subList(3, 20), result[0].notAttempted());
  }

  /** Goes on after the interrupt, as what puts a tag back does. */
  private static void ignoringTheInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      return; // the interrupt has come
    }
  }

  // Slowing down

  @Test
  void oneThatIsToSlowDownSlowsAll() {
    List<String> tags = numbered(12);
    CountDownLatch sleeping = new CountDownLatch(1);
    CountDownLatch other = new CountDownLatch(1);
    AtomicInteger sleepers = new AtomicInteger();
    time.duringSleep(() -> {
      sleeping.countDown();
      if (sleepers.incrementAndGet() > 1) {
        other.countDown();
      }
      await(other); // until the second one sleeps too, or goes on without
    });
    AtomicBoolean wasLimited = new AtomicBoolean();
    Map<String, Long> secondsAtBegin = new ConcurrentHashMap<>();
    BulkDeletion run = run(2, tags);

    run.each(tags, tag -> {
      if (tag.equals("1") && !wasLimited.getAndSet(true)) {
        throw limited(Duration.ofSeconds(10));
      }
      if (tag.equals("2")) {
        await(sleeping); // under way when the other one is told
      } else if (!tag.equals("0")) {
        secondsAtBegin.put(tag, TimeUnit.NANOSECONDS.toSeconds(time.nanoTime()));
        other.countDown();
      }
      return Entry.deleted(tag, DELETED);
    });

    assertTrue(run.result().isComplete());
    assertEquals(10, secondsAtBegin.size());
    secondsAtBegin.forEach((tag, at) -> assertTrue(at >= 10, tag + " at " + at + " s"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTagIsTriedAgainAsOftenAsThePolicyAllows() {
    BulkDeleteResult result =
        oneByOne(Map.of("a", failing(() -> limited(Duration.ofSeconds(7)))), "a", "b");

    assertInstanceOf(RateLimitException.class, result.failures().get("a"));
    assertEquals(List.of("a", "a", "a", "b"), begun);
    assertEquals(Collections.nCopies(3, Duration.ofSeconds(7)), time.sleeps());
  }

  @Test
  void withoutATimeItIsTheLongestWaitOfThePolicy() {
    AtomicBoolean wasLimited = new AtomicBoolean();
    BulkDeleteResult result = oneByOne(
        Map.of("a", () -> {
          if (!wasLimited.getAndSet(true)) {
            throw limited(null);
          }
        }),
        "a");

    assertTrue(result.isComplete());
    assertEquals(List.of(Duration.ofSeconds(5)), time.sleeps());
  }

  @Test
  void aLongerTimeThanThePolicyObeysIsNotWaited() {
    BulkDeleteResult result =
        oneByOne(Map.of("a", failing(() -> limited(Duration.ofSeconds(31)))), "a", "b");

    assertInstanceOf(RateLimitException.class, result.failures().get("a"));
    assertEquals(List.of("a", "b"), begun);
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void theLongestTimeThatThePolicyObeysIsWaited() {
    Duration longest = POLICY.maxRetryAfter();

    oneByOne(Map.of("a", failing(() -> limited(longest))), "a");

    assertEquals(List.of("a", "a", "a"), begun);
    assertEquals(List.of(longest, longest), time.sleeps());
  }

  @Test
  void anInterruptEndsTheWaitAndKeepsTheReason() {
    time.duringSleep(() -> Thread.currentThread().interrupt());
    BulkDeleteResult result;
    try {
      result = oneByOne(Map.of("a", failing(() -> limited(Duration.ofSeconds(7)))), "a", "b");
    } finally {
      assertTrue(Thread.interrupted());
    }

    assertInstanceOf(RegistryInterruptedException.class, result.stoppedBy().orElseThrow());
    assertInstanceOf(RateLimitException.class, result.failures().get("a"));
    assertEquals(List.of("b"), result.notAttempted());
    assertEquals(List.of("a"), begun, "it is not tried again");
  }

  @Test
  void whatMayHaveBeenDoneBeforeTheRefusalIsFoundDone() {
    AtomicBoolean wasLimited = new AtomicBoolean();
    BulkDeleteResult result = oneByOne(
        Map.of("a", () -> {
          if (!wasLimited.getAndSet(true)) {
            throw new RateLimitException(ErrorDetails.builder("delete tag")
                .statusCode(429)
                .mayHaveTakenEffect(true)
                .build());
          }
          throw new TagNotFoundException(APP, "a", details("gone"));
        }),
        "a");

    assertEquals(DeleteOutcome.ALREADY_ABSENT, result.deleted().get("a").outcome());
  }

  // What all wait for, and what goes along

  @Test
  void aLookThatFailsIsHowAllEnd() {
    ServerException failure = new ServerException(details("broken"));
    BulkDeletion run = run(1, List.of("a", "b"));

    assertTrue(run.once(() -> {
          throw failure;
        })
        .isEmpty());

    assertEquals(Map.of("a", failure, "b", failure), run.result().failures());
  }

  @Test
  void aNamedTagThatWentAlongIsDeleted() {
    BulkDeletion run = run(1, List.of("a", "b"));
    run.each(List.of("a", "b"), tag -> {
      if (tag.equals("b")) {
        throw new TagNotFoundException(APP, "b", details("gone"));
      }
      return Entry.deleted(tag, DELETED.withDeleted(List.of("b", "c")));
    });

    assertEquals(
        List.of(
            Entry.deleted("a", DELETED.withDeleted(List.of("b", "c"))),
            Entry.deleted("b", DELETED)),
        run.result().entries());
  }

  @Test
  void soIsOneWhoseImageWasGoneWithIt() {
    BulkDeletion run = run(1, List.of("a", "b"));
    run.each(List.of("a", "b"), tag -> {
      if (tag.equals("b")) {
        throw new ImageNotFoundException(APP, details("gone"));
      }
      return Entry.deleted(tag, DELETED.withDeleted(List.of("b")));
    });

    assertEquals(Entry.deleted("b", DELETED), run.result().entries().get(1));
  }

  @Test
  void soIsOneThatWasFoundAbsent() {
    DeleteResult absent = DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null);
    BulkDeletion run = run(1, List.of("a", "b"));
    run.each(
        List.of("a", "b"),
        tag -> Entry.deleted(tag, tag.equals("b") ? absent : DELETED.withDeleted(List.of("b"))));

    assertEquals(Entry.deleted("b", DELETED), run.result().entries().get(1));
  }

  @Test
  void aTagThatFailedOtherwiseDidNotGoAlong() {
    ServerException failure = new ServerException(details("broken"));
    BulkDeletion run = run(1, List.of("a", "b"));
    run.each(List.of("a", "b"), tag -> {
      if (tag.equals("b")) {
        throw failure;
      }
      return Entry.deleted(tag, DELETED.withDeleted(List.of("b")));
    });

    assertEquals(Map.of("b", failure), run.result().failures());
  }

  @Test
  void butItMayBeGoneWhereAnotherTookItAlong() {
    List<String> tags = List.of("a", "b", "c");
    BulkDeletion run = new BulkDeletion(
        DELETE, request(tags), 1, POLICY, time, within(Duration.ofMinutes(1)), () -> {});

    run.each(tags, tag -> {
      if (!tag.equals("a")) {
        throw new ServerException(DELETE.details("broken"));
      }
      return Entry.deleted(tag, DELETED.withDeleted(List.of("b")));
    });

    Map<String, RegistryException> failures = run.result().failures();
    assertTrue(failures.get("b").mayHaveTakenEffect());
    assertFalse(failures.get("c").mayHaveTakenEffect());
  }

  @Test
  void whatATagsOwnDeletionSaysStaysThoughAnotherTookItAlong() {
    DeleteResult accepted = DeleteResult.of(DeleteOutcome.ACCEPTED, null);
    BulkDeletion run = run(1, List.of("a", "b"));
    run.each(
        List.of("a", "b"),
        tag -> Entry.deleted(tag, tag.equals("b") ? accepted : DELETED.withDeleted(List.of("b"))));

    assertEquals(Entry.deleted("b", accepted), run.result().entries().get(1));
  }

  @Test
  void whatMayHaveGoneAlongWithATagThatMayBeGoneMayBeGoneToo() {
    RegistryException lost = new ServerException(
        ErrorDetails.builder("delete tag a").mayHaveTakenEffect(true).build());
    Map<String, Runnable> actions = Map.of(
        "a", failing(() -> lost),
        "missing", failing(() -> new TagNotFoundException(APP, "missing", details("gone"))),
        "refused", failing(() -> new ServerException(details("broken"))),
        "open",
            failing(() -> new ServerException(
                ErrorDetails.builder("delete tag open").mayHaveTakenEffect(true).build())),
        "other", failing(() -> new ServerException(details("broken"))));
    BulkDeletion run =
        run(1, List.of("a", "missing", "refused", "done", "open", "other", "not begun"));

    run.each(List.of("a", "missing", "refused", "done", "open", "other"), tag -> {
      run.mayTakeAlong(
          "a", List.of("missing", "refused", "done", "open", "not begun", "of nobody"));
      actions.getOrDefault(tag, () -> {}).run();
      return Entry.deleted(tag, DELETED);
    });

    BulkDeleteResult result = run.result();
    for (String tag : List.of("a", "missing", "refused", "not begun")) {
      assertSame(lost, result.failures().get(tag), tag);
    }
    assertEquals(Set.of("done"), result.deleted().keySet());
    assertNotSame(lost, result.failures().get("open"));
    assertFalse(result.failures().get("other").mayHaveTakenEffect());
    assertEquals(List.of(), result.notAttempted());
  }

  @Test
  void whatMayHaveGoneAlongWithATagThatIsThereIsAsItsOwnDeletionSays() {
    BulkDeletion run = run(1, List.of("a", "b"));
    run.mayTakeAlong("a", List.of("b"));

    run.each(List.of("a"), tag -> {
      throw new ServerException(details("broken"));
    });

    assertEquals(Set.of("a"), run.result().failures().keySet());
    assertEquals(List.of("b"), run.result().notAttempted());
  }

  @Test
  void whatAllWaitForIsHandedOn() {
    BulkDeletion run = run(1, List.of("a", "b"));

    assertEquals(Optional.of("seen"), run.once(() -> "seen"));
    assertEquals(List.of("a", "b"), run.waiting());
    assertEquals(List.of("a", "b"), run.tags());
    assertEquals(DeleteOptions.defaults(), run.options());
  }

  @Test
  void itsThreadsHoldNoProgramOpen() throws InterruptedException {
    Set<Boolean> areDaemons = ConcurrentHashMap.newKeySet();
    BulkDeletion run = run(2, numbered(3));
    Thread caller = new Thread(() -> run.each(numbered(3), tag -> {
      if (!tag.equals("0")) {
        areDaemons.add(Thread.currentThread().isDaemon());
      }
      return Entry.deleted(tag, DELETED);
    }));
    caller.setDaemon(false); // what a thread is, those that it makes are

    caller.start();
    caller.join();

    assertEquals(Set.of(true), areDaemons);
  }
}
