package dev.registrykit.github.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.PageCursor;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.support.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a list goes on and where it ends, and what cursors that were made up can do. */
class PageNumbersTest {

  private static final ListingCursors CURSORS = ListingCursors.of("versions");

  private final List<Integer> asked = new ArrayList<>();

  /** Pages of two that differ. */
  private final PageNumbers<String, String> endless =
      pages(number -> NumberedPage.of(List.of("a" + number, "b" + number), null));

  private PageNumbers<String, String> pages(IntFunction<NumberedPage<String>> request) {
    return new PageNumbers<>(
        Operation.on("list tags"),
        CURSORS,
        number -> {
          asked.add(number);
          return request.apply(number);
        },
        2,
        item -> item,
        items -> items);
  }

  private static String next(FetchedPage<String> page) {
    return Objects.requireNonNull(page.nextCursor());
  }

  @Test
  void eachPageLeadsToTheNext() {
    FetchedPage<String> first = endless.fetch(null);
    FetchedPage<String> second = endless.fetch(next(first));

    assertEquals(List.of("a1", "b1"), first.items());
    assertEquals(List.of("a2", "b2"), second.items());
    endless.fetch(next(second));
    assertEquals(List.of(1, 2, 3), asked);
  }

  @Test
  void aShortPageWithoutALinkIsTheLast() {
    FetchedPage<String> page =
        pages(number -> NumberedPage.of(List.of("a"), null)).fetch(null);

    assertNull(page.nextCursor());
  }

  @Test
  void aLinkIsBelievedWhateverTheLengthOfThePage() {
    List<String> two = List.of("a", "b");

    assertNull(pages(number -> NumberedPage.of(two, false)).fetch(null).nextCursor());
    assertTrue(
        pages(number -> NumberedPage.of(List.of("a"), true)).fetch(null).nextCursor() != null);
  }

  /** They have the same items, which are none, and are no repetition. */
  @Test
  void emptyPagesThatALinkFollowsAreNotTheEnd() {
    PageNumbers<String, String> empty = pages(number -> NumberedPage.of(List.of(), true));

    FetchedPage<String> second = empty.fetch(next(empty.fetch(null)));

    assertEquals(List.of(), second.items());
    assertTrue(second.nextCursor() != null);
  }

  @Test
  void aPageThatRepeatsTheOneBeforeIsRefused() {
    PageNumbers<String, String> same = pages(number -> NumberedPage.of(List.of("a", "b"), null));
    String second = next(same.fetch(null));

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> same.fetch(second));

    assertTrue(e.getMessage().contains("page 2 repeats the page before"), e::getMessage);
  }

  @Test
  void aLastPageOfNothingButNullIsRefusedAndOneThatIsFollowedIsNot() {
    List<String> nulls = Arrays.asList(null, null);

    assertThrows(
        InvalidResponseException.class,
        () -> pages(number -> NumberedPage.of(nulls, null)).fetch(null));
    assertEquals(
        List.of(), pages(number -> NumberedPage.of(nulls, true)).fetch(null).items());
  }

  @Test
  void entriesThatAreNullCountAsEntries() {
    FetchedPage<String> page =
        pages(number -> NumberedPage.of(Arrays.asList("a", null), null)).fetch(null);

    assertEquals(List.of("a"), page.items());
    assertTrue(page.nextCursor() != null, "a full page is followed by another");
  }

  @Test
  void noCursorIsMadeThatWouldBeRefused() {
    String last = next(endless.fetch(CURSORS.cursor("999999998-0")));

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> endless.fetch(last));

    assertTrue(e.getMessage().contains("the list has no end"), e::getMessage);
    assertEquals(List.of(999_999_998, 999_999_999), asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2", "2-", "0-0", "-1-0", "2-x", "1000000000-0", "2-0 ", "2-123456789"})
  void aCursorThatWasMadeUpIsRefusedUnsent(String place) {
    Optional<PageCursor> cursor = Optional.of(new PageCursor(CURSORS.cursor(place)));

    assertThrows(IllegalArgumentException.class, () -> endless.startingAt(cursor));

    assertEquals(List.of(), asked);
  }

  @Test
  void aCursorOfAnotherListingIsRefusedUnsent() {
    Optional<PageCursor> cursor =
        Optional.of(new PageCursor(ListingCursors.of("packages").cursor("2-0")));

    assertThrows(IllegalArgumentException.class, () -> endless.startingAt(cursor));

    assertSame(endless, endless.startingAt(Optional.empty()));
    assertSame(endless, endless.startingAt(Optional.of(new PageCursor(CURSORS.cursor("2-0")))));
    assertEquals(List.of(), asked);
  }
}
