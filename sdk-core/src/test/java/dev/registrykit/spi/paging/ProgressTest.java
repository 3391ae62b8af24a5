package dev.registrykit.spi.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ListTagsOptions;
import dev.registrykit.ListingProgress;
import dev.registrykit.PagedIterable;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.ParallelReads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a listener hears of a listing. */
class ProgressTest {

  private static final Completion<String> ONE_BY_ONE = (items, progress) -> {
    items.forEach(item -> progress.completed(1));
    return items;
  };

  private final ParallelReads reads = new ParallelReads();
  private final List<String> heard = new ArrayList<>();

  private void hear(ListingProgress progress) {
    String total = progress.total().isPresent() ? "/" + progress.total().getAsLong() : "";
    heard.add(progress.completed() + " of " + progress.listed() + total);
  }

  /** Three items on two pages, and one that the filter drops. */
  private Listing<String> listing(Consumer<ListingProgress> listener) {
    return new Listing<>(
            "list things",
            cursor -> cursor == null
                ? new FetchedPage<>(List.of("b", "c"), "next", 4L)
                : new FetchedPage<>(List.of("a", "x"), null, 4L),
            null,
            item -> item,
            item -> !item.equals("x"),
            100,
            OperationRunner.unlimited())
        .with(ListTagsOptions.defaults().withProgressListener(listener), reads);
  }

  private static PagedIterable<String> ordered(Listing<String> listing) {
    return Pages.ordered(listing, Comparator.naturalOrder(), null, item -> "behind " + item, 2);
  }

  @Test
  void aListThatBringsAllIsCompletePageByPage() {
    assertEquals(List.of("b", "c", "a"), Pages.of(listing(this::hear)).toList());
    assertEquals(List.of("2 of 2/4", "3 of 3/4"), heard);

    heard.clear();
    assertEquals(List.of("a", "b", "c"), ordered(listing(this::hear)).toList());
    assertEquals(List.of("2 of 2/4", "3 of 3/4"), heard);
  }

  @Test
  void detailsAreReadPageByPage() {
    Pages.of(listing(this::hear).completedBy(ONE_BY_ONE)).toList();

    assertEquals(List.of("0 of 2/4", "1 of 2/4", "2 of 2/4", "2 of 3/4", "3 of 3/4"), heard);
  }

  @Test
  void detailsOfAListThatIsOrderedHereAreReadInTheEnd() {
    ordered(listing(this::hear).completedBy(ONE_BY_ONE)).firstPage();

    assertEquals(List.of("0 of 2/4", "0 of 3/4", "1 of 3/4", "2 of 3/4", "3 of 3/4"), heard);
  }

  @Test
  void theLastFiguresSayThatAllIsCompleteEvenIfTheProviderSaysNothing() {
    Pages.of(listing(this::hear).completedBy((items, progress) -> List.of())).toList();
    assertEquals(List.of("0 of 2/4", "2 of 2/4", "2 of 3/4", "3 of 3/4"), heard);

    heard.clear();
    ordered(listing(this::hear).completedBy((items, progress) -> items)).toList();
    assertEquals(List.of("0 of 2/4", "0 of 3/4", "3 of 3/4"), heard);
  }

  @Test
  void moreThanWasListedIsNeverComplete() {
    Pages.of(listing(this::hear).completedBy((items, progress) -> {
          progress.completed(7);
          return items;
        }))
        .firstPage();

    assertEquals(List.of("0 of 2/4", "2 of 2/4"), heard);
  }

  @Test
  void itemsThatComeTwiceInAnOrderedListAreCountedOnce() {
    Listing<String> listing = new Listing<String>(
            "list things",
            cursor -> switch (cursor == null ? "" : cursor) {
              case "" -> new FetchedPage<>(List.of("a"), "2", null);
              case "2" -> new FetchedPage<>(List.of("b"), "3", null);
              default -> new FetchedPage<>(List.of("a"), null, null);
            },
            null,
            item -> item,
            item -> true,
            100,
            OperationRunner.unlimited())
        .with(ListTagsOptions.defaults().withProgressListener(this::hear), reads);

    assertEquals(2, ordered(listing).toList().size());
    assertEquals(List.of("1 of 1", "2 of 2", "2 of 2"), heard);
  }

  @Test
  void itCountsAnewWithEachIterationAndGoesOnByHand() {
    PagedIterable<String> listing = Pages.of(listing(this::hear));
    listing.firstPage().next();
    listing.firstPage();

    assertEquals(List.of("2 of 2/4", "3 of 3/4", "2 of 2/4"), heard);
  }

  @Test
  void whatTheListenerThrowsEndsTheListing() {
    IllegalStateException enough = new IllegalStateException("enough");
    AtomicInteger calls = new AtomicInteger();
    Consumer<ListingProgress> listener = progress -> {
      calls.incrementAndGet();
      throw enough;
    };

    assertSame(
        enough, assertThrows(IllegalStateException.class, Pages.of(listing(listener))::toList));
    assertEquals(1, calls.get());
    assertSame(
        enough, assertThrows(IllegalStateException.class, ordered(listing(listener))::toList));
    assertEquals(2, calls.get());
  }

  @Test
  void itIsToldByOneThreadAtATimeInGrowingOrderAndNoMoreOnceItThrew() {
    List<String> many = IntStream.range(0, 200).mapToObj(i -> "item" + i).toList();
    AtomicBoolean isTelling = new AtomicBoolean();
    List<Long> completed = new ArrayList<>();
    IllegalStateException enough = new IllegalStateException("enough");
    Progress progress = new Progress(
        each -> {
          assertFalse(isTelling.getAndSet(true), "two threads tell at once");
          completed.add(each.completed());
          isTelling.set(false);
          if (each.completed() == 150) {
            throw enough;
          }
        },
        0);
    progress.listed(many.size(), OptionalLong.empty(), false);

    assertSame(
        enough,
        assertThrows(
            IllegalStateException.class,
            () -> reads.map(Operation.on("read"), many, 8, item -> {
              progress.completed(1);
              return item;
            })));

    List<Long> inOrder = completed.stream().sorted().toList();
    assertEquals(inOrder, completed);
    assertEquals(150L, completed.get(completed.size() - 1));
    assertTrue(completed.containsAll(Arrays.asList(0L, 1L, 149L)), completed::toString);
  }
}
