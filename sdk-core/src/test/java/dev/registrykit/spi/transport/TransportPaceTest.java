package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RateLimitException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ParallelReads;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the requests of one registry when it asks to slow down. */
@Timeout(20)
class TransportPaceTest {

  private static final Operation OPERATION = Operation.on("read things");
  private static final List<Integer> ITEMS = IntStream.range(0, 10).boxed().toList();

  private final TransportFixture fixture = new TransportFixture();
  private final ParallelReads reads = new ParallelReads();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void anAttemptDoesNotCountAfterWhichFewerAreSentAtATime() {
    fixture.with(HttpOptions.defaults().withRetryPolicy(RetryPolicy.standard().withMaxAttempts(2)));
    fixture.server.always(Reply.status(429));
    CountDownLatch isOver = new CountDownLatch(1);

    RateLimitException e = assertThrows(
        RateLimitException.class,
        () -> fixture
            .transport()
            .operation(() -> reads.map(OPERATION, ITEMS.subList(0, 4), 4, i -> {
              if (i > 0) {
                return await(isOver);
              }
              try {
                return fixture.get("/x").status() == 200;
              } finally {
                isOver.countDown();
              }
            })));

    assertEquals(4, e.attempts(), "of 4 at a time, of 2, of 1 and once more");
    assertEquals(4, fixture.server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void whileARequestWaitsBecauseTheRegistryAskedForItNoOtherBegins(int status) {
    int begunByThen = begunWhileTheFirstWaitsAfter(status);

    assertTrue(begunByThen <= 2, begunByThen + " were begun by then");
  }

  @Test
  void othersBeginWhileARequestWaitsForAnotherReason() {
    assertEquals(10, begunWhileTheFirstWaitsAfter(500));
  }

  /** Reads two at a time, of which the first gets such an answer. */
  private int begunWhileTheFirstWaitsAfter(int status) {
    Thread caller = Thread.currentThread();
    CountDownLatch isWaiting = new CountDownLatch(1);
    AtomicInteger begunByThen = new AtomicInteger();
    fixture.time.duringSleep(() -> {
      isWaiting.countDown();
      while (caller.getState() != Thread.State.TIMED_WAITING && ended.get() < 9) {
        Thread.onSpinWait();
      }
      begunByThen.set(begun.get());
    });
    fixture.replies(Reply.status(status)).server.always(Reply.status(200));

    fixture
        .transport()
        .operation(() -> reads.map(OPERATION, ITEMS, 2, i -> {
          begun.incrementAndGet();
          boolean unused = i == 0 ? fixture.get("/x").status() == 200 : await(isWaiting);
          return ended.incrementAndGet();
        }));

    assertEquals(10, ended.get());
    return begunByThen.get();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
