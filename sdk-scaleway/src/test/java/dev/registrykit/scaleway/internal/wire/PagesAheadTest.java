package dev.registrykit.scaleway.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.Page;
import dev.registrykit.RegistryIOException;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.ReadsAhead;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that are requested at the same time, answered in any order by a list that changes meanwhile. */
class PagesAheadTest {

  private static final Operation OPERATION = Operation.on("list things");

  /** A list of things on a server that pages it by numbers. */
  private static class Server {

    final List<String> things = new ArrayList<>();
    final List<Integer> requested = new ArrayList<>();
    int pageSize = 3;
    int handedOut;

    /** What the server puts on a page at most. */
    int cap = Integer.MAX_VALUE;

    Server(int things) {
      IntStream.range(0, things).forEach(i -> this.things.add("t" + i));
    }

    NumberedPage<String> page(int number) {
      requested.add(number);
      int size = Math.min(cap, pageSize);
      int start = Math.min((number - 1) * size, things.size());
      List<String> items = things.subList(start, Math.min(start + size, things.size()));
      return NumberedPage.of(new ArrayList<>(items), total());
    }

    long total() {
      return things.size();
    }

    /** Returns the fetcher of one iteration with so many pages requested at the same time. */
    PageFetcher<String> fetcher(int pagesAhead, ReadsAhead reads) {
      PageNumbers<String, String> numbers = new PageNumbers<>(
          OPERATION,
          ListingCursors.of("things"),
          this::page,
          pageSize,
          thing -> thing,
          things -> things);
      return pagesAhead == 0
          ? numbers
          : numbers
              .requestingAhead(pagesAhead, reads, OperationRunner.unlimited())
              .orElseThrow();
    }

    /** Returns one iteration. */
    Iterable<Page<String>> listing(int pagesAhead, ReadsAhead reads) {
      return Pages.of(new Listing<>(
              "list things",
              fetcher(pagesAhead, reads),
              null,
              thing -> thing,
              thing -> true,
              10_000,
              OperationRunner.unlimited()))
          .pages();
    }
  }

  /** A server whose list may change before each request: something goes, or something comes. */
  private static final class ChangingServer extends Server {

    private final Random random;
    private final int mostAtOnce;
    private final double likely;
    private final Set<String> whole;
    private int added;

    ChangingServer(Random random) {
      super(random.nextInt(40));
      this.random = random;
      this.pageSize = 2 + random.nextInt(6);
      this.mostAtOnce = 1 + random.nextInt(pageSize - 1);
      this.likely = random.nextDouble() * 0.6;
      this.whole = new HashSet<>(things);
    }

    @Override
    NumberedPage<String> page(int number) {
      if (number > handedOut && random.nextDouble() < likely) {
        change();
      }
      return super.page(number);
    }

    private void change() {
      boolean isAddition = random.nextBoolean();
      for (int i = 1 + random.nextInt(mostAtOnce); i > 0; i--) {
        if (isAddition) {
          things.add(random.nextInt(things.size() + 1), "new" + added++);
        } else if (!things.isEmpty()) {
          whole.remove(things.remove(random.nextInt(things.size())));
        }
      }
    }

    /** Returns what was there all the time, in the order of the list. */
    List<String> thereAllTheTime() {
      return things.stream().filter(whole::contains).toList();
    }
  }

  /** Has what was begun answered in a random order, as soon as an answer is waited for. */
  private static final class AnyOrder implements ReadsAhead {

    private final Random random;
    private final List<Answer<?>> open = new ArrayList<>();
    private int mostOpen;
    private int cancelled;
    private boolean isSlow;

    AnyOrder(Random random) {
      this.random = random;
    }

    @Override
    public <R> Begun<R> begin(Supplier<R> read) {
      Answer<R> answer = new Answer<>(read);
      open.add(answer);
      mostOpen = Math.max(mostOpen, open.size());
      return answer;
    }

    @Override
    public <R> Begun<R> beginRequest(int bound, OperationRunner operations, Supplier<R> request) {
      return begin(() -> operations.run(request));
    }

    private final class Answer<R> implements Begun<R> {

      private final Supplier<R> read;
      private R result;
      private RuntimeException failure;
      private boolean isOver;

      Answer(Supplier<R> read) {
        this.read = read;
      }

      private void run() {
        try {
          result = read.get();
        } catch (RuntimeException e) {
          failure = e;
        }
        isOver = true;
      }

      @Override
      public R await() {
        isOverInTime();
        if (failure != null) {
          throw failure;
        }
        return result;
      }

      @Override
      public boolean isOverInTime() {
        if (isSlow) {
          return false;
        }
        while (!isOver) {
          open.remove(random.nextInt(open.size())).run();
        }
        return true;
      }

      @Override
      public Optional<R> find() {
        return Optional.ofNullable(result);
      }

      /** What is under way reaches the server all the same, now and then. */
      @Override
      public void cancel() {
        cancelled++;
        if (random.nextBoolean()) {
          open.remove(this);
        }
      }
    }
  }

  private final AnyOrder reads = new AnyOrder(new Random(7));

  /**
   * Between a page and those before it that are read once more because of it, nothing changes here: that hides from a
   * listing that asks for one page at a time, too.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 16})
  void whatIsThereAllTheTimeComesOnceAndInOrderWhateverChanges(int pagesAhead) {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      ChangingServer server = new ChangingServer(random);
      List<String> listed = new ArrayList<>();
      for (Page<String> page : server.listing(pagesAhead, new AnyOrder(random))) {
        server.handedOut++;
        listed.addAll(page.items());
      }

      List<String> expected = server.thereAllTheTime();
      List<String> kept = listed.stream().filter(expected::contains).toList();
      assertEquals(expected, kept, "seed " + seed);
      assertEquals(
          listed.size(), new HashSet<>(listed).size(), "something came twice, seed " + seed);
    }
  }

  private static List<String> items(Iterator<Page<String>> pages) {
    List<String> items = new ArrayList<>();
    pages.forEachRemaining(page -> items.addAll(page.items()));
    return items;
  }

  @Test
  void pagesBehindTheOneHandedOutAreRequestedAtTheSameTime() {
    Server server = new Server(30);
    Iterator<Page<String>> pages = server.listing(4, reads).iterator();

    pages.next();

    assertEquals(List.of(1), server.requested);
    assertEquals(4, reads.open.size());
    pages.next();
    assertEquals(Set.of(1, 2, 3, 4, 5), Set.copyOf(server.requested));
    assertEquals(0, reads.open.size());
    items(pages);
    assertEquals(4, reads.mostOpen);
    assertEquals(0, reads.cancelled);
    assertEquals(
        IntStream.rangeClosed(1, 10).boxed().toList(),
        server.requested.stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7, 9})
  void noPageIsRequestedBeyondTheCount(int things) {
    Server server = new Server(things);

    assertEquals(server.things, items(server.listing(16, reads).iterator()));

    assertEquals(
        IntStream.rangeClosed(1, Math.max(1, (things + 2) / 3)).boxed().toList(),
        server.requested.stream().sorted().toList());
  }

  @Test
  void aCountThatIsNotTrueRequestsNoMorePagesThanAreToBeAhead() {
    Server server = new Server(30) {
      @Override
      long total() {
        return 1_000_000_000L;
      }
    };
    Iterator<Page<String>> pages = server.listing(5, reads).iterator();

    pages.next();

    assertEquals(5, reads.mostOpen);
    assertThrows(InvalidResponseException.class, () -> items(pages));
    assertEquals(5, reads.mostOpen);
    assertTrue(server.requested.size() < 30, server.requested::toString);
  }

  @Test
  void aServerThatSendsFewerThanItIsAskedForIsAskedPageByPage() {
    Server server = new Server(30);
    server.cap = 2;

    assertEquals(server.things, items(server.listing(4, reads).iterator()));

    assertEquals(0, reads.mostOpen);
    assertEquals(15, server.requested.size());
  }

  @Test
  void onceTheCountChangedEachPageIsRequestedWhenItIsAskedFor() {
    Server server = new Server(30);
    Iterator<Page<String>> pages = server.listing(4, reads).iterator();
    pages.next();

    server.things.remove("t1");

    assertEquals(server.things.subList(2, 29), items(pages));
    assertEquals(Set.of(1, 2, 3, 4, 5), Set.copyOf(server.requested.subList(0, 5)));
    assertEquals(
        List.of(2, 1, 3, 4, 5, 6, 7, 8, 9, 10),
        server.requested.subList(5, server.requested.size()));
    assertEquals(4, reads.mostOpen);
    assertEquals(4, reads.cancelled);
  }

  @Test
  void aFailureComesOutWhereItsPageWouldHaveBeenAndTheIterationGoesOn() {
    RegistryIOException failure = new RegistryIOException(OPERATION.details("no answer"), null);
    boolean[] hasFailed = {false};
    Server server = new Server(30) {
      @Override
      NumberedPage<String> page(int number) {
        if (number == 4 && !hasFailed[0]) {
          hasFailed[0] = true;
          throw failure;
        }
        return super.page(number);
      }
    };
    Iterator<Page<String>> pages = server.listing(4, reads).iterator();

    for (int number = 1; number <= 3; number++) {
      assertEquals("t" + (number - 1) * 3, pages.next().items().get(0));
    }
    assertTrue(hasFailed[0]);
    assertSame(failure, assertThrows(RegistryIOException.class, pages::next));
    assertEquals(server.things.subList(9, 30), items(pages));
  }

  @Test
  void whatIsUnderWayIsCancelledOnceAPageIsAskedForAgain() {
    Server server = new Server(30);
    PageFetcher<String> fetcher = server.fetcher(4, reads);
    fetcher.fetch(null);

    assertEquals(List.of("t0", "t1", "t2"), fetcher.fetch(null).items());

    assertEquals(4, reads.cancelled);
    assertEquals(List.of(1, 1), server.requested);
  }

  @Test
  void aPageIsNotWaitedForLongerThanItsRequestWouldTake() {
    Server server = new Server(30);
    Iterator<Page<String>> pages = server.listing(4, reads).iterator();
    pages.next();
    reads.isSlow = true;

    assertEquals(List.of("t3", "t4", "t5"), pages.next().items());

    assertEquals(List.of(1, 2), server.requested);
    assertEquals(4, reads.cancelled);
  }

  @Test
  void onlyTheLastPageIsReadAgainWhereThatIsAsFarAsAnythingMoved() {
    Server server = new Server(60);
    Page<String> page = server.listing(0, reads).iterator().next();
    for (int number = 2; number <= 9; number++) {
      page = page.next();
    }
    PageFetcher<String> fetcher = server.fetcher(2, reads);
    FetchedPage<String> tenth = fetcher.fetch(page.nextCursor().orElseThrow().value());
    server.things.remove("t1");
    server.requested.clear();

    FetchedPage<String> eleventh = fetcher.fetch(tenth.nextCursor());

    assertEquals(List.of("t30", "t31", "t32", "t33"), eleventh.items());
    assertEquals(List.of(11, 10), server.requested.subList(2, server.requested.size()));
  }

  @Test
  void aListingThatIsResumedRequestsAheadToo() {
    Server server = new Server(30);
    Page<String> second = server.listing(0, reads).iterator().next().next();
    String cursor = second.nextCursor().orElseThrow().value();

    server.requested.clear();
    FetchedPage<String> third = server.fetcher(2, reads).fetch(cursor);

    assertEquals(List.of("t6", "t7", "t8"), third.items());
    assertEquals(List.of(3), server.requested);
    assertEquals(2, reads.open.size());
  }
}
