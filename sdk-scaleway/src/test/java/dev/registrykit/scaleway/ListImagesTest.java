package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.TagContent;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listing images sends, what it costs, and what comes back. */
class ListImagesTest extends ScalewayTest {

  private static final ListImagesOptions DEFAULTS = ListImagesOptions.defaults();

  @Test
  void nothingIsSentBeforeTheFirstImageIsAskedFor() {
    PagedIterable<Image> images = registry.listImages();
    assertNotNull(images.iterator());
    assertNotNull(images.stream());

    assertNothingSent();
  }

  @Test
  void theNameOfOneNamespaceCostsOneRequest() {
    String namespace = emulator.addNamespace("shop");
    emulator.addImage("shop/app");
    emulator.addImage("shop/web");

    assertEquals(List.of("shop/app", "shop/web"), paths(registry.listImages()));
    assertSent("GET /images" + FIRST_PAGE, "GET /namespaces/" + namespace);
  }

  @Test
  void theNamesOfManyNamespacesCostOneRequestTogether() {
    emulator.addImage("shop/app");
    emulator.addImage("blog/app");
    emulator.addImage("mail/app");

    assertEquals(List.of("shop/app", "blog/app", "mail/app"), paths(registry.listImages()));
    assertSent("GET /images" + FIRST_PAGE, "GET /namespaces" + FIRST_PAGE);
  }

  @Test
  void namesAreKept() {
    emulator.addImage("shop/app");
    emulator.addImage("blog/app");
    registry.listImages().toList();
    emulator.clearRequests();

    registry.listImages().toList();

    assertSent("GET /images" + FIRST_PAGE);
  }

  @Test
  void everyPageCostsOneRequestMore() {
    for (int i = 0; i < 5; i++) {
      emulator.addImage("shop/app" + i);
    }

    List<String> paths = paths(registry.listImages(DEFAULTS.withPageSize(2)));

    assertEquals(5, paths.size());
    assertEquals(3 + 1, emulator.requestCount());
    assertEquals(
        "GET /images?page=3&page_size=2&order_by=created_at_asc", sent().get(3));
  }

  @Test
  void aNamespaceAsPrefixIsFilteredByTheServer() {
    String namespace = emulator.addNamespace("shop");
    emulator.addImage("shop/app");
    emulator.addImage("shopping/app");

    assertEquals(List.of("shop/app"), paths(registry.listImages(DEFAULTS.withPathPrefix("shop/"))));
    assertSent(lookUpNamespace("shop"), "GET /images" + FIRST_PAGE + "&namespace_id=" + namespace);
  }

  @Test
  void aKnownNamespaceCostsOneRequestAPage() {
    String namespace = emulator.addNamespace("shop");
    emulator.addImage("shop/app");
    knowing(APP);

    registry.listImages(DEFAULTS.withPathPrefix("shop/")).toList();

    assertSent("GET /images" + FIRST_PAGE + "&namespace_id=" + namespace);
  }

  @Test
  void anEmptyNamespaceIsLookedUpAgainBecauseItMayBeAnother() {
    String namespace = emulator.addNamespace("shop");
    registry.getNamespace("shop");
    emulator.clearRequests();

    assertEquals(List.of(), paths(registry.listImages(DEFAULTS.withPathPrefix("shop/"))));
    assertSent("GET /images" + FIRST_PAGE + "&namespace_id=" + namespace, lookUpNamespace("shop"));
  }

  @Test
  void aNamespaceThatIsGoneHasNoImages() {
    emulator.addImage("shop/app");
    knowing(APP);
    elsewhere(other -> other.deleteNamespace("shop"));

    assertEquals(List.of(), paths(registry.listImages(DEFAULTS.withPathPrefix("shop/"))));
  }

  @Test
  void aServerThatKnowsNoImagesOfAForeignNamespaceIsAskedForTheRightOne() {
    emulator.addImage("shop/app");
    knowing(APP);
    emulator.failNext(
        "GET", "/images$", 1, Fault.json(404, "{\"message\":\"Namespace was not found\"}"));

    assertEquals(List.of("shop/app"), paths(registry.listImages(DEFAULTS.withPathPrefix("shop/"))));
  }

  @Test
  void aWrongAddressIsNoEmptyListing() {
    try (ScalewayRegistry lost =
        builder().baseUrl(emulator.baseUrl() + "/wrong").build()) {
      for (ListImagesOptions options :
          List.of(DEFAULTS, DEFAULTS.withPathPrefix("shop/"), DEFAULTS.withImage(APP))) {
        assertThrows(NotFoundException.class, () -> lost.listImages(options).toList());
      }
    }
  }

  @Test
  void theNamespaceIsLookedUpForTheFirstPageAlone() {
    for (int i = 0; i < 5; i++) {
      emulator.addImage("shop/app" + i);
    }

    List<String> paths =
        paths(registry.listImages(DEFAULTS.withPathPrefix("shop/").withPageSize(2)));

    assertEquals(5, paths.size());
    assertEquals(1 + 3, emulator.requestCount());
  }

  @Test
  void aNamespaceMadeAnewIsSeenByTheNextListing() {
    emulator.addImage("shop/app");
    PagedIterable<Image> images = registry.listImages(DEFAULTS.withPathPrefix("shop/"));
    assertEquals(List.of("shop/app"), paths(images));
    elsewhere(other -> other.deleteNamespace("shop"));
    emulator.addImage("shop/web");

    assertEquals(List.of("shop/web"), paths(images));
  }

  @Test
  void aListingOfANamespaceIsResumedByItsCursor() {
    for (int i = 0; i < 5; i++) {
      emulator.addImage("shop/app" + i);
    }
    ListImagesOptions options = DEFAULTS.withPathPrefix("shop/").withPageSize(2);
    PageCursor cursor = registry.listImages(options).firstPage().nextCursor().orElseThrow();

    try (ScalewayRegistry later = builder().build()) {
      assertEquals(
          List.of("shop/app2", "shop/app3", "shop/app4"),
          paths(later.listImages(options.withCursor(cursor))));
    }
  }

  @Test
  void aNamespaceAndTheBeginningOfANameAreFilteredByBothSides() {
    String namespace = emulator.addNamespace("shop");
    emulator.addImage("shop/app");
    emulator.addImage("shop/web");

    assertEquals(
        List.of("shop/app"), paths(registry.listImages(DEFAULTS.withPathPrefix("shop/a"))));
    assertSent(lookUpNamespace("shop"), "GET /images" + FIRST_PAGE + "&namespace_id=" + namespace);
  }

  @Test
  void theBeginningOfANamespacesNameIsFilteredHere() {
    emulator.addImage("shop/app");
    emulator.addImage("shopping/app");
    emulator.addImage("blog/app");

    assertEquals(
        List.of("shop/app", "shopping/app"),
        paths(registry.listImages(DEFAULTS.withPathPrefix("sho"))));
    assertEquals("GET /images" + FIRST_PAGE, sent().get(0));
  }

  @Test
  void oneImageIsFilteredByTheServer() {
    String namespace = emulator.addNamespace("shop");
    emulator.addImage("shop/team/app");
    emulator.addImage("shop/app");

    List<String> paths =
        paths(registry.listImages(DEFAULTS.withImage(ImageRef.of("shop/team/app"))));

    assertEquals(List.of("shop/team/app"), paths);
    assertSent(lookUpNamespace("shop"), lookUpImage(namespace, "team%2Fapp"));
  }

  @Test
  void aMissingNamespaceHasNoImages() {
    Page<Image> page = registry.listImages(DEFAULTS.withPathPrefix("shop/")).firstPage();

    assertEquals(List.of(), page.items());
    assertFalse(page.hasNext());
    assertEquals(OptionalLong.of(0), page.totalCount());
    assertSent(lookUpNamespace("shop"));
  }

  @Test
  void imagesOfANamespaceThatGoesMeanwhileAreLeftOut() {
    emulator.addImage("shop/app");
    emulator.failNext(
        "GET", "/namespaces/", 1, Fault.json(404, "{\"message\":\"Namespace was not found\"}"));

    assertEquals(List.of(), paths(registry.listImages()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"message\":\"Not Found\"}",
        "{\"message\":\"no Route matched with those values\"}"
      })
  void somebodyElsesNotFoundForANamespaceMakesNoImageVanish(String body) {
    emulator.addImage("shop/app");
    emulator.failNext("GET", "/namespaces/", 1, Fault.json(404, body));

    assertEquals(List.of("shop/app"), paths(registry.listImages()));
    assertEquals("GET /namespaces" + FIRST_PAGE, sent().get(2));
  }

  @Test
  void imagesOfNamespacesThatCannotBeNamedAreAnError() {
    emulator.addImage("shop/app");
    emulator.failNext("GET", "/namespaces", 9, Fault.status(404));

    var failure =
        assertThrows(NotFoundException.class, () -> registry.listImages().toList());

    assertEquals(NotFoundException.class, failure.getClass());
  }

  @Test
  void imagesOfSeveralNamespacesOfWhichOneCannotBeNamedAreAnError() {
    emulator.addImage("shop/app");
    emulator.addImage("blog/app");
    String none = "{\"namespaces\":[],\"total_count\":2}";
    emulator.failNext("GET", "/namespaces$", 9, Fault.json(200, none));

    assertThrows(InvalidResponseException.class, () -> registry.listImages().toList());
  }

  @Test
  void somebodyElsesNotFoundForTheImagesOfAKeptNamespaceMakesNoneVanish() {
    emulator.addImage("shop/app");
    knowing(APP);
    emulator.failNext("GET", "/images$", 1, Fault.status(404));

    assertEquals(List.of("shop/app"), paths(registry.listImages(DEFAULTS.withPathPrefix("shop/"))));

    emulator.failNext("GET", "/images$", 9, Fault.status(404));
    assertThrows(
        NotFoundException.class,
        () -> registry.listImages(DEFAULTS.withPathPrefix("shop/")).toList());
  }

  @Test
  void anImageOfAnotherRegistryIsRefused() {
    ListImagesOptions options = DEFAULTS.withImage(ImageRef.parse("docker.io/shop/app"));

    assertThrows(IllegalArgumentException.class, () -> registry.listImages(options));
  }

  @Test
  void aPageSizeThatTheServerWouldRefuseIsRefusedBefore() {
    ListImagesOptions tooMany = DEFAULTS.withPageSize(101);

    assertThrows(IllegalArgumentException.class, () -> registry.listImages(tooMany));
    assertNothingSent();
  }

  @Test
  void aCursorOfAnotherListingIsRefusedBeforeAnythingIsSent() {
    ListImagesOptions foreign = DEFAULTS.withCursor(new PageCursor("2-100-created_at_asc.7"));

    assertThrows(IllegalArgumentException.class, () -> registry.listImages(foreign));
    assertThrows(
        IllegalArgumentException.class, () -> registry.listImages(foreign.withPathPrefix("shop/")));
    assertNothingSent();
  }

  /** What the registry calls its images is not for us to judge; what we send is. */
  @Test
  void aNameThatWeWouldNotSendIsListedAndRefusedLater() {
    String namespace = emulator.addNamespace("shop");
    answerNext(text(
        "{\"total_count\":2,\"images\":[{\"id\":\"1\",\"name\":\"a b\",\"namespace_id\":\"",
        namespace,
        "\"},{\"id\":\"2\",\"name\":\"web\",\"namespace_id\":\"",
        namespace,
        "\"}]}"));

    List<ImageRef> listed = registry.listImages().stream().map(Image::ref).toList();

    assertEquals(
        List.of("shop/a b", "shop/web"), listed.stream().map(ImageRef::path).toList());
    int sent = emulator.requests().size();
    assertThrows(IllegalArgumentException.class, () -> registry.getImage(listed.get(0)));
    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(listed.get(0), "1.0"));
    assertEquals(sent, emulator.requests().size());
  }

  @Test
  void imagesCarryWhatTheServerSays() {
    String id = emulator.addImage("shop/app");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.setImageSize("shop/app", 4_294_967_296L);

    Image image = registry.listImages().firstPage().items().get(0);

    assertEquals(id, image.providerId().orElseThrow());
    assertEquals(OptionalLong.of(4_294_967_296L), image.sizeBytes());
    assertTrue(image.createdAt().isPresent());
    assertTrue(image.updatedAt().isPresent());
    assertEquals(registry.getImage(APP), image);
  }

  private static List<String> paths(PagedIterable<Image> images) {
    return images.stream().map(image -> image.ref().path()).toList();
  }
}
