package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.registrykit.Feature;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.ListingProgress;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What whoever waits for a listing hears of it. */
abstract class ProgressContract extends ContractTheme {

  private static final ListTagsOptions BY_TWO = ListTagsOptions.defaults().withPageSize(2);

  ProgressContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  /** Keeps what it hears, and notices two threads at once. */
  private static final class Ears implements Consumer<ListingProgress> {

    private final List<ListingProgress> heard = new ArrayList<>();
    private final AtomicBoolean isHearing = new AtomicBoolean();

    @Override
    public void accept(ListingProgress progress) {
      if (isHearing.getAndSet(true)) {
        throw new IllegalStateException("two threads tell at once");
      }
      heard.add(progress);
      isHearing.set(false);
    }

    void assertGrowing() {
      for (int i = 1; i < heard.size(); i++) {
        ListingProgress before = heard.get(i - 1);
        ListingProgress now = heard.get(i);
        assertTrue(now.listed() >= before.listed(), heard::toString);
        assertTrue(now.completed() >= before.completed(), heard::toString);
        assertTrue(now.completed() <= now.listed(), heard::toString);
      }
    }

    /** Asserts that the last figures say that these are all, and complete. */
    void assertEndsWith(long tags) {
      assertFalse(heard.isEmpty(), "nothing was said");
      ListingProgress last = heard.get(heard.size() - 1);
      assertEquals(tags, last.listed(), heard::toString);
      assertEquals(tags, last.completed(), heard::toString);
      assertEquals(tags, last.total().orElse(tags), heard::toString);
    }

    List<Long> listed() {
      return heard.stream().map(ListingProgress::listed).distinct().toList();
    }
  }

  private void addFiveTags() {
    addTags("1", "2", "3", "4", "5");
    assertEquals(5, registry().listTags(app()).toList().size());
  }

  private Ears hear(ListTagsOptions options) {
    Ears ears = new Ears();
    assertEquals(
        5,
        registry().listTags(app(), options.withProgressListener(ears)).toList().size());
    ears.assertGrowing();
    ears.assertEndsWith(5);
    return ears;
  }

  @TestFactory
  Stream<DynamicTest> itGrowsPageByPageAndEndsComplete() {
    addFiveTags();
    List<Long> pages = differs(Difference.TAGS_COME_WHOLE) ? List.of(5L) : List.of(2L, 4L, 5L);
    return Arrays.stream(TagDetail.values())
        .map(detail -> dynamicTest(detail.name(), () -> {
          assertEquals(pages, hear(BY_TWO.withDetail(detail)).listed());
          assertEquals(pages, hear(BY_TWO.withDetail(detail).withPagesAhead(2)).listed());
        }));
  }

  @TestFactory
  Stream<DynamicTest> itIsHeardOfEveryOrderBeforeTheFirstPageIsThere() {
    addFiveTags();
    return Arrays.stream(TagOrder.values())
        .filter(order -> order != TagOrder.PROVIDER_DEFAULT)
        .map(order -> dynamicTest(order.name(), () -> {
          Ears ears = new Ears();
          ListTagsOptions options = BY_TWO.withOrder(order).withProgressListener(ears);
          String key = order.name().substring(0, order.name().indexOf('_'));
          if (lacks(
              Feature.valueOf("ORDER_BY_" + key), () -> registry().listTags(app(), options))) {
            return;
          }
          int first = registry().listTags(app(), options).firstPage().items().size();
          boolean isOrderedByServer =
              registry().supports(Feature.valueOf("SERVER_ORDER_BY_" + key));
          assertEquals(
              isOrderedByServer ? first : 5L, ears.listed().get(ears.listed().size() - 1));
          hear(BY_TWO.withOrder(order));
        }));
  }

  @Test
  void itCostsNoRequests() {
    addFiveTags();
    ListTagsOptions full = BY_TWO.withDetail(TagDetail.FULL);
    registry().listTags(app(), full).toList(); // what is remembered is remembered

    long cost = requestsOf(() -> registry().listTags(app(), full).toList());

    assertRequests(cost, () -> hear(full), "a listing with a listener");
  }

  @Test
  void tagsThatAreLeftOutAreNotListed() {
    addTags("v1", "v2", "x");
    Ears ears = new Ears();

    registry()
        .listTags(app(), ListTagsOptions.defaults().withNamePrefix("v").withProgressListener(ears))
        .toList();

    ears.assertGrowing();
    assertEquals(List.of(2L), ears.listed());
  }

  @TestFactory
  Stream<DynamicTest> whatTheListenerThrowsEndsTheListing() {
    addFiveTags();
    ListTagsOptions inTurn = BY_TWO.withConcurrency(1); // no request is left under way
    IllegalStateException enough = new IllegalStateException("enough");
    return Arrays.stream(TagDetail.values())
        .map(detail -> dynamicTest(detail.name(), () -> {
          Consumer<ListingProgress> listener = progress -> {
            if (progress.completed() > 0) {
              throw enough;
            }
          };
          Iterable<?> tags =
              registry().listTags(app(), inTurn.withDetail(detail).withProgressListener(listener));
          assertSame(
              enough,
              assertThrows(IllegalStateException.class, () -> tags.iterator().next()));
        }));
  }
}
