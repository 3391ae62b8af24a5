package dev.registrykit.scaleway.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What cursors that were made up can do, and counts. */
class PageNumbersTest {

  private static final ListingCursors CURSORS = ListingCursors.of("tags");

  private final AtomicInteger requests = new AtomicInteger();

  private final PageNumbers<String, String> pages = counting(100);

  private PageNumbers<String, String> counting(long total) {
    return new PageNumbers<>(
        Operation.on("list tags"),
        CURSORS,
        number -> {
          requests.incrementAndGet();
          return NumberedPage.of(List.of("a" + number, "b" + number), total);
        },
        2,
        item -> item,
        items -> items);
  }

  @Test
  void aCursorFromFarAwayReadsNoMillionPagesAgain() {
    String cursor = CURSORS.cursor("999999999-4-999999999999999999-0");

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> pages.fetch(cursor));

    assertTrue(e.getMessage().contains("more than 10000 pages"), e.getMessage());
    assertEquals(1, requests.get());
  }

  @Test
  void aFewPagesAreReadAgain() {
    assertEquals(6, pages.fetch(CURSORS.cursor("3-4-104-0")).items().size());
    assertEquals(3, requests.get());
  }

  @Test
  void noMorePagesAreReadAgainThanCanHaveMoved() {
    assertEquals(6, pages.fetch(CURSORS.cursor("4-6-104-0")).items().size());
    assertEquals(3, requests.get());
  }

  @Test
  void tenThousandPagesAreReadAgain() {
    pages.fetch(CURSORS.cursor("20001-40000-20100-0"));

    assertEquals(10_001, requests.get());
  }

  @Test
  void moreItemsThanAreCountedAreAFailureUnlessSomeAreGone() {
    InvalidResponseException e = assertThrows(
        InvalidResponseException.class, () -> pages.fetch(CURSORS.cursor("51-99-100-0")));

    assertTrue(e.getMessage().endsWith("counts 100 items but sent 101"), e.getMessage());
    assertEquals(4, pages.fetch(CURSORS.cursor("51-99-101-0")).items().size());
  }

  @Test
  void aListWhoseRestIsGoneEndsThoughItsLastPagesAreEmpty() {
    PageNumbers<String, String> shrunk = new PageNumbers<>(
        Operation.on("list tags"),
        CURSORS,
        number -> NumberedPage.of(number < 3 ? List.of("a" + number) : List.of(), 2L),
        2,
        item -> item,
        items -> items);
    String emptyBefore = Integer.toHexString(List.of().hashCode());

    assertNull(shrunk.fetch(CURSORS.cursor("4-2-3-" + emptyBefore + "-e")).nextCursor());
  }

  @Test
  void noCursorIsMadeThatWouldBeRefused() {
    String far = CURSORS.cursor("999999999-0-0-0");
    PageNumbers<String, String> endless = counting(Long.MAX_VALUE);

    assertThrows(InvalidResponseException.class, () -> pages.fetch(far));
    assertThrows(InvalidResponseException.class, () -> endless.fetch(null));
  }
}
