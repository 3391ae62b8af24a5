package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.TagContent;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading one tag or one image by its name. */
class ReadOneTest extends ScalewayTest {

  @Test
  void theFirstTagOfAnImageCostsThreeRequests() {
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    Tag tag = registry.getTag(APP, "1.0");

    assertEquals(Optional.of(DIGEST), tag.digest());
    assertSent(lookUpNamespace("shop"), lookUpImage(namespace, "app"), lookUpTag(image, "1.0"));
  }

  @Test
  void everyOtherTagOfItCostsOne() {
    String image = emulator.addImage("shop/app");
    emulator.addTags("shop/app", 300);
    knowing(APP);

    Tag tag = registry.getTag(APP, "t-000299");

    assertEquals("t-000299", tag.name());
    assertSent(lookUpTag(image, "t-000299"));
  }

  @Test
  void aTagsNameIsEscaped() {
    String image = emulator.addImage("shop/app");
    emulator.addTag("shop/app", "sha256-0a.sbom_x-y", TagContent.ofDigest(DIGEST));
    knowing(APP);

    registry.getTag(APP, "sha256-0a.sbom_x-y");

    assertSent(lookUpTag(image, "sha256-0a.sbom_x-y"));
  }

  @Test
  void aMissingTagIsNamed() {
    emulator.addImage("shop/app");

    var failure = assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "1.0"));

    assertEquals(APP, failure.image());
    assertEquals("1.0", failure.tag());
    assertEquals("get tag 1.0 of shop/app failed: there is no such tag", failure.getMessage());
    assertEquals(0, failure.statusCode());
  }

  @Test
  void aTagOfAMissingImageIsAMissingImage() {
    emulator.addNamespace("shop");

    assertThrows(ImageNotFoundException.class, () -> registry.getTag(APP, "1.0"));
  }

  @Test
  void findTagIsEmptyForAMissingTagImageOrNamespace() {
    emulator.addImage("shop/app");

    assertEquals(Optional.empty(), registry.findTag(APP, "1.0"));
    assertEquals(Optional.empty(), registry.findTag(ImageRef.of("shop/other"), "1.0"));
    assertEquals(Optional.empty(), registry.findTag(ImageRef.of("nowhere/app"), "1.0"));
  }

  @Test
  void findTagDoesNotTakeAWrongAddressForAMissingTag() {
    try (ScalewayRegistry lost =
        builder().baseUrl(emulator.baseUrl() + "/wrong").build()) {
      var failure = assertThrows(NotFoundException.class, () -> lost.findTag(APP, "1.0"));

      assertEquals(NotFoundException.class, failure.getClass());
      assertEquals(404, failure.statusCode());
    }
  }

  @Test
  void ofTwoTagsOfOneNameTheOneNotBeingDeletedIsRead() {
    emulator.addImage("shop/app");
    knowing(APP);
    emulator.failNext(Fault.json(
        200,
        text(
            "{\"total_count\":2,\"tags\":[",
            "{\"id\":\"1\",\"name\":\"1.0\",\"status\":\"deleting\"},",
            "{\"id\":\"2\",\"name\":\"1.0\",\"status\":\"ready\"}]}")));

    assertEquals(Optional.of("2"), registry.getTag(APP, "1.0").providerId());
  }

  @Test
  void aServerThatIgnoresTheNameDoesNotMisleadAReader() {
    emulator.addImage("shop/app");
    knowing(APP);
    emulator.failNext(Fault.json(
        200,
        text(
            "{\"total_count\":1,\"tags\":[",
            "{\"id\":\"1\",\"name\":\"2.0\",\"status\":\"ready\"}]}")));

    assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "1.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".x", "a/b", "a b", "a\nb", "ü"})
  void whatIsNoTagIsRefusedBeforeAnythingIsSent(String tag) {
    assertThrows(IllegalArgumentException.class, () -> registry.getTag(APP, tag));
    assertThrows(IllegalArgumentException.class, () -> registry.findTag(APP, tag));
    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(APP, tag));
    assertNothingSent();
  }

  @Test
  void aDigestIsNoTag() {
    assertThrows(IllegalArgumentException.class, () -> registry.getTag(APP, DIGEST));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.getTag(ImageRef.parse("shop/app@" + DIGEST), "1.0"));
    assertNothingSent();
  }

  @Test
  void aTagThatContradictsTheReferenceIsRefused() {
    ImageRef image = ImageRef.parse("shop/app:1.0");

    assertThrows(IllegalArgumentException.class, () -> registry.getTag(image, "2.0"));
    assertThrows(IllegalArgumentException.class, () -> registry.deleteTag(image, "2.0"));
    assertNothingSent();
  }

  @Test
  void theFirstImageOfANamespaceCostsTwoRequests() {
    String namespace = emulator.addNamespace("shop");
    String id = emulator.addImage("shop/app");
    emulator.addTag(
        "shop/app",
        "1.0",
        TagContent.ofDigest(DIGEST)
            .withDates(Instant.EPOCH, Instant.parse("2025-06-07T08:09:10Z")));
    emulator.setImageSize("shop/app", 3_000_000_000L);

    Image image = registry.getImage(APP);

    assertEquals(APP, image.ref());
    assertEquals(Optional.of(id), image.providerId());
    assertEquals(OptionalLong.of(3_000_000_000L), image.sizeBytes());
    assertEquals(Status.READY, image.status());
    assertSent(lookUpNamespace("shop"), lookUpImage(namespace, "app"));
  }

  @Test
  void everyOtherImageOfItCostsOne() {
    String namespace = emulator.addNamespace("shop");
    emulator.addImage("shop/app");
    emulator.addImage("shop/web");
    knowing(APP);

    registry.getImage(ImageRef.of("shop/web"));
    registry.getImage(APP);

    assertSent(lookUpImage(namespace, "web"), lookUpImage(namespace, "app"));
  }

  @Test
  void aMissingImageIsNamed() {
    emulator.addNamespace("shop");

    var failure = assertThrows(ImageNotFoundException.class, () -> registry.getImage(APP));

    assertEquals(APP, failure.image());
    assertEquals("get image shop/app failed: there is no such image", failure.getMessage());
  }

  @Test
  void aServerThatIgnoresTheNamespaceOrTheNameDoesNotMisleadAReader() {
    String namespace = emulator.addNamespace("shop");
    emulator.failNext(
        "GET",
        "/images$",
        1,
        Fault.json(
            200,
            text(
                "{\"total_count\":2,\"images\":[",
                "{\"id\":\"1\",\"name\":\"app\",\"namespace_id\":\"" + UNKNOWN_ID + "\"},",
                "{\"id\":\"2\",\"name\":\"web\",\"namespace_id\":\"" + namespace + "\"}]}")));

    assertThrows(ImageNotFoundException.class, () -> registry.getImage(APP));
  }

  @Test
  void aServerThatIgnoresTheNamespacesNameDoesNotMisleadAReader() {
    emulator.addNamespace("other");
    answerNext(text(
        "{\"total_count\":1,\"namespaces\":[{\"id\":\"" + UNKNOWN_ID + "\",",
        "\"name\":\"other\"}]}"));

    assertThrows(ImageNotFoundException.class, () -> registry.getImage(APP));
  }

  @Test
  void ofTwoImagesOfOneNameTheOneNotBeingDeletedIsRead() {
    String namespace = emulator.addNamespace("shop");
    emulator.failNext(
        "GET",
        "/images$",
        1,
        Fault.json(
            200,
            text(
                "{\"total_count\":2,\"images\":[{\"id\":\"1\",\"name\":\"app\",",
                "\"status\":\"deleting\",",
                "\"namespace_id\":\"" + namespace + "\"},{\"id\":\"2\",\"name\":\"app\",",
                "\"status\":\"ready\",\"namespace_id\":\"" + namespace + "\"}]}")));

    assertEquals(Optional.of("2"), registry.getImage(APP).providerId());
  }
}
