package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BadRequestException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageInUseException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.testkit.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What deleting a whole image sends and takes away. */
class DeleteImageTest extends BlaxelTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final String DELETE = "DELETE /images/sandbox/app";

  @Test
  void anImageCostsOneRequest() {
    emulator.addTag("sandbox/app", "1.0");

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, null), registry.deleteImage(APP, STRICT));
    assertSent(DELETE);
    assertEquals(List.of(), emulator.imagePaths());
  }

  @Test
  void noContentMeansDeletedToo() {
    emulator.addImage("sandbox/app");
    emulator.faults().setAnswersDeletionsWithoutContent(true);

    assertEquals(DeleteOutcome.DELETED, registry.deleteImage(APP, STRICT).outcome());
  }

  @Test
  void forceChangesNothing() {
    emulator.addTag("sandbox/app", "1.0");
    emulator.setInUse("sandbox/app", "1.0", true);

    assertThrows(ImageInUseException.class, () -> registry.deleteImage(APP, STRICT.withForce()));
    emulator.setInUse("sandbox/app", "1.0", false);
    registry.deleteImage(APP, STRICT.withForce());

    assertSent(DELETE, DELETE);
  }

  @Test
  void otherImagesStay() {
    emulator.addImage("sandbox/app");
    emulator.addImage("agent/app");
    emulator.addImage("sandbox/web");

    registry.deleteImage(ImageRef.of("sandboxes/app"), STRICT);

    assertEquals(List.of("agent/app", "sandbox/web"), emulator.imagePaths());
  }

  @Test
  void anImageInUseStays() {
    emulator.addTag("sandbox/app", "1.0");
    emulator.setInUse("sandbox/app", "1.0", true);

    var failure = assertThrows(ImageInUseException.class, () -> registry.deleteImage(APP, STRICT));

    assertTrue(
        failure
            .getMessage()
            .startsWith("delete image sandbox/app failed: HTTP 400: Image is in use"),
        failure.getMessage());
    assertEquals(List.of("1.0"), emulator.tagNames("sandbox/app"));
  }

  @Test
  void aSharedImageStaysForThatReason() {
    emulator.addImage("sandbox/app");
    registry.shareImage(APP, "other");

    var failure = assertThrows(BadRequestException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(BadRequestException.class, failure.getClass());
    assertEquals(List.of("sandbox/app"), emulator.imagePaths());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"invalid_api_version\",\"message\":\"Unknown API version\"}",
        "{\"code\":\"WORKSPACE_REQUIRED\",\"message\":\"m\"}",
        "{\"error\":{\"code\":\"BAD_REQUEST\",\"message\":\"image used\"}}"
      })
  void aBadRequestOfAnotherCauseIsNothingMore(String body) {
    emulator.failNext(Fault.json(400, body));

    var failure = assertThrows(BadRequestException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(BadRequestException.class, failure.getClass());
  }

  @Test
  void aMissingImageIsAnErrorUnlessThatIsWanted() {
    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(APP, failure.image());
    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry.deleteImage(APP, STRICT.ignoringMissing()).outcome());
    assertSent(DELETE, DELETE);
  }

  @Test
  void aWrongAddressDoesNotPassForAMissingImage() {
    try (BlaxelRegistry lost = builder().baseUrl(emulator.baseUrl() + "/wrong").build()) {
      var failure = assertThrows(
          NotFoundException.class, () -> lost.deleteImage(APP, STRICT.ignoringMissing()));

      assertEquals(NotFoundException.class, failure.getClass());
    }
  }

  @Test
  void aReferenceThatNamesATagOrADigestIsRefused() {
    emulator.addTag("sandbox/app", "1.0");

    for (String reference : List.of("sandbox/app:1.0", "sandbox/app@" + DIGEST)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> registry.deleteImage(ImageRef.parse(reference), STRICT));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.deleteImage(APP, STRICT.onlyIfDigest(DIGEST)));
    assertNothingSent();
  }
}
