package dev.registrykit.spi;

import static dev.registrykit.spi.ScriptedRegistry.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PageCursor;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @Test
  void aCursorDoesNotGoWithAnOrderMadeHere() {
    assertRefused(() -> registry.listTags(
        APP,
        ListTagsOptions.defaults().withOrder(TagOrder.NAME_ASC).withCursor(new PageCursor("c3"))));
  }

  @ParameterizedTest
  @EnumSource(names = {"UPDATED_ASC", "UPDATED_DESC"})
  void anOrderTheRegistryCannotHaveIsRefusedBeforeTheFirstRequest(TagOrder order) {
    UnsupportedFeatureException e = assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.listTags(APP, ListTagsOptions.defaults().withOrder(order)));

    assertEquals("scripted cannot order by " + order, e.getMessage());
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
