package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.UnsupportedFeatureException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What listing images asks for and answers, in both generations. */
class ListImagesTest extends BlaxelTest {

  private static final ListImagesOptions DEFAULTS = ListImagesOptions.defaults();

  private static List<String> paths(Iterable<Image> images) {
    return StreamSupport.stream(images.spliterator(), false)
        .map(image -> image.ref().path())
        .toList();
  }

  private void addImages() {
    emulator.addTag("sandbox/app", "1.0");
    emulator.addImage("agent/app");
    emulator.addImage("sandbox/app-two");
    emulator.addImage("job/nightly");
  }

  @Test
  void everyImageIsListedInOneRequest() {
    addImages();

    assertEquals(
        List.of("agent/app", "sandbox/app", "sandbox/app-two", "job/nightly"),
        paths(registry.listImages()));
    assertSent("GET /images" + FIRST_PAGE);
  }

  @Test
  void anImageCarriesWhatTheServiceSays() {
    emulator.addTag("sandbox/app", "1.0");
    emulator.setTagSize("sandbox/app", "1.0", 5_000_000_000L);
    emulator.setStatus("sandbox/app", "ARCHIVED");

    Image image = registry.listImages().toList().get(0);

    assertEquals(APP, image.ref());
    assertEquals("ARCHIVED", image.status().text());
    assertEquals(OptionalLong.of(5_000_000_000L), image.sizeBytes());
    assertEquals(Optional.empty(), image.providerId());
    assertEquals(registry.getImage(APP), image);
  }

  @Test
  void pagesFollowTheirCursors() {
    addImages();

    Page<Image> first = registry.listImages(DEFAULTS.withPageSize(3)).firstPage();
    List<String> rest = paths(registry.listImages(
        DEFAULTS.withPageSize(3).withCursor(first.nextCursor().orElseThrow())));

    assertEquals(3, first.items().size());
    assertEquals(OptionalLong.of(4), first.totalCount());
    assertEquals(List.of("job/nightly"), rest);
  }

  @Test
  void emptyPagesDoNotEndTheListing() {
    emulator.faults().setEmptyPagesBetween(true);
    addImages();

    assertEquals(4, registry.listImages(DEFAULTS.withPageSize(1)).toList().size());
  }

  @Test
  void anExactImageIsAskedForByTheBeginningOfItsName() {
    addImages();

    assertEquals(List.of("sandbox/app"), paths(registry.listImages(DEFAULTS.withImage(APP))));
    assertSent("GET /images" + FIRST_PAGE + "&q=app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sandbox/app", "sandboxes/app"})
  void bothSpellingsOfATypeAreFound(String path) {
    addImages();

    assertEquals(
        List.of("sandbox/app"), paths(registry.listImages(DEFAULTS.withImage(ImageRef.of(path)))));
    assertEquals(
        List.of("sandbox/app", "sandbox/app-two"),
        paths(registry.listImages(DEFAULTS.withPathPrefix(path))));
  }

  @Test
  void aPrefixOfATypeAloneIsFilteredHere() {
    addImages();

    assertEquals(
        List.of("sandbox/app", "sandbox/app-two"),
        paths(registry.listImages(DEFAULTS.withPathPrefix("sandboxes/"))));
    assertEquals(List.of("job/nightly"), paths(registry.listImages(DEFAULTS.withPathPrefix("jo"))));
    assertSent("GET /images" + FIRST_PAGE, "GET /images" + FIRST_PAGE);
  }

  @Test
  void whatIsCountedIsTheWholeWorkspaceSoOnlyThatIsTold() {
    addImages();

    assertEquals(OptionalLong.of(4), registry.listImages().firstPage().totalCount());
    assertEquals(
        OptionalLong.empty(),
        registry.listImages(DEFAULTS.withImage(APP)).firstPage().totalCount());

    answerNext("{\"data\":[],\"meta\":{\"hasMore\":false,\"total\":5,\"totalIsPartial\":true}}");
    assertEquals(OptionalLong.empty(), registry.listImages().firstPage().totalCount());
  }

  @Test
  void aSharedImageIsToldFromOnesOwn() {
    emulator.addImage("sandbox/app");
    emulator.addSharedImage("owner", "sandbox/app", "v1");

    List<Image> images = registry.listImages(DEFAULTS.withPageSize(1)).toList();

    assertEquals(2, images.size());
    assertEquals(Optional.empty(), images.get(0).providerId());
    assertEquals(Optional.of("owner/sandbox/app"), images.get(1).providerId());
  }

  @Test
  void aCursorGoesWithItsOwnListingAlone() {
    addImages();
    ListImagesOptions byOne = DEFAULTS.withPageSize(1);
    PageCursor cursor = registry.listImages(byOne).firstPage().nextCursor().orElseThrow();
    emulator.clearRequests();

    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listImages(byOne.withPathPrefix("sandbox/a").withCursor(cursor)));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listBlaxelImages(
            BlaxelImageFilter.defaults().withOrder(BlaxelImageOrder.NAME_DESC).withCursor(cursor)));
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\":{\"resourceType\":\"sandbox\"}}",
        "{\"metadata\":{\"resourceType\":\"sandbox\",\"name\":\"\"}}",
        "{\"metadata\":null}",
        "{}"
      })
  void anImageWithoutANameIsInvalid(String image) {
    answerNext("{\"data\":[" + image + "],\"meta\":{\"hasMore\":false}}");

    assertThrows(InvalidResponseException.class, () -> registry.listImages().toList());
  }

  @Test
  void aTypeInThePluralIsReadToo() {
    answerNext(text(
        "{\"data\":[{\"metadata\":{\"resourceType\":\"agents\",\"name\":\"app\"}}],",
        "\"meta\":{\"hasMore\":false}}"));

    assertEquals(List.of("agent/app"), paths(registry.listImages()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"data\":[]}", "{\"message\":\"ok\"}", ""})
  void aPageOfAnotherFormInTheMidstDoesNotEndTheList(String json) {
    answerNext(text(
        "{\"data\":[{\"metadata\":{\"resourceType\":\"job\",\"name\":\"a\"}}],",
        "\"meta\":{\"hasMore\":true,\"nextCursor\":\"x\"}}"));
    answerNext(json);

    assertThrows(InvalidResponseException.class, () -> registry.listImages().toList());
  }

  // The older generation

  @Test
  void theOlderGenerationSendsABareArray() {
    addImages();

    PagedIterable<Image> images = older().listImages(DEFAULTS.withPageSize(1));

    assertEquals(4, images.firstPage().items().size());
    assertFalse(images.firstPage().hasNext());
    assertEquals("GET /images", sent().get(0));
    assertEquals(OptionalLong.of(5L * 1024 * 1024), images.toList().get(1).sizeBytes());
  }

  @Test
  void aBareArrayIsTakenInTheNewerGenerationToo() {
    answerNext("[{\"metadata\":{\"resourceType\":\"job\",\"name\":\"a\"}},null]");

    assertEquals(List.of("job/a"), paths(registry.listImages()));
  }

  @Test
  void theOlderGenerationHasNoCursors() {
    addImages();
    ListImagesOptions byOne = DEFAULTS.withPageSize(1);
    PageCursor cursor = registry.listImages(byOne).firstPage().nextCursor().orElseThrow();
    emulator.clearRequests();
    older();

    var failure = assertThrows(
        IllegalArgumentException.class, () -> registry.listImages(byOne.withCursor(cursor)));
    assertEquals(
        "version " + OLDER + " of the API sends lists whole, so no cursor is of it",
        failure.getMessage());
    assertNothingSent();
  }

  @Test
  void theOlderGenerationIsFilteredHere() {
    addImages();

    assertEquals(List.of("sandbox/app"), paths(older().listImages(DEFAULTS.withImage(APP))));
    assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.listBlaxelImages(BlaxelImageFilter.defaults()));
    assertSent("GET /images");
  }

  // What only Blaxel has

  @ParameterizedTest
  @EnumSource(BlaxelImageOrder.class)
  void imagesAreListedInTheServersOrders(BlaxelImageOrder order) {
    emulator.addImage("sandbox/b");
    emulator.addImage("sandbox/a");
    emulator.addImage("sandbox/c");

    List<String> found =
        registry
            .listBlaxelImages(BlaxelImageFilter.defaults().withOrder(order).withPageSize(2))
            .stream()
            .map(image -> image.ref().path())
            .toList();

    assertEquals(
        switch (order) {
          case NAME_ASC -> List.of("sandbox/a", "sandbox/b", "sandbox/c");
          case NAME_DESC -> List.of("sandbox/c", "sandbox/b", "sandbox/a");
          case CREATED_ASC -> List.of("sandbox/b", "sandbox/a", "sandbox/c");
          case CREATED_DESC -> List.of("sandbox/c", "sandbox/a", "sandbox/b");
        },
        found);
    String sort = switch (order) {
      case NAME_ASC -> "name%3Aasc";
      case NAME_DESC -> "name%3Adesc";
      case CREATED_ASC -> "createdAt%3Aasc";
      case CREATED_DESC -> "createdAt%3Adesc";
    };
    assertEquals("GET /images?limit=2&sort=" + sort, sent().get(0));
  }

  @Test
  void imagesInTheServersOrderAreResumedByTheirCursor() {
    addImages();
    BlaxelImageFilter byOne =
        BlaxelImageFilter.defaults().withOrder(BlaxelImageOrder.NAME_DESC).withPageSize(1);
    List<BlaxelImage> all = registry.listBlaxelImages(byOne).toList();
    PageCursor cursor =
        registry.listBlaxelImages(byOne).firstPage().next().nextCursor().orElseThrow();

    assertEquals(
        all.subList(2, 4), registry.listBlaxelImages(byOne.withCursor(cursor)).toList());
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listBlaxelImages(BlaxelImageFilter.defaults().withCursor(cursor)));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listImages(DEFAULTS.withPageSize(1).withCursor(cursor)));
  }

  @Test
  void imagesAreListedByTheBeginningOfTheirName() {
    addImages();
    emulator.addSharedImage("owner", "agent/app", "v1", "v2");

    List<BlaxelImage> found = registry
        .listBlaxelImages(BlaxelImageFilter.defaults().withNamePrefix("app-"))
        .toList();

    assertEquals(
        List.of("sandbox/app-two"), found.stream().map(BlaxelImage::toString).toList());
    assertSent("GET /images" + FIRST_PAGE + "&q=app-");
  }

  @Test
  void aServerThatIgnoresTheBeginningOfTheNameMisleadsNobody() {
    answerNext(text(
        "{\"data\":[{\"metadata\":{\"resourceType\":\"job\",\"name\":\"other\"}},",
        "{\"metadata\":{\"resourceType\":\"job\",\"name\":\"app-two\"}}],",
        "\"meta\":{\"hasMore\":false}}"));

    List<BlaxelImage> found = registry
        .listBlaxelImages(BlaxelImageFilter.defaults().withNamePrefix("app-"))
        .toList();

    assertEquals(
        List.of("job/app-two"), found.stream().map(BlaxelImage::toString).toList());
  }

  @Test
  void aFoundImageCarriesAllThereIs() {
    emulator.addSharedImage("owner", "agent/app", "v1", "v2");

    BlaxelImage image =
        registry.listBlaxelImages(BlaxelImageFilter.defaults()).toList().get(0);

    assertEquals(Optional.of("owner"), image.sourceWorkspace());
    assertEquals(OptionalLong.of(2), image.tagCount());
    assertEquals(OptionalLong.of(10L * 1024 * 1024), image.sizeBytes());
    assertEquals(Optional.of("acme"), image.workspace());
    assertEquals(Optional.of("registry.example/acme/app"), image.displayName());
    assertEquals("BUILT", image.status().text());
    assertEquals("agent/app of owner", image.toString());
  }

  @Test
  void aFilterThatContradictsItselfIsRefused() {
    BlaxelImageFilter byDate =
        BlaxelImageFilter.defaults().withOrder(BlaxelImageOrder.CREATED_DESC);

    assertThrows(IllegalArgumentException.class, () -> byDate.withNamePrefix("a"));
    assertThrows(IllegalArgumentException.class, () -> byDate.withPageSize(101));
    assertThrows(IllegalArgumentException.class, () -> byDate.withPageSize(0));
    assertEquals(1, byDate.withPageSize(1).pageSize());
    assertEquals(100, byDate.withPageSize(100).pageSize());
    assertThrows(
        IllegalArgumentException.class, () -> BlaxelImageFilter.defaults().withNamePrefix("a/b"));
  }
}
