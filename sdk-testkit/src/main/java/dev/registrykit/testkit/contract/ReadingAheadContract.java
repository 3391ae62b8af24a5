package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Pages that are read ahead: the same listing, for the same requests. */
abstract class ReadingAheadContract extends ContractTheme {

  private static final ListTagsOptions BY_TWO = ListTagsOptions.defaults().withPageSize(2);

  private static final long LONGEST_WAIT_SECONDS = 20;

  private static final long POLL_NANOS = 100_000;

  ReadingAheadContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  /** Adds five tags, and has looked up what is looked up once. */
  private void addFiveTags() {
    addTags("1", "2", "3", "4", "5");
    assertEquals(5, registry().listTags(app()).toList().size());
  }

  private PagedIterable<Tag> ahead(int pages) {
    return registry().listTags(app(), BY_TWO.withPagesAhead(pages));
  }

  /** Returns how many pages of two there are of the five. */
  private int pages() {
    return differs(Difference.TAGS_COME_WHOLE) ? 1 : 3;
  }

  /** Requests of other threads arrive when they do. */
  private void awaitRequests(long before, long expected) {
    long start = System.nanoTime();
    while (fixture().requestCount() < before + expected
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    assertEquals(before + expected, fixture().requestCount(), "requests, those ahead included");
  }

  @TestFactory
  Stream<DynamicTest> theListIsTheSameForTheSameRequests() {
    addFiveTags();
    List<Tag> expected = registry().listTags(app(), BY_TWO).toList();
    return Stream.of(1, 2, 16)
        .map(pages -> dynamicTest(pages + " ahead", () -> {
          assertEquals(expected, ahead(pages).toList());
          assertRequests(pages(), () -> ahead(pages).toList(), "toList()");
          assertRequests(pages(), () -> ahead(pages).stream().count(), "stream()");
        }));
  }

  @Test
  void theNextPageIsReadWhileTheCallerWorksOnAPage() {
    addFiveTags();
    Iterator<Page<Tag>> pages = ahead(1).pages().iterator();
    long before = fixture().requestCount();

    pages.next();
    awaitRequests(before, Math.min(2, pages()));
    if (pages.hasNext()) {
      pages.next();
      awaitRequests(before, 3);
      pages.next();
    }

    assertFalse(pages.hasNext());
    assertEquals(before + pages(), fixture().requestCount());
  }

  @Test
  void aListingThatIsLeftHalfWayCostsAtMostThePagesAheadMore() {
    addFiveTags();
    long before = fixture().requestCount();

    assertEquals(2, ahead(1).stream().limit(2).count());

    awaitRequests(before, Math.min(2, pages()));
  }

  @Test
  void pagesByHandReadNothingAhead() {
    addFiveTags();

    assertRequests(0, () -> ahead(2).iterator(), "iterator()");
    assertRequests(1, () -> ahead(2).firstPage(), "firstPage()");
    Page<Tag> first = ahead(2).firstPage();
    if (first.hasNext()) {
      assertRequests(1, first::next, "next()");
      assertEquals(2, first.next().items().size());
    }
  }

  @Test
  void aCursorIsGoodWithAndWithoutPagesAhead() {
    addFiveTags();
    long before = fixture().requestCount();
    Page<Tag> first = ahead(2).pages().iterator().next();
    awaitRequests(before, pages()); // none is left for another test

    first.nextCursor().ifPresent(cursor -> {
      List<Tag> rest = registry().listTags(app(), BY_TWO.withCursor(cursor)).toList();
      assertEquals(3, rest.size());
      assertEquals(
          rest,
          registry()
              .listTags(app(), BY_TWO.withCursor(cursor).withPagesAhead(3))
              .toList());
    });
    assertEquals(differs(Difference.TAGS_COME_WHOLE), first.nextCursor().isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> everyOrderIsTheSameForTheSameRequests() {
    addFiveTags();
    return Arrays.stream(TagOrder.values())
        .map(order -> dynamicTest(order.name(), () -> {
          ListTagsOptions options = BY_TWO.withOrder(order).withDetail(TagDetail.FULL);
          if (order != TagOrder.PROVIDER_DEFAULT
              && lacks(featureOf(order), () -> registry().listTags(app(), options))) {
            return;
          }
          List<Tag> expected = registry().listTags(app(), options).toList();
          long cost = requestsOf(() -> registry().listTags(app(), options).toList());
          PagedIterable<Tag> ahead = registry().listTags(app(), options.withPagesAhead(2));
          assertEquals(expected, ahead.toList());
          assertRequests(cost, ahead::toList, "tags by " + order);
        }));
  }

  private static Feature featureOf(TagOrder order) {
    String key = order.name().substring(0, order.name().indexOf('_'));
    return Feature.valueOf("ORDER_BY_" + key);
  }

  @Test
  void imagesAreReadAheadToo() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      addTag(fixture().image(name), "1.0", name);
    }
    ListImagesOptions byTwo = ListImagesOptions.defaults().withPageSize(2);
    ListImagesOptions ahead = byTwo.withPagesAhead(2);
    if (differs(Difference.IMAGE_LISTING_MISSING)) {
      PagedIterable<Image> images = registry().listImages(ahead);
      assertThrows(UnsupportedFeatureException.class, images::toList);
      return;
    }
    if (lacks(Feature.LIST_IMAGES, () -> registry().listImages(ahead))) {
      return;
    }
    List<Image> expected = registry().listImages(byTwo).toList();
    long cost = requestsOf(() -> registry().listImages(byTwo).toList());
    assertEquals(5, expected.size());
    assertEquals(expected, registry().listImages(ahead).toList());
    assertRequests(cost, () -> registry().listImages(ahead).toList(), "images");
  }

  @Test
  void aClosedRegistryHandsOutNoPageThatWasReadAhead() {
    addFiveTags();
    Iterator<Page<Tag>> pages = ahead(1).pages().iterator();
    long before = fixture().requestCount();
    pages.next();
    awaitRequests(before, Math.min(2, pages()));

    registry().close();

    assertEquals(!differs(Difference.TAGS_COME_WHOLE), pages.hasNext());
    if (pages.hasNext()) {
      IllegalStateException closed = assertThrows(IllegalStateException.class, pages::next);
      assertTrue(closed.toString().contains("closed"), closed::toString);
    }
  }
}
