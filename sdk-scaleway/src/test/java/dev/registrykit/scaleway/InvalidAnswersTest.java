package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.TagContent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of status 200 that are not what was promised, and those that are only unusual. */
class InvalidAnswersTest extends ScalewayTest {

  private static final String TAG = "{\"id\":\"1\",\"name\":\"1.0\",\"image_id\":\"2\"}";

  @BeforeEach
  void knowTheImage() {
    emulator.addImage("shop/app");
    knowing(APP);
  }

  private void answerTags(String json) {
    emulator.failNext("GET", "/tags$", 1, Fault.json(200, json));
  }

  private List<Tag> listed(String json) {
    answerTags(json);
    return registry.listTags(APP).toList();
  }

  private InvalidResponseException refused(String json) {
    return assertThrows(InvalidResponseException.class, () -> listed(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "42",
        "true",
        "\"text\"",
        "{",
        "{\"tags\":[",
        "{\"tags\":[],\"total_count\":0} {}",
        "{\"tags\":[],\"total_count\":0}}",
        "{\"tags\":{}}",
        "{\"tags\":\"none\"}",
        "{\"tags\":[1]}",
        "{\"tags\":[\"1.0\"]}",
        "{\"tags\":[[]]}",
        "{\"total_count\":\"many\",\"tags\":[]}",
        "{\"total_count\":{},\"tags\":[]}",
        "{}",
        "{\"tags\":null}",
        "{\"tags\":[],\"total_count\":null}",
        "{\"message\":\"ok\"}",
        "{\"tags\":[],\"total_count\":1e400000}",
        "<html></html>"
      })
  void aListingThatIsNoneIsInvalid(String json) {
    var failure = refused(json);

    assertTrue(failure.getMessage().startsWith("list tags of shop/app failed: "));
    assertEquals(1, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "\"1\"",
        "{\"id\":null,\"name\":\"shop\"}",
        "{\"name\":\"shop\"}",
        "{\"id\":\"ID\"}",
        "{\"id\":\"\",\"name\":\"shop\"}",
        "{\"id\":\"ID\",\"name\":\" \"}",
        "{\"id\":{},\"name\":\"shop\"}",
        "{\"id\":\"ID\",\"name\":\"shop\",\"is_public\":\"maybe\"}",
        "{\"id\":\"ID\",\"name\":\"shop\",\"size\":-}",
        "{\"id\":\"ID\",\"name\":\"shop\",\"size\":1e99}",
        "{\"id\":\"ID\",\"name\":\"shop\",\"created_at\":\"yesterday\"}",
        "{\"id\":\"ID\",\"name\":\"shop\",\"created_at\":\"2025-02-30T00:00:00Z\"}"
      })
  void aThingThatIsNoneIsInvalid(String json) {
    answerNext(json.replace("ID", UNKNOWN_ID));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.byId().getNamespace(UNKNOWN_ID));
    assertTrue(
        failure.getMessage().startsWith("get namespace " + UNKNOWN_ID + " failed: "),
        failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"1.0\"}",
        "{\"id\":\"1\"}",
        "{\"id\":null,\"name\":\"1.0\"}",
        "{\"id\":\"1\",\"name\":null}"
      })
  void aTagWithoutIdentifierOrNameIsInvalid(String tag) {
    var failure = refused("{\"tags\":[" + tag + "],\"total_count\":1}");

    assertTrue(
        failure
            .getMessage()
            .startsWith("list tags of shop/app failed: the registry sent a tag without "),
        failure.getMessage());
  }

  @Test
  void aLookUpThatAPortalAnswersIsNotTakenForAMissingTag() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    answerNext("{\"message\":\"please log in\"}");

    assertThrows(
        InvalidResponseException.class,
        () -> registry.deleteTag(APP, "1.0", DeleteOptions.defaults().ignoringMissing()));
  }

  @Test
  void aPageOfHtmlIsInvalid() {
    emulator.failNext(Fault.html());

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertTrue(
        failure
            .getMessage()
            .startsWith("list tags of shop/app failed: the answer is not the JSON promised, "),
        failure.getMessage());
  }

  @Test
  void anAnswerNestedWithoutEndIsInvalid() {
    refused("{\"x\":" + "[".repeat(50_000));
    refused("{\"tags\":" + "[".repeat(50_000));
  }

  @Test
  void theMessageDoesNotQuoteTheAnswer() {
    var failure = refused("{\"tags\":[{\"id\":\"1\",\"created_at\":\"hush\"}]}");

    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertFalse(cause.toString().contains("hush"), cause.toString());
    }
  }

  @Test
  void anAnswerThatIsTooLargeIsInvalid() {
    emulator.failNext(Fault.oversizedBody(2_000_000));
    var options = httpOptions().withMaxResponseBytes(1_000_000);

    try (ScalewayRegistry careful = builder().httpOptions(options).build()) {
      var failure = assertThrows(
          InvalidResponseException.class, () -> careful.byId().getNamespace(UNKNOWN_ID));

      assertTrue(failure.getMessage().contains("more than 1000000 bytes"));
    }
  }

  @Test
  void nullEntriesAreLeftOut() {
    List<Tag> tags = listed("{\"tags\":[null," + TAG + ",null],\"total_count\":3}");

    assertEquals(List.of("1.0"), tags.stream().map(Tag::name).toList());
  }

  @Test
  void tagsThatAreNullAreNoneIfTheCountSaysSo() {
    assertEquals(List.of(), listed("{\"tags\":null,\"total_count\":0}"));
    assertEquals(List.of(), listed("{\"total_count\":0}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"total_count\":null"})
  void tagsWithoutACountAreInvalidForNobodyKnowsTheEnd(String count) {
    var failure = refused("{\"tags\":[" + TAG + "]" + count + "}");

    assertEquals(
        "list tags of shop/app failed: the answer does not say how many items there are",
        failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"tags\":[]}",
        "{\"message\":\"please log in\"}",
        "{\"tags\":[{\"id\":\"4\",\"name\":\"t4\"}]}",
        "{\"tags\":[],\"total_count\":null}",
        "{\"tags\":[{\"id\":\"4\",\"name\":\"t4\"}],\"total_count\":0}",
        "{\"tags\":[{\"id\":\"4\",\"name\":\"t4\"},{\"id\":\"5\",\"name\":\"t5\"}],\"total_count\":4}"
      })
  void aLaterPageThatIsNoneDoesNotEndAListing(String json) {
    answerTags("{\"tags\":[" + tag(1) + "," + tag(2) + "," + tag(3) + "],\"total_count\":4}");
    answerTags(json);

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());
    assertEquals(2, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tags\":[{\"id\":\"1\",\"name\":\"1.0\"}],\"total_count\":0}",
        "{\"tags\":[{\"id\":\"1\",\"name\":\"1.0\"},null],\"total_count\":1}",
        "{\"tags\":[],\"total_count\":-1}"
      })
  void aPageThatHoldsMoreThanItCountsIsInvalid(String json) {
    refused(json);
  }

  @Test
  void tagsDeletedWhileListingHideNoOthers() {
    String image = emulator.addImage("shop/app");
    emulator.addTags("shop/app", 25);
    emulator.setDeletionReads(0);
    emulator.beforeNext("GET", "/tags$", () -> {});
    emulator.beforeNext(
        "GET",
        "/tags$",
        () -> elsewhere(other -> {
          other.deleteTag(APP, "t-000001");
          other.deleteTag(APP, "t-000003");
        }));

    List<Tag> tags =
        registry.listTags(APP, ListTagsOptions.defaults().withPageSize(5)).toList();

    assertEquals(25, tags.stream().distinct().count());
    assertEquals(25, tags.size());
    String pages = "GET /images/" + image + "/tags?page=%d&page_size=5&order_by=created_at_asc";
    assertSent( // after the second, which the deletion came before
        pages.formatted(1), pages.formatted(3), pages.formatted(4), pages.formatted(5));
  }

  @Test
  void aTagDeletedAtTheEndOfAListingEndsIt() {
    emulator.addTags("shop/app", 6);
    emulator.setDeletionReads(0);
    emulator.beforeNext("GET", "/tags$", () -> {});
    emulator.beforeNext(
        "GET", "/tags$", () -> elsewhere(other -> other.deleteTag(APP, "t-000005")));

    List<Tag> tags =
        registry.listTags(APP, ListTagsOptions.defaults().withPageSize(5)).toList();

    assertEquals(5, tags.size());
  }

  @Test
  void aCountThatShrinksByManyIsReadBackByManyPages() {
    emulator.addTags("shop/app", 25);
    emulator.setDeletionReads(0);
    for (int i = 0; i < 3; i++) {
      emulator.beforeNext("GET", "/tags$", () -> {});
    }
    emulator.beforeNext(
        "GET",
        "/tags$",
        () -> elsewhere(other ->
            IntStream.range(0, 12).forEach(i -> other.deleteTag(APP, "t-0000%02d".formatted(i)))));

    List<Tag> tags =
        registry.listTags(APP, ListTagsOptions.defaults().withPageSize(5)).toList();

    assertEquals(25, tags.stream().distinct().count());
  }

  @Test
  void anUnknownFieldIsIgnored() {
    String tag = "{\"id\":\"1\",\"name\":\"1.0\",\"new\":{\"a\":[1]},\"newer\":null}";

    assertEquals(
        1, listed("{\"tags\":[" + tag + "],\"total_count\":1,\"next\":\"x\"}").size());
  }

  @Test
  void anUnknownStatusKeepsItsText() {
    String tag = "{\"id\":\"1\",\"name\":\"1.0\",\"status\":\"Quarantined_2\"}";

    Status status = listed("{\"tags\":[" + tag + "],\"total_count\":1}").get(0).status();

    assertEquals("Quarantined_2", status.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"status\":null", ",\"status\":\"\""})
  void aMissingStatusIsUnknown(String status) {
    String tag = "{\"id\":\"1\",\"name\":\"1.0\"" + status + "}";

    assertEquals(
        Status.UNKNOWN,
        listed("{\"tags\":[" + tag + "],\"total_count\":1}").get(0).status());
  }

  @Test
  void anUnknownVisibilityKeepsItsText() {
    answerNext(text(
        "{\"id\":\"" + UNKNOWN_ID + "\",\"name\":\"app\",\"namespace_id\":\"2\",",
        "\"visibility\":\"friends\",\"tags\":[null,\"1.0\"]}"));

    ScalewayImage image = registry.byId().getImage(UNKNOWN_ID);

    assertEquals("friends", image.visibility().text());
    assertEquals(List.of("1.0"), image.newestTags());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2_147_483_647L, 2_147_483_648L, 3_000_000_000L, Long.MAX_VALUE})
  void sizesAreOfAnyLength(long size) {
    answerNext(text("{\"id\":\"" + UNKNOWN_ID
        + "\",\"name\":\"app\",\"namespace_id\":\"2\",\"size\":" + size + "}"));

    assertEquals(OptionalLong.of(size), registry.byId().getImage(UNKNOWN_ID).sizeBytes());
  }

  @Test
  void countsGoToTheMaximumOfUnsignedIntegers() {
    answerTags("{\"tags\":[" + TAG + "],\"total_count\":4294967295}");

    Page<Tag> page = registry.listTags(APP).firstPage();

    assertEquals(OptionalLong.of(4_294_967_295L), page.totalCount());
    assertTrue(page.hasNext());
  }

  @ParameterizedTest
  @CsvSource({
    "2025-08-07T06:05:04Z, 2025-08-07T06:05:04Z",
    "2025-08-07T06:05:04.123Z, 2025-08-07T06:05:04.123Z",
    "2025-08-07T06:05:04.123456Z, 2025-08-07T06:05:04.123456Z",
    "2025-08-07T06:05:04.123456789Z, 2025-08-07T06:05:04.123456789Z",
    "2025-08-07T06:05:04.1Z, 2025-08-07T06:05:04.1Z",
    "2025-08-07T06:05:04+02:00, 2025-08-07T04:05:04Z",
    "2025-08-07T06:05:04.5-11:30, 2025-08-07T17:35:04.5Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z"
  })
  void timestampsHaveAnyNumberOfDigitsAndAnyOffset(String sent, String expected) {
    String tag = "{\"id\":\"1\",\"name\":\"1.0\",\"created_at\":\"" + sent + "\",\"updated_at\":\""
        + sent + "\"}";

    Tag read = listed("{\"tags\":[" + tag + "],\"total_count\":1}").get(0);

    assertEquals(Optional.of(Instant.parse(expected)), read.createdAt());
    assertEquals(Optional.of(Instant.parse(expected)), read.updatedAt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",\"created_at\":null,\"updated_at\":null,\"digest\":null,\"size\":null"})
  void whatIsMissingOrNullIsEmpty(String fields) {
    Tag tag = listed("{\"tags\":[{\"id\":\"1\",\"name\":\"1.0\"" + fields + "}],\"total_count\":1}")
        .get(0);

    assertEquals(Optional.empty(), tag.createdAt());
    assertEquals(Optional.empty(), tag.updatedAt());
    assertEquals(Optional.empty(), tag.digest());
    assertEquals(OptionalLong.empty(), tag.sizeBytes());
  }

  @Test
  void textIsUtf8WhateverThePlatformsCharset() {
    answerNext(text("{\"id\":\"" + UNKNOWN_ID
        + "\",\"name\":\"shop\",\"description\":\"Zo\u00eb \u2603 \ud83d\udc33\"}"));

    assertEquals(
        Optional.of("Zo\u00eb \u2603 \ud83d\udc33"),
        registry.byId().getNamespace(UNKNOWN_ID).description());
    if (Runtime.version().feature() < 18) { // from 18 on it is UTF-8 whatever the build asks for
      assertEquals(StandardCharsets.US_ASCII, Charset.defaultCharset());
    }
  }

  @Test
  void duplicatesOnNeighbouringPagesComeOnce() {
    answerTags("{\"tags\":[" + tag(1) + "," + tag(2) + "],\"total_count\":4}");
    answerTags("{\"tags\":[" + tag(2) + "," + tag(3) + "],\"total_count\":4}");

    assertEquals(
        List.of("t1", "t2", "t3"),
        registry.listTags(APP).stream().map(Tag::name).toList());
  }

  private static String tag(int number) {
    return "{\"id\":\"" + number + "\",\"name\":\"t" + number + "\"}";
  }

  @Test
  void aServerThatIgnoresThePageNumberIsFoundOut() {
    String page = "{\"tags\":[" + tag(1) + "," + tag(2) + "],\"total_count\":10}";
    emulator.failNext("GET", "/tags$", 10, Fault.json(200, page));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals(
        "list tags of shop/app failed: page 4 repeats the page before", failure.getMessage());
    assertEquals(4, emulator.requestCount());
  }

  @Test
  void aServerThatRepeatsASingleTagForEverIsFoundOut() {
    String page = "{\"tags\":[" + tag(1) + "],\"total_count\":3}";
    emulator.failNext("GET", "/tags$", 10, Fault.json(200, page));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals(
        "list tags of shop/app failed: page 3 repeats the page before", failure.getMessage());
  }

  @Test
  void aServerThatCountsMoreThanItSendsIsFoundOut() {
    answerTags("{\"tags\":[" + tag(1) + "],\"total_count\":3}");
    emulator.failNext("GET", "/tags$", 10, Fault.json(200, "{\"tags\":[],\"total_count\":3}"));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals(
        "list tags of shop/app failed: the server counts 3 items but sent 1", failure.getMessage());
    assertEquals(3, emulator.requestCount());
  }

  @Test
  void anEmptyPageDoesNotEndAListing() {
    answerTags("{\"tags\":[],\"total_count\":2}");
    answerTags("{\"tags\":[" + tag(1) + "," + tag(2) + "],\"total_count\":2}");

    assertEquals(2, registry.listTags(APP).toList().size());
  }

  @Test
  void aListingOfMorePagesThanAllowedIsFoundOut() {
    emulator.addTags("shop/app", 50);
    var options = httpOptions().withMaxPages(3);

    try (ScalewayRegistry bounded = builder().httpOptions(options).build()) {
      var failure = assertThrows(
          InvalidResponseException.class,
          () ->
              bounded.listTags(APP, ListTagsOptions.defaults().withPageSize(10)).toList());

      assertEquals(
          "list tags of shop/app failed: there are more than 3 pages", failure.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"message\":\"please log in\"}",
        "{\"id\":null,\"status\":\"deleting\"}",
        "{\"id\":\"1\",\"name\":\"x\",\"status\":\"deleting\"}"
      })
  void aDeletionThatIsAnsweredByAnythingElseIsNoSuccess(String json) {
    String tag = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    String image = emulator.addImage("shop/app");
    String namespace = emulator.addNamespace("shop");
    for (var deletion : List.<Executable>of(
        () -> registry.deleteTag(APP, "1.0"),
        () ->
            registry.deleteTag(APP, "1.0", DeleteOptions.defaults().withForce().ignoringMissing()),
        () -> registry.byId().deleteTag(tag),
        () -> registry.deleteImage(APP, DeleteOptions.defaults()),
        () -> registry.byId().deleteImage(image),
        () -> registry.deleteNamespace("shop"),
        () -> registry.byId().deleteNamespace(namespace))) {
      emulator.failNext("DELETE", "", 1, Fault.json(200, json));

      var failure = assertThrows(InvalidResponseException.class, deletion);

      assertTrue(failure.mayHaveTakenEffect(), failure.getMessage());
      assertTrue(failure.getMessage().startsWith("delete "), failure.getMessage());
    }
  }

  @Test
  void aThingOfAnotherIdentifierIsNotTheOneAskedFor() {
    for (var call : List.<Executable>of(
        () -> registry.byId().getTag(UNKNOWN_ID),
        () -> registry.byId().getImage(UNKNOWN_ID),
        () -> registry.byId().getNamespace(UNKNOWN_ID),
        () -> registry.byId().setVisibility(UNKNOWN_ID, Visibility.PUBLIC),
        () -> registry
            .byId()
            .updateNamespace(
                UNKNOWN_ID, UpdateNamespaceOptions.nothing().withVisibility(Visibility.PUBLIC)),
        () -> registry.byId().waitUntilTagGone(UNKNOWN_ID, WaitOptions.defaults()))) {
      answerNext("{\"id\":\"1\",\"name\":\"x\",\"image_id\":\"2\",\"namespace_id\":\"3\"}");

      var failure = assertThrows(InvalidResponseException.class, call);

      assertTrue(failure.getMessage().contains("sent another "), failure.getMessage());
    }
  }

  @Test
  void aNamespaceOfAnotherNameIsNotTheOneCreated() {
    answerNext("{\"id\":\"1\",\"name\":\"other\"}");

    var failure = assertThrows(
        InvalidResponseException.class,
        () -> registry.createNamespace(
            CreateNamespaceOptions.named("shop").withProjectId(UNKNOWN_ID)));

    assertTrue(failure.mayHaveTakenEffect());
  }

  /** What is counted but not sent may be what is looked for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tags\":[],\"total_count\":9}",
        "{\"total_count\":9}",
        "{\"tags\":[{\"id\":\"1\",\"name\":\"2.0\"}],\"total_count\":9}"
      })
  void aLookUpThatCountsMoreThanItSendsProvesNoAbsence(String json) {
    emulator.failNext("GET", "/tags$", 500, Fault.json(200, json));
    DeleteOptions lenient = DeleteOptions.defaults().ignoringMissing();
    for (var call : List.<Executable>of(
        () -> registry.findTag(APP, "1.0"),
        () -> registry.deleteTag(APP, "1.0", lenient),
        () -> registry.deleteTag(APP, "1.0", lenient.withForce()),
        () -> registry.waitUntilTagGone(APP, "1.0", WaitOptions.defaults()))) {
      assertThrows(InvalidResponseException.class, call);
    }
    assertFalse(sent().toString().contains("DELETE"));
  }

  @Test
  void aLookUpOfImageOrNamespaceThatCountsMoreThanItSendsProvesNoAbsenceEither() {
    DeleteOptions lenient = DeleteOptions.defaults().ignoringMissing();
    for (String path : List.of("/namespaces$", "/images$")) {
      try (ScalewayRegistry fresh = builder().build()) {
        String json = "{\"images\":[],\"namespaces\":[],\"total_count\":9}";
        emulator.failNext("GET", path, 50, Fault.json(200, json));

        assertThrows(InvalidResponseException.class, () -> fresh.findTag(APP, "1.0"));
        assertThrows(InvalidResponseException.class, () -> fresh.deleteImage(APP, lenient));
        assertThrows(
            InvalidResponseException.class,
            () -> fresh.waitUntilImageGone(APP, WaitOptions.defaults()));
        emulator.reset();
        emulator.addImage("shop/app");
      }
    }
  }

  @Test
  void aLookUpReadsOnWhereMoreIsCounted() {
    answerTags("{\"tags\":[" + tag(1) + "],\"total_count\":2}");
    answerTags("{\"tags\":[" + tag(2) + "],\"total_count\":2}");

    assertEquals("t2", registry.getTag(APP, "t2").name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "1700000000", "2025-02-30T00:00:00Z", "2025-08-07", " "})
  void aDateThatCannotBeReadNamesTheTagAndIsNotNone(String date) {
    String tag = "{\"id\":\"1\",\"name\":\"1.0\",\"updated_at\":\"" + date + "\"}";

    var failure = refused("{\"tags\":[" + tag(2) + "," + tag + "],\"total_count\":2}");

    assertEquals(
        "list tags of shop/app failed: the updated_at of tag 1.0 is no date", failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"created_at\":null", ",\"created_at\":\"\""})
  void aDateThatTheRegistryDoesNotTellIsNone(String field) {
    Tag tag = listed("{\"tags\":[{\"id\":\"1\",\"name\":\"1.0\"" + field + "}],\"total_count\":1}")
        .get(0);

    assertEquals(Optional.empty(), tag.createdAt());
  }

  @Test
  void anEmptyAnswerToADeletionIsInvalid() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.failNext("DELETE", "/tags/", 1, Fault.status(204));

    assertThrows(InvalidResponseException.class, () -> registry.deleteTag(APP, "1.0"));
  }
}
