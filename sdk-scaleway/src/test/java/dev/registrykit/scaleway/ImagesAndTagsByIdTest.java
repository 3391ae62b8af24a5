package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.Status;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.TagContent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only Scaleway has: images and tags by the API's own identifiers, filters and orders. */
class ImagesAndTagsByIdTest extends ScalewayTest {

  private static final ScalewayImageFilter ALL = ScalewayImageFilter.defaults();
  private static final ListTagsOptions TAGS = ListTagsOptions.defaults();

  @ParameterizedTest
  @CsvSource({
    "CREATED_AT_ASC, created_at_asc, b a",
    "CREATED_AT_DESC, created_at_desc, a b",
    "NAME_ASC, name_asc, a b",
    "NAME_DESC, name_desc, b a"
  })
  void allFourOrdersOfImagesAreTheServers(
      ScalewayImageOrder order, String orderBy, String expected) {
    emulator.addImage("shop/b");
    emulator.addImage("shop/a");

    List<String> names = names(registry.listScalewayImages(ALL.withOrder(order)));

    assertEquals(List.of(expected.split(" ")), names);
    assertSent("GET /images?page=1&page_size=100&order_by=" + orderBy);
  }

  @Test
  void everyFilterOfImagesIsSent() {
    String namespace = emulator.addNamespace("shop");
    emulator.addImage("shop/sebp/lighttpd");

    List<String> names = names(registry.listScalewayImages(ALL.withName("sebp/lighttpd")
        .withNamespaceId(namespace)
        .withOrganizationId(emulator.organizationId())
        .withProjectId(emulator.projectId())
        .withPageSize(3)));

    assertEquals(List.of("sebp/lighttpd"), names);
    assertSent(text(
        "GET /images?page=1&page_size=3&order_by=created_at_asc&namespace_id=" + namespace,
        "&name=sebp%2Flighttpd&organization_id=" + emulator.organizationId(),
        "&project_id=" + emulator.projectId()));
  }

  @Test
  void oneNameMayBeInSeveralNamespaces() {
    String shop = emulator.addNamespace("shop");
    String blog = emulator.addNamespace("blog");
    emulator.addImage("shop/app");
    emulator.addImage("blog/app");

    assertEquals(
        List.of(shop, blog),
        registry.listScalewayImages(ALL.withName("app")).stream()
            .map(ScalewayImage::namespaceId)
            .toList());
  }

  @Test
  void listingImagesPagesAndResumes() {
    for (int i = 0; i < 5; i++) {
      emulator.addImage("shop/app" + i);
    }
    var cursor = registry
        .listScalewayImages(ALL.withPageSize(2))
        .firstPage()
        .nextCursor()
        .orElseThrow();

    List<String> rest = names(registry.listScalewayImages(ALL.withPageSize(2).withCursor(cursor)));

    assertEquals(List.of("app2", "app3", "app4"), rest);
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listScalewayImages(
            ALL.withPageSize(2).withOrder(ScalewayImageOrder.NAME_ASC).withCursor(cursor)));
  }

  @Test
  void anImageCarriesAllTheServerSays() {
    String namespace = emulator.addNamespace("shop");
    String id = emulator.addImage("shop/app");
    emulator.addTag(
        "shop/app",
        "1.0",
        TagContent.ofDigest(DIGEST)
            .withDates(Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z")));
    emulator.setImageSize("shop/app", 3_000_000_000L);

    ScalewayImage image = registry.byId().getImage(id);

    assertEquals(
        ScalewayImage.builder(id, "app", namespace)
            .status(Status.READY)
            .statusMessage("")
            .visibility(Visibility.INHERIT)
            .sizeBytes(3_000_000_000L)
            .newestTags(List.of("1.0"))
            .createdAt(image.createdAt().orElseThrow())
            .updatedAt(Instant.parse("2030-01-01T00:00:00Z"))
            .build(),
        image);
    assertSent("GET /images/" + id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inherit", "public", "private"})
  void theVisibilityIsAllThatIsSent(String visibility) {
    String id = emulator.addImage("shop/app");

    ScalewayImage image = registry.byId().setVisibility(id, Visibility.of(visibility));

    assertEquals(Visibility.of(visibility), image.visibility());
    assertSent("PATCH /images/" + id);
    assertEquals(
        "{\"visibility\":\"" + visibility + "\"}", emulator.requests().get(0).body());
  }

  @Test
  void theVisibilityOfAKnownImageCostsOneRequest() {
    String id = emulator.addImage("shop/app");
    knowing(APP);

    registry.setVisibility(APP, Visibility.PUBLIC);

    assertSent("PATCH /images/" + id);
  }

  @Test
  void theVisibilityOfAMissingImageIsAMissingImage() {
    assertThrows(
        ImageNotFoundException.class, () -> registry.setVisibility(APP, Visibility.PUBLIC));
    assertThrows(
        NotFoundException.class,
        () -> registry.byId().setVisibility(UNKNOWN_ID, Visibility.PUBLIC));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "visibility_unknown", "PUBLIC", "secret"})
  void aVisibilityThatIsNoneOfTheThreeIsRefusedBeforeAnythingIsSent(String text) {
    Visibility visibility = Visibility.of(text);

    assertThrows(IllegalArgumentException.class, () -> registry.setVisibility(APP, visibility));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.byId().setVisibility(UNKNOWN_ID, visibility));
    assertNothingSent();
  }

  @Test
  void aTagIsReadByItsIdentifier() {
    String image = emulator.addImage("shop/app");
    Instant created = Instant.parse("2025-01-02T03:04:05.678901Z");
    String id = emulator
        .addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST).withDates(created, created))
        .id();

    assertEquals(
        ScalewayTag.builder(id, "1.0", image)
            .status(Status.READY)
            .digest(DIGEST)
            .createdAt(created)
            .updatedAt(created)
            .build(),
        registry.byId().getTag(id));
    assertSent("GET /tags/" + id);
  }

  @Test
  void tagsAreListedByTheIdentifierOfTheirImage() {
    String image = emulator.addImage("shop/app");
    emulator.addTags("shop/app", 120);

    List<ScalewayTag> tags = registry
        .byId()
        .listTags(image, TAGS.withOrder(TagOrder.NAME_DESC).withPageSize(60))
        .toList();

    assertEquals(120, tags.size());
    assertEquals("t-000119", tags.get(0).name());
    assertEquals(image, tags.get(0).imageId());
    assertSent(
        "GET /images/" + image + "/tags?page=1&page_size=60&order_by=name_desc",
        "GET /images/" + image + "/tags?page=2&page_size=60&order_by=name_desc");
  }

  @Test
  void tagsByIdentifierAreFilteredByNameAtTheServerAndByPrefixHere() {
    String image = emulator.addImage("shop/app");
    emulator.addTags("shop/app", 30);

    assertEquals(
        1, registry.byId().listTags(image, TAGS.withName("t-000001")).toList().size());
    assertEquals(
        10,
        registry.byId().listTags(image, TAGS.withNamePrefix("t-00001")).toList().size());
    assertSent(lookUpTag(image, "t-000001"), listTags(image));
  }

  @Test
  void housekeepingTagsCanBeLeftOutByIdentifierToo() {
    String image = emulator.addImage("shop/app");
    String signature = "sha256-" + "0".repeat(64) + ".sig";
    emulator.addTag("shop/app", signature, TagContent.ofDigest(DIGEST));
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    assertEquals(2, registry.byId().listTags(image, TAGS).toList().size());
    assertEquals(
        List.of("1.0"),
        registry.byId().listTags(image, TAGS.withHousekeepingTags(false)).stream()
            .map(ScalewayTag::name)
            .toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 101})
  void aPageOfTagsByIdentifierHoldsHundredAtMost(int size) {
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.byId().listTags(UNKNOWN_ID, TAGS.withPageSize(size)));
    assertNothingSent();
  }

  @ParameterizedTest
  @EnumSource(
      value = TagOrder.class,
      names = {"UPDATED_ASC", "UPDATED_DESC", "CHANGED_ASC", "CHANGED_DESC"})
  void anOrderTheServerLacksIsRefusedForTagsByIdentifier(TagOrder order) {
    var refused = assertThrows(
        UnsupportedFeatureException.class,
        () -> registry.byId().listTags(UNKNOWN_ID, TAGS.withOrder(order)));
    boolean isByUpdate = order.name().startsWith("UPDATED");

    assertEquals(
        Optional.of(isByUpdate ? Feature.SERVER_ORDER_BY_UPDATED : Feature.SERVER_ORDER_BY_CHANGED),
        refused.feature());
    assertNothingSent();
  }

  @Test
  void whatIsMissingIsNotFoundWithItsStatus() {
    for (var call : List.<Executable>of(
        () -> registry.byId().getImage(UNKNOWN_ID),
        () -> registry.byId().deleteImage(UNKNOWN_ID),
        () -> registry.byId().getTag(UNKNOWN_ID),
        () -> registry.byId().deleteTag(UNKNOWN_ID),
        () -> registry.byId().listTags(UNKNOWN_ID, TAGS).toList())) {
      assertEquals(404, assertThrows(NotFoundException.class, call).statusCode());
    }
    assertEquals(5, emulator.requestCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "..",
        "../namespaces",
        "..%2Fnamespaces",
        "00000000-1111-4222-8333-44444444444",
        "00000000-1111-4222-8333-4444444444444",
        "00000000-1111-4222-8333-444444444444/",
        " 00000000-1111-4222-8333-444444444444",
        "00000000-1111-4222-8333-444444444444\n",
        "00000000111142228333444444444444",
        "0000000g-1111-4222-8333-444444444444",
        "0-0-0-0-0"
      })
  void whatIsNoIdentifierIsRefusedBeforeAnythingIsSent(String id) {
    WaitOptions wait = WaitOptions.defaults();
    UpdateNamespaceOptions change =
        UpdateNamespaceOptions.nothing().withVisibility(Visibility.PUBLIC);
    for (var call : List.<Executable>of(
        () -> registry.byId().getNamespace(id),
        () -> registry.byId().updateNamespace(id, change),
        () -> registry.byId().deleteNamespace(id),
        () -> registry.byId().waitUntilNamespaceGone(id, wait),
        () -> registry.byId().getImage(id),
        () -> registry.byId().setVisibility(id, Visibility.PUBLIC),
        () -> registry.byId().deleteImage(id),
        () -> registry.byId().waitUntilImageGone(id, wait),
        () -> registry.byId().listTags(id, TAGS),
        () -> registry.byId().getTag(id),
        () -> registry.byId().deleteTag(id),
        () -> registry.byId().waitUntilTagGone(id, wait),
        () -> ALL.withNamespaceId(id),
        () -> ALL.withProjectId(id),
        () -> ALL.withOrganizationId(id),
        () -> ListNamespacesOptions.defaults().withProjectId(id),
        () -> ListNamespacesOptions.defaults().withOrganizationId(id),
        () -> CreateNamespaceOptions.named("shop").withProjectId(id),
        () -> CreateNamespaceOptions.named("shop").withOrganizationId(id),
        () -> ScalewayRegistry.builder().projectId(id),
        () -> ScalewayRegistry.builder().organizationId(id))) {
      assertThrows(IllegalArgumentException.class, call);
    }
    assertNothingSent();
  }

  @Test
  void nullIsRefusedByIdentifierToo() {
    ScalewayRegistryById byId = registry.byId();
    for (var call : List.<Executable>of(
        () -> byId.getNamespace(null),
        () -> byId.updateNamespace(null, UpdateNamespaceOptions.nothing()),
        () -> byId.updateNamespace(UNKNOWN_ID, null),
        () -> byId.deleteNamespace(null),
        () -> byId.waitUntilNamespaceGone(null, WaitOptions.defaults()),
        () -> byId.waitUntilNamespaceGone(UNKNOWN_ID, null),
        () -> byId.getImage(null),
        () -> byId.setVisibility(null, Visibility.PUBLIC),
        () -> byId.setVisibility(UNKNOWN_ID, null),
        () -> byId.deleteImage(null),
        () -> byId.waitUntilImageGone(null, WaitOptions.defaults()),
        () -> byId.waitUntilImageGone(UNKNOWN_ID, null),
        () -> byId.listTags(null, TAGS),
        () -> byId.listTags(UNKNOWN_ID, null),
        () -> byId.getTag(null),
        () -> byId.deleteTag(null),
        () -> byId.deleteTag(UNKNOWN_ID, null),
        () -> byId.waitUntilTagGone(null, WaitOptions.defaults()),
        () -> byId.waitUntilTagGone(UNKNOWN_ID, null))) {
      assertThrows(NullPointerException.class, call);
    }
    assertNothingSent();
  }

  @Test
  void anIdentifierInCapitalsIsOneToo() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    String capitals = id.toUpperCase(Locale.ROOT);

    registry.byId().getTag(capitals);

    assertSent("GET /tags/" + capitals);
  }

  @Test
  void namesOfImagesAreChecked() {
    for (String name : List.of("", " ", "a//b", "/a", "a/", "..", "a/../b", "a:b", "a\nb")) {
      assertThrows(IllegalArgumentException.class, () -> ALL.withName(name));
    }
  }

  @Test
  void valuesAreEqualIfAllTheirPartsAre() {
    String image = emulator.addImage("shop/app");
    String tag = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();

    assertEquals(registry.byId().getImage(image), registry.byId().getImage(image));
    assertEquals(registry.byId().getTag(tag), registry.byId().getTag(tag));
    assertEquals(
        registry.byId().getTag(tag).hashCode(), registry.byId().getTag(tag).hashCode());
    assertNotEquals(
        registry.byId().getImage(image), registry.byId().setVisibility(image, Visibility.PUBLIC));
    assertEquals("app (" + image + ")", registry.byId().getImage(image).toString());
    assertEquals("1.0 (" + tag + ")", registry.byId().getTag(tag).toString());
    assertEquals(Optional.empty(), ScalewayTag.builder("i", "n", "m").build().digest());
    assertEquals(
        OptionalLong.empty(), ScalewayImage.builder("i", "n", "m").build().sizeBytes());
  }

  private static List<String> names(PagedIterable<ScalewayImage> images) {
    return images.stream().map(ScalewayImage::name).toList();
  }
}
