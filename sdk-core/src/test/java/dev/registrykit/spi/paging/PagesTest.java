package dev.registrykit.spi.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.RegistryIOException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@SuppressWarnings("varargs")
class PagesTest {

  private static final int MAX_PAGES = 10;

  /** The cursors that were fetched, null for the first page. */
  private final List<String> fetched = new ArrayList<>();

  @Test
  void nothingIsFetchedBeforeTheFirstElementIsAskedFor() {
    PagedIterable<String> listing = listing(page("b", "a1"), page(null, "b1"));

    Iterator<String> items = listing.iterator();
    Iterator<Page<String>> pages = listing.pages().iterator();
    Stream<Integer> lengths = listing.stream().map(String::length);

    assertTrue(pages.hasNext());
    assertEquals(List.of(), fetched);
    assertEquals("a1", items.next());
    assertEquals(2, lengths.findFirst().orElseThrow());
    assertEquals(Arrays.asList(null, null), fetched);
  }

  @Test
  void noPageIsFetchedAhead() {
    Iterator<String> items = listing(page("b", "a1", "a2"), page(null, "b1")).iterator();

    items.next();
    items.next();
    assertEquals(1, fetched.size());

    assertTrue(items.hasNext());
    assertEquals(Arrays.asList(null, "b"), fetched);
  }

  @Test
  void allItemsOfAllPagesComeInOrder() {
    assertEquals(
        List.of("a1", "a2", "b1", "c1"),
        listing(page("b", "a1", "a2"), page("c", "b1"), page(null, "c1")).toList());
  }

  @Test
  void everyIterationStartsAnew() {
    PagedIterable<String> listing = listing(page("b", "a1"), page(null, "b1"));

    assertEquals(List.of("a1", "b1"), listing.toList());
    assertEquals(List.of("a1", "b1"), listing.stream().toList());
    assertEquals(4, fetched.size());
  }

  @Test
  void aLimitedStreamFetchesOnlyWhatItNeeds() {
    assertEquals(
        Optional.of("a1"),
        listing(page("b", "a1"), page(null, "b1")).stream().limit(1).findFirst());
    assertEquals(1, fetched.size());
  }

  @Test
  void anEmptyPageDoesNotEndTheListing() {
    assertEquals(
        List.of("d1"),
        listing(page("b"), page("c"), page("d"), page(null, "d1")).toList());
  }

  @Test
  void anEmptyListingIsOneEmptyPage() {
    PagedIterable<String> listing = listing(page(null));

    assertEquals(List.of(), listing.toList());
    assertEquals(List.of(), listing.firstPage().items());
    assertThrows(NoSuchElementException.class, () -> listing.iterator().next());
  }

  @Test
  void aPageKnowsItsCursorAndCount() {
    Page<String> first = listing(new FetchedPage<>(List.of("a1"), "b", 7L)).firstPage();

    assertTrue(first.hasNext());
    assertEquals(Optional.of(new PageCursor("b")), first.nextCursor());
    assertEquals(OptionalLong.of(7), first.totalCount());
  }

  @Test
  void theLastPageHasNoNext() {
    Page<String> last = listing(page(null, "a1")).firstPage();

    assertFalse(last.hasNext());
    assertEquals(Optional.empty(), last.nextCursor());
    assertEquals(OptionalLong.empty(), last.totalCount());
    assertThrows(NoSuchElementException.class, last::next);
  }

  @Test
  void thePageIteratorEndsAfterTheLastPage() {
    Iterator<Page<String>> pages = listing(page(null, "a1")).pages().iterator();
    pages.next();

    assertFalse(pages.hasNext());
    assertThrows(NoSuchElementException.class, pages::next);
  }

  @Test
  void theNextPageMayBeFetchedAgain() {
    Page<String> first =
        listing(page("b", "a1"), page("c", "b1"), page(null, "c1")).firstPage();

    assertEquals(List.of("b1"), first.next().items());
    assertEquals(List.of("b1"), first.next().items());
    assertEquals(List.of("c1"), first.next().next().items());
  }

  @Test
  void aCursorThatLeadsToItsOwnPageIsRefused() {
    assertRunsInCircles("page 2 leads back to page 2", page("b", "a1"), page("b", "b1"));
    assertEquals(2, fetched.size());
  }

  @Test
  void cursorsThatLeadInACircleOfThreeAreRefused() {
    assertRunsInCircles(
        "page 4 leads back to page 2",
        page("b", "a1"),
        page("c", "b1"),
        page("d", "c1"),
        page("b", "d1"));
    assertEquals(4, fetched.size());
  }

  @Test
  void aResumedListingThatComesBackToItsStartIsRefused() {
    PagedIterable<String> listing = resumed("b", page("b", "a1"), page("c", "b1"), page("b", "c1"));

    InvalidResponseException e = assertThrows(InvalidResponseException.class, listing::toList);
    assertEquals("list things failed: page 2 leads back to page 1", e.getMessage());
  }

  @Test
  void theSameSingleItemUnderEverNewCursorsIsRefused() {
    assertRunsInCircles(
        "page 4 repeats the page before",
        page("b", "x1"),
        page("c", "x1"),
        page("d", "x1"),
        page("e", "x1"));
  }

  @Test
  void thePageBeforeUnderAnotherCursorIsRefused() {
    String[] ten = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};

    assertRunsInCircles("page 2 repeats the page before", page("b", ten), page("c", ten));
  }

  @Test
  void aListingThatEndsWithTheSamePageTwiceIsRefused() {
    assertRunsInCircles(
        "page 2 repeats the page before", page("b", "x1", "x2"), page(null, "x1", "x2"));
  }

  @Test
  void aSmallPageMayRepeatForInsertionsShiftPages() {
    assertEquals(
        List.of("x1", "x2", "x3"),
        listing(page("b", "x1", "x2"), page("c", "x1", "x2"), page(null, "x2", "x3"))
            .toList());
  }

  @Test
  void aPageOfNineIsASmallOne() {
    String[] nine = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};

    assertEquals(
        9, listing(page("b", nine), page("c", nine), page(null)).toList().size());
  }

  @Test
  void aListingMayEndWithTheSameSingleItemTwice() {
    assertEquals(List.of("x1"), listing(page("b", "x1"), page(null, "x1")).toList());
  }

  @Test
  void moreThanTheMostPagesAreRefused() {
    List<FetchedPage<String>> pages = new ArrayList<>();
    for (int i = 0; i <= MAX_PAGES; i++) {
      pages.add(page(String.valueOf((char) ('b' + i)), "item" + i));
    }

    InvalidResponseException e = assertThrows(
        InvalidResponseException.class, () -> Pages.of(of(pages, null)).toList());

    assertEquals("list things failed: there are more than 10 pages", e.getMessage());
    assertEquals(MAX_PAGES, fetched.size());
  }

  @Test
  void asManyPagesAsAllowedAreRead() {
    List<FetchedPage<String>> pages = new ArrayList<>();
    for (int i = 1; i < MAX_PAGES; i++) {
      pages.add(page(String.valueOf((char) ('a' + i)), "item" + i));
    }
    pages.add(page(null, "last"));

    assertEquals(MAX_PAGES, Pages.of(of(pages, null)).toList().size());
  }

  @Test
  void anItemThatAnInsertionShiftedToTheNextPageComesOnce() {
    assertEquals(
        List.of("a1", "a2", "b1"),
        listing(page("b", "a1", "a2"), page(null, "a2", "b1")).toList());
  }

  @Test
  void whatTheFilterDropsDoesNotEndTheListing() {
    PagedIterable<String> listing = Pages.of(listingOf(
        List.of(page("b", "a1"), page("c", "a2"), page(null, "c1")),
        null,
        item -> item.startsWith("c")));

    assertEquals(List.of("c1"), listing.toList());
  }

  @Test
  void anExceptionOfTheProviderComesOutUnchanged() {
    RegistryIOException failure =
        new RegistryIOException(Operation.on("list things").details("no answer"), null);
    PagedIterable<String> listing = Pages.of(new Listing<>(
        "list things",
        cursor -> {
          if (cursor == null) {
            return page("b", "a1");
          }
          throw failure;
        },
        null,
        item -> item,
        item -> true,
        MAX_PAGES,
        OperationRunner.unlimited()));
    Iterator<String> items = listing.iterator();

    assertEquals("a1", items.next());
    assertSame(failure, assertThrows(RegistryIOException.class, items::next));
    assertSame(
        failure, assertThrows(RegistryIOException.class, () -> listing.stream().count()));
    assertSame(failure, assertThrows(RegistryIOException.class, listing::toList));
  }

  @Test
  void anIterationGoesOnWhereAFailedPageInterruptedIt() {
    int[] failures = {1};
    Iterator<String> items = Pages.of(new Listing<>(
            "list things",
            cursor -> {
              if (cursor != null && failures[0]-- > 0) {
                throw new RegistryIOException(
                    Operation.on("list things").details("no answer"), null);
              }
              return cursor == null ? page("b", "a1") : page(null, "b1");
            },
            null,
            item -> item,
            item -> true,
            MAX_PAGES,
            OperationRunner.unlimited()))
        .iterator();
    items.next();

    assertThrows(RegistryIOException.class, items::hasNext);
    assertEquals("b1", items.next());
  }

  @Test
  void whatAPageSaysTwiceComesOnce() {
    assertEquals(List.of("a1", "a2"), listing(page(null, "a1", "a2", "a1")).toList());
  }

  @Test
  void whatIsRepeatedBehindAnEmptyPageComesOnce() {
    assertEquals(
        List.of("a1", "a2", "d1"),
        listing(page("b", "a1", "a2"), page("c"), page("d"), page(null, "a2", "d1"))
            .toList());
  }

  @Test
  void listsAreUnmodifiable() {
    PagedIterable<String> listing = listing(page(null, "a1"));

    assertThrows(UnsupportedOperationException.class, () -> listing.toList().add("x"));
    assertThrows(
        UnsupportedOperationException.class, () -> listing.firstPage().items().add("x"));
  }

  @SafeVarargs
  private void assertRunsInCircles(String why, FetchedPage<String>... pages) {
    PagedIterable<String> listing = Pages.of(of(List.of(pages), null));
    InvalidResponseException e = assertThrows(InvalidResponseException.class, listing::toList);
    assertEquals("list things failed: " + why, e.getMessage());
  }

  @SafeVarargs
  private PagedIterable<String> listing(FetchedPage<String>... pages) {
    return Pages.of(of(List.of(pages), null));
  }

  @SafeVarargs
  private PagedIterable<String> resumed(String cursor, FetchedPage<String>... pages) {
    return Pages.of(of(List.of(pages), cursor));
  }

  private Listing<String> of(List<FetchedPage<String>> pages, String start) {
    return listingOf(pages, start, item -> true);
  }

  /** Cursor a, or none, leads to the first of the pages, b to the second, and so on. */
  private Listing<String> listingOf(
      List<FetchedPage<String>> pages, String start, Predicate<String> filter) {
    return new Listing<>(
        "list things",
        cursor -> {
          fetched.add(cursor);
          return pages.get(cursor == null ? 0 : cursor.charAt(0) - 'a');
        },
        start,
        item -> item,
        filter,
        MAX_PAGES,
        OperationRunner.unlimited());
  }

  private static FetchedPage<String> page(String next, String... items) {
    return new FetchedPage<>(List.of(items), next, null);
  }
}
