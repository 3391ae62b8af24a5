package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.TagContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lists that others change while they are read. Facts 1.2: zot answers 404 without a body when the
 * last tag of a page is gone.
 */
class ChangingListTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.ZOT);

  private static final ListTagsOptions PAGED = ListTagsOptions.defaults().withPageSize(2);

  @BeforeEach
  void fill() {
    List.of("a", "b", "c", "d", "e", "f", "g").forEach(this::push);
    emulator.clearRequests();
  }

  private void remove(String tag) {
    emulator.removeTag("shop/app", tag);
  }

  private static List<String> namesOn(Page<Tag> page) {
    return page.items().stream().map(Tag::name).toList();
  }

  @Test
  void aTagThatIsDeletedBetweenTwoPagesCutsNothingShort() {
    Page<Tag> second = registry.listTags(APP, PAGED).firstPage().next();
    remove("d");

    Page<Tag> third = second.next();

    assertEquals(List.of("c", "d"), namesOn(second));
    assertEquals(List.of("e"), namesOn(third));
    assertEquals(List.of("f", "g"), namesOn(third.next()));
    assertSent(
        "GET /v2/shop/app/tags/list?n=2",
        "GET /v2/shop/app/tags/list?n=2&last=b",
        "GET /v2/shop/app/tags/list?n=2&last=d",
        "GET /v2/shop/app/tags/list?n=2",
        "GET /v2/shop/app/tags/list?n=2&last=b",
        "GET /v2/shop/app/tags/list?n=2&last=e");
  }

  @Test
  void aTagThatIsDeletedAfterEveryPageCutsNothingShort() {
    List<String> seen = new ArrayList<>();
    for (Tag tag : registry.listTags(APP, PAGED)) {
      seen.add(tag.name());
      remove(tag.name());
    }

    assertEquals(List.of("a", "b", "c", "d", "e", "f", "g"), seen);
  }

  @Test
  void aCursorWhoseTagIsGoneStillFindsItsPlace() {
    PageCursor cursor =
        registry.listTags(APP, PAGED).firstPage().next().nextCursor().orElseThrow();
    remove("d");
    remove("a");
    push("aa");
    push("dd");

    try (OciRegistry later = builder().build()) {
      assertEquals(
          List.of("dd", "e", "f", "g"),
          names(later.listTags(APP, PAGED.withCursor(new PageCursor(cursor.toString())))));
    }
  }

  @Test
  void whereTheTagThatIsGoneWasTheLastTheListEnds() {
    Page<Tag> third = registry.listTags(APP, PAGED).firstPage().next().next();
    remove("f");
    remove("g");

    assertEquals(List.of(), namesOn(third.next()));
  }

  @Test
  void anImageThatIsGoneMeanwhileIsMissing() {
    Page<Tag> first = registry.listTags(APP, PAGED).firstPage();
    emulator.reset();
    emulator.personality(OciPersonality.ZOT);

    assertThrows(ImageNotFoundException.class, first::next);
  }

  @Test
  void anotherChangeWhileThePlaceIsSoughtIsSoughtAgain() {
    Page<Tag> second = registry.listTags(APP, PAGED).firstPage().next();
    remove("d");
    missEverySecondRequest(2);

    assertEquals(List.of("e"), namesOn(second.next()));
  }

  @Test
  void aListThatChangesUnderEveryReadingIsAFailureThatSaysSo() {
    Page<Tag> second = registry.listTags(APP, PAGED).firstPage().next();
    emulator.clearRequests();
    missEverySecondRequest(9);

    var failure = assertThrows(InvalidResponseException.class, second::next);

    assertEquals(
        "list tags of shop/app failed: the list changed while it was read", failure.getMessage());
    assertInstanceOf(NotFoundException.class, failure.getCause());
    assertEquals(1 + 3 * 2, emulator.requestCount());
  }

  @Test
  void aListInNoOrderHasNoPlaceToGoOnAt() {
    emulator.faults().setTagListPages("shop/app", "{\"tags\":[\"z\",\"a\"]}", "{\"tags\":[\"y\"]}");
    Page<Tag> first = registry.listTags(APP).firstPage();
    emulator.failNext(Fault.status(404));

    assertThrows(InvalidResponseException.class, first::next);
  }

  @Test
  void aLinkThatNamesNoTagHasNoPlaceToGoOnAt() {
    emulator.faults().setTagLink("</v2/shop/app/tags/list?page=2>; rel=\"next\"");
    Page<Tag> first = registry.listTags(APP, PAGED).firstPage();
    emulator.failNext(Fault.status(404));

    assertThrows(InvalidResponseException.class, first::next);
  }

  @Test
  void aTagThatIsListedTwiceIsInOrderStill() {
    Page<Tag> first = registry.listTags(APP, PAGED).firstPage();
    emulator.failNext(Fault.status(404));
    emulator.beforeNext(
        "GET",
        "",
        () -> emulator
            .faults()
            .setTagListPages("shop/app", "{\"name\":\"shop/app\",\"tags\":[\"a\",\"a\",\"c\"]}"));

    assertEquals(List.of("c"), namesOn(first.next()));
  }

  @Test
  void asManyPagesAreReadAnewAsAListingMayHave() {
    try (OciRegistry limited =
        builder().httpOptions(httpOptions().withMaxPages(2)).build()) {
      PageCursor cursor =
          registry.listTags(APP, PAGED).firstPage().next().nextCursor().orElseThrow();
      remove("d");

      assertEquals(
          List.of("e"), namesOn(limited.listTags(APP, PAGED.withCursor(cursor)).firstPage()));
      remove("c");
      remove("e");
      push("cc");
      push("ccc");
      assertThrows(
          InvalidResponseException.class,
          () -> limited.listTags(APP, PAGED.withCursor(cursor)).firstPage());
    }
  }

  @Test
  void theRegistrysOwnWordAtTheFirstPageIsAMissingImage() {
    emulator.failNext(Fault.json(404, "{\"errors\":[{\"code\":\"NOT_FOUND\"}]}"));

    assertThrows(
        ImageNotFoundException.class, () -> registry.listTags(APP, PAGED).firstPage());
  }

  @Test
  void aStrangers404InsteadOfTheFirstPageIsNoMissingImage() {
    Page<Tag> first = registry.listTags(APP, PAGED).firstPage();
    emulator.failNext(2, Fault.status(404));

    var failure = assertThrows(NotFoundException.class, first::next);

    assertEquals(NotFoundException.class, failure.getClass());
  }

  @Test
  void otherFailuresOfAPageComeOut() {
    Page<Tag> first = registry.listTags(APP, PAGED).firstPage();
    emulator.failNext(Fault.json(403, "{}"));

    assertEquals(403, assertThrows(PermissionDeniedException.class, first::next).statusCode());
  }

  /** What the SDK orders is resumed by name and date, whatever came and went before that place. */
  @ParameterizedTest
  @EnumSource(
      value = TagOrder.class,
      names = {"NAME_ASC", "NAME_DESC", "CREATED_ASC", "CREATED_DESC"})
  void anOrderedListingIsResumedByTheTextOfItsCursor(TagOrder order) {
    ImageRef image = ImageRef.of("shop/many");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      String name = "t" + (char) ('a' + i);
      names.add(name);
      emulator.addTag("shop/many", name, TagContent.of(name).withDates(DAY.plusSeconds(i), null));
    }
    boolean isAscending = order == TagOrder.NAME_ASC || order == TagOrder.CREATED_ASC;
    ListTagsOptions options = ListTagsOptions.defaults().withOrder(order).withPageSize(5);

    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      try (OciRegistry resumed = builder().build()) {
        Page<Tag> page = resumed
            .listTags(image, cursor == null ? options : options.withCursor(new PageCursor(cursor)))
            .firstPage();
        page.items().forEach(tag -> seen.add(tag.name()));
        cursor = page.nextCursor().map(PageCursor::toString).orElse(null);
      }
      if (seen.size() == 10) {
        emulator.removeTag("shop/many", seen.get(9)); // the place itself
        emulator.removeTag("shop/many", isAscending ? "ta" : "ty");
        String early = isAscending ? "t0" : "tz";
        emulator.addTag(
            "shop/many",
            early,
            TagContent.of(early)
                .withDates(isAscending ? DAY.minusSeconds(9) : DAY.plusSeconds(99), null));
      }
    } while (cursor != null);

    if (!isAscending) {
      Collections.reverse(names);
    }
    assertEquals(names, seen);
  }
}
