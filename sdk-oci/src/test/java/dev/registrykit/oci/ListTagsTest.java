package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BadRequestException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciFaults;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.TagContent;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What listing tags by name sends, what it costs, and what comes back. */
class ListTagsTest extends ReadingTest {

  private static final ListTagsOptions WITHOUT_HOUSEKEEPING =
      ListTagsOptions.defaults().withHousekeepingTags(false);

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  private static final ListTagsOptions DEFAULTS = ListTagsOptions.defaults();
  private static final String SHA256_TAG = "sha256-" + "0a".repeat(32);

  @Test
  void namesCostOneRequestAPage() {
    push("1.0");
    push("1.1");

    List<Tag> tags = registry.listTags(APP).toList();

    assertEquals(
        List.of(Tag.builder(APP, "1.0").build(), Tag.builder(APP, "1.1").build()), tags);
    assertSent(LIST);
  }

  @Test
  void nothingIsSentBeforeTheFirstTagIsAskedFor() {
    push("1.0");

    PagedIterable<Tag> tags = registry.listTags(APP);
    assertNotNull(tags.iterator());
    assertNotNull(tags.pages().iterator());
    assertNotNull(tags.stream().map(Tag::name));

    assertNothingSent();
  }

  @Test
  void nothingIsFetchedAhead() {
    push("1.0");
    emulator.addTags("shop/app", 250);

    PagedIterable<Tag> tags = registry.listTags(APP, DEFAULTS.withPageSize(100));

    assertEquals(100, tags.stream().limit(100).count());
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void everyIterationStartsAnew() {
    push("1.0");
    PagedIterable<Tag> tags = registry.listTags(APP);
    assertEquals(List.of("1.0"), names(tags));

    push("2.0");

    assertEquals(List.of("1.0", "2.0"), names(tags));
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 2", "3, 1", "999, 1", "1000, 1"})
  void thePageSizeAskedForIsSent(int size, int pages) {
    push("a");
    push("b");
    push("c");

    List<String> names = names(registry.listTags(APP, DEFAULTS.withPageSize(size)));

    assertEquals(List.of("a", "b", "c"), names);
    assertEquals("GET /v2/shop/app/tags/list?n=" + size, sent().get(0));
    assertEquals(pages, emulator.requestCount());
  }

  @Test
  void aPageSizeThatNoRegistryTakesIsRefusedBefore() {
    assertThrows(
        IllegalArgumentException.class, () -> registry.listTags(APP, DEFAULTS.withPageSize(1_001)));
    assertNothingSent();
  }

  /** Facts 1.2: ECR answers 400 above its limit, Quay 413 in 2024. */
  @ParameterizedTest
  @ValueSource(ints = {400, 413})
  void aRefusedPageSizeIsLeftOutOnce(int status) {
    push("1.0");
    emulator.failNext("GET", "/tags/list$", 1, Fault.status(status));

    assertEquals(List.of("1.0"), names(registry.listTags(APP)));
    assertSent(LIST, "GET /v2/shop/app/tags/list");
  }

  @Test
  void aPageSizeIsLeftOutOnlyOnce() {
    emulator.failNext(2, Fault.json(400, "{\"errors\":[{\"code\":\"NAME_INVALID\"}]}"));

    var failure =
        assertThrows(BadRequestException.class, () -> registry.listTags(APP).toList());

    assertEquals("list tags of shop/app failed: HTTP 400 NAME_INVALID", failure.getMessage());
    assertEquals(2, emulator.requestCount());
  }

  @Test
  void aLaterPageIsAskedForOnceAndAsGiven() {
    push("a");
    push("b");
    Page<Tag> first = registry.listTags(APP, DEFAULTS.withPageSize(1)).firstPage();
    emulator.failNext(Fault.status(400));

    assertThrows(BadRequestException.class, first::next);
    assertEquals(2, emulator.requestCount());
  }

  @Test
  void theNamesSlashesStayOnTheWire() {
    emulator.addTag("a/b-c/d__e/f.g", "1.0", TagContent.of("x").withDates(DAY, null));

    assertEquals(List.of("1.0"), names(registry.listTags(ImageRef.of("a/b-c/d__e/f.g"))));
    assertSent("GET /v2/a/b-c/d__e/f.g/tags/list?n=1000");
  }

  @Test
  void theListIsAskedForAsJson() {
    push("1.0");
    registry.listTags(APP).toList();

    assertEquals(
        List.of("application/json"), emulator.requests().get(0).headers().get("Accept"));
  }

  @Test
  void opaqueParametersOfALinkAreFollowedAsGiven() {
    emulator
        .faults()
        .setTagListPages(
            "shop/app", "{\"name\":\"shop/app\",\"tags\":[\"a\"]}", "{\"tags\":[\"b\"]}");

    assertEquals(List.of("a", "b"), names(registry.listTags(APP)));
    assertSent(LIST, "GET /v2/shop/app/tags/list?next_page=1");
  }

  @ParameterizedTest
  @CsvSource({
    "?last=x%2By%3D%3D&n=7&token=a+b%00, /v2/shop/app/tags/list?last=x%2By%3D%3D&n=7&token=a+b%00",
    "/v2/shop/app/tags/list?last=b, /v2/shop/app/tags/list?last=b",
    "{origin}/v2/shop/app/tags/list?last=%2F..%2F, /v2/shop/app/tags/list?last=%2F..%2F",
    "{origin}/v2/shop%2Fapp/tags/list?x, /v2/shop/app/tags/list?x",
    "/behind/the/proxy/v2/shop/app/tags/list?x, /v2/shop/app/tags/list?x"
  })
  void aLinkIsFollowedToTheLetter(String target, String path) {
    String link = target.replace("{origin}", emulator.baseUrl().toString());
    emulator.failNext(
        Fault.json(200, "{\"tags\":[\"a\"]}").withHeader("Link", "<" + link + ">; rel=\"next\""));
    emulator.failNext(Fault.json(200, "{\"tags\":[\"b\"]}"));

    assertEquals(List.of("a", "b"), names(registry.listTags(APP)));
    assertSent(LIST, "GET " + path);
  }

  @Test
  void aCompleteLinkToTheSameOriginIsFollowed() {
    push("a");
    push("b");
    emulator.failNext(Fault.json(200, "{\"tags\":[\"a\"]}")
        .withHeader(
            "Link", "<" + emulator.baseUrl() + "/v2/shop/app/tags/list?last=a&n=1>; rel=\"next\""));

    assertEquals(List.of("a", "b"), names(registry.listTags(APP)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://elsewhere.example/v2/shop/app/tags/list?last=a",
        "//elsewhere.example/v2/shop/app/tags/list",
        "https://127.0.0.1/v2/shop/app/tags/list",
        "file:///etc/passwd"
      })
  void aLinkToAnotherOriginIsNotFollowed(String target) {
    push("a");
    emulator.faults().setTagLink("<" + target + ">; rel=\"next\"");

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals(
        "list tags of shop/app failed: the link to the next page leads to another origin",
        failure.getMessage());
    assertSent(LIST);
  }

  /** Whoever writes the link must not read other repositories with the application's login. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/shop/secret/tags/list?last=a",
        "/v2/other/shop/app/tags/list?last=a",
        "/v2/_catalog?last=a",
        "/v2/shop/app/tags/list/../../secret/tags/list?last=a",
        "../../secret/tags/list?last=a",
        "/other/place?last=a",
        "//{host}//elsewhere.example/x?last=a",
        "//{host}?last=a",
        "list;v=2?last=a"
      })
  void aLinkToAnotherListingIsNotFollowed(String target) {
    push("a");
    emulator.addTag("shop/secret", "s", TagContent.of("s").withDates(DAY, null));
    String link = target.replace("{host}", emulator.baseUrl().getAuthority());
    emulator.faults().setTagLink("<" + link + ">; rel=\"next\"");

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals(
        "list tags of shop/app failed: the link to the next page leads to another listing",
        failure.getMessage());
    assertSent(LIST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop/secret", "app2", "p", "shop", "op/app", "Shop/App"})
  void anAnswerThatNamesAnotherRepositoryIsRefused(String named) {
    emulator.failNext(Fault.json(200, "{\"name\":\"" + named + "\",\"tags\":[\"a\"]}"));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals(
        "list tags of shop/app failed: the answer is about another repository",
        failure.getMessage());
  }

  /** Proxies put a prefix before the name that they are asked for, or take one away. */
  @ParameterizedTest
  @ValueSource(strings = {"shop/app", "app", "mirror/shop/app"})
  void anAnswerMayNameTheRepositoryAsItIsBehindAProxy(String named) {
    emulator.failNext(Fault.json(200, "{\"name\":\"" + named + "\",\"tags\":[\"a\"]}"));

    assertEquals(List.of("a"), names(registry.listTags(APP)));
  }

  @Test
  void aLinkThatIsNoUriIsRefused() {
    push("a");
    emulator.faults().setTagLink("</v2/a b\\c>; rel=\"next\"");

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());
  }

  /** Distribution 2.8 would send such a link for ever, were it to send any. */
  @Test
  void aLinkWithoutParametersLeadsBackAndIsFoundOut() {
    push("a");
    push("b");
    emulator.faults().setTagLink("</v2/shop/app/tags/list>; rel=\"next\"");

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals(
        "list tags of shop/app failed: the link to the next page leads back to the first",
        failure.getMessage());
    assertSent(LIST);
  }

  @Test
  void aLinkThatDoesNotSayNextEndsTheList() {
    push("a");
    emulator.faults().setTagLink("</v2/shop/app/tags/list?last=a>");

    assertEquals(List.of("a"), names(registry.listTags(APP)));
    assertSent(LIST);
  }

  @Test
  void linksThatRunInACircleAreFoundOut() {
    emulator.failNext(page("a", "?x=1"));
    emulator.failNext(page("b", "?x=2"));
    emulator.failNext(page("c", "?x=1#again"));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals("list tags of shop/app failed: page 3 leads back to page 2", failure.getMessage());
    assertEquals(3, emulator.requestCount());
  }

  private static Fault page(String tag, String next) {
    return Fault.json(200, "{\"name\":\"shop/app\",\"tags\":[\"" + tag + "\"]}")
        .withHeader("Link", "<" + next + ">; rel=\"next\"");
  }

  @Test
  void anEndlessListIsEnded() {
    emulator.faults().setEndlessTags("shop/app");

    try (OciRegistry bounded =
        builder().httpOptions(httpOptions().withMaxPages(5)).build()) {
      var failure = assertThrows(
          InvalidResponseException.class,
          () -> bounded.listTags(APP, DEFAULTS.withPageSize(10)).toList());

      assertEquals(
          "list tags of shop/app failed: there are more than 5 pages", failure.getMessage());
      assertEquals(5, emulator.requestCount());
    }
  }

  @Test
  void anEmptyPageDoesNotEndTheList() {
    emulator
        .faults()
        .setTagListPages(
            "shop/app", "{\"tags\":[]}", "{\"tags\":null}", "{\"tags\":[\"a\"]}", "{\"tags\":[]}");

    assertEquals(List.of("a"), names(registry.listTags(APP)));
    assertEquals(4, emulator.requestCount());
  }

  /** From the source of distribution 3.1: a full last page has a link, to a page of null. */
  @Test
  void aFullLastPageMayBeFollowedByNull() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_1);
    push("a");
    push("b");

    assertEquals(List.of("a", "b"), names(registry.listTags(APP, DEFAULTS.withPageSize(2))));
    assertSent("GET /v2/shop/app/tags/list?n=2", "GET /v2/shop/app/tags/list?last=b&n=2");
  }

  /** Recorded: distribution 2.8 lists whole, in no order, whatever the page size. */
  @Test
  void aRegistryThatIgnoresThePageSizeListsWhole() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    push("a");
    push("b");
    push("c");

    Page<Tag> page = registry.listTags(APP, DEFAULTS.withPageSize(1)).firstPage();

    assertEquals(3, page.items().size());
    assertFalse(page.hasNext());
    assertSent("GET /v2/shop/app/tags/list?n=1");
  }

  @ParameterizedTest
  @EnumSource(
      value = TagOrder.class,
      names = {"NAME_ASC", "NAME_DESC"})
  void namesAreOrderedHereAfterAllPagesWereRead(TagOrder order) {
    for (String tag : List.of("b", "B", "10", "9", "a", "_")) {
      push(tag);
    }
    emulator
        .faults()
        .setTagOrder(Comparator.comparing((String tag) -> tag.hashCode() * 31 % 7)
            .thenComparing(Comparator.naturalOrder()));

    Page<Tag> first =
        registry.listTags(APP, DEFAULTS.withOrder(order).withPageSize(2)).firstPage();

    List<String> ascending = List.of("10", "9", "B", "_", "a", "b");
    assertEquals(
        order == TagOrder.NAME_ASC ? ascending.subList(0, 2) : List.of("b", "a"),
        first.items().stream().map(Tag::name).toList());
    assertEquals(OptionalLong.of(6), first.totalCount());
    assertEquals(3, emulator.requestCount());
    assertTrue(sent().stream().allMatch(line -> line.startsWith("GET /v2/shop/app/tags/list?")));
  }

  @ParameterizedTest
  @EnumSource(
      value = TagOrder.class,
      names = {"UPDATED_ASC", "UPDATED_DESC"})
  void anOrderByDatesThatNoRegistryKnowsIsRefusedBefore(TagOrder order) {
    var failure = assertThrows(
        UnsupportedFeatureException.class, () -> registry.listTags(APP, DEFAULTS.withOrder(order)));

    assertEquals("order by " + order + " failed: oci cannot do that", failure.getMessage());
    assertNothingSent();
  }

  @Test
  void anExactNameAndAPrefixAreFilteredHere() {
    push("v1");
    push("V1");
    push("v10");

    assertEquals(List.of("v1"), names(registry.listTags(APP, DEFAULTS.withName("v1"))));
    assertEquals(
        List.of("v1", "v10"), names(registry.listTags(APP, DEFAULTS.withNamePrefix("v1"))));
    assertSent(LIST, LIST);
  }

  @Test
  void tagsThatAreNullAreNone() {
    emulator.faults().setTagListPages("shop/app", "{\"name\":\"shop/app\",\"tags\":null}");

    Page<Tag> page = registry.listTags(APP).firstPage();

    assertEquals(List.of(), page.items());
    assertFalse(page.hasNext());
  }

  @ParameterizedTest
  @EnumSource(OciFaults.Emptied.class)
  void aRepositoryThatLostItsLastTagIsEmptyOrMissing(OciFaults.Emptied emptied) {
    push("1.0");
    emulator.removeTag("shop/app", "1.0");
    emulator.faults().setEmptied(emptied);

    if (emptied == OciFaults.Emptied.NAME_UNKNOWN) {
      assertThrows(ImageNotFoundException.class, () -> registry.listTags(APP).toList());
    } else {
      assertEquals(List.of(), registry.listTags(APP).toList());
    }
  }

  /** Users of Nexus and Artifactory report them; they could not be asked for. */
  @Test
  void entriesThatAreNoTagsAreLeftOut() {
    emulator
        .faults()
        .setTagListPages(
            "shop/app",
            text(
                "{\"name\":\"shop/app\",\"tags\":[null,\"1.0\",\"",
                OciEmulator.digestOf("x"),
                "\",\"\",\"../x\",\"a/b\",\"-a\",\".a\",\"a b\",\"a\\u0000\",\"caf\u00e9\",\"",
                "a".repeat(129),
                "\",\"",
                "a".repeat(128),
                "\",null]}"));

    assertEquals(List.of("1.0", "a".repeat(128)), names(registry.listTags(APP)));
  }

  @Test
  void duplicatesOnNeighbouringPagesComeOnce() {
    emulator
        .faults()
        .setTagListPages("shop/app", "{\"tags\":[\"a\",\"b\"]}", "{\"tags\":[\"b\",\"c\"]}");

    assertEquals(List.of("a", "b", "c"), names(registry.listTags(APP)));
  }

  @Test
  void anOrderKeepsEveryNameOnce() {
    emulator
        .faults()
        .setTagListPages(
            "shop/app",
            "{\"tags\":[\"b\",\"a\"]}",
            "{\"tags\":[\"c\"]}",
            "{\"tags\":[\"a\",\"d\"]}");

    assertEquals(
        List.of("a", "b", "c", "d"),
        names(registry.listTags(APP, DEFAULTS.withOrder(TagOrder.NAME_ASC))));
  }

  /** Facts 4: ECR sends the JSON as text. */
  @ParameterizedTest
  @ValueSource(strings = {"text/plain; charset=utf-8", "application/octet-stream"})
  void theListsContentTypeDoesNotMatter(String contentType) {
    emulator.failNext(Fault.status(200, contentType, "{\"name\":\"shop/app\",\"tags\":[\"1.0\"]}"));

    assertEquals(List.of("1.0"), names(registry.listTags(APP)));
  }

  @Test
  void housekeepingTagsAreSeenUnlessLeftOut() {
    List<String> housekeeping = List.of(
        SHA256_TAG,
        SHA256_TAG + ".sig",
        SHA256_TAG + ".att",
        SHA256_TAG + ".sbom",
        "sha512-" + "0a".repeat(32));
    housekeeping.forEach(this::push);
    push("1.0");

    assertTrue(names(registry.listTags(APP)).containsAll(housekeeping));
    assertEquals(List.of("1.0"), names(registry.listTags(APP, WITHOUT_HOUSEKEEPING)));
    assertEquals("HEAD", lastMethodAfter(() -> registry.resolveTag(APP, SHA256_TAG)));
  }

  private String lastMethodAfter(Runnable call) {
    call.run();
    return emulator.requests().get(emulator.requests().size() - 1).method();
  }

  /** A tag of branch and commit looks much like one of algorithm and digest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "main-0123456789abcdef0123456789abcdef01234567",
        "pr7-0123456789abcdef0123456789abcdef",
        "sha256-0123456789abcdef0123456789abcdef",
        "sha-0123456789abcdef0123456789abcdef01234567",
        "sha256",
        "sha256-"
      })
  void tagsOfPeopleAreNoHousekeeping(String tag) {
    push(tag);
    push("release-" + "0a".repeat(32));

    assertEquals(2, registry.listTags(APP, WITHOUT_HOUSEKEEPING).toList().size());
  }

  @Test
  void aMissingImageIsNamed() {
    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.listTags(APP).toList());

    assertEquals(APP, failure.image());
    assertEquals(
        "list tags of shop/app failed: HTTP 404 NAME_UNKNOWN: repository name not known to registry",
        failure.getMessage());
    assertSent(LIST);
  }

  @Test
  void aListingIsResumedByItsCursorInAnotherProcess() {
    push("a");
    push("b");
    push("c");
    ListTagsOptions paged = DEFAULTS.withPageSize(2);
    PageCursor cursor = registry.listTags(APP, paged).firstPage().nextCursor().orElseThrow();
    PageCursor stored = new PageCursor(cursor.toString());
    emulator.clearRequests();

    try (OciRegistry later = builder().build()) {
      assertEquals(List.of("c"), names(later.listTags(APP, paged.withCursor(stored))));
    }
    assertSent("GET /v2/shop/app/tags/list?last=b&n=2");
  }

  @Test
  void theLastPageHasNoCursor() {
    push("a");

    assertEquals(Optional.empty(), registry.listTags(APP).firstPage().nextCursor());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "/v2/shop/app/tags/list?last=b",
        "tags of shop/app on {host}: ",
        "tags of shop/app on {host}: //elsewhere.example/v2/",
        "tags of shop/app on {host}: http://elsewhere.example/v2/",
        "tags of shop/app on {host}: @elsewhere.example/v2/",
        "tags of shop/app on {host}: v2/shop/app/tags/list",
        "tags of shop/app on {host}: /a b",
        "tags of shop/app on {host}: /v2/shop/secret/tags/list?last=b",
        "tags of shop/app on {host}: /v2/shop/app/tags/list?last=b",
        "tags of shop/app on {host}: /../../secret/tags/list?last=b",
        "tags of shop/app on {host}: ?last=b#x",
        "tags of shop/app on {host}: ?last=b c",
        "tags of shop/app on {host}/base: ?last=b",
        "tags of shop/app on elsewhere.example: ?last=b",
        "tags of shop/other on {host}: ?last=b",
        "images on {host}: ?last=b"
      })
  void aCursorOfAnotherListingImageOrHostIsRefusedBeforeAnythingIsSent(String cursor) {
    String host = emulator.baseUrl().getAuthority();
    ListTagsOptions options = DEFAULTS.withCursor(new PageCursor(cursor.replace("{host}", host)));

    assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, options));
    assertNothingSent();
  }

  /** A query is all that a cursor can choose, and a path in it is none. */
  @Test
  void aCursorThatIsMadeUpStaysInItsListing() {
    push("a");
    push("b");
    emulator.addTag("shop/secret", "s", TagContent.of("s").withDates(DAY, null));
    PageCursor real = registry
        .listTags(APP, DEFAULTS.withPageSize(1))
        .firstPage()
        .nextCursor()
        .orElseThrow();
    PageCursor cursor =
        new PageCursor(real.value().replaceFirst("\\?.*", "?/v2/shop/secret/tags/list"));
    emulator.clearRequests();

    assertEquals(List.of("a", "b"), names(registry.listTags(APP, DEFAULTS.withCursor(cursor))));
    assertSent("GET /v2/shop/app/tags/list?/v2/shop/secret/tags/list");
  }

  @Test
  void aCursorContradictsAnOrderThatIsMadeHere() {
    push("a");
    push("b");
    PageCursor cursor = registry
        .listTags(APP, DEFAULTS.withPageSize(1))
        .firstPage()
        .nextCursor()
        .orElseThrow();
    emulator.clearRequests();
    ListTagsOptions options = DEFAULTS.withCursor(cursor).withOrder(TagOrder.NAME_ASC);

    assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, options));
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker.io/shop/app",
        "localhost/shop/app",
        "127.0.0.1/shop/app",
        "127.0.0.1:1/shop/app",
        "127.0.0.1.example.com/shop/app"
      })
  void aReferenceToAnotherRegistryIsRefused(String reference) {
    ImageRef image = ImageRef.parse(reference);

    assertThrows(IllegalArgumentException.class, () -> registry.listTags(image));
    assertThrows(IllegalArgumentException.class, () -> registry.getTag(image, "1.0"));
    assertThrows(IllegalArgumentException.class, () -> registry.getImage(image));
    assertThrows(IllegalArgumentException.class, () -> registry.resolveTag(image, "1.0"));
    assertThrows(IllegalArgumentException.class, () -> registry.getManifest(image, "1.0"));
    assertNothingSent();
  }

  @Test
  void aReferenceWithThisRegistrysHostAndPortIsTaken() {
    push("1.0");
    URI url = emulator.baseUrl();

    PagedIterable<Tag> tags =
        registry.listTags(ImageRef.parse(url.getAuthority() + "/shop/app:1.0"));

    assertEquals(APP, tags.firstPage().items().get(0).image());
  }

  @Test
  void aBaseUrlMayHaveAPath() {
    answerNext("{\"tags\":[\"1.0\"]}");
    String url = emulator.baseUrl() + "/mirror/oci/";

    try (OciRegistry mirror = builder().registry(url).build()) {
      assertEquals(List.of("1.0"), names(mirror.listTags(APP)));
    }
    assertSent("GET /mirror/oci/v2/shop/app/tags/list?n=1000");
  }

  @Test
  void aCursorThatWouldBeTheFirstPageAgainIsRefused() {
    push("a");
    push("b");
    PageCursor real = registry
        .listTags(APP, DEFAULTS.withPageSize(1))
        .firstPage()
        .nextCursor()
        .orElseThrow();
    PageCursor cut = new PageCursor(real.value().replaceFirst("\\?.*", "?"));
    emulator.clearRequests();

    assertThrows(
        IllegalArgumentException.class, () -> registry.listTags(APP, DEFAULTS.withCursor(cut)));
    assertNothingSent();
  }

  @Test
  void aLinkWithAnEmptyQueryLeadsBackToTheFirst() {
    push("a");
    emulator.faults().setTagLink("</v2/shop/app/tags/list?>; rel=\"next\"");

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());
    assertSent(LIST);
  }
}
