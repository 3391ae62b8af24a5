package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import java.util.List;
import java.util.function.Supplier;

/** A theme about deleting tags of one image. */
abstract class DeletionTheme extends ContractTheme {

  static final DeleteOptions STRICT = DeleteOptions.strict();
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
    if (lacking) {
      assertTagsLeft(app(), before.toArray(String[]::new));
    }
    return lacking;
  }

  static void assertDeletedAlone(DeleteResult result) {
    assertNotEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
    assertEquals(List.of(), result.deletedWith());
  }
}
