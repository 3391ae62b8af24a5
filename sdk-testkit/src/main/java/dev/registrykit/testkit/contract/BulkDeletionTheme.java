package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.Feature;
import dev.registrykit.RegistryException;
import dev.registrykit.UnsupportedFeatureException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A theme about deleting many tags in one call. */
abstract class BulkDeletionTheme extends DeletionTheme {

  BulkDeletionTheme(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  final BulkDeleteResult deleteAll(DeleteOptions options, String... tags) {
    return registry().deleteTags(app(), List.of(tags), options);
  }

  /** Returns whether tags can be deleted here; if not, the whole call was refused or stopped by that. */
  final boolean cannotDeleteAny(DeleteOptions options, String... tags) {
    List<String> before = fixture().tagNames(app());
    if (lacks(Feature.DELETE_TAG, () -> deleteAll(options, tags))) {
      assertTagsLeft(app(), before.toArray(String[]::new));
      return true;
    }
    if (!differs(Difference.TAG_DELETION_DISABLED)) {
      return false;
    }
    if (before.containsAll(List.of(tags))) {
      BulkDeleteResult result = deleteAll(options, tags);
      assertStopped(UnsupportedFeatureException.class, result);
      assertEquals(List.of(), List.copyOf(result.deleted().keySet()));
    }
    assertTagsLeft(app(), before.toArray(String[]::new));
    return true;
  }

  static void assertStopped(Class<? extends RegistryException> cause, BulkDeleteResult result) {
    RegistryException stoppedBy =
        result.stoppedBy().orElseThrow(() -> new AssertionError("not stopped: " + result));
    assertInstanceOf(cause, stoppedBy);
    assertFalse(result.isComplete());
  }

  static void assertAllDeleted(BulkDeleteResult result, String... tags) {
    assertTrue(result.isComplete(), () -> result + ": " + result.entries());
    assertTrue(result.stoppedBy().isEmpty());
    assertEntries(result, List.of(tags));
    result
        .deleted()
        .forEach((tag, done) -> assertNotEquals(DeleteOutcome.ALREADY_ABSENT, done.outcome(), tag));
  }

  /** Asserts that there is one entry for each tag, in that order, and that the views agree with them. */
  static void assertEntries(BulkDeleteResult result, List<String> tags) {
    assertEquals(
        tags, result.entries().stream().map(BulkDeleteResult.Entry::tag).toList());
    assertEquals(
        tags.size(),
        result.deleted().size()
            + result.failures().size()
            + result.notAttempted().size());
  }

  final <E extends RegistryException> E assertFailed(
      Class<E> expected, BulkDeleteResult result, String tag) {
    return assertInstanceOf(expected, result.failures().get(tag), () -> tag + " of " + result);
  }

  /** Requires these digests, and any where there are none. */
  static DeleteOptions onlyIf(Map<String, Optional<String>> digests) {
    return onlyIf(STRICT, digests);
  }

  static DeleteOptions onlyIf(DeleteOptions options, Map<String, Optional<String>> digests) {
    Map<String, String> required = new TreeMap<>();
    digests.forEach((tag, digest) -> required.put(tag, digest.orElse(OTHER_DIGEST)));
    return options.onlyIfDigests(required);
  }

  /** Returns whether tags cannot be deleted here only if they have a digest; if not, that was refused. */
  final boolean cannotDeleteOnlyIf(DeleteOptions options, String... tags) {
    return cannotDeleteAny(options, tags)
        || lacks(Feature.DELETE_ONLY_IF_DIGEST, () -> deleteAll(options, tags));
  }
}
