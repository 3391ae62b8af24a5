package dev.registrykit.spi;

import static dev.registrykit.spi.ScriptedRegistry.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.Tag;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every registry refuses before it asks the provider. */
class RegistryArgumentsTest {

  private static final String DIGEST = "sha256:" + "a".repeat(64);

  private final ScriptedRegistry registry = ScriptedRegistry.ordinary();

  static Stream<Arguments> callsOnAnImage() {
    return Stream.of(
        Arguments.of(Named.of("getImage", (OnImage) (r, image) -> r.getImage(image))),
        Arguments.of(Named.of("listTags", (OnImage) (r, image) -> r.listTags(image))),
        Arguments.of(Named.of("getTag", (OnImage) (r, image) -> r.getTag(image, "1.2"))),
        Arguments.of(Named.of("findTag", (OnImage) (r, image) -> r.findTag(image, "1.2"))),
        Arguments.of(Named.of("deleteTag", (OnImage) (r, image) -> r.deleteTag(image, "1.2"))),
        Arguments.of(
            Named.of("deleteImage", (OnImage) (r, image) -> r.deleteImage(image, strict()))),
        Arguments.of(
            Named.of("getTag by reference", (OnImage) (r, image) -> r.getTag(tagged(image)))),
        Arguments.of(
            Named.of("findTag by reference", (OnImage) (r, image) -> r.findTag(tagged(image)))),
        Arguments.of(Named.of("deleteTag by reference", (OnImage)
            (r, image) -> r.deleteTag(tagged(image), strict()))),
        Arguments.of(Named.of(
            "checkSupport", (OnImage) (r, image) -> r.checkSupport(image, Feature.DELETE_TAG))),
        Arguments.of(Named.of("waitUntilTagGone", (OnImage)
            (r, image) -> r.waitUntilTagGone(image, "1.2", WaitOptions.defaults()))),
        Arguments.of(Named.of("waitUntilImageGone", (OnImage)
            (r, image) -> r.waitUntilImageGone(image, WaitOptions.defaults()))),
        Arguments.of(Named.of("restoreTag", (OnImage) (r, image) -> r.restoreTag(image, "1.2"))));
  }

  private static ImageRef tagged(ImageRef image) {
    return image == null ? null : ImageRef.parse(image + ":1.2");
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

    assertTrue(
        e.getMessage().startsWith("docker.io/library/nginx")
            && e.getMessage().endsWith(" is in another registry than this one, [registry.example]"),
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

  @Test
  void whatIsNeverAskedForIsRefusedAfterCloseToo() {
    ScriptedRegistry unable = ScriptedRegistry.without(Feature.DELETE_IMAGE);
    unable.close();

    assertThrows(IllegalStateException.class, () -> unable.deleteImage(APP, strict()));
    assertThrows(IllegalStateException.class, unable::listImages);
  }

  @Test
  void theOptionsOfANewCallAreNeverNull() {
    assertThrows(
        NullPointerException.class, () -> registry.deleteTag(tagged(APP), (DeleteOptions) null));
    assertThrows(NullPointerException.class, () -> registry.waitUntilTagGone(APP, "1.2", null));
    assertThrows(NullPointerException.class, () -> registry.waitUntilImageGone(APP, null));
    assertThrows(NullPointerException.class, () -> registry.checkSupport(APP, null));
    assertThrows(NullPointerException.class, () -> registry.support(null));
    assertNothingAsked();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "../x", "a/b", "a:b", "-a", "a\nb", "a?force=true"})
  void aTagThatIsNoneIsRefused(String tag) {
    assertRefused(() -> registry.getTag(APP, tag));
    assertRefused(() -> registry.findTag(APP, tag));
    assertRefused(() -> registry.deleteTag(APP, tag));
    assertRefused(() -> registry.waitUntilTagGone(APP, tag, WaitOptions.defaults()));
    assertRefused(() -> registry.restoreTag(APP, tag));
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

  private static void assertUnsupported(Feature missing, Consumer<ScriptedRegistry> call) {
    ScriptedRegistry registry = ScriptedRegistry.without(missing);
    assertThrows(UnsupportedFeatureException.class, () -> call.accept(registry));
    assertEquals(List.of(), registry.calls);
  }

  private static DeleteOptions strict() {
    return DeleteOptions.defaults();
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
