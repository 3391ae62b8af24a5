package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.TagContent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for deletions to end, for tags, images and namespaces, by name and by identifier. */
class WaitUntilGoneTest extends ScalewayTest {

  private static final WaitOptions OPTIONS = WaitOptions.defaults();

  /** What is waited for, and how. */
  enum Kind {
    TAG_BY_NAME("tag 1.0 of shop/app", "/tags/"),
    TAG_BY_ID("tag ID", "/tags/"),
    IMAGE_BY_NAME("image shop/app", "/images/[^/]*$"),
    IMAGE_BY_ID("image ID", "/images/[^/]*$"),
    NAMESPACE_BY_NAME("namespace shop", "/namespaces/"),
    NAMESPACE_BY_ID("namespace ID", "/namespaces/");

    private final String words;
    private final String path;

    Kind(String words, String path) {
      this.words = words;
      this.path = path;
    }

    boolean isByName() {
      return name().endsWith("NAME");
    }
  }

  private String tag;
  private String image;
  private String namespace;

  private void addAll() {
    namespace = emulator.addNamespace("shop");
    image = emulator.addImage("shop/app");
    tag = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
  }

  private String id(Kind kind) {
    return switch (kind) {
      case TAG_BY_NAME, TAG_BY_ID -> tag;
      case IMAGE_BY_NAME, IMAGE_BY_ID -> image;
      case NAMESPACE_BY_NAME, NAMESPACE_BY_ID -> namespace;
    };
  }

  private void delete(Kind kind) {
    switch (kind) {
      case TAG_BY_NAME, TAG_BY_ID -> registry.byId().deleteTag(tag);
      case IMAGE_BY_NAME, IMAGE_BY_ID -> registry.byId().deleteImage(image);
      case NAMESPACE_BY_NAME, NAMESPACE_BY_ID -> registry.byId().deleteNamespace(namespace);
    }
  }

  private void await(Kind kind, WaitOptions options) {
    await(registry, kind, options);
  }

  private void await(ScalewayRegistry on, Kind kind, WaitOptions options) {
    switch (kind) {
      case TAG_BY_NAME -> on.waitUntilTagGone(APP, "1.0", options);
      case TAG_BY_ID -> on.byId().waitUntilTagGone(tag, options);
      case IMAGE_BY_NAME -> on.waitUntilImageGone(APP, options);
      case IMAGE_BY_ID -> on.byId().waitUntilImageGone(image, options);
      case NAMESPACE_BY_NAME -> on.waitUntilNamespaceGone("shop", options);
      case NAMESPACE_BY_ID -> on.byId().waitUntilNamespaceGone(namespace, options);
    }
  }

  private String words(Kind kind) {
    return kind.words.replace("ID", String.valueOf(id(kind)));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aDeletionIsOverWhenTheThingIsNotFound(Kind kind) {
    emulator.setDeletionReads(8);
    addAll();
    delete(kind);

    await(kind, OPTIONS);

    String last = sent().get(sent().size() - 1);
    assertTrue(last.startsWith("GET /") && last.endsWith("/" + id(kind)), last);
    await(kind, OPTIONS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsAbsentIsGoneAtOnce(Kind kind) {
    tag = UNKNOWN_ID;
    image = UNKNOWN_ID;
    namespace = UNKNOWN_ID;

    await(kind, OPTIONS);

    assertEquals(List.of(), time.sleeps());
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void theIntervalsGrow() {
    emulator.setDeletionReads(6);
    addAll();
    registry.byId().deleteTag(tag);
    emulator.clearRequests();

    registry.byId().waitUntilTagGone(tag, OPTIONS);

    assertEquals(
        List.of(500L, 1000L, 2000L, 4000L, 5000L, 5000L),
        time.sleeps().stream().map(Duration::toMillis).toList());
    assertEquals(7, emulator.requestCount());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatStaysIsATimeout(Kind kind) {
    addAll();

    var failure = assertThrows(
        RegistryTimeoutException.class,
        () -> await(kind, OPTIONS.withTimeout(Duration.ofSeconds(12))));

    assertEquals(
        "wait until " + words(kind) + " is gone failed: still not so after 12000 ms",
        failure.getMessage());
    assertEquals(12, time.slept().toSeconds(), 1);
  }

  @Test
  void anAnswerThatStallsDoesNotOutliveTheWait() {
    addAll();
    emulator.failNext(9, Fault.stallBody(Duration.ofHours(1)));

    var failure = assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThrows(
            RegistryTimeoutException.class,
            () -> registry
                .byId()
                .waitUntilTagGone(tag, OPTIONS.withTimeout(Duration.ofMillis(300)))));

    assertEquals(
        "wait until tag " + tag + " is gone failed: still not so after 300 ms",
        failure.getMessage());
  }

  @Test
  void aTimeoutOfZeroAsksOnce() {
    addAll();

    assertThrows(
        RegistryTimeoutException.class,
        () -> registry.byId().waitUntilTagGone(tag, OPTIONS.withTimeout(Duration.ZERO)));

    assertSent("GET /tags/" + tag);
    assertEquals(List.of(), time.sleeps());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anInterruptEndsTheWaitAndKeepsTheFlag(Kind kind) {
    addAll();
    time.duringSleep(Thread.currentThread()::interrupt);

    RegistryInterruptedException failure;
    boolean isInterrupted;
    try {
      failure = assertThrows(RegistryInterruptedException.class, () -> await(kind, OPTIONS));
    } finally {
      isInterrupted = Thread.interrupted();
    }

    assertTrue(isInterrupted);
    assertInstanceOf(InterruptedException.class, failure.getCause());
    assertEquals(1, time.sleeps().size());
    assertEquals(
        "wait until " + words(kind) + " is gone failed: the thread was interrupted",
        failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "locked"})
  void aStateThatDoesNotEndByItselfIsAConflict(String state) {
    addAll();
    for (Kind kind : Kind.values()) {
      emulator.failNext(
          "GET",
          kind.path,
          1,
          Fault.json(
              200,
              text(
                  "{\"id\":\"" + id(kind) + "\",\"name\":\"x\",\"image_id\":\"" + image,
                  "\",\"namespace_id\":\"" + namespace + "\",\"status\":\"" + state + "\"}")));

      var failure = assertThrows(ConflictException.class, () -> await(kind, OPTIONS));

      assertEquals(
          "wait until " + words(kind) + " is gone failed: its state is " + state,
          failure.getMessage());
      assertEquals(0, failure.statusCode());
    }
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void anUnknownOrMissingStateIsWaitedFor() {
    addAll();
    String fields = "{\"id\":\"" + tag + "\",\"name\":\"1.0\",\"image_id\":\"" + image + "\"";
    emulator.failNext("GET", "/tags/", 1, Fault.json(200, fields + ",\"status\":\"odd\"}"));
    emulator.failNext("GET", "/tags/", 1, Fault.json(200, fields + "}"));
    emulator.failNext("GET", "/tags/", 1, Fault.json(404, "{\"message\":\"Tag was not found\"}"));

    registry.byId().waitUntilTagGone(tag, OPTIONS);

    assertEquals(2, time.sleeps().size());
  }

  /** After the first look, a listing can tell whether somebody else's 404 is true. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void somebodyElsesNotFoundIsHeldAgainstAListing(Kind kind) {
    emulator.setDeletionReads(50);
    addAll();
    delete(kind);
    time.duringSleep(() -> emulator.failNext("GET", kind.path, 1, Fault.status(404)));

    assertThrows(
        RegistryTimeoutException.class,
        () -> await(kind, OPTIONS.withTimeout(Duration.ofSeconds(3))));
    assertTrue(time.sleeps().size() > 1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aListingThatLacksItEndsTheWaitThoughTheNotFoundIsSomebodyElses(Kind kind) {
    addAll();
    time.duringSleep(() -> {
      emulator.failNext("GET", kind.path, 1, Fault.json(404, "{\"message\":\"Not Found\"}"));
      elsewhere(other -> {
        switch (kind) {
          case TAG_BY_NAME, TAG_BY_ID -> other.deleteTag(APP, "1.0");
          case IMAGE_BY_NAME, IMAGE_BY_ID -> other.deleteImage(APP, DeleteOptions.defaults());
          case NAMESPACE_BY_NAME, NAMESPACE_BY_ID -> other.deleteNamespace("shop");
        }
      });
    });

    await(kind, OPTIONS);

    assertEquals(1, time.sleeps().size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TAG_BY_ID", "IMAGE_BY_ID", "NAMESPACE_BY_ID"})
  void aWrongAddressIsNoSuccessByIdentifierEither(Kind kind) {
    addAll();
    try (ScalewayRegistry lost =
        builder().baseUrl(emulator.baseUrl() + "/wrong").build()) {
      assertThrows(NotFoundException.class, () -> await(lost, kind, OPTIONS));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void otherFailuresComeOut(Kind kind) {
    addAll();
    emulator.failNext("GET", kind.path, 1, Fault.json(403, "{\"message\":\"Not authorized\"}"));

    assertThrows(PermissionDeniedException.class, () -> await(kind, OPTIONS));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aWrongAddressIsNoSuccessWhereANameIsLookedUp(Kind kind) {
    if (!kind.isByName()) {
      return;
    }
    try (ScalewayRegistry lost =
        builder().baseUrl(emulator.baseUrl() + "/wrong").build()) {
      var failure = assertThrows(NotFoundException.class, () -> await(lost, kind, OPTIONS));

      assertEquals(NotFoundException.class, failure.getClass());
      assertEquals(404, failure.statusCode());
    }
  }

  @Test
  void aTagPushedAgainMeanwhileIsNotWaitedFor() {
    addAll();
    registry.deleteTag(APP, "1.0");
    time.duringSleep(() -> emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)));

    assertDoesNotThrow(() -> registry.byId().waitUntilTagGone(tag, OPTIONS));
  }

  @Test
  void waitingForAnImageForgetsIt() {
    addAll();
    registry.getImage(APP);
    registry.byId().deleteImage(image);
    registry.waitUntilImageGone(APP, OPTIONS);
    String anew = emulator.addImage("shop/app");
    emulator.clearRequests();

    registry.listTags(APP).toList();

    assertSent(lookUpImage(namespace, "app"), listTags(anew));
  }

  @Test
  void argumentsAreCheckedFirst() {
    ImageRef foreign = ImageRef.parse("docker.io/shop/app");

    assertThrows(
        IllegalArgumentException.class, () -> registry.waitUntilTagGone(foreign, "1.0", OPTIONS));
    assertThrows(IllegalArgumentException.class, () -> registry.waitUntilTagGone(APP, "", OPTIONS));
    assertThrows(
        IllegalArgumentException.class, () -> registry.waitUntilImageGone(foreign, OPTIONS));
    assertThrows(
        IllegalArgumentException.class, () -> registry.waitUntilNamespaceGone("a_b", OPTIONS));
    assertThrows(NullPointerException.class, () -> registry.waitUntilTagGone(APP, "1.0", null));
    assertNothingSent();
  }
}
