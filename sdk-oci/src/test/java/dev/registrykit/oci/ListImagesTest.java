package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Support;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.TagContent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What listing images by the catalogue sends, and what comes back. */
class ListImagesTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_2);

  private static final ListImagesOptions DEFAULTS = ListImagesOptions.defaults();
  private static final String CATALOGUE = "GET /v2/_catalog?n=1000";

  private void pushTo(String... repositories) {
    for (String repository : repositories) {
      emulator.addTag(repository, "1.0", TagContent.of("x").withDates(DAY, null));
    }
  }

  private static List<String> paths(PagedIterable<Image> images) {
    return images.stream().map(image -> image.ref().path()).toList();
  }

  @Test
  void namesCostOneRequestAPage() {
    pushTo("shop/app", "shop/web", "blog");

    assertEquals(List.of("blog", "shop/app", "shop/web"), paths(registry.listImages()));
    assertSent(CATALOGUE);
  }

  @Test
  void nothingIsSentBeforeTheFirstImageIsAskedFor() {
    PagedIterable<Image> images = registry.listImages();
    assertNotNull(images.iterator());
    assertNotNull(images.stream());

    assertNothingSent();
  }

  @Test
  void thePageSizeIsSentAndTheLinkFollowed() {
    pushTo("a", "b", "c");

    assertEquals(List.of("a", "b", "c"), paths(registry.listImages(DEFAULTS.withPageSize(2))));
    assertSent("GET /v2/_catalog?n=2", "GET /v2/_catalog?last=b&n=2");
  }

  @Test
  void aPageSizeThatNoRegistryTakesIsRefusedBefore() {
    assertThrows(
        IllegalArgumentException.class, () -> registry.listImages(DEFAULTS.withPageSize(1_001)));
    assertNothingSent();
  }

  @Test
  void aRefusedPageSizeIsLeftOutOnce() {
    pushTo("a");
    emulator.failNext(Fault.status(400));

    assertEquals(List.of("a"), paths(registry.listImages()));
    assertSent(CATALOGUE, "GET /v2/_catalog");
  }

  @Test
  void anExactPathAndAPrefixAreFilteredHere() {
    pushTo("shop/app", "shop/app2", "shopping");

    assertEquals(
        List.of("shop/app"),
        paths(registry.listImages(DEFAULTS.withImage(ImageRef.of("shop/app")))));
    assertEquals(
        List.of("shop/app", "shop/app2"),
        paths(registry.listImages(DEFAULTS.withPathPrefix("shop/"))));
    assertSent(CATALOGUE, CATALOGUE);
  }

  /** Recorded: a repository stays in the catalogue when its tags are gone. */
  @Test
  void aRepositoryWithoutTagsIsListedAllTheSame() {
    pushTo("shop/app");
    emulator.removeTag("shop/app", "1.0");

    assertEquals(List.of("shop/app"), paths(registry.listImages()));
  }

  @Test
  void entriesThatAreNoNamesAreLeftOut() {
    answerNext(text(
        "{\"repositories\":[null,\"\",\"a\",\"A\",\"../x\",\"a//b\",\"-a\",\"a b\",\"a\\u0000\",\"",
        "a".repeat(256),
        "\",\"b/c\"]}"));

    assertEquals(List.of("a", "b/c"), paths(registry.listImages()));
  }

  @Test
  void repositoriesThatAreNullAreNone() {
    answerNext("{\"repositories\":null}");

    assertEquals(List.of(), paths(registry.listImages()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"repositories\":{}}",
        "{\"repositories\":[{}]}",
        "{\"tags\":[]}",
        "{\"message\":\"please log in\"}",
        "<html></html>"
      })
  void anAnswerThatIsNoCatalogueIsRefused(String body) {
    answerNext(body);

    assertThrows(InvalidResponseException.class, () -> registry.listImages().toList());
    assertEquals(1, emulator.requestCount());
  }

  @ParameterizedTest
  @EnumSource(
      value = OciPersonality.class,
      names = {"DOCKER_HUB", "GHCR", "ARTIFACT_REGISTRY"})
  void aRegistryWithoutACatalogueSaysSoOnceItIsAsked(OciPersonality personality) {
    emulator.personality(personality);

    var failure = assertThrows(
        UnsupportedFeatureException.class, () -> registry.listImages().toList());

    assertEquals(
        "list images failed: there is no catalogue of images at this address (HTTP 404)",
        failure.getMessage());
    assertEquals(NotFoundException.class, failure.getCause().getClass());
    assertSent(CATALOGUE);
  }

  @Test
  void aCatalogueThatIsForbiddenIsNotTakenForMissing() {
    emulator.failNext(Fault.json(403, "{\"errors\":[{\"code\":\"DENIED\"}]}"));

    assertThrows(PermissionDeniedException.class, () -> registry.listImages().toList());
  }

  @Test
  void aPageThatStaysMissingIsNotTakenForAMissingCatalogue() {
    pushTo("a", "b");
    Page<Image> first = registry.listImages(DEFAULTS.withPageSize(1)).firstPage();
    missEverySecondRequest(9);

    var failure = assertThrows(InvalidResponseException.class, first::next);

    assertEquals("list images failed: the list changed while it was read", failure.getMessage());
  }

  @Test
  void aPageThatIsMissingOnceIsFoundAgain() {
    pushTo("a", "b", "c");
    Page<Image> first = registry.listImages(DEFAULTS.withPageSize(1)).firstPage();
    emulator.failNext(Fault.status(404));

    assertEquals("b", first.next().items().get(0).ref().path());
  }

  @Test
  void aListingIsResumedByItsCursor() {
    pushTo("a", "b", "c");
    ListImagesOptions paged = DEFAULTS.withPageSize(2);
    PageCursor cursor = registry.listImages(paged).firstPage().nextCursor().orElseThrow();
    emulator.clearRequests();

    PageCursor stored = new PageCursor(cursor.toString());
    assertEquals(List.of("c"), paths(registry.listImages(paged.withCursor(stored))));
    assertSent("GET /v2/_catalog?last=b&n=2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "?last=a", "{images}/v2/x", "{images}?last=a#b", "{images}? ", "{tags}?last=a"
      })
  void aCursorOfAnotherListingIsRefusedBeforeAnythingIsSent(String cursor) {
    emulator.personality(OciPersonality.DISTRIBUTION_3_1);
    pushTo("a", "b");
    emulator.addTag("a", "2", TagContent.of("2").withDates(null, null));
    PageCursor images =
        registry.listImages(DEFAULTS.withPageSize(1)).firstPage().nextCursor().orElseThrow();
    PageCursor tags = registry
        .listTags(ImageRef.of("a"), ListTagsOptions.defaults().withPageSize(1))
        .firstPage()
        .nextCursor()
        .orElseThrow();
    PageCursor foreign = new PageCursor(cursor
        .replace("{images}", images.value().replaceFirst("\\?.*", ""))
        .replace("{tags}", tags.value().replaceFirst("\\?.*", "")));
    emulator.clearRequests();

    assertThrows(
        IllegalArgumentException.class, () -> registry.listImages(DEFAULTS.withCursor(foreign)));
    assertNothingSent();
  }

  @Test
  void theLastPageHasNoCursor() {
    pushTo("a");

    assertEquals(Optional.empty(), registry.listImages().firstPage().nextCursor());
  }

  @Test
  void whetherThereIsACatalogueIsOneRequest() {
    pushTo("a");
    assertEquals(Support.MAYBE, registry.support(Feature.LIST_IMAGES));

    assertTrue(registry.checkSupport(ImageRef.of("a"), Feature.LIST_IMAGES));

    assertSent("GET /v2/_catalog?n=1");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 501})
  void thatThereIsNoCatalogueIsAnAnswer(int status) {
    emulator.failNext(100, Fault.status(status));

    assertFalse(registry.checkSupport(ImageRef.of("a"), Feature.LIST_IMAGES));
  }

  @Test
  void whoMayNotAskForTheCatalogueIsToldSo() {
    emulator.failNext(Fault.status(403));

    assertThrows(
        PermissionDeniedException.class,
        () -> registry.checkSupport(ImageRef.of("a"), Feature.LIST_IMAGES));
  }
}
