package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Listing images. */
abstract class ImageListingContract extends ContractTheme {

  private static final ListImagesOptions DEFAULTS = ListImagesOptions.defaults();

  ImageListingContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  private ImageRef image(String name) {
    return fixture().image(name);
  }

  /** Adds images and returns whether they can be listed; if not, that was refused. */
  private boolean canList(ListImagesOptions options, String... names) {
    for (String name : names) {
      addTag(image(name), "1.0", name);
    }
    if (differs(Difference.IMAGE_LISTING_MISSING)) {
      assertThrows(UnsupportedFeatureException.class, () -> list(options));
      return false;
    }
    return !lacks(Feature.LIST_IMAGES, () -> list(options));
  }

  private List<ImageRef> list(ListImagesOptions options) {
    return registry().listImages(options).stream().map(Image::ref).toList();
  }

  @Test
  void everyImageIsListed() {
    if (canList(DEFAULTS, "app", "app-two", "other")) {
      List<ImageRef> listed = registry().listImages().stream().map(Image::ref).toList();

      assertEquals(Set.of(image("app"), image("app-two"), image("other")), new HashSet<>(listed));
      assertEquals(3, listed.size(), "an image came twice");
    }
  }

  @Test
  void noImagesAreListedWhereThereAreNone() {
    if (canList(DEFAULTS)) {
      assertEquals(List.of(), list(DEFAULTS));
    }
  }

  @Test
  void anImageWithoutTagsIsListedWhereItCanBe() {
    fixture().addImage(app());

    if (canList(DEFAULTS)) {
      List<ImageRef> expected = differs(Difference.IMAGES_NEED_TAGS) ? List.of() : List.of(app());
      assertEquals(expected, list(DEFAULTS));
    }
  }

  @Test
  void anExactImageListsThatImageAlone() {
    ListImagesOptions one = DEFAULTS.withImage(image("app"));

    if (canList(one, "app", "app-two", "other")) {
      assertEquals(List.of(image("app")), list(one));
      assertEquals(List.of(), list(DEFAULTS.withImage(image("ap"))));
    }
  }

  @Test
  void aPrefixListsTheImagesWhosePathsBeginSo() {
    ListImagesOptions prefixed = DEFAULTS.withPathPrefix(image("app").path());

    if (canList(prefixed, "app", "app-two", "other", "another-app")) {
      assertEquals(Set.of(image("app"), image("app-two")), new HashSet<>(list(prefixed)));
      assertEquals(List.of(), list(DEFAULTS.withPathPrefix(image("x").path())));
    }
  }

  @Test
  void imagesComePageByPageAndResume() {
    ListImagesOptions byTwo = DEFAULTS.withPageSize(2);
    if (!canList(byTwo, "a", "b", "c", "d", "e")) {
      return;
    }
    Page<Image> first = registry().listImages(byTwo).firstPage();
    if (differs(Difference.IMAGES_COME_WHOLE)) {
      assertEquals(5, first.items().size());
      assertEquals(Optional.empty(), first.nextCursor());
      return;
    }
    assertEquals(2, first.items().size());
    List<ImageRef> all = new ArrayList<>(first.items().stream().map(Image::ref).toList());
    PageCursor cursor = first.nextCursor().orElseThrow();
    all.addAll(list(byTwo.withCursor(cursor)));
    assertEquals(list(byTwo), all);
    assertEquals(5, all.size());
  }

  @Test
  void nothingIsSentBeforeTheFirstImageIsAskedFor() {
    if (canList(DEFAULTS, "app")) {
      assertRequests(0, () -> registry().listImages(), "listImages()");
      assertRequests(0, () -> registry().listImages().iterator(), "iterator()");
    }
  }

  @Test
  void anImageAndAPrefixContradictEachOther() {
    ListImagesOptions named = DEFAULTS.withImage(app());

    assertThrows(IllegalArgumentException.class, () -> named.withPathPrefix("contract/"));
  }
}
