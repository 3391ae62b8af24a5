package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.RateLimitException;
import dev.registrykit.ServerException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What a run over many tags asks and tells its listener, and which tags may go along with each other. */
@Timeout(60)
@Isolated
class BulkDeletionListenerTest {

  private static final ImageRef APP = ImageRef.of("ns/app");
  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final DeleteResult DELETED = DeleteResult.of(DeleteOutcome.DELETED, null);
  private static final String ONE = "sha256:" + "1".repeat(64);
  private static final String TWO = "sha256:" + "2".repeat(64);

  private final FakeTime time = FakeTime.standingStill();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<Entry> told = Collections.synchronizedList(new ArrayList<>());

  private BulkDeletion run(
      int concurrency, List<String> tags, DeleteOptions options, Predicate<String> answer) {
    BulkDeleteListener listener = new BulkDeleteListener() {
      @Override
      public boolean mayBegin(String tag) {
        asked.add(tag);
        return answer.test(tag);
      }

      @Override
      public void ended(Entry entry) {
        told.add(entry);
      }
    };
    return run(concurrency, new TagsToDelete(tags, options, listener));
  }

  private BulkDeletion run(int concurrency, TagsToDelete request) {
    return new BulkDeletion(
        Operation.onImage("delete tags of ns/app", APP),
        request,
        concurrency,
        RetryPolicy.standard(),
        time,
        OperationRunner.unlimited(),
        () -> {});
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static ErrorDetails details(String why) {
    return ErrorDetails.of("delete tag", why);
  }

  private static Entry deleted(String tag) {
    return Entry.deleted(tag, DELETED);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns once a thread of the run waits for the listener, which another one is calling. */
  private static void awaitWaitingThread() {
    while (Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("registrykit-delete")
            && thread.getState() == Thread.State.BLOCKED)) {
      Thread.onSpinWait();
    }
  }

  // Asking and telling

  @Test
  void eachTagIsAskedForOnceAndToldOnceByOneThreadAtATime() {
    List<String> tags = numbered(100);
    AtomicInteger callers = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    BulkDeleteListener listener = new BulkDeleteListener() {
      @Override
      public boolean mayBegin(String tag) {
        asked.add(tag);
        return oneAtATime();
      }

      @Override
      public void ended(Entry entry) {
        told.add(entry);
        oneAtATime();
      }

      private boolean oneAtATime() {
        seen.add(callers.incrementAndGet());
        Thread.yield();
        callers.decrementAndGet();
        return true;
      }
    };
    BulkDeletion run = run(8, new TagsToDelete(tags, STRICT, listener));

    run.each(tags, BulkDeletionListenerTest::deleted);

    assertEquals(100, asked.size());
    assertEquals(Set.copyOf(tags), Set.copyOf(asked));
    assertEquals(Set.copyOf(run.result().entries()), Set.copyOf(told));
    assertEquals(100, told.size());
    assertEquals(Set.of(1), Set.copyOf(seen));
  }

  @Test
  void aTagThatIsTriedAgainIsNotAskedForAgain() {
    BulkDeletion run = run(1, List.of("a"), STRICT, tag -> true);
    AtomicInteger tries = new AtomicInteger();

    run.each(List.of("a"), tag -> {
      if (tries.incrementAndGet() == 1) {
        throw new RateLimitException(details("slow down"));
      }
      return deleted(tag);
    });

    assertEquals(List.of("a"), asked);
    assertEquals(List.of(deleted("a")), told);
  }

  @Test
  void whoseTurnComesWhileTheRegistryAsksForPatienceIsAskedForAfterIt() {
    CountDownLatch isClosed = new CountDownLatch(1);
    CountDownLatch opening = new CountDownLatch(3);
    time.duringSleep(() -> {
      isClosed.countDown();
      opening.countDown();
      await(opening); // until all three sleep
    });
    Map<String, Long> secondsAtAsking = new ConcurrentHashMap<>();
    CountDownLatch isInTheWay = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    BulkDeletion run = run(3, numbered(4), STRICT, tag -> {
      order.add(tag);
      secondsAtAsking.put(tag, TimeUnit.NANOSECONDS.toSeconds(time.nanoTime()));
      if (order.size() == 3) { // the fourth waits for its turn, and the second is under way
        awaitWaitingThread();
        isInTheWay.countDown();
        await(isClosed);
      }
      return true;
    });
    AtomicInteger limited = new AtomicInteger();

    run.each(numbered(4), tag -> {
      if (!tag.equals("0") && limited.getAndIncrement() == 0) {
        await(isInTheWay);
        throw new RateLimitException(ErrorDetails.builder("delete tag")
            .statusCode(429)
            .retryAfter(Duration.ofSeconds(10))
            .build());
      }
      return deleted(tag);
    });

    assertTrue(run.result().isComplete());
    assertTrue(secondsAtAsking.get(order.get(3)) >= 10, secondsAtAsking::toString);
  }

  @Test
  void aTagThatIsRefusedIsNotBegunAndNotToldAndNotAskedForAgain() {
    List<String> begun = new ArrayList<>();
    BulkDeletion run = run(1, List.of("a", "b", "c"), STRICT, tag -> !tag.equals("b"));
    for (int i = 0; i < 2; i++) {
      run.each(run.tags(), tag -> {
        begun.add(tag);
        return deleted(tag);
      });
    }

    assertEquals(List.of("a", "c"), begun);
    assertEquals(List.of("a", "b", "c"), asked);
    assertEquals(List.of(deleted("a"), deleted("c")), told);
    assertEquals(List.of("b"), run.result().notAttempted());
    assertEquals(List.of(), run.waiting());
  }

  @Test
  void aTagThatWentAlongIsToldAtOnceAndNotBegun() {
    BulkDeletion run = run(1, List.of("a", "b"), STRICT, tag -> true);

    run.each(run.tags(), List::of, tag -> {
      assertEquals("a", tag);
      return List.of(deleted("a"), deleted("b"));
    });

    assertEquals(List.of("a"), asked);
    assertEquals(List.of(deleted("a"), deleted("b")), told);
  }

  @Test
  void aTagThatIsMissingBecauseItWentAlongIsToldAsDeleted() {
    BulkDeletion run = run(1, List.of("a", "b"), STRICT, tag -> true);

    run.each(run.tags(), tag -> {
      if (tag.equals("b")) {
        throw new TagNotFoundException(APP, "b", details("gone"));
      }
      return Entry.deleted(tag, DELETED.withDeleted(List.of("b")));
    });

    assertEquals(deleted("b"), told.get(1));
  }

  @Test
  void whatIsGoneStaysGoneWhateverALaterFailureSays() {
    CountDownLatch isTaken = new CountDownLatch(1);
    CountDownLatch isUnderWay = new CountDownLatch(1);
    BulkDeletion run = run(2, List.of("first", "a", "b"), STRICT, tag -> true);

    run.each(run.tags(), List::of, tag -> {
      if (tag.equals("b")) {
        isUnderWay.countDown();
        await(isTaken);
        throw new ServerException(details("broken"));
      }
      if (tag.equals("a")) {
        await(isUnderWay);
        return new TakingAlong(List.of(deleted("a"), deleted("b")), isTaken);
      }
      return List.of(deleted(tag));
    });

    assertTrue(run.result().isComplete(), () -> run.result().entries().toString());
    assertEquals(3, told.size());
  }

  /** Entries of which it is known when the last was read. */
  private static final class TakingAlong extends ArrayList<Entry> {
    private static final long serialVersionUID = 1L;
    private final transient CountDownLatch isRead;

    TakingAlong(List<Entry> entries, CountDownLatch isRead) {
      super(entries);
      this.isRead = isRead;
    }

    @Override
    public void forEach(Consumer<? super Entry> action) {
      super.forEach(action);
      isRead.countDown();
    }
  }

  @Test
  void aLookThatFailsIsToldForAllAndNobodyWasAsked() {
    ServerException failure = new ServerException(details("broken"));
    BulkDeletion run = run(1, List.of("a", "b"), STRICT, tag -> true);

    run.once(() -> {
      throw failure;
    });

    assertEquals(List.of(), asked);
    assertEquals(List.of(Entry.failed("a", failure), Entry.failed("b", failure)), told);
  }

  // What the listener throws

  @Test
  void afterTheListenerThrewNobodyIsAskedAndWhatIsUnderWayIsTold() {
    IllegalStateException full = new IllegalStateException("the disk is full");
    CountDownLatch hasBegun = new CountDownLatch(1);
    CountDownLatch hasThrown = new CountDownLatch(1);
    BulkDeletion run = run(3, numbered(9), STRICT, tag -> {
      if (asked.size() == 3) { // one is under way, and one waits for its turn
        await(hasBegun);
        awaitWaitingThread();
        hasThrown.countDown();
        throw full;
      }
      return true;
    });

    assertSame(
        full,
        assertThrows(
            IllegalStateException.class,
            () -> run.each(numbered(9), tag -> {
              if (!tag.equals("0")) {
                hasBegun.countDown();
                await(hasThrown);
              }
              return deleted(tag);
            })));

    assertEquals(3, asked.size());
    assertEquals(asked.subList(0, 2), told.stream().map(Entry::tag).toList(), "what was under way");
  }

  @Test
  void whatTheListenerThrowsFirstComesOut() {
    IllegalStateException first = new IllegalStateException("the disk is full");
    IllegalStateException second = new IllegalStateException("still full");
    CountDownLatch bothBegun = new CountDownLatch(2);
    AtomicInteger calls = new AtomicInteger();
    BulkDeleteListener listener = new BulkDeleteListener() {
      @Override
      public void ended(Entry entry) {
        int call = calls.getAndIncrement();
        if (call > 0) {
          throw call == 1 ? first : second;
        }
      }
    };
    BulkDeletion run = run(2, new TagsToDelete(numbered(5), STRICT, listener));

    IllegalStateException thrown = assertThrows(
        IllegalStateException.class,
        () -> run.each(numbered(5), tag -> {
          if (!tag.equals("0")) {
            bothBegun.countDown();
            await(bothBegun);
          }
          return deleted(tag);
        }));

    assertSame(first, thrown);
    assertEquals(List.of(second), Arrays.asList(thrown.getSuppressed()));
    assertEquals(3, calls.get());
  }

  // Which tags may go along

  private BulkDeletion ofTwoDigests(DeleteOptions options, Predicate<String> answer) {
    Map<String, String> digests = Map.of("a", ONE, "b", ONE, "c", TWO, "d", TWO, "e", ONE);
    return run(1, List.of("a", "b", "c", "d"), options.onlyIfDigests(digests), answer);
  }

  @Test
  void thoseOfOneDigestMayGoAlongAndNoOtherOfTheRun() {
    BulkDeletion run = ofTwoDigests(STRICT.allowingSiblings(List.of("c", "latest")), tag -> true);

    assertEquals(
        STRICT.onlyIfDigest(ONE).allowingSiblings(Set.of("a", "b", "latest")), run.optionsFor("a"));
    assertEquals(
        STRICT.onlyIfDigest(TWO).allowingSiblings(Set.of("c", "d", "latest")), run.optionsFor("c"));
  }

  @Test
  void theOthersOfADigestAreAskedForTogetherAndNoneThatWasRefusedGoesAlong() {
    BulkDeletion run = ofTwoDigests(STRICT, tag -> !tag.equals("b") && !tag.equals("c"));
    List<DeleteOptions> options = new ArrayList<>();
    List<List<String>> askedBefore = new ArrayList<>();

    run.each(run.tags(), tag -> {
      options.add(run.optionsFor(tag));
      askedBefore.add(List.copyOf(asked));
      return deleted(tag);
    });

    assertEquals(List.of(STRICT.onlyIfDigest(ONE), STRICT.onlyIfDigest(TWO)), options);
    assertEquals(List.of(List.of("a", "b"), List.of("a", "b", "c", "d")), askedBefore);
  }

  @Test
  void withoutDigestsAllMayGoAlongThatAreNotRefused() {
    BulkDeletion run = run(
        1,
        List.of("a", "b", "c"),
        STRICT.allowingSiblings(List.of("a", "latest")),
        tag -> !tag.equals("a"));

    assertEquals(Set.of("a", "b", "c", "latest"), run.optionsFor("b").allowedSiblings());
    run.each(List.of("a"), BulkDeletionListenerTest::deleted);
    assertEquals(Set.of("b", "c", "latest"), run.optionsFor("b").allowedSiblings());
  }

  @Test
  void oneOfEachDigestIsTheFirstOfIt() {
    Map<String, String> digests = Map.of("a", ONE, "b", ONE, "c", TWO);
    List<String> tags = List.of("b", "c", "a");
    BulkDeleteListener silent = new BulkDeleteListener() {};

    assertEquals(
        List.of("b", "c"),
        new TagsToDelete(tags, STRICT.onlyIfDigests(digests), silent).oneOfEachDigest());
    assertEquals(tags, new TagsToDelete(tags, STRICT, silent).oneOfEachDigest());
  }

  @Test
  void theDigestOfEveryTagIsRequiredOrOfNone() {
    BulkDeleteListener silent = new BulkDeleteListener() {};
    DeleteOptions ofOne = STRICT.onlyIfDigests(Map.of("a", ONE));

    assertEquals(
        "digests are required, but none is given for [c, b]",
        assertThrows(
                IllegalArgumentException.class,
                () -> new TagsToDelete(List.of("c", "a", "b"), ofOne, silent))
            .getMessage());
    assertEquals(Optional.of(ONE), new TagsToDelete(List.of("a"), ofOne, silent).digestOf("a"));
    assertEquals(List.of(), new TagsToDelete(List.of(), ofOne, silent).tags());
  }

  @Test
  void theOptionsAreMadeOnceForAllTagsOfADigest() {
    BulkDeletion run = ofTwoDigests(STRICT, tag -> true);

    assertSame(run.optionsFor("a"), run.optionsFor("b"), "else many tags cost their square");
  }
}
