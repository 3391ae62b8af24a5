package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.registrykit.Feature;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every order of tags. */
abstract class OrderContract extends ContractTheme {

  OrderContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  /** The key of an order, with the abilities it takes. */
  private enum Key {
    NAME(Feature.ORDER_BY_NAME, Feature.SERVER_ORDER_BY_NAME),
    CREATED(Feature.ORDER_BY_CREATED, Feature.SERVER_ORDER_BY_CREATED),
    UPDATED(Feature.ORDER_BY_UPDATED, Feature.SERVER_ORDER_BY_UPDATED),
    CHANGED(Feature.ORDER_BY_CHANGED, Feature.SERVER_ORDER_BY_CHANGED);

    final Feature order;
    final Feature serverOrder;

    Key(Feature order, Feature serverOrder) {
      this.order = order;
      this.serverOrder = serverOrder;
    }

    static Key of(TagOrder order) {
      return valueOf(order.name().substring(0, order.name().indexOf('_')));
    }
  }

  /** Makes a test for every order the registry has; the others are refused at once. */
  private Stream<DynamicTest> forEveryOrder(Consumer<TagOrder> test) {
    return Arrays.stream(TagOrder.values())
        .filter(order -> order != TagOrder.PROVIDER_DEFAULT)
        .map(order -> dynamicTest(order.name(), () -> {
          if (!lacks(Key.of(order).order, () -> list(order))) {
            test.accept(order);
          }
        }));
  }

  private PagedIterable<Tag> list(TagOrder order) {
    return registry().listTags(app(), inPagesOfTwo(order));
  }

  private static ListTagsOptions inPagesOfTwo(TagOrder order) {
    return ListTagsOptions.defaults().withOrder(order).withPageSize(2);
  }

  private boolean isOrderedByServer(TagOrder order) {
    return registry().supports(Key.of(order).serverOrder);
  }

  /** The names of {@link #addFiveTags()} in that order. */
  private List<String> expected(TagOrder order) {
    return switch (order) {
      case NAME_ASC -> List.of("a", "b", "c", "d", "e");
      case NAME_DESC -> List.of("e", "d", "c", "b", "a");
      case CREATED_ASC -> List.of("c", "a", "e", "b", "d");
      case CREATED_DESC -> List.of("d", "b", "e", "a", "c");
      case UPDATED_ASC -> List.of("d", "c", "b", "a", "e");
      case UPDATED_DESC -> List.of("e", "a", "b", "c", "d");
      case CHANGED_ASC -> expected(hasUpdates() ? TagOrder.UPDATED_ASC : TagOrder.CREATED_ASC);
      case CHANGED_DESC -> expected(hasUpdates() ? TagOrder.UPDATED_DESC : TagOrder.CREATED_DESC);
      case PROVIDER_DEFAULT -> throw new IllegalArgumentException("no order to expect");
    };
  }

  private boolean hasUpdates() {
    return registry().supports(Feature.TAG_UPDATED_AT);
  }

  private void addFiveTags() {
    add("b", 4, 3);
    add("d", 5, 1);
    add("a", 2, 4);
    add("e", 3, 5);
    add("c", 1, 2);
  }

  private void add(String name, int created, int updated) {
    fixture().addTag(app(), name, name, day(created), NOON.plusSeconds(86_400L * updated));
  }

  private static Instant day(int day) {
    return NOON.minusSeconds(86_400L * (10 - day));
  }

  @TestFactory
  Stream<DynamicTest> everyOrderHoldsOverAllPages() {
    addFiveTags();
    return forEveryOrder(order -> assertEquals(expected(order), names(list(order))));
  }

  @TestFactory
  Stream<DynamicTest> theLastChangeIsWhatTagsAreOrderedByAndSay() {
    addFiveTags();
    return Stream.of(TagOrder.CHANGED_ASC, TagOrder.CHANGED_DESC)
        .map(order -> dynamicTest(order.name(), () -> {
          if (lacks(Feature.ORDER_BY_CHANGED, () -> list(order))) {
            return;
          }
          ListTagsOptions full = inPagesOfTwo(order).withDetail(TagDetail.FULL);
          for (Tag tag : registry().listTags(app(), full)) {
            assertEquals(tag.updatedAt().or(tag::createdAt), tag.changedAt(), tag::toString);
            assertEquals(hasUpdates(), tag.updatedAt().isPresent(), tag::toString);
          }
        }));
  }

  @Test
  void theProvidersOwnOrderHasEveryTag() {
    addFiveTags();

    Set<String> listed = new HashSet<>(names(list(TagOrder.PROVIDER_DEFAULT)));

    assertEquals(Set.of("a", "b", "c", "d", "e"), listed);
  }

  @TestFactory
  Stream<DynamicTest> whatTheServerOrdersCostsOneRequestAPage() {
    addFiveTags();
    registry().listTags(app()).toList(); // look-ups are done and remembered
    return forEveryOrder(order -> {
      if (isOrderedByServer(order)) {
        assertRequests(1, () -> list(order).firstPage(), "the first page by " + order);
      } else {
        assertEquals(5, list(order).firstPage().totalCount().orElse(-1), "all were read");
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> everyOrderCanBeResumed() {
    addFiveTags();
    return forEveryOrder(order -> {
      Page<Tag> first = list(order).firstPage();
      if (isOrderedByServer(order) && differs(Difference.TAGS_COME_WHOLE)) {
        assertEquals(Optional.empty(), first.nextCursor());
        return;
      }
      PageCursor stored = new PageCursor(first.nextCursor().orElseThrow().value());
      List<String> rest = names(registry().listTags(app(), inPagesOfTwo(order).withCursor(stored)));
      assertEquals(expected(order).subList(2, 5), rest);
    });
  }

  @TestFactory
  Stream<DynamicTest> aCursorOfAnotherListingIsRefusedWhereTheSdkOrders() {
    addFiveTags();
    PageCursor cursor =
        list(TagOrder.PROVIDER_DEFAULT).firstPage().nextCursor().orElse(new PageCursor("whatever"));
    return forEveryOrder(order -> {
      if (!isOrderedByServer(order)) {
        assertRefusedUnsent(
            IllegalArgumentException.class,
            () -> registry().listTags(app(), inPagesOfTwo(order).withCursor(cursor)));
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> equalDatesAreOrderedByNameWhereTheSdkOrders() {
    for (String name : List.of("c", "a", "e", "b", "d")) {
      addTag(app(), name, name);
    }
    return forEveryOrder(order -> {
      List<String> listed = names(list(order));
      if (Key.of(order) != Key.NAME && !isOrderedByServer(order)) {
        assertEquals(List.of("a", "b", "c", "d", "e"), listed);
      } else {
        assertEquals(Set.of("a", "b", "c", "d", "e"), new HashSet<>(listed));
        assertEquals(5, listed.size(), "a tag came twice");
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> tagsWithoutADateComeLastInBothDirections() {
    addFiveTags();
    if (differs(Difference.TAGS_MAY_LACK_DATES)) {
      addUndated("0");
      addUndated("z");
    }
    return forEveryOrder(order -> {
      List<String> listed = names(list(order));
      if (!isByCreation(order) || !differs(Difference.TAGS_MAY_LACK_DATES)) {
        assertEveryTagHasTheDate(order);
      } else {
        assertEquals(expected(order), listed.subList(0, 5));
        assertEquals(List.of("0", "z"), listed.subList(5, listed.size()));
      }
    });
  }

  /** Where nobody tells the last change, the creation stands for it. */
  private boolean isByCreation(TagOrder order) {
    return Key.of(order) == Key.CREATED || (Key.of(order) == Key.CHANGED && !hasUpdates());
  }

  private void addUndated(String name) {
    @Nullable Instant none = null;
    fixture().addTag(app(), name, name, none, NOON);
  }

  private void assertEveryTagHasTheDate(TagOrder order) {
    ListTagsOptions full = inPagesOfTwo(order).withDetail(TagDetail.FULL);
    for (Tag tag : registry().listTags(app(), full)) {
      switch (Key.of(order)) {
        case CREATED -> assertTrue(tag.createdAt().isPresent(), () -> "no creation: " + tag);
        case CHANGED -> assertTrue(tag.changedAt().isPresent(), () -> "no last change: " + tag);
        case UPDATED -> assertTrue(tag.updatedAt().isPresent(), () -> "no last change: " + tag);
        case NAME -> assertTrue(!tag.name().isEmpty(), () -> "no name: " + tag);
      }
    }
  }
}
