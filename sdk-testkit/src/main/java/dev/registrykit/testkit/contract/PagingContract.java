package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Feature;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Pages: lazy, bounded, resumable. */
abstract class PagingContract extends ContractTheme {

  private static final ListTagsOptions BY_TWO = ListTagsOptions.defaults().withPageSize(2);

  PagingContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  /** Five tags in pages of two; what is looked up once is looked up. */
  private PagedIterable<Tag> fiveTagsByTwo() {
    addTags("1", "2", "3", "4", "5");
    PagedIterable<Tag> tags = registry().listTags(app(), BY_TWO);
    assertEquals(5, tags.toList().size());
    return tags;
  }

  @Test
  void nothingIsSentBeforeTheFirstElementIsAskedFor() {
    addTags("1", "2", "3");

    assertRequests(0, () -> registry().listTags(app(), BY_TWO), "listTags()");
    PagedIterable<Tag> tags = registry().listTags(app(), BY_TWO);
    assertRequests(0, tags::iterator, "iterator()");
    assertRequests(0, () -> tags.pages().iterator(), "pages().iterator()");
    assertRequests(0, () -> tags.pages().iterator().hasNext(), "pages().iterator().hasNext()");
    assertRequests(0, () -> tags.stream().map(Tag::name), "stream()");
  }

  @Test
  void pagesHaveTheSizeAskedFor() {
    List<Integer> sizes = new ArrayList<>();
    fiveTagsByTwo().pages().forEach(page -> sizes.add(page.items().size()));

    assertEquals(differs(Difference.TAGS_COME_WHOLE) ? List.of(5) : List.of(2, 2, 1), sizes);
  }

  @Test
  void aPageIsOneRequest() {
    PagedIterable<Tag> tags = fiveTagsByTwo();

    assertRequests(1, tags::firstPage, "the first page");
    assertRequests(differs(Difference.TAGS_COME_WHOLE) ? 1 : 3, tags::toList, "three pages");
  }

  @Test
  void nothingIsFetchedAhead() {
    Iterator<Tag> tags = fiveTagsByTwo().iterator();

    assertRequests(1, tags::next, "the first tag");
    assertRequests(0, tags::next, "the second tag, which was on the first page");
    assertRequests(differs(Difference.TAGS_COME_WHOLE) ? 0 : 1, tags::next, "the third tag");
  }

  @Test
  void aStreamCutShortReadsNoFurther() {
    PagedIterable<Tag> tags = fiveTagsByTwo();

    assertRequests(1, () -> tags.stream().limit(2).toList(), "the first two tags");
  }

  @Test
  void aListingResumesWhereItsCursorPoints() {
    PagedIterable<Tag> tags = fiveTagsByTwo();
    Page<Tag> first = tags.firstPage();

    Optional<String> cursor = first.nextCursor().map(PageCursor::value);
    assertEquals(!differs(Difference.TAGS_COME_WHOLE), cursor.isPresent(), "is there a cursor?");
    if (cursor.isPresent()) {
      ListTagsOptions resumed = BY_TWO.withCursor(new PageCursor(cursor.get()));
      List<Tag> all = new ArrayList<>(first.items());
      registry().listTags(app(), resumed).forEach(all::add);
      assertEquals(tags.toList(), all);
    }
  }

  @Test
  void theLastPageSaysSo() {
    Page<Tag> page = fiveTagsByTwo().firstPage();
    while (page.hasNext()) {
      assertTrue(page.nextCursor().isPresent(), "a page before the last has a cursor");
      page = page.next();
    }

    Page<Tag> last = page;
    assertEquals(Optional.empty(), last.nextCursor());
    assertRefusedUnsent(NoSuchElementException.class, last::next);
  }

  @Test
  void aPageCanBeLeftTwice() {
    Page<Tag> first = fiveTagsByTwo().firstPage();

    if (differs(Difference.TAGS_COME_WHOLE)) {
      assertFalse(first.hasNext());
    } else {
      assertEquals(names(first.next().items()), names(first.next().items()));
    }
  }

  @Test
  void aTotalCountIsTheTotal() {
    OptionalLong total = fiveTagsByTwo().firstPage().totalCount();

    assertEquals(5, total.orElse(5));
  }

  @Test
  void anEmptyListingIsOneEmptyPage() {
    addTags("1");
    PagedIterable<Tag> none =
        registry().listTags(app(), ListTagsOptions.defaults().withName("missing"));

    Page<Tag> page = none.firstPage();

    assertEquals(List.of(), page.items());
    assertFalse(page.hasNext());
    assertEquals(Optional.empty(), page.nextCursor());
  }

  @Test
  void pageSizesOutsideTheLimitsAreRefusedBeforeAnythingIsSent() {
    ListTagsOptions tags = ListTagsOptions.defaults();
    ListImagesOptions images = ListImagesOptions.defaults();
    int tooLarge = fixture().maxPageSize() + 1;

    assertAll(
        () -> assertThrows(IllegalArgumentException.class, () -> tags.withPageSize(0)),
        () -> assertThrows(IllegalArgumentException.class, () -> tags.withPageSize(-1)),
        () -> assertThrows(IllegalArgumentException.class, () -> images.withPageSize(0)),
        () -> assertThrows(IllegalArgumentException.class, () -> images.withPageSize(-1)),
        () -> assertRefusedUnsent(
            IllegalArgumentException.class,
            () -> registry().listTags(app(), tags.withPageSize(tooLarge))));
    ListImagesOptions tooManyImages = images.withPageSize(tooLarge);
    if (!lacks(Feature.LIST_IMAGES, () -> registry().listImages(tooManyImages))) {
      assertRefusedUnsent(
          IllegalArgumentException.class, () -> registry().listImages(tooManyImages));
    }
  }

  @Test
  void theLargestPageSizeIsTaken() {
    addTags("1", "2");
    ListTagsOptions largest = ListTagsOptions.defaults().withPageSize(fixture().maxPageSize());

    assertEquals(2, registry().listTags(app(), largest).toList().size());
  }
}
