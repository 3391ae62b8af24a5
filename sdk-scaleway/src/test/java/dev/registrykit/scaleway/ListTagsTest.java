package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What listing tags sends, what it costs, and what comes back. */
class ListTagsTest extends ScalewayTest {

  private static final ListTagsOptions DEFAULTS = ListTagsOptions.defaults();

  @Test
  void theFirstUseOfAnImageLooksUpItsNamespaceAndItself() {
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    List<Tag> tags = registry.listTags(APP).toList();

    assertEquals(List.of("1.0"), names(tags));
    assertSent(lookUpNamespace("shop"), lookUpImage(namespace, "app"), listTags(image));
  }

  @Test
  void aKnownImageCostsOneRequestAPage() {
    String image = emulator.addImage("shop/app");
    emulator.addTags("shop/app", 250);
    knowing(APP);

    assertEquals(250, registry.listTags(APP).toList().size());
    String path = "GET /images/" + image + "/tags";
    String rest = "&page_size=100&order_by=created_at_asc";
    assertSent(path + "?page=1" + rest, path + "?page=2" + rest, path + "?page=3" + rest);
  }

  @Test
  void nothingIsSentBeforeTheFirstTagIsAskedFor() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    PagedIterable<Tag> tags = registry.listTags(APP);
    assertNotNull(tags.iterator());
    assertNotNull(tags.pages().iterator());
    assertNotNull(tags.stream().map(Tag::name));

    assertNothingSent();
  }

  @Test
  void nothingIsFetchedAhead() {
    emulator.addTags("shop/app", 250);
    knowing(APP);

    assertEquals(100, registry.listTags(APP).stream().limit(100).count());

    assertEquals(1, emulator.requestCount());
  }

  @Test
  void everyIterationStartsAnew() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    PagedIterable<Tag> tags = registry.listTags(APP);
    assertEquals(List.of("1.0"), names(tags.toList()));

    emulator.addTag("shop/app", "2.0", TagContent.ofDigest(DIGEST));

    assertEquals(List.of("1.0", "2.0"), names(tags.toList()));
  }

  @Test
  void aTagCarriesAllTheServerSays() {
    String id = emulator
        .addTag(
            "shop/app",
            "1.0",
            TagContent.ofDigest(DIGEST)
                .withDates(
                    Instant.parse("2025-03-04T05:06:07.123456Z"),
                    Instant.parse("2025-04-05T06:07:08.654321Z")))
        .id();

    Tag expected = Tag.builder(APP, "1.0")
        .digest(DIGEST)
        .createdAt(Instant.parse("2025-03-04T05:06:07.123456Z"))
        .updatedAt(Instant.parse("2025-04-05T06:07:08.654321Z"))
        .status(Status.READY)
        .providerId(id)
        .build();
    assertEquals(List.of(expected), registry.listTags(APP).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "PROVIDER_DEFAULT, created_at_asc",
    "CREATED_ASC, created_at_asc",
    "CREATED_DESC, created_at_desc",
    "NAME_ASC, name_asc",
    "NAME_DESC, name_desc",
    "UPDATED_ASC, created_at_asc",
    "UPDATED_DESC, created_at_asc"
  })
  void everyOrderIsAskedForByAWordOfTheServers(TagOrder order, String orderBy) {
    String image = emulator.addImage("shop/app");
    knowing(APP);

    registry.listTags(APP, DEFAULTS.withOrder(order)).toList();

    assertSent("GET /images/" + image + "/tags?page=1&page_size=100&order_by=" + orderBy);
  }

  @ParameterizedTest
  @EnumSource(TagOrder.class)
  void everyOrderIsRight(TagOrder order) {
    addTagsOfThreeDates();
    List<String> expected = switch (order) {
      case PROVIDER_DEFAULT, CREATED_ASC -> List.of("b", "a", "c");
      case CREATED_DESC -> List.of("c", "a", "b");
      case NAME_ASC -> List.of("a", "b", "c");
      case NAME_DESC -> List.of("c", "b", "a");
      case UPDATED_ASC, CHANGED_ASC -> List.of("c", "a", "b");
      case UPDATED_DESC, CHANGED_DESC -> List.of("b", "a", "c");
    };

    assertEquals(
        expected, names(registry.listTags(APP, DEFAULTS.withOrder(order)).toList()));
  }

  private void addTagsOfThreeDates() {
    Instant start = Instant.parse("2025-01-01T00:00:00Z");
    emulator.addTag(
        "shop/app",
        "a",
        TagContent.ofDigest(DIGEST).withDates(start.plusSeconds(2), start.plusSeconds(20)));
    emulator.addTag(
        "shop/app",
        "b",
        TagContent.ofDigest(DIGEST).withDates(start.plusSeconds(1), start.plusSeconds(30)));
    emulator.addTag(
        "shop/app",
        "c",
        TagContent.ofDigest(DIGEST).withDates(start.plusSeconds(3), start.plusSeconds(10)));
  }

  @Test
  void noOrderIsByStatusOrRegionWhateverTheProseSays() {
    emulator.addImage("shop/app");

    Arrays.stream(TagOrder.values())
        .forEach(order -> registry.listTags(APP, DEFAULTS.withOrder(order)).toList());

    Set<String> orders = emulator.requests().stream()
        .map(request -> request.rawQuery().replaceFirst(".*order_by=([^&]*).*", "$1"))
        .collect(Collectors.toSet());
    assertEquals(Set.of("created_at_asc", "created_at_desc", "name_asc", "name_desc"), orders);
  }

  @Test
  void anOrderByUpdateReadsAllPagesBeforeTheFirstTag() {
    emulator.addTags("shop/app", 250);
    knowing(APP);

    Page<Tag> first =
        registry.listTags(APP, DEFAULTS.withOrder(TagOrder.UPDATED_DESC)).firstPage();

    assertEquals(3, emulator.requestCount());
    assertEquals("t-000249", first.items().get(0).name());
    assertEquals(100, first.items().size());
    assertEquals(OptionalLong.of(250), first.totalCount());
    assertEquals("t-000000", first.next().next().items().get(49).name());
    assertEquals(3, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 99, 100})
  void thePageSizeAskedForIsSent(int size) {
    String image = emulator.addImage("shop/app");
    emulator.addTags("shop/app", 3);
    knowing(APP);

    Page<Tag> page = registry.listTags(APP, DEFAULTS.withPageSize(size)).firstPage();

    assertEquals(Math.min(size, 3), page.items().size());
    assertSent(
        "GET /images/" + image + "/tags?page=1&page_size=" + size + "&order_by=created_at_asc");
  }

  @Test
  void aPageSizeThatTheServerWouldRefuseIsRefusedBefore() {
    ListTagsOptions tooMany = DEFAULTS.withPageSize(101);

    assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, tooMany));
    assertThrows(
        IllegalArgumentException.class, () -> registry.byId().listTags(UNKNOWN_ID, tooMany));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withPageSize(0));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withPageSize(-1));
    assertNothingSent();
  }

  @Test
  void anExactNameIsFilteredByTheServer() {
    String image = emulator.addImage("shop/app");
    emulator.addTags("shop/app", 250);
    knowing(APP);

    List<Tag> tags = registry.listTags(APP, DEFAULTS.withName("t-000007")).toList();

    assertEquals(List.of("t-000007"), names(tags));
    assertSent(lookUpTag(image, "t-000007"));
  }

  @Test
  void aNamePrefixIsFilteredHere() {
    String image = emulator.addImage("shop/app");
    emulator.addTag("shop/app", "v1", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "V1", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "v10", TagContent.ofDigest(DIGEST));
    knowing(APP);

    List<Tag> tags = registry.listTags(APP, DEFAULTS.withNamePrefix("v1")).toList();

    assertEquals(List.of("v1", "v10"), names(tags));
    assertSent(listTags(image));
  }

  @Test
  void theImagesOwnListOfFiveTagsIsNeverUsed() {
    for (int i = 1; i <= 9; i++) {
      emulator.addTag("shop/app", "v" + i, TagContent.of("v" + i));
    }

    assertEquals(9, registry.listTags(APP).toList().size());
    assertEquals(
        List.of("v9", "v8", "v7", "v6", "v5"),
        registry
            .listScalewayImages(ScalewayImageFilter.defaults())
            .firstPage()
            .items()
            .get(0)
            .newestTags());
  }

  @Test
  void theImagesNameMayHaveSlashes() {
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/sebp/lighttpd");
    emulator.addImage("shop/lighttpd");
    emulator.addTag("shop/sebp/lighttpd", "1.4", TagContent.ofDigest(DIGEST));

    List<Tag> tags = registry.listTags(ImageRef.of("shop/sebp/lighttpd")).toList();

    assertEquals(List.of("1.4"), names(tags));
    assertSent(lookUpNamespace("shop"), lookUpImage(namespace, "sebp%2Flighttpd"), listTags(image));
  }

  @Test
  void aReferenceWithThisRegistrysHostIsTaken() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    PagedIterable<Tag> tags =
        registry.listTags(ImageRef.parse("rg.fr-par.scw.cloud/shop/app:1.0@" + DIGEST));

    assertEquals(APP, tags.firstPage().items().get(0).image());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rg.nl-ams.scw.cloud/shop/app",
        "docker.io/shop/app",
        "localhost:5000/shop/app",
        "api.scaleway.com/shop/app",
        "rg.fr-par.scw.cloud.example.com/shop/app",
        "rg.fr-par.scw.cloud:443/shop/app"
      })
  void aReferenceToAnotherRegistryIsRefused(String reference) {
    ImageRef image = ImageRef.parse(reference);

    assertThrows(IllegalArgumentException.class, () -> registry.listTags(image));
    assertThrows(IllegalArgumentException.class, () -> registry.getTag(image, "1.0"));
    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(image, "1.0"));
    assertThrows(IllegalArgumentException.class, () -> registry.getImage(image));
    assertThrows(
        IllegalArgumentException.class, () -> registry.setVisibility(image, Visibility.PUBLIC));
    assertNothingSent();
  }

  @Test
  void anImageWithoutANamespaceIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> registry.listTags(ImageRef.of("app")));
    assertNothingSent();
  }

  @Test
  void aMissingNamespaceIsAMissingImage() {
    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.listTags(APP).toList());

    assertEquals(APP, failure.image());
    assertEquals("list tags of shop/app failed: there is no namespace shop", failure.getMessage());
    assertEquals(0, failure.statusCode());
    assertSent(lookUpNamespace("shop"));
  }

  @Test
  void aMissingImageIsAskedForOnce() {
    String namespace = emulator.addNamespace("shop");

    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.listTags(APP).toList());

    assertEquals("list tags of shop/app failed: there is no such image", failure.getMessage());
    assertSent(lookUpNamespace("shop"), lookUpImage(namespace, "app"));
  }

  @Test
  void anImageOfTheSameNameInAnotherNamespaceIsNotMistaken() {
    emulator.addTag("other/app", "wrong", TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "right", TagContent.ofDigest(DIGEST));

    assertEquals(List.of("right"), names(registry.listTags(APP).toList()));
  }

  @Test
  void anEmptyImageHasOneEmptyPage() {
    emulator.addImage("shop/app");

    Page<Tag> page = registry.listTags(APP).firstPage();

    assertEquals(List.of(), page.items());
    assertFalse(page.hasNext());
    assertEquals(OptionalLong.of(0), page.totalCount());
  }

  @Test
  void aListingIsResumedByItsCursorInAnotherProcess() {
    String image = emulator.addImage("shop/app");
    emulator.addTags("shop/app", 250);
    PageCursor cursor = registry.listTags(APP).firstPage().nextCursor().orElseThrow();
    PageCursor stored = new PageCursor(cursor.toString());

    try (ScalewayRegistry later = builder().build()) {
      later.getImage(APP);
      emulator.clearRequests();

      List<Tag> rest = later.listTags(APP, DEFAULTS.withCursor(stored)).toList();

      assertEquals(150, rest.size());
      assertEquals("t-000100", rest.get(0).name());
      String path = "GET /images/" + image + "/tags";
      String more = "&page_size=100&order_by=created_at_asc";
      assertSent(path + "?page=2" + more, path + "?page=3" + more);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2", "0-0-created_at_asc.100", "2-100-name_asc.100", "2-100-created_at_asc.50", "x"
      })
  void aCursorOfAnotherListingIsRefusedBeforeAnythingIsSent(String cursor) {
    ListTagsOptions options = DEFAULTS.withCursor(new PageCursor(cursor));

    assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, options));
    assertThrows(
        IllegalArgumentException.class, () -> registry.byId().listTags(UNKNOWN_ID, options));
    assertNothingSent();
  }

  @Test
  void aCursorGoesWithNoOtherImageNameOrderOrPageSize() {
    emulator.addTags("shop/app", 150);
    PageCursor cursor = registry.listTags(APP).firstPage().nextCursor().orElseThrow();
    emulator.clearRequests();
    ListTagsOptions options = DEFAULTS.withCursor(cursor);
    ImageRef other = ImageRef.of("shop/web");

    assertThrows(IllegalArgumentException.class, () -> registry.listTags(other, options));
    assertThrows(
        IllegalArgumentException.class, () -> registry.listTags(APP, options.withName("v1")));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listTags(APP, options.withOrder(TagOrder.NAME_ASC)));
    assertThrows(
        IllegalArgumentException.class, () -> registry.listTags(APP, options.withPageSize(50)));
    assertNothingSent();
    assertEquals(50, registry.listTags(APP, options).toList().size());
  }

  @Test
  void aCursorGoesWithNoOtherRegion() {
    emulator.addTags("shop/app", 150);
    PageCursor cursor = registry.listTags(APP).firstPage().nextCursor().orElseThrow();

    try (ScalewayRegistry elsewhere = builder().region("pl-waw").build()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> elsewhere.listTags(APP, DEFAULTS.withCursor(cursor)));
    }
  }

  @Test
  void aCursorWhosePlaceWasChangedIsRefused() {
    emulator.addTags("shop/app", 150);
    String cursor =
        registry.listTags(APP).firstPage().nextCursor().orElseThrow().value();
    String listing = cursor.substring(0, cursor.indexOf('.') + 1);

    for (String place : List.of("", "0-0-0-0", "2", "2-100-150-x", "-1-0-0-0", "2-1-1-1-f")) {
      ListTagsOptions options = DEFAULTS.withCursor(new PageCursor(listing + place));
      assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, options));
    }
  }

  @Test
  void aTagPushedAgainIsChangedThenAndCreatedBefore() {
    Instant first = Instant.parse("2025-01-01T00:00:00Z");
    Instant pushed = Instant.parse("2026-01-01T00:00:00Z");
    emulator.addTag("shop/app", "latest", TagContent.ofDigest(DIGEST).withDates(first, pushed));
    emulator.addTag(
        "shop/app", "1.0", TagContent.ofDigest(DIGEST).withDates(minute(-1), minute(-1)));

    Tag newest = registry
        .listTags(APP, DEFAULTS.withOrder(TagOrder.CHANGED_DESC))
        .iterator()
        .next();

    assertEquals("latest", newest.name());
    assertEquals(Optional.of(pushed), newest.changedAt());
    assertEquals(Optional.of(first), newest.createdAt());
  }

  @ParameterizedTest
  @EnumSource(
      value = TagOrder.class,
      names = {"UPDATED_ASC", "UPDATED_DESC"})
  void anOrderThatIsMadeHereIsResumedByItsCursorsTextThoughTagsComeAndGo(TagOrder order) {
    for (int i = 0; i < 25; i++) {
      String digest = ScalewayEmulator.digestOf("t" + i);
      emulator.addTag(
          "shop/app", "t" + i, TagContent.ofDigest(digest).withDates(minute(100 - i), minute(i)));
    }
    ListTagsOptions options = DEFAULTS.withOrder(order).withPageSize(5);
    List<String> read = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ListTagsOptions resumed =
          cursor.map(text -> options.withCursor(new PageCursor(text))).orElse(options);
      try (ScalewayRegistry later = builder().build()) {
        Page<Tag> page = later.listTags(APP, resumed).firstPage();
        read.addAll(names(page.items()));
        cursor = page.nextCursor().map(PageCursor::value);
      }
      if (read.size() == 5) {
        String first = read.get(0);
        elsewhere(other -> other.deleteTag(APP, first));
        emulator.addTag(
            "shop/app", "early", TagContent.ofDigest(DIGEST).withDates(minute(0), minute(-1)));
        emulator.addTag(
            "shop/app", "late", TagContent.ofDigest(DIGEST).withDates(minute(0), minute(60)));
      }
    } while (cursor.isPresent());

    List<String> expected =
        new ArrayList<>(IntStream.range(0, 25).mapToObj(i -> "t" + i).toList());
    if (order == TagOrder.UPDATED_DESC) {
      Collections.reverse(expected);
    }
    expected.add(order == TagOrder.UPDATED_DESC ? "early" : "late");
    assertEquals(expected, read);
  }

  private static Instant minute(int minute) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * minute);
  }

  @Test
  void aCursorOfAnotherOrderContradictsAnOrderThatIsMadeHere() {
    ListTagsOptions options = DEFAULTS
        .withCursor(new PageCursor("2-100-150-0-created_at_asc.100"))
        .withOrder(TagOrder.UPDATED_ASC);

    assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, options));
    assertNothingSent();
  }

  @Test
  void theLastPageHasNoCursor() {
    emulator.addTags("shop/app", 200);

    Page<Tag> second = registry.listTags(APP).firstPage().next();

    assertEquals(Optional.empty(), second.nextCursor());
    assertFalse(second.hasNext());
    assertEquals(4, emulator.requestCount());
  }

  @Test
  void tagsBeingDeletedStayListedWithTheirState() {
    emulator.setDeletionReads(5);
    emulator.addTag("shop/app", "old", TagContent.ofDigest(DIGEST));
    registry.deleteTag(APP, "old");

    List<Tag> tags = registry.listTags(APP).toList();

    assertEquals(Status.DELETING, tags.get(0).status());
  }

  @Test
  void aServerThatPutsFewerOnAPageThanAskedForLosesNothing() {
    emulator.addTags("shop/app", 25);
    emulator.faults().setMaxPageSize(10);
    knowing(APP);

    List<Tag> tags = registry.listTags(APP).toList();

    assertEquals(25, tags.stream().distinct().count());
    assertEquals(25, tags.size());
    assertEquals(3, emulator.requestCount());
    assertTrue(sent().get(2).contains("?page=3&page_size=100&"));
  }

  @Test
  void tagsPushedWhileListingComeOnce() {
    emulator.addTags("shop/app", 150);
    Page<Tag> first =
        registry.listTags(APP, DEFAULTS.withOrder(TagOrder.CREATED_DESC)).firstPage();

    emulator.addTag("shop/app", "new", TagContent.ofDigest(DIGEST));
    List<Tag> second = first.next().items();

    assertEquals(50, second.size());
    assertTrue(second.stream().noneMatch(first.items()::contains));
  }

  private static List<String> names(List<Tag> tags) {
    return tags.stream().map(Tag::name).toList();
  }
}
