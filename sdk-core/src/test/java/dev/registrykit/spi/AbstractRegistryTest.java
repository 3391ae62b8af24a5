package dev.registrykit.spi;

import static dev.registrykit.spi.ScriptedRegistry.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PageCursor;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbstractRegistryTest {

  private static final String DIGEST = "sha256:" + "a".repeat(64);

  private final ScriptedRegistry registry = ScriptedRegistry.ordinary();

  // --- what a reference may say

  static Stream<Arguments> callsOnAnImage() {
    return Stream.of(
        Arguments.of(Named.of("getImage", (OnImage) (r, image) -> r.getImage(image))),
        Arguments.of(Named.of("listTags", (OnImage) (r, image) -> r.listTags(image))),
        Arguments.of(Named.of("getTag", (OnImage) (r, image) -> r.getTag(image, "1.2"))),
        Arguments.of(Named.of("findTag", (OnImage) (r, image) -> r.findTag(image, "1.2"))),
        Arguments.of(Named.of("deleteTag", (OnImage) (r, image) -> r.deleteTag(image, "1.2"))),
        Arguments.of(
            Named.of("deleteImage", (OnImage) (r, image) -> r.deleteImage(image, strict()))));
  }

  @FunctionalInterface
  interface OnImage {
    void call(ScriptedRegistry registry, ImageRef image);
  }

  @ParameterizedTest
  @MethodSource("callsOnAnImage")
  void aReferenceToAnotherRegistryIsRefused(OnImage call) {
    IllegalArgumentException e =
        assertRefused(() -> call.call(registry, ImageRef.parse("docker.io/library/nginx")));

    assertEquals(
        "docker.io/library/nginx is in another registry than this one, [registry.example]",
        e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("callsOnAnImage")
  void aPathThatTheProviderCannotHaveIsRefused(OnImage call) {
    assertRefused(() -> call.call(registry, ImageRef.of("app")));
  }

  @ParameterizedTest
  @MethodSource("callsOnAnImage")
  void noImageIsANullPointerException(OnImage call) {
    assertThrows(NullPointerException.class, () -> call.call(registry, null));
    assertNothingAsked();
  }

  @ParameterizedTest
  @MethodSource("callsOnAnImage")
  void afterCloseEveryCallIsRefused(OnImage call) {
    registry.close();

    assertThrows(IllegalStateException.class, () -> call.call(registry, APP));
    assertNothingAsked();
  }

  @Test
  void theRegistrysOwnHostIsTakenAndLeftOut() {
    registry.getImage(ImageRef.parse("Registry.Example/ns/app"));

    assertEquals(List.of("image ns/app"), registry.calls);
  }

  @Test
  void aTagThatContradictsTheReferenceIsRefused() {
    ImageRef reference = ImageRef.parse("ns/app:1.1");

    assertRefused(() -> registry.getTag(reference, "1.2"));
    assertRefused(() -> registry.deleteTag(reference, "1.2"));
  }

  @Test
  void theSameTagInTheReferenceIsTaken() {
    registry.deleteTag(ImageRef.parse("ns/app:1.2"), "1.2");

    assertEquals(List.of("delete ns/app:1.2"), registry.calls);
  }

  @Test
  void aDigestInTheReferenceOfATagIsRefused() {
    assertRefused(() -> registry.deleteTag(ImageRef.parse("ns/app@" + DIGEST), "1.2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "../x", "a/b", "a:b", "-a", "a\nb", "a?force=true"})
  void aTagThatIsNoneIsRefused(String tag) {
    assertRefused(() -> registry.getTag(APP, tag));
    assertRefused(() -> registry.findTag(APP, tag));
    assertRefused(() -> registry.deleteTag(APP, tag));
    assertRefused(() -> registry.deleteTag(Tag.builder(APP, tag).build(), strict()));
  }

  @Test
  void aDigestWhereATagBelongsIsRefused() {
    assertTrue(assertRefused(() -> registry.deleteTag(APP, DIGEST))
        .getMessage()
        .startsWith("a tag is needed here, not a digest"));
  }

  @Test
  void anImageIsNotDeletedByAReferenceThatNamesATag() {
    assertRefused(() -> registry.deleteImage(ImageRef.parse("ns/app:1.2"), strict()));
    assertRefused(() -> registry.deleteImage(ImageRef.parse("ns/app@" + DIGEST), strict()));
  }

  @Test
  void anImageIsNotDeletedByTheDigestOfATag() {
    assertRefused(() -> registry.deleteImage(APP, strict().onlyIfDigest(DIGEST)));
  }

  // --- listing

  @Test
  void theProvidersLargestPageIsAskedForByDefault() {
    registry.listTags(APP).toList();

    assertEquals(List.of("tags ns/app PROVIDER_DEFAULT 100 at null"), registry.calls);
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

  // --- abilities

  @Test
  void abilitiesAreToldWithoutAskingTheServer() {
    registry.close();

    assertTrue(registry.supports(Feature.DELETE_TAG));
    assertFalse(registry.supports(Feature.ORDER_BY_UPDATED));
    assertEquals("scripted", registry.provider());
    assertNothingAsked();
  }

  @Test
  void whatTheRegistryCannotDoIsRefusedBeforeTheFirstRequest() {
    assertUnsupported(Feature.LIST_IMAGES, ScriptedRegistry::listImages);
    assertUnsupported(Feature.DELETE_TAG, r -> r.deleteTag(APP, "1.2"));
    assertUnsupported(Feature.DELETE_IMAGE, r -> r.deleteImage(APP, strict()));
    assertUnsupported(
        Feature.DELETE_ONLY_IF_DIGEST, r -> r.deleteTag(APP, "1.2", strict().onlyIfDigest(DIGEST)));
  }

  private static void assertUnsupported(
      Feature missing, java.util.function.Consumer<ScriptedRegistry> call) {
    ScriptedRegistry registry = ScriptedRegistry.without(missing);
    assertThrows(UnsupportedFeatureException.class, () -> call.accept(registry));
    assertEquals(List.of(), registry.calls);
  }

  // --- what is missing

  static Stream<NotFoundException> missing() {
    return Stream.of(
        new TagNotFoundException(APP, "1.2", details(false)),
        new ImageNotFoundException(APP, details(false)));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void findingNothingIsEmpty(NotFoundException missing) {
    registry.failure = missing;

    assertEquals(Optional.empty(), registry.findTag(APP, "1.2"));
  }

  @Test
  void findingATagReturnsIt() {
    assertEquals(Optional.of(tag("1.2")), registry.findTag(APP, "1.2"));
  }

  @Test
  void otherRefusalsAreNotTakenForAMissingTag() {
    registry.failure = new PermissionDeniedException(details(false));

    assertThrows(PermissionDeniedException.class, () -> registry.findTag(APP, "1.2"));
    assertThrows(
        PermissionDeniedException.class,
        () -> registry.deleteTag(APP, "1.2", strict().ignoringMissing()));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void deletingWhatIsMissingIsAnError(NotFoundException missing) {
    registry.failure = missing;

    assertSame(
        missing, assertThrows(NotFoundException.class, () -> registry.deleteTag(APP, "1.2")));
    assertSame(
        missing,
        assertThrows(NotFoundException.class, () -> registry.deleteTag(tag("1.2"), strict())));
    assertSame(
        missing, assertThrows(NotFoundException.class, () -> registry.deleteImage(APP, strict())));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void deletingWhatIsMissingMayBeIgnored(NotFoundException missing) {
    registry.failure = missing;
    DeleteOptions ignoring = strict().ignoringMissing();

    assertEquals("ALREADY_ABSENT", registry.deleteTag(APP, "1.2", ignoring).toString());
    assertEquals("ALREADY_ABSENT", registry.deleteTag(tag("1.2"), ignoring).toString());
    assertEquals("ALREADY_ABSENT", registry.deleteImage(APP, ignoring).toString());
  }

  @Test
  void deletingWhatALostAnswerMayHaveDeletedIsNoError() {
    registry.failure = new TagNotFoundException(APP, "1.2", details(true));

    assertEquals("ALREADY_ABSENT", registry.deleteTag(APP, "1.2").toString());
  }

  @Test
  void aKnownTagIsDeletedAsItIs() {
    Tag known = Tag.builder(APP, "1.2").providerId("id-7").build();

    registry.deleteTag(known, strict());

    assertEquals(List.of("delete known ns/app:1.2"), registry.calls);
  }

  private static DeleteOptions strict() {
    return DeleteOptions.strict();
  }

  private static ErrorDetails details(boolean answerWasLost) {
    return ErrorDetails.of("delete tag 1.2 of ns/app")
        .statusCode(404)
        .answerWasLost(answerWasLost)
        .build();
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
