package dev.registrykit.spi;

import static dev.registrykit.spi.ScriptedRegistry.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every registry does to the listings of its provider. */
class RegistryListingTest {

  private final ScriptedRegistry registry = ScriptedRegistry.ordinary();

  @Test
  void theProvidersLargestPageIsAskedForByDefault() {
    registry.listTags(APP).toList();

    assertEquals(List.of("tags ns/app PROVIDER_DEFAULT 100 at null"), registry.calls);
  }

  @Test
  void aPathThatTheProviderSpellsOtherwiseIsTheSame() {
    ImageRef alias = ImageRef.of("alias/app");
    registry.images.addAll(List.of(image("ns/app"), image("ns/web")));
    ListImagesOptions options = ListImagesOptions.defaults();

    registry.listTags(alias).toList();
    registry.deleteTag(alias, "1.2");

    assertEquals(
        APP, registry.getImage(ImageRef.parse("registry.example/alias/app:1.2")).ref());
    assertEquals(1, registry.listImages(options.withImage(alias)).toList().size());
    assertEquals(
        2, registry.listImages(options.withPathPrefix("alias/")).toList().size());
    assertEquals(
        List.of(
            "tags ns/app PROVIDER_DEFAULT 100 at null",
            "delete ns/app:1.2",
            "image ns/app",
            "images 100 at null",
            "images 100 at null"),
        registry.calls);
  }

  @Test
  void aPageLargerThanTheProvidersIsRefused() {
    assertRefused(() -> registry.listTags(APP, ListTagsOptions.defaults().withPageSize(101)));
    assertRefused(() -> registry.listImages(ListImagesOptions.defaults().withPageSize(101)));
  }

  @Test
  void thePageSizeAndTheCursorAreHandedOn() {
    registry
        .listTags(
            APP,
            ListTagsOptions.defaults()
                .withPageSize(7)
                .withCursor(new PageCursor("c3"))
                .withOrder(TagOrder.CREATED_DESC))
        .toList();

    assertEquals(List.of("tags ns/app CREATED_DESC 7 at c3"), registry.calls);
  }

  @Test
  void anOrderTheServerLacksIsMadeHere() {
    registry.tags.addAll(List.of(tag("b"), tag("c"), tag("a")));

    List<String> names =
        registry.listTags(APP, ListTagsOptions.defaults().withOrder(TagOrder.NAME_DESC)).stream()
            .map(Tag::name)
            .toList();

    assertEquals(List.of("c", "b", "a"), names);
    assertEquals(TagOrder.PROVIDER_DEFAULT, registry.askedOptions.order());
    assertEquals(TagDetail.NAMES, registry.askedOptions.detail());
  }

  @Test
  void anOrderByDateThatIsMadeHereAsksForTheDates() {
    ScriptedRegistry unordered = ScriptedRegistry.without(Feature.SERVER_ORDER_BY_CREATED);

    unordered
        .listTags(APP, ListTagsOptions.defaults().withOrder(TagOrder.CREATED_ASC))
        .toList();

    assertEquals(TagDetail.FULL, unordered.askedOptions.detail());
  }

  private static final Instant EPOCH = Instant.EPOCH;

  private static Tag dated(String name, Integer second) {
    return Tag.builder(APP, name)
        .createdAt(second == null ? null : EPOCH.plusSeconds(second).plusNanos(second))
        .build();
  }

  private static List<String> names(Page<Tag> page) {
    return page.items().stream().map(Tag::name).toList();
  }

  private static PageCursor stored(Page<Tag> page) {
    return new PageCursor(page.nextCursor().orElseThrow().value());
  }

  @Test
  void aListThatIsOrderedHereGoesOnBehindItsLastItem() {
    ScriptedRegistry unordered = ScriptedRegistry.without(Feature.SERVER_ORDER_BY_CREATED);
    ListTagsOptions newestFirst =
        ListTagsOptions.defaults().withOrder(TagOrder.CREATED_DESC).withPageSize(2);
    unordered.tags.addAll(
        List.of(dated("none", null), dated("a", 1), dated("b", 2), dated("c", 2), dated("d", 3)));

    Page<Tag> first = unordered.listTags(APP, newestFirst).firstPage();
    unordered.tags.removeIf(tag -> tag.name().equals("b")); // where the cursor is
    unordered.tags.add(dated("e", 4)); // before it
    unordered.tags.add(dated("bb", 2)); // behind it
    Page<Tag> second =
        unordered.listTags(APP, newestFirst.withCursor(stored(first))).firstPage();
    Page<Tag> third =
        unordered.listTags(APP, newestFirst.withCursor(stored(second))).firstPage();

    assertEquals(List.of("d", "b"), names(first));
    assertEquals(List.of("bb", "c"), names(second));
    assertEquals(List.of("a", "none"), names(third));
    assertEquals(Optional.empty(), third.nextCursor());
  }

  @Test
  void tagsWithoutADateHaveAPlaceToo() {
    ScriptedRegistry unordered = ScriptedRegistry.without(Feature.SERVER_ORDER_BY_CREATED);
    ListTagsOptions oneByOne =
        ListTagsOptions.defaults().withOrder(TagOrder.CREATED_ASC).withPageSize(1);
    unordered.tags.addAll(List.of(dated("z", null), dated("y", null), dated("a", 1)));

    Page<Tag> second = unordered.listTags(APP, oneByOne).firstPage().next();

    assertEquals(List.of("y"), names(second));
    assertEquals(
        List.of("z"),
        names(unordered.listTags(APP, oneByOne.withCursor(stored(second))).firstPage()));
  }

  @ParameterizedTest
  @CsvSource({"CHANGED_ASC, b c a none1 none2", "CHANGED_DESC, a b c none1 none2"})
  void theOrderByLastChangeIsReadWholeAndResumedBehindAnyTag(TagOrder order, String names) {
    ScriptedRegistry unordered = ScriptedRegistry.without(Feature.SERVER_ORDER_BY_CHANGED);
    unordered.tags.addAll(List.of(
        dated("none2", null),
        Tag.builder(APP, "a").createdAt(EPOCH).updatedAt(EPOCH.plusSeconds(9)).build(),
        dated("c", 5),
        dated("b", 5),
        dated("none1", null)));
    ListTagsOptions oneByOne = ListTagsOptions.defaults().withOrder(order).withPageSize(1);

    List<String> listed = new ArrayList<>();
    Page<Tag> page = unordered.listTags(APP, oneByOne).firstPage();
    listed.addAll(names(page));
    while (page.hasNext()) {
      page = unordered.listTags(APP, oneByOne.withCursor(stored(page))).firstPage();
      listed.addAll(names(page));
    }

    assertEquals(names, String.join(" ", listed));
    assertEquals(TagDetail.FULL, unordered.askedOptions.detail());
    assertEquals(TagOrder.PROVIDER_DEFAULT, unordered.askedOptions.order());
  }

  @Test
  void aServerThatOrdersByLastChangeIsAskedTo() {
    registry
        .listTags(APP, ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC))
        .toList();

    assertEquals(List.of("tags ns/app CHANGED_DESC 100 at null"), registry.calls);
  }

  @Test
  void anOrderByLastChangeNeedsTheAbility() {
    ScriptedRegistry undated = ScriptedRegistry.without(Feature.ORDER_BY_CHANGED);
    ListTagsOptions newest = ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC);

    assertThrows(UnsupportedFeatureException.class, () -> undated.listTags(APP, newest));
    assertEquals(List.of(), undated.calls);
  }

  @Test
  void housekeepingTagsAreListedUnlessTheyAreLeftOut() {
    String signature = "sha256-" + "0a".repeat(32) + ".sig";
    registry.tags.addAll(List.of(tag("1.2"), tag(signature), tag("sha256-foo")));

    assertEquals(
        List.of(tag("1.2"), tag(signature), tag("sha256-foo")),
        registry.listTags(APP).toList());
    assertEquals(
        List.of(tag("1.2"), tag("sha256-foo")),
        registry
            .listTags(APP, ListTagsOptions.defaults().withHousekeepingTags(false))
            .toList());
  }

  static Stream<ListTagsOptions> otherListings() {
    ListTagsOptions byName = ListTagsOptions.defaults().withOrder(TagOrder.NAME_ASC);
    return Stream.of(
        byName.withOrder(TagOrder.NAME_DESC),
        byName.withName("b"),
        byName.withNamePrefix("b"),
        byName.withHousekeepingTags(false));
  }

  @ParameterizedTest
  @MethodSource("otherListings")
  void aCursorGoesWithItsOwnListingOnly(ListTagsOptions other) {
    PageCursor cursor = cursorByName(APP);

    assertRefused(() -> registry.listTags(APP, other.withCursor(cursor)));
  }

  @Test
  void aCursorGoesWithItsOwnImageOnly() {
    PageCursor cursor = cursorByName(ImageRef.of("ns/web"));

    assertRefused(() -> registry.listTags(
        APP, ListTagsOptions.defaults().withOrder(TagOrder.NAME_ASC).withCursor(cursor)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3", "o", "o1.", "!", " x"})
  void whatIsNoCursorIsRefused(String text) {
    assertRefused(() -> registry.listTags(
        APP,
        ListTagsOptions.defaults().withOrder(TagOrder.NAME_ASC).withCursor(new PageCursor(text))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "====", "LQ", "eCB5"})
  void aDamagedCursorIsRefused(String place) {
    String fingerprint = cursorByName(APP).value().replaceFirst("[.].*", ".");

    assertRefused(() -> registry.listTags(
        APP,
        ListTagsOptions.defaults()
            .withOrder(TagOrder.NAME_ASC)
            .withCursor(new PageCursor(fingerprint + place))));
  }

  private PageCursor cursorByName(ImageRef image) {
    registry.tags.addAll(List.of(dated("a", 1), dated("b", 2)));
    ListTagsOptions byName =
        ListTagsOptions.defaults().withOrder(TagOrder.NAME_ASC).withPageSize(1);
    PageCursor cursor = stored(registry.listTags(image, byName).firstPage());
    registry.calls.clear();
    return cursor;
  }

  @ParameterizedTest
  @EnumSource(names = {"UPDATED_ASC", "UPDATED_DESC"})
  void anOrderTheRegistryCannotHaveIsRefusedBeforeTheFirstRequest(TagOrder order) {
    UnsupportedFeatureException e = assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.listTags(APP, ListTagsOptions.defaults().withOrder(order)));

    assertEquals("order by " + order + " failed: scripted cannot do that", e.getMessage());
    assertNothingAsked();
  }

  @Test
  void tagsAreFilteredByName() {
    registry.tags.addAll(List.of(tag("1.2"), tag("1.2.3"), tag("11.2")));

    assertEquals(
        List.of(tag("1.2")),
        registry.listTags(APP, ListTagsOptions.defaults().withName("1.2")).toList());
  }

  @Test
  void tagsAreFilteredByPrefix() {
    registry.tags.addAll(List.of(tag("pr-1"), tag("PR-2"), tag("main"), tag("pr-3")));

    assertEquals(
        List.of(tag("pr-1"), tag("pr-3")),
        registry.listTags(APP, ListTagsOptions.defaults().withNamePrefix("pr-")).toList());
  }

  @Test
  void imagesAreFilteredByPathAndPrefix() {
    registry.images.addAll(List.of(image("ns/app"), image("ns/app2"), image("other/app")));

    assertEquals(
        List.of(image("ns/app")),
        registry.listImages(ListImagesOptions.defaults().withImage(APP)).toList());
    assertEquals(
        List.of(image("ns/app"), image("ns/app2")),
        registry.listImages(ListImagesOptions.defaults().withPathPrefix("ns/")).toList());
  }

  @Test
  void anImageOfAnotherRegistryIsNotListed() {
    assertRefused(() -> registry.listImages(
        ListImagesOptions.defaults().withImage(ImageRef.parse("docker.io/a/b"))));
  }

  @Test
  void listingSendsNothingBeforeTheFirstElement() {
    registry.listTags(APP);
    registry.listImages();

    assertNothingAsked();
  }

  private static Tag tag(String name) {
    return Tag.builder(APP, name).build();
  }

  private static Image image(String path) {
    return Image.builder(ImageRef.of(path)).build();
  }

  private IllegalArgumentException assertRefused(Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertNothingAsked();
    return e;
  }

  private void assertNothingAsked() {
    assertEquals(List.of(), registry.calls);
  }
}
