package dev.registrykit.spi.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.ImageRef;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.spi.support.Deadline;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedPagesTest {

  private static final ImageRef IMAGE = ImageRef.of("ns/app");

  private int fetches;

  @ParameterizedTest
  @CsvSource({
    "NAME_ASC,     B a b c d none",
    "NAME_DESC,    none d c b a B",
    "CREATED_ASC,  a c b d B none",
    "CREATED_DESC, d b a c B none",
    "UPDATED_ASC,  d b a c B none",
    "UPDATED_DESC, a c b d B none",
    "CHANGED_ASC,  d b a c B none",
    "CHANGED_DESC, a c b d B none",
  })
  void tagsWithoutDateComeLastInBothDirectionsAndNamesBreakTies(TagOrder order, String names) {
    List<Tag> tags = new ArrayList<>(List.of(
        tag("none", null), tag("d", 3), tag("c", 1), tag("b", 2), tag("a", 1), tag("B", null)));

    tags.sort(TagOrders.comparator(order));

    assertEquals(names, String.join(" ", tags.stream().map(Tag::name).toList()));
  }

  @Test
  void whatWasNeverUpdatedWasChangedWhenItWasCreated() {
    Tag created =
        Tag.builder(IMAGE, "created").createdAt(Instant.ofEpochSecond(2)).build();
    Tag updated = Tag.builder(IMAGE, "updated")
        .createdAt(Instant.ofEpochSecond(9))
        .updatedAt(Instant.ofEpochSecond(1))
        .build();
    List<Tag> tags = new ArrayList<>(List.of(created, tag("none", null), updated));

    tags.sort(TagOrders.comparator(TagOrder.CHANGED_ASC));
    assertEquals(
        List.of("updated", "created", "none"), tags.stream().map(Tag::name).toList());
    tags.sort(TagOrders.comparator(TagOrder.CHANGED_DESC));
    assertEquals(
        List.of("created", "updated", "none"), tags.stream().map(Tag::name).toList());
  }

  @Test
  void theDefaultIsNoOrder() {
    assertThrows(
        IllegalArgumentException.class, () -> TagOrders.comparator(TagOrder.PROVIDER_DEFAULT));
  }

  /** Later creation means earlier update, so that the two cannot be mistaken. */
  private static Tag tag(String name, Integer second) {
    return Tag.builder(IMAGE, name)
        .createdAt(second == null ? null : Instant.ofEpochSecond(second))
        .updatedAt(second == null ? null : Instant.ofEpochSecond(-second))
        .build();
  }

  @Test
  void nothingIsFetchedBeforeTheFirstElementIsAskedFor() {
    PagedIterable<String> listing = ordered(2, "b", "a");

    Stream<String> stream = listing.stream();
    assertEquals(0, fetches);
    assertEquals("a", stream.findFirst().orElseThrow());
  }

  @Test
  void everyPageIsReadBeforeTheFirstElementIsThere() {
    assertEquals("a", ordered(10, "c", "b", "a").iterator().next());
    assertEquals(3, fetches);
  }

  @Test
  void theOrderedListIsHandedOutInPages() {
    Page<String> first = ordered(2, "c", "a", "e", "b", "d").firstPage();

    assertEquals(List.of("a", "b"), first.items());
    assertEquals(List.of("c", "d"), first.next().items());
    assertEquals(List.of("e"), first.next().next().items());
    assertFalse(first.next().next().hasNext());
    assertThrows(NoSuchElementException.class, first.next().next()::next);
  }

  @Test
  void aPageOfAnOrderedListKnowsTheCountAndItsEnd() {
    Page<String> first = ordered(2, "c", "a", "b").firstPage();

    assertEquals(OptionalLong.of(3), first.totalCount());
    assertEquals(Optional.of(new PageCursor("behind b")), first.nextCursor());
    assertEquals(Optional.empty(), first.next().nextCursor());
  }

  @Test
  void aCursorGoesOnBehindItsItemWhateverWasInsertedOrDeleted() {
    assertEquals(List.of("c", "d"), resumed("b", "d", "a", "b", "c").toList());
    assertEquals(List.of("bb", "c"), resumed("b", "c", "aa", "bb").toList());
    assertEquals(List.of(), resumed("x", "c", "a").toList());
  }

  @Test
  void aResumedListIsReadAgainAsAWhole() {
    assertEquals("c", resumed("b", "d", "a", "b", "c").iterator().next());
    assertEquals(4, fetches);
  }

  @Test
  void theWholeReadingIsOneOperation() {
    assertThrows(RegistryTimeoutException.class, () -> inTime(2, "c", "a", "b").firstPage());
    assertEquals(List.of("a", "b", "c"), inTime(3, "c", "a", "b").toList());
  }

  /** Each page takes a second. */
  private PagedIterable<String> inTime(int seconds, String... items) {
    FakeTime time = new FakeTime();
    return ordered(
        null,
        new OperationRunner() {
          @Override
          public <T> T run(Supplier<T> work) {
            return OperationContext.within(Duration.ofSeconds(seconds), time, work);
          }
        },
        () -> {
          Deadline deadline = OperationContext.deadline();
          time.advance(Duration.ofSeconds(1));
          if (deadline.left().isZero() && seconds < items.length) {
            throw new RegistryTimeoutException(Operation.on("list things").details("late"), null);
          }
        },
        10,
        items);
  }

  @Test
  void itemsThatComeTwiceAreKeptOnceHoweverFarApart() {
    assertEquals(List.of("a", "b", "c"), ordered(10, "c", "a", "b", "c", "a").toList());
  }

  @Test
  void anEmptyListIsOneEmptyPage() {
    Page<String> only = ordered(10).firstPage();

    assertEquals(List.of(), only.items());
    assertFalse(only.hasNext());
  }

  @Test
  void namesAreOrderedByCodeNotByLocale() {
    assertEquals(List.of("I", "i", "ı"), ordered(10, "ı", "i", "I").toList());
  }

  private PagedIterable<String> ordered(int pageSize, String... items) {
    return ordered(null, OperationRunner.unlimited(), () -> {}, pageSize, items);
  }

  private PagedIterable<String> resumed(String before, String... items) {
    return ordered(before, OperationRunner.unlimited(), () -> {}, 10, items);
  }

  /** The server sends one item a page. */
  private PagedIterable<String> ordered(
      String before, OperationRunner operations, Runnable onFetch, int pageSize, String... items) {
    Listing<String> listing = new Listing<>(
        "list things",
        cursor -> {
          fetches++;
          onFetch.run();
          int i = cursor == null ? 0 : Integer.parseInt(cursor);
          List<String> page = items.length == 0 ? List.of() : List.of(items[i]);
          return new FetchedPage<>(page, i + 1 < items.length ? String.valueOf(i + 1) : null, null);
        },
        null,
        item -> item,
        item -> true,
        100,
        operations);
    return Pages.ordered(
        listing, Comparator.naturalOrder(), before, item -> "behind " + item, pageSize);
  }
}
