package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.TagContent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What listing the tags of an image asks for, and in what order they come. */
class ListTagsTest extends BlaxelTest {

  private static final ListTagsOptions DEFAULTS = ListTagsOptions.defaults();
  private static final String LIST = "GET /images/sandbox/app/tags";

  private static List<String> names(Iterable<Tag> tags) {
    List<String> names = new ArrayList<>();
    tags.forEach(tag -> names.add(tag.name()));
    return names;
  }

  @Test
  void theFirstPageCostsOneRequest() {
    emulator.addTags("sandbox/app", 3);

    assertEquals(List.of("t-000000", "t-000001", "t-000002"), names(registry.listTags(APP)));
    assertSent(LIST + FIRST_PAGE);
  }

  @Test
  void everyTagComesOnceOverAllPages() {
    emulator.addTags("sandbox/app", 250);

    List<String> listed = names(registry.listTags(APP));

    assertEquals(IntStream.range(0, 250).mapToObj("t-%06d"::formatted).toList(), listed);
    assertEquals(3, emulator.requestCount());
  }

  @Test
  void cursorsArePassedOnWhateverTheirCharacters() {
    emulator.addTags("sandbox/app", 2);

    registry.listTags(APP, DEFAULTS.withPageSize(1)).toList();

    String query = lastRequest().rawQuery();
    String cursor = query.replaceFirst("^cursor=([^&]*)&.*", "$1");
    assertTrue(cursor.startsWith("opaque%2B%2F"), query);
    assertTrue(cursor.endsWith("%3D"), query);
    assertTrue(URLDecoder.decode(cursor, StandardCharsets.UTF_8).startsWith("opaque+/"), query);
    assertEquals("cursor=" + cursor + "&limit=1&sort=name%3Aasc", query);
  }

  @Test
  void emptyPagesDoNotEndTheListing() {
    emulator.faults().setEmptyPagesBetween(true);
    emulator.addTags("sandbox/app", 5);

    PagedIterable<Tag> tags = registry.listTags(APP, DEFAULTS.withPageSize(2));

    assertEquals(5, tags.toList().size());
    assertEquals(List.of(), tags.firstPage().items());
    assertTrue(tags.firstPage().hasNext());
  }

  @Test
  void aCursorThatRepeatsIsAnError() {
    String page = text(
        "{\"data\":[{\"name\":\"%s\"}],", "\"meta\":{\"hasMore\":true,\"nextCursor\":\"again\"}}");
    answerNext(page.formatted("1.0"));
    answerNext(page.formatted("2.0"));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals(
        "list tags of sandbox/app failed: page 2 leads back to page 2", failure.getMessage());
    assertEquals(2, emulator.requestCount());
  }

  @Test
  void emptyPagesWithoutEndAreAnError() {
    for (int i = 0; i < 6; i++) {
      answerNext("{\"data\":[],\"meta\":{\"hasMore\":true,\"nextCursor\":\"c" + i + "\"}}");
    }
    try (BlaxelRegistry bounded =
        builder().httpOptions(httpOptions().withMaxPages(5)).build()) {
      assertThrows(InvalidResponseException.class, () -> bounded.listTags(APP).toList());
    }
    assertEquals(5, emulator.requestCount());
  }

  @Test
  void nothingIsSentBeforeTheFirstTagIsAskedForNorAhead() {
    emulator.addTags("sandbox/app", 150);

    PagedIterable<Tag> tags = registry.listTags(APP);
    assertNotNull(tags.iterator());
    assertNotNull(tags.stream().map(Tag::name));
    assertNothingSent();

    assertEquals(100, tags.stream().limit(100).count());
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aTagCarriesAllTheServerSays() {
    Instant created = Instant.parse("2026-03-04T05:06:07.123456789Z");
    Instant updated = Instant.parse("2026-04-05T06:07:08Z");
    emulator.addTag("sandbox/app", "1.0", TagContent.of("1.0").withDates(created, updated));
    emulator.setTagSize("sandbox/app", "1.0", 5_000_000_000L);

    Tag expected = Tag.builder(APP, "1.0")
        .createdAt(created)
        .updatedAt(updated)
        .sizeBytes(5_000_000_000L)
        .build();
    assertEquals(List.of(expected), registry.listTags(APP).toList());
    assertEquals(Status.UNKNOWN, expected.status());
  }

  @ParameterizedTest
  @CsvSource({
    "PROVIDER_DEFAULT, name%3Aasc",
    "NAME_ASC, name%3Aasc",
    "NAME_DESC, name%3Adesc",
    "CREATED_ASC, name%3Aasc",
    "CREATED_DESC, name%3Aasc",
    "UPDATED_ASC, name%3Aasc",
    "UPDATED_DESC, name%3Aasc"
  })
  void everyOrderIsAskedForByAWordOfTheServers(TagOrder order, String sort) {
    emulator.addImage("sandbox/app");

    registry.listTags(APP, DEFAULTS.withOrder(order)).toList();

    assertSent(LIST + "?limit=100&sort=" + sort);
  }

  @ParameterizedTest
  @EnumSource(TagOrder.class)
  void everyOrderIsRightInBothGenerations(TagOrder order) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    emulator.addTag(
        "sandbox/app",
        "b",
        TagContent.of("b").withDates(start.plusSeconds(1), start.plusSeconds(30)));
    emulator.addTag(
        "sandbox/app",
        "a",
        TagContent.of("a").withDates(start.plusSeconds(2), start.plusSeconds(20)));
    emulator.addTag(
        "sandbox/app",
        "c",
        TagContent.of("c").withDates(start.plusSeconds(3), start.plusSeconds(10)));
    List<String> expected = switch (order) {
      case PROVIDER_DEFAULT, NAME_ASC -> List.of("a", "b", "c");
      case NAME_DESC -> List.of("c", "b", "a");
      case CREATED_ASC -> List.of("b", "a", "c");
      case CREATED_DESC -> List.of("c", "a", "b");
      case UPDATED_ASC, CHANGED_ASC -> List.of("c", "a", "b");
      case UPDATED_DESC, CHANGED_DESC -> List.of("b", "a", "c");
    };

    assertEquals(expected, names(registry.listTags(APP, DEFAULTS.withOrder(order))));
    assertEquals(expected, names(older().listTags(APP, DEFAULTS.withOrder(order))));
  }

  @Test
  void byLastChangeATagThatWasNeverUpdatedStandsWhereItWasCreatedAndOneWithoutDatesLast() {
    String page = text(
        "{\"data\":[",
        "{\"name\":\"undated\"},",
        "{\"name\":\"created\",\"createdAt\":\"2026-01-02T00:00:00Z\"},",
        "{\"name\":\"older\",\"updatedAt\":\"2026-01-01T00:00:00Z\"},",
        "{\"name\":\"newer\",\"createdAt\":\"2025-01-01T00:00:00Z\",\"updatedAt\":\"2026-01-03T00:00:00Z\"}",
        "],\"meta\":{\"hasMore\":false}}");

    answerNext(page);
    assertEquals(
        List.of("newer", "created", "older", "undated"),
        names(registry.listTags(APP, DEFAULTS.withOrder(TagOrder.CHANGED_DESC))));
    answerNext(page);
    assertEquals(
        List.of("older", "created", "newer", "undated"),
        names(registry.listTags(APP, DEFAULTS.withOrder(TagOrder.CHANGED_ASC))));
  }

  @Test
  void allThereIsComesWithoutAskingForDetail() {
    emulator.addTag("sandbox/app", "1.0");

    Tag listed = registry.listTags(APP).toList().get(0);

    assertEquals(
        registry.listTags(APP, DEFAULTS.withDetail(TagDetail.FULL)).toList().get(0), listed);
    assertTrue(listed.createdAt().isPresent());
    assertTrue(listed.updatedAt().isPresent());
    assertTrue(listed.sizeBytes().isPresent());
    assertEquals(2, emulator.requestCount());
  }

  @Test
  void tagsOfSignaturesAreLeftOutWhereTheyAreNotWanted() {
    String signature = "sha256-" + "a".repeat(64) + ".sig";
    emulator.addTag("sandbox/app", "1.0");
    emulator.addTag("sandbox/app", signature);
    emulator.addSharedImage("owner", "sandbox/shared", signature);
    ListTagsOptions without = DEFAULTS.withHousekeepingTags(false);

    assertEquals(List.of("1.0", signature), names(registry.listTags(APP)));
    assertEquals(List.of("1.0"), names(registry.listTags(APP, without)));
    ImageRef shared = ImageRef.of("sandbox/shared");
    assertEquals(List.of(signature), names(registry.listSharedTags(shared, "owner", DEFAULTS)));
    assertEquals(List.of(), names(registry.listSharedTags(shared, "owner", without)));
  }

  @Test
  void anOrderByDateReadsAllPagesBeforeTheFirstTag() {
    emulator.addTags("sandbox/app", 250);

    Page<Tag> first =
        registry.listTags(APP, DEFAULTS.withOrder(TagOrder.CREATED_DESC)).firstPage();

    assertEquals(3, emulator.requestCount());
    assertEquals("t-000249", first.items().get(0).name());
    assertEquals(OptionalLong.of(250), first.totalCount());
    assertTrue(first.nextCursor().isPresent());
  }

  @ParameterizedTest
  @EnumSource(TagOrder.class)
  void everyOrderIsResumedWithoutLossInBothGenerations(TagOrder order) {
    emulator.addTags("sandbox/app", 5);
    for (boolean isOlder : new boolean[] {false, true}) {
      if (isOlder && order == TagOrder.PROVIDER_DEFAULT) {
        continue; // sent whole, and there is no order to resume in
      }
      BlaxelRegistry asked = isOlder ? older() : registry;
      ListTagsOptions options = DEFAULTS.withOrder(order).withPageSize(2);
      List<String> resumed = new ArrayList<>();
      Optional<PageCursor> cursor = Optional.empty();
      do {
        Page<Tag> page =
            asked.listTags(APP, cursor.map(options::withCursor).orElse(options)).firstPage();
        resumed.addAll(names(page.items()));
        cursor = page.nextCursor();
      } while (cursor.isPresent());

      assertEquals(names(asked.listTags(APP, options)), resumed, order + " older: " + isOlder);
      assertEquals(5, resumed.size());
    }
  }

  @Test
  void whatTheServiceCountsIsTheWorkspaceAndNotTheTags() {
    emulator.addTags("sandbox/app", 3);

    assertEquals(OptionalLong.empty(), registry.listTags(APP).firstPage().totalCount());
  }

  @Test
  void anExactNameIsFilteredByTheServer() {
    emulator.addTag("sandbox/app", "1.0");
    emulator.addTag("sandbox/app", "1.0.1");

    assertEquals(List.of("1.0"), names(registry.listTags(APP, DEFAULTS.withName("1.0"))));
    assertSent(LIST + FIRST_PAGE + "&name=1.0");
  }

  @Test
  void aPrefixIsFilteredByTheServer() {
    emulator.addTag("sandbox/app", "1.0");
    emulator.addTag("sandbox/app", "1.1");
    emulator.addTag("sandbox/app", "2.0");

    assertEquals(
        List.of("1.0", "1.1"), names(registry.listTags(APP, DEFAULTS.withNamePrefix("1."))));
    assertSent(LIST + FIRST_PAGE + "&q=1.");
  }

  @Test
  void aServerThatIgnoresAFilterDoesNotMisleadAReader() {
    String all = "{\"data\":[{\"name\":\"1.0\"},{\"name\":\"2.0\"}],\"meta\":{\"hasMore\":false}}";
    answerNext(all);
    answerNext(all);

    assertEquals(List.of("2.0"), names(registry.listTags(APP, DEFAULTS.withName("2.0"))));
    assertEquals(List.of("1.0"), names(registry.listTags(APP, DEFAULTS.withNamePrefix("1"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 99, 100})
  void thePageSizeAskedForIsSent(int size) {
    emulator.addTags("sandbox/app", 3);

    Page<Tag> page = registry.listTags(APP, DEFAULTS.withPageSize(size)).firstPage();

    assertEquals(Math.min(size, 3), page.items().size());
    assertSent(LIST + "?limit=" + size + "&sort=name%3Aasc");
  }

  @Test
  void aPageSizeAboveAHundredIsRefusedBefore() {
    ListTagsOptions tooMany = DEFAULTS.withPageSize(101);

    assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, tooMany));
    assertThrows(
        IllegalArgumentException.class, () -> registry.listSharedTags(APP, "owner", tooMany));
    assertNothingSent();
  }

  @Test
  void aCursorGoesWithItsOwnListingAlone() {
    emulator.addTags("sandbox/app", 5);
    emulator.addTags("sandbox/web", 5);
    ListTagsOptions byTwo = DEFAULTS.withPageSize(2);
    PageCursor cursor = registry.listTags(APP, byTwo).firstPage().nextCursor().orElseThrow();
    ListTagsOptions resumed = byTwo.withCursor(cursor);
    emulator.clearRequests();

    for (ListTagsOptions other : List.of(
        resumed.withOrder(TagOrder.NAME_DESC),
        resumed.withNamePrefix("t"),
        resumed.withName("t"),
        resumed.withCursor(new PageCursor("forged")))) {
      assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, other));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listTags(ImageRef.of("sandbox/web"), resumed));
    assertThrows(
        IllegalArgumentException.class, () -> registry.listSharedTags(APP, "owner", resumed));
    assertNothingSent();
    assertEquals(3, registry.listTags(APP, resumed.withPageSize(100)).toList().size());
  }

  @Test
  void aMissingImageIsNamed() {
    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.listTags(APP).toList());

    assertEquals(APP, failure.image());
    assertTrue(failure.getMessage().startsWith("list tags of sandbox/app failed: HTTP 404"));
  }

  @Test
  void aWrongAddressIsNoMissingImage() {
    try (BlaxelRegistry lost = builder().baseUrl(emulator.baseUrl() + "/wrong").build()) {
      var failure =
          assertThrows(NotFoundException.class, () -> lost.listTags(APP).toList());

      assertEquals(NotFoundException.class, failure.getClass());
      assertEquals(Optional.of("ROUTE_NOT_FOUND"), failure.errorCode());
    }
  }

  // The older generation

  @Test
  void theOlderGenerationSendsAllTagsWithTheImage() {
    emulator.addTags("sandbox/app", 250);

    PagedIterable<Tag> tags = older().listTags(APP);

    assertEquals(250, tags.toList().size());
    assertFalse(tags.firstPage().hasNext());
    assertEquals("GET /images/sandbox/app", sent().get(0));
    assertEquals(2, emulator.requestCount());
    assertEquals(Optional.of(OLDER), lastRequest().header("Blaxel-Version"));
  }

  @Test
  void theOlderGenerationIsFilteredHere() {
    emulator.addTag("sandbox/app", "1.0");
    emulator.addTag("sandbox/app", "1.1");
    emulator.addTag("sandbox/app", "2.0");

    assertEquals(List.of("2.0"), names(older().listTags(APP, DEFAULTS.withName("2.0"))));
    assertEquals(
        List.of("1.0", "1.1"), names(registry.listTags(APP, DEFAULTS.withNamePrefix("1."))));
  }

  @Test
  void anImageThatWasNeverBuiltHasNoTagsThere() {
    older();
    emulator.addImage("sandbox/app");
    assertEquals(List.of(), registry.listTags(APP).toList());

    answerNext("{\"metadata\":{\"name\":\"app\",\"status\":\"FAILED\"}}");
    assertEquals(List.of(), registry.listTags(APP).toList());
  }

  @Test
  void theOlderGenerationHasNoCursors() {
    emulator.addTags("sandbox/app", 2);
    ListTagsOptions byOne = DEFAULTS.withPageSize(1);
    PageCursor cursor = registry.listTags(APP, byOne).firstPage().nextCursor().orElseThrow();
    emulator.clearRequests();
    older();

    assertThrows(
        IllegalArgumentException.class, () -> registry.listTags(APP, byOne.withCursor(cursor)));
    assertNothingSent();
  }

  // Shared from elsewhere

  @Test
  void theTagsOfASharedImageAreListedWithItsOwner() {
    emulator.addSharedImage("owner", "sandbox/app", "v1", "v2");
    emulator.addTag("sandbox/app", "mine");

    assertEquals(
        List.of("v2", "v1"),
        names(registry.listSharedTags(APP, "owner", DEFAULTS.withOrder(TagOrder.NAME_DESC))));
    assertSent(LIST + "?limit=100&sort=name%3Adesc&sourceWorkspace=owner");
    assertEquals(List.of("mine"), names(registry.listTags(APP)));
  }

  @Test
  void whatSharedTagsCannotDoIsRefusedBefore() {
    assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.listSharedTags(APP, "owner", DEFAULTS.withOrder(TagOrder.CREATED_ASC)));
    assertThrows(
        IllegalArgumentException.class, () -> registry.listSharedTags(APP, "a/b", DEFAULTS));
    older();
    assertThrows(
        UnsupportedFeatureException.class, () -> registry.listSharedTags(APP, "owner", DEFAULTS));
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"data\":[]}",
        "{\"data\":[],\"meta\":null}",
        "{\"message\":\"ok\"}",
        "{\"tags\":[],\"total_count\":0}",
        "null",
        ""
      })
  void aPageOfAnotherFormInTheMidstDoesNotEndTheList(String json) {
    answerNext("{\"data\":[{\"name\":\"a\"}],\"meta\":{\"hasMore\":true,\"nextCursor\":\"x\"}}");
    answerNext(json);

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());
    assertEquals(2, emulator.requestCount());
  }

  @Test
  void aBareArrayWhereAPageIsPromisedIsNoListing() {
    emulator.failNext(Fault.json(200, "[]"));

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());
  }

  @Test
  void aCursorThatWouldBeTheFirstPageAgainIsRefused() {
    emulator.addTags("sandbox/app", 2);
    PageCursor real = registry
        .listTags(APP, DEFAULTS.withPageSize(1))
        .firstPage()
        .nextCursor()
        .orElseThrow();
    PageCursor cut = new PageCursor(real.value().substring(0, real.value().indexOf('.') + 1));
    long sent = emulator.requestCount();

    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listTags(APP, DEFAULTS.withPageSize(1).withCursor(cut)));
    assertEquals(sent, emulator.requestCount());
  }
}
