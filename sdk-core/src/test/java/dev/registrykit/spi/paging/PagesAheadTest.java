package dev.registrykit.spi.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Page;
import dev.registrykit.PagedIterable;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.ParallelReads;
import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that are read before they are asked for, one after another. */
@Timeout(20)
class PagesAheadTest {

  private static final int PAGES = 6;

  private static final List<String> ALL =
      IntStream.range(0, PAGES).mapToObj(i -> "item" + i).toList();

  private final ParallelReads reads = new ParallelReads();
  private final Map<Integer, Thread> fetchedBy = new ConcurrentHashMap<>();
  private final Map<Integer, Supplier<FetchedPage<String>>> instead = new HashMap<>();
  private final Semaphore fetches = new Semaphore(0);
  private OperationRunner operations = OperationRunner.unlimited();

  /** One item a page. */
  private FetchedPage<String> fetch(String cursor) {
    int page = cursor == null ? 0 : Integer.parseInt(cursor);
    fetchedBy.put(page, Thread.currentThread());
    fetches.release();
    Supplier<FetchedPage<String>> other = instead.remove(page);
    return other == null ? page(page) : other.get();
  }

  private static FetchedPage<String> page(int page) {
    return new FetchedPage<>(
        List.of("item" + page), page + 1 < PAGES ? String.valueOf(page + 1) : null, null);
  }

  private Listing<String> listing(int pagesAhead) {
    return new Listing<>(
            "list things", this::fetch, null, item -> item, item -> true, 100, operations)
        .readingAhead(pagesAhead, reads);
  }

  private PagedIterable<String> pages(int pagesAhead) {
    return Pages.of(listing(pagesAhead));
  }

  private void awaitFetches(int number) {
    try {
      assertTrue(fetches.tryAcquire(number, 10, TimeUnit.SECONDS), "no more pages are fetched");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whileTheCallerWorksOnAPageTheNextIsReadByAnotherThread() {
    Iterator<Page<String>> pages = pages(1).pages().iterator();

    pages.next();
    awaitFetches(2);

    assertSame(Thread.currentThread(), fetchedBy.get(0));
    assertNotSame(Thread.currentThread(), fetchedBy.get(1));
    assertEquals(List.of("item1"), pages.next().items());
    awaitFetches(1);
    assertEquals(3, fetchedBy.size());
  }

  @Test
  void nothingIsReadBeforeTheFirstElementIsAskedFor() {
    PagedIterable<String> listing = pages(3);

    assertTrue(listing.pages().iterator().hasNext());
    Stream<Integer> lengths = listing.stream().map(String::length);

    assertEquals(0, fetchedBy.size());
    assertEquals(PAGES, lengths.count());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 16})
  void allItemsComeInOrderAndEachPageIsReadOnce(int pagesAhead) {
    assertEquals(ALL, pages(pagesAhead).toList());
    assertEquals(PAGES, fetches.availablePermits());
    assertEquals(ALL, pages(pagesAhead).stream().toList());
    assertEquals(2 * PAGES, fetches.availablePermits());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aLimitedStreamCostsAtMostThePagesAheadMore(int pagesAhead) {
    assertEquals(List.of("item0"), pages(pagesAhead).stream().limit(1).toList());

    awaitFetches(1 + pagesAhead);
    assertEquals(ALL, pages(pagesAhead).toList()); // by then more would have been read
    assertEquals(PAGES, fetches.availablePermits());
  }

  @Test
  void thePageAfterTheLastIsNone() {
    Iterator<Page<String>> pages = pages(2).pages().iterator();
    for (int i = 0; i < PAGES; i++) {
      assertTrue(pages.hasNext());
      pages.next();
    }

    assertFalse(pages.hasNext());
    assertThrows(NoSuchElementException.class, pages::next);
  }

  @Test
  void pagesByHandReadNothingAhead() {
    Page<String> first = pages(3).firstPage();
    Page<String> second = first.next();

    assertEquals(List.of("item1"), second.items());
    assertEquals(List.of("item1"), pages(3).firstPage().next().items());
    assertEquals(4, fetches.availablePermits());
  }

  @Test
  void aPageOfAnIterationIsLeftByHandWithARequestOfItsOwn() {
    Page<String> first = pages(1).pages().iterator().next();
    awaitFetches(2);

    assertEquals(List.of("item1"), first.next().items());
    assertEquals(1, fetches.availablePermits());
  }

  @Test
  void aFailureComesOutWhereItsPageWouldHaveBeenAndTheIterationGoesOn() {
    RegistryIOException failure =
        new RegistryIOException(Operation.on("list things").details("no answer"), null);
    instead.put(2, () -> {
      throw failure;
    });
    Iterator<String> items = pages(4).iterator();
    items.next();
    awaitFetches(3); // the third has failed, or is about to

    assertEquals("item1", items.next());
    assertSame(failure, assertThrows(RegistryIOException.class, items::next));
    assertEquals("item2", items.next());
    assertEquals("item3", items.next());
  }

  @Test
  void anInterruptOfTheWaitingThreadEndsWhatIsUnderWay() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread waiting = Thread.currentThread();
    instead.put(1, () -> {
      waiting.interrupt();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        ended.countDown();
      }
      return page(1);
    });
    Iterator<String> items = pages(1).iterator();
    items.next();

    RegistryInterruptedException e = assertThrows(RegistryInterruptedException.class, items::next);

    assertTrue(Thread.interrupted(), "the flag is lost");
    assertEquals("list things failed: the thread was interrupted", e.getMessage());
    assertTrue(ended.await(10, TimeUnit.SECONDS), "the page is still being read");
    assertEquals("item1", items.next());
  }

  @Test
  void whatTheCallerIsDoingIsWhatThePagesBelongTo() {
    Map<Integer, Long> secondsLeft = Collections.synchronizedMap(new HashMap<>());
    for (int i = 0; i < PAGES; i++) {
      int page = i;
      instead.put(i, () -> {
        secondsLeft.put(page, secondsLeft());
        return page(page);
      });
    }

    List<String> items =
        OperationContext.within(Duration.ofSeconds(7), FakeTime.standingStill(), pages(2)::toList);

    assertEquals(ALL, items);
    assertEquals(Collections.nCopies(PAGES, 7L), List.copyOf(secondsLeft.values()));
  }

  private static long secondsLeft() {
    return OperationContext.deadline().left().toSeconds();
  }

  @Test
  void eachPageIsAnOperationOfItsOwn() {
    FakeTime time = FakeTime.standingStill();
    operations = new OperationRunner() {
      @Override
      public <T> T run(Supplier<T> work) {
        return OperationContext.within(Duration.ofSeconds(30), time, work);
      }
    };
    Map<Integer, Long> secondsLeft = Collections.synchronizedMap(new HashMap<>());
    for (int i = 0; i < PAGES; i++) {
      int page = i;
      instead.put(i, () -> {
        secondsLeft.put(page, secondsLeft());
        time.advance(Duration.ofSeconds(20));
        return page(page);
      });
    }

    assertEquals(ALL, pages(2).toList());

    assertEquals(Collections.nCopies(PAGES, 30L), List.copyOf(secondsLeft.values()));
  }

  @Test
  void whatIsClosedHandsOutNoPageThatWasReadAhead() {
    boolean[] isClosed = {false};
    operations = new OperationRunner() {
      @Override
      public <T> T run(Supplier<T> work) {
        if (isClosed[0]) {
          throw new IllegalStateException("closed");
        }
        return work.get();
      }
    };
    Iterator<String> items = pages(1).iterator();
    items.next();
    awaitFetches(2);

    isClosed[0] = true;

    assertThrows(IllegalStateException.class, items::next);
  }

  @Test
  void anOrderedListingIsReadWholeForTheSameRequests() {
    PagedIterable<String> ordered =
        Pages.ordered(listing(2), Comparator.reverseOrder(), null, item -> "behind " + item, 2);

    assertEquals(List.of("item5", "item4"), ordered.firstPage().items());
    assertEquals(PAGES, fetches.availablePermits());
    Iterator<Page<String>> pages = ordered.pages().iterator();
    pages.next();
    assertEquals(2 * PAGES, fetches.availablePermits());
    pages.next();
    assertEquals(2 * PAGES, fetches.availablePermits());
  }
}
