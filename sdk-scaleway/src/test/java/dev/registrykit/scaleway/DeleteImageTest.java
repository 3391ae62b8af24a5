package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.TagContent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What deleting a whole image sends and takes away. */
class DeleteImageTest extends ScalewayTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  @Test
  void aKnownImageCostsOneRequest() {
    String image = emulator.addImage("shop/app");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    knowing(APP);

    DeleteResult result = registry.deleteImage(APP, STRICT);

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, null), result);
    assertSent("DELETE /images/" + image);
    assertEquals(List.of(), emulator.tagNames("shop/app"));
  }

  @Test
  void anUnknownImageIsLookedUp() {
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");

    registry.deleteImage(APP, STRICT);

    assertSent(lookUpNamespace("shop"), lookUpImage(namespace, "app"), "DELETE /images/" + image);
  }

  @Test
  void forceChangesNothing() {
    String image = emulator.addImage("shop/app");
    knowing(APP);

    registry.deleteImage(APP, STRICT.withForce());

    assertSent("DELETE /images/" + image);
  }

  @Test
  void otherImagesStay() {
    emulator.addImage("shop/app");
    emulator.addTag("shop/web", "1.0", TagContent.ofDigest(DIGEST));

    registry.deleteImage(APP, STRICT);

    assertEquals(List.of("1.0"), emulator.tagNames("shop/web"));
  }

  @Test
  void aMissingImageIsAnErrorUnlessThatIsWanted() {
    emulator.addNamespace("shop");

    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals("delete image shop/app failed: there is no such image", failure.getMessage());
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry.deleteImage(APP, STRICT.ignoringMissing()).outcome());
  }

  @Test
  void anImageThatGoesMeanwhileIsMissing() {
    emulator.addImage("shop/app");
    emulator.failNext(
        "DELETE", "/images/", 1, Fault.json(404, "{\"message\":\"Image was not found\"}"));

    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(404, failure.statusCode());
  }

  @Test
  void aReferenceThatNamesATagOrADigestIsRefused() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    for (String reference : List.of("shop/app:1.0", "shop/app@" + DIGEST)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> registry.deleteImage(ImageRef.parse(reference), STRICT));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.deleteImage(APP, STRICT.onlyIfDigest(DIGEST)));
    assertNothingSent();
  }

  @Test
  void anImageIsDeletedByItsIdentifier() {
    String image = emulator.addImage("shop/app");

    DeleteResult result = registry.byId().deleteImage(image);

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, null), result);
    assertSent("DELETE /images/" + image);
    assertEquals("deleting", registry.byId().getImage(image).status().text());
  }

  @Test
  void aLostAnswerToADeletionByIdentifierIsNoError() {
    String image = emulator.addImage("shop/app");
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "/images/", 1, Fault.lostAnswer());

    assertEquals(
        DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null), registry.byId().deleteImage(image));
    assertSent("DELETE /images/" + image, "DELETE /images/" + image);
  }
}
