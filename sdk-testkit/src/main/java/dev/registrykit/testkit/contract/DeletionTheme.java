package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryException;
import dev.registrykit.UnsupportedFeatureException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.function.Executable;

/** A theme about deleting tags of one image. */
abstract class DeletionTheme extends ContractTheme {

  static final DeleteOptions STRICT = DeleteOptions.defaults();
  static final DeleteOptions FORCE = STRICT.withForce();
  static final DeleteOptions IGNORING_MISSING = STRICT.ignoringMissing();

  /** A digest that no content of a test has. */
  static final String OTHER_DIGEST = "sha256:" + "0".repeat(64);

  DeletionTheme(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  final DeleteResult delete(String tag, DeleteOptions options) {
    return registry().deleteTag(app(), tag, options);
  }

  /** Returns whether tags can be deleted here; if not, that was refused and the tag is there. */
  final boolean cannotDelete(String tag, DeleteOptions options) {
    List<String> before = fixture().tagNames(app());
    boolean lacking = lacks(Feature.DELETE_TAG, () -> delete(tag, options))
        || (options.requiredDigest().isPresent()
            && lacks(Feature.DELETE_ONLY_IF_DIGEST, () -> delete(tag, options)));
    boolean disabled = differs(Difference.TAG_DELETION_DISABLED);
    if (!lacking && disabled && before.contains(tag)) {
      assertRefused(tag, options);
    }
    if (lacking || disabled) {
      assertTagsLeft(app(), before.toArray(String[]::new));
    }
    return lacking || disabled;
  }

  /** Returns whether the image cannot be deleted here; if so, that was refused and it is there. */
  final boolean cannotDeleteImage() {
    Executable call = () -> registry().deleteImage(app(), STRICT);
    List<String> before = fixture().tagNames(app());
    boolean lacking = lacks(Feature.DELETE_IMAGE, call);
    boolean disabled = differs(Difference.IMAGE_DELETION_DISABLED);
    if (!lacking && disabled) {
      assertThrows(UnsupportedFeatureException.class, call);
    }
    if (lacking || disabled) {
      assertTagsLeft(app(), before.toArray(String[]::new));
    }
    return lacking || disabled;
  }

  /** Another digest than required is refused for that reason, if it is looked at first. */
  private void assertRefused(String tag, DeleteOptions options) {
    RegistryException e = assertThrows(RegistryException.class, () -> delete(tag, options));
    boolean otherDigest =
        options.requiredDigest().isPresent() && e instanceof PreconditionFailedException;
    assertTrue(otherDigest || e instanceof UnsupportedFeatureException, () -> "refused with " + e);
  }

  /** Adds a tag that stays, where an image keeps its last one; returns what is left once all others are gone. */
  final String[] addWhatStays() {
    if (!differs(Difference.LAST_TAG_STAYS)) {
      return new String[0];
    }
    addTag(app(), "stays", "stays");
    return new String[] {"stays"};
  }

  static void assertDeletedAlone(DeleteResult result) {
    assertNotEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
    assertEquals(List.of(), result.deletedWith());
  }
}
