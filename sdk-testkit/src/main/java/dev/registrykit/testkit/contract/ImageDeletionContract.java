package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.Feature;
import dev.registrykit.ImageInUseException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.UnsupportedFeatureException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deleting an image. */
abstract class ImageDeletionContract extends ContractTheme {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  ImageDeletionContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @BeforeEach
  void addTwoImages() {
    addSharing("shared", "1.0", "latest");
    addTags("1.1");
    addTag(fixture().image("app-two"), "1.0", "shared");
  }

  private boolean cannotDelete(ImageRef image) {
    if (differs(Difference.IMAGE_DELETION_DISABLED)
        && !fixture().tagNames(image).isEmpty()) {
      assertThrows(UnsupportedFeatureException.class, () -> registry().deleteImage(image, STRICT));
      return true;
    }
    return lacks(Feature.DELETE_IMAGE, () -> registry().deleteImage(image, STRICT));
  }

  private void assertAllLeft() {
    assertTagsLeft(app(), "1.0", "1.1", "latest");
    assertTagsLeft(fixture().image("app-two"), "1.0");
  }

  @Test
  void anImageGoesWithAllItsTagsAndNoOtherImage() {
    if (cannotDelete(app())) {
      assertAllLeft();
      return;
    }

    DeleteOutcome outcome = registry().deleteImage(app(), STRICT).outcome();

    assertNotEquals(DeleteOutcome.ALREADY_ABSENT, outcome);
    assertTagsLeft(app());
    assertTagsLeft(fixture().image("app-two"), "1.0");
  }

  @Test
  void aMissingImageIsNamed() {
    ImageRef missing = fixture().image("missing");
    if (cannotDelete(missing)) {
      return;
    }

    ImageNotFoundException e =
        assertThrows(ImageNotFoundException.class, () -> registry().deleteImage(missing, STRICT));

    assertEquals(missing, e.image());
    assertAllLeft();
  }

  @Test
  void aMissingImageIsNoErrorIfIgnored() {
    ImageRef missing = fixture().image("missing");
    if (cannotDelete(missing)) {
      return;
    }

    assertEquals(
        DeleteOutcome.ALREADY_ABSENT,
        registry().deleteImage(missing, STRICT.ignoringMissing()).outcome());
    assertAllLeft();
  }

  @Test
  void anImageInUseStaysEvenIfForced() {
    boolean isInUse = fixture().putInUse(app(), "1.0");
    assertEquals(differs(Difference.TAGS_CAN_BE_IN_USE), isInUse, "can tags be in use here?");
    if (!isInUse || cannotDelete(app())) {
      return;
    }

    for (DeleteOptions options : List.of(STRICT, STRICT.withForce(), STRICT.ignoringMissing())) {
      assertThrows(ImageInUseException.class, () -> registry().deleteImage(app(), options));
    }
    assertAllLeft();
  }

  @Test
  void aReferenceToATagOrADigestDeletesNoImage() {
    for (String suffix : List.of(":1.0", ":missing", "@" + DIGEST, ":1.0@" + DIGEST)) {
      ImageRef image = ImageRef.parse(app().path() + suffix);
      assertRefusedUnsent(
          IllegalArgumentException.class, () -> registry().deleteImage(image, STRICT));
      assertRefusedUnsent(
          IllegalArgumentException.class,
          () -> registry().deleteImage(image, STRICT.withForce().ignoringMissing()));
    }
    assertAllLeft();
  }

  @Test
  void aRequiredDigestIsNotForImages() {
    assertRefusedUnsent(
        IllegalArgumentException.class,
        () -> registry().deleteImage(app(), STRICT.onlyIfDigest(DIGEST)));
    assertAllLeft();
  }
}
