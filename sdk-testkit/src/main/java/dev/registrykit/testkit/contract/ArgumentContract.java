package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Arguments that are refused before anything is sent. */
abstract class ArgumentContract extends ContractTheme {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final BulkDeleteListener SILENT = new BulkDeleteListener() {};
  private static final WaitOptions WAITING = WaitOptions.defaults().withTimeout(Duration.ZERO);
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  /** What is no tag. */
  private static final List<String> NO_TAGS = List.of(
      "",
      " ",
      ".",
      "..",
      ".hidden",
      "-dash",
      "a/b",
      "../1.0",
      "a//b",
      "1.0 ",
      "1 0",
      "1.0\n",
      "a\u0000b",
      "a\u007fb",
      "1.0?force=true",
      "1.0#x",
      "%2e%2e",
      "1.0:2.0",
      "caf\u00e9",
      "x".repeat(129),
      DIGEST,
      "sha256:abc");

  /** What is no path of an image. */
  private static final List<String> NO_PATHS = List.of(
      "",
      " ",
      "/",
      ".",
      "..",
      "contract/.",
      "contract/../app",
      "contract//app",
      "/contract/app",
      "contract/app/",
      "contract/ /app",
      "contract/a b",
      "contract/app\r\nx",
      "contract/a\u0000b",
      "contract/app:1.0",
      "contract/app@" + DIGEST,
      "contract/app?x=y",
      "contract/app#x",
      "contract/%2e%2e",
      "contract\\app",
      "contract/caf\u00e9",
      "contract/" + "x".repeat(247));

  ArgumentContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @BeforeEach
  void addTags() {
    addTags("1.0", "1.1");
  }

  @AfterEach
  void everythingIsStillThere() {
    assertTagsLeft(app(), "1.0", "1.1");
  }

  /** The methods that take an image, those this registry refuses altogether left out. */
  private Map<String, BiConsumer<Registry, ImageRef>> methodsOfAnImage() {
    Map<String, BiConsumer<Registry, ImageRef>> methods = new LinkedHashMap<>();
    methods.put("getImage", Registry::getImage);
    methods.put("listTags", Registry::listTags);
    methods.put("getTag", (registry, image) -> registry.getTag(image, "1.0"));
    methods.put("findTag", (registry, image) -> registry.findTag(image, "1.0"));
    methods.put("deleteTag", (registry, image) -> registry.deleteTag(image, "1.0"));
    methods.put(
        "deleteTags", (registry, image) -> registry.deleteTags(image, List.of("1.0"), STRICT));
    methods.put(
        "deleteTags with a listener",
        (registry, image) -> registry.deleteTags(image, List.of("1.0"), STRICT, SILENT));
    methods.put("deleteImage", (registry, image) -> registry.deleteImage(image, STRICT));
    methods.put(
        "checkSupport", (registry, image) -> registry.checkSupport(image, Feature.DELETE_TAG));
    methods.put(
        "waitUntilTagGone", (registry, image) -> registry.waitUntilTagGone(image, "1.0", WAITING));
    methods.put(
        "waitUntilImageGone", (registry, image) -> registry.waitUntilImageGone(image, WAITING));
    methods.put("restoreTag", (registry, image) -> registry.restoreTag(image, "1.0"));
    methods.put("getTag by reference", (registry, image) -> registry.getTag(tagged(image)));
    methods.put("findTag by reference", (registry, image) -> registry.findTag(tagged(image)));
    methods.put(
        "deleteTag by reference", (registry, image) -> registry.deleteTag(tagged(image), STRICT));
    if (registry().supports(Feature.LIST_IMAGES)) {
      methods.put(
          "listImages",
          (registry, image) -> registry.listImages(ListImagesOptions.defaults().withImage(image)));
    }
    return methods;
  }

  private static ImageRef tagged(ImageRef image) {
    return ImageRef.parse(image + ":1.0");
  }

  /** The methods that take the name of a tag of {@link #app()}. */
  private Map<String, BiConsumer<ImageRef, String>> methodsOfATag() {
    Map<String, BiConsumer<ImageRef, String>> methods = new LinkedHashMap<>();
    methods.put("getTag", registry()::getTag);
    methods.put("findTag", registry()::findTag);
    methods.put("deleteTag", registry()::deleteTag);
    methods.put(
        "deleteTags",
        (image, tag) -> registry().deleteTags(image, List.of("1.0", tag), STRICT.withForce()));
    methods.put(
        "deleteTags with a listener",
        (image, tag) -> registry().deleteTags(image, List.of("1.0", tag), STRICT, SILENT));
    methods.put(
        "deleteTag with options",
        (image, tag) -> registry().deleteTag(image, tag, STRICT.withForce().ignoringMissing()));
    methods.put(
        "waitUntilTagGone", (image, tag) -> registry().waitUntilTagGone(image, tag, WAITING));
    methods.put("restoreTag", registry()::restoreTag);
    return methods;
  }

  private DynamicTest refused(String name, Executable call) {
    return dynamicTest(
        shown(name), () -> assertRefusedUnsent(IllegalArgumentException.class, call));
  }

  private static String shown(String name) {
    String visible = name.replaceAll("[^ -~]", "?");
    return "'" + (visible.length() <= 80 ? visible : visible.substring(0, 80) + "...") + "'";
  }

  @NullUnmarked
  @TestFactory
  Stream<DynamicTest> nullIsRefused() {
    Map<String, Consumer<Registry>> calls = new LinkedHashMap<>();
    calls.put("supports(null)", r -> r.supports(null));
    calls.put("listImages(null)", r -> r.listImages(null));
    calls.put("getImage(null)", r -> r.getImage(null));
    calls.put("listTags(null)", r -> r.listTags(null));
    calls.put("listTags(image, null)", r -> r.listTags(app(), null));
    calls.put("getTag(null, tag)", r -> r.getTag(null, "1.0"));
    calls.put("getTag(image, null)", r -> r.getTag(app(), null));
    calls.put("findTag(null, tag)", r -> r.findTag(null, "1.0"));
    calls.put("findTag(image, null)", r -> r.findTag(app(), null));
    calls.put("deleteTag(null, tag)", r -> r.deleteTag(null, "1.0"));
    calls.put("deleteTag(image, null)", r -> r.deleteTag(app(), (String) null));
    calls.put("deleteTag(image, tag, null)", r -> r.deleteTag(app(), "1.0", null));
    calls.put("deleteTag(null, options)", r -> r.deleteTag((Tag) null, STRICT));
    calls.put("deleteTag(tag, null)", r -> r.deleteTag(Tag.builder(app(), "1.0").build(), null));
    calls.put("deleteTags(null, tags)", r -> r.deleteTags(null, List.of("1.0"), STRICT));
    calls.put("deleteTags(image, null)", r -> r.deleteTags(app(), null, STRICT));
    calls.put(
        "deleteTags(image, null tag)",
        r -> r.deleteTags(app(), Arrays.asList("1.0", null), STRICT));
    calls.put("deleteTags(image, tags, null)", r -> r.deleteTags(app(), List.of("1.0"), null));
    calls.put(
        "deleteTags(image, tags, options, null)",
        r -> r.deleteTags(app(), List.of("1.0"), STRICT, null));
    calls.put("getTag(null)", r -> r.getTag(null));
    calls.put("findTag(null)", r -> r.findTag(null));
    calls.put("deleteTag(null reference, options)", r -> r.deleteTag((ImageRef) null, STRICT));
    calls.put("deleteTag(reference, null)", r -> r.deleteTag(tagged(app()), (DeleteOptions) null));
    calls.put("support(null)", r -> r.support(null));
    calls.put("checkSupport(null, feature)", r -> r.checkSupport(null, Feature.DELETE_TAG));
    calls.put("checkSupport(image, null)", r -> r.checkSupport(app(), null));
    calls.put("waitUntilTagGone(null, tag, options)", r -> r.waitUntilTagGone(null, "1", WAITING));
    calls.put(
        "waitUntilTagGone(image, null, options)", r -> r.waitUntilTagGone(app(), null, WAITING));
    calls.put("waitUntilTagGone(image, tag, null)", r -> r.waitUntilTagGone(app(), "1", null));
    calls.put("waitUntilImageGone(null, options)", r -> r.waitUntilImageGone(null, WAITING));
    calls.put("waitUntilImageGone(image, null)", r -> r.waitUntilImageGone(app(), null));
    calls.put("restoreTag(null, tag)", r -> r.restoreTag(null, "1.0"));
    calls.put("restoreTag(image, null)", r -> r.restoreTag(app(), null));
    calls.put("deleteImage(null, options)", r -> r.deleteImage(null, STRICT));
    calls.put("deleteImage(image, null)", r -> r.deleteImage(app(), null));
    return calls.entrySet().stream()
        .map(call -> dynamicTest(
            call.getKey(),
            () -> assertRefusedUnsent(
                NullPointerException.class, () -> call.getValue().accept(registry()))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoTagIsRefused() {
    return methodsOfATag().entrySet().stream()
        .flatMap(method -> NO_TAGS.stream()
            .map(tag ->
                refused(method.getKey() + ": " + tag, () -> method.getValue().accept(app(), tag))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoTagIsRefusedInATagMadeByHandToo() {
    return NO_TAGS.stream()
        .map(tag ->
            refused(tag, () -> registry().deleteTag(Tag.builder(app(), tag).build(), STRICT)));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoTagIsNoFilter() {
    return NO_TAGS.stream()
        .map(tag -> refused(tag, () -> ListTagsOptions.defaults().withName(tag)));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoPathIsNoReference() {
    return NO_PATHS.stream()
        .map(path -> dynamicTest(
            shown(path),
            () -> assertThrows(IllegalArgumentException.class, () -> ImageRef.of(path))));
  }

  @TestFactory
  Stream<DynamicTest> aReferenceToAnotherRegistryIsRefused() {
    ImageRef elsewhere = ImageRef.parse("registry.invalid:5000/" + app().path());
    return methodsOfAnImage().entrySet().stream()
        .map(method ->
            refused(method.getKey(), () -> method.getValue().accept(registry(), elsewhere)));
  }

  @TestFactory
  Stream<DynamicTest> whatCannotBeAnImageHereIsRefused() {
    return fixture().impossibleImages().stream()
        .flatMap(image -> methodsOfAnImage().entrySet().stream()
            .map(method -> refused(
                method.getKey() + ": " + image,
                () -> method.getValue().accept(registry(), image))));
  }

  @TestFactory
  Stream<DynamicTest> aReferenceThatContradictsTheTagIsRefused() {
    ImageRef otherTag = ImageRef.parse(app().path() + ":1.1");
    ImageRef digest = ImageRef.parse(app().path() + "@" + DIGEST);
    return methodsOfATag().entrySet().stream()
        .flatMap(method -> Stream.of(
            refused(
                method.getKey() + ": another tag", () -> method.getValue().accept(otherTag, "1.0")),
            refused(
                method.getKey() + ": a digest", () -> method.getValue().accept(digest, "1.0"))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoDigestIsNotRequired() {
    return Stream.of("", " ", "1.0", "sha256:", "sha256:abc", DIGEST + "0", DIGEST + "\n", "a b")
        .map(digest -> refused(digest, () -> STRICT.onlyIfDigest(digest)));
  }

  @Test
  void asksForAbilitiesSendNothing() {
    assertRequests(
        0,
        () -> {
          for (Feature feature : Feature.values()) {
            registry().supports(feature);
            registry().support(feature);
          }
        },
        "supports()");
    assertEquals(registry().provider(), registry().provider().toLowerCase(Locale.ROOT));
  }
}
