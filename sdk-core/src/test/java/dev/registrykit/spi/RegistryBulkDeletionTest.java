package dev.registrykit.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What deleting many tags is where a provider says nothing about it. */
class RegistryBulkDeletionTest {

  private static final ImageRef APP = ScriptedRegistry.APP;
  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final String ONE = "sha256:" + "1".repeat(64);
  private static final String TWO = "sha256:" + "2".repeat(64);

  private final ScriptedRegistry registry = ScriptedRegistry.ordinary();

  @Test
  void eachTagIsDeletedByItsNameAndOnce() {
    BulkDeleteResult result =
        registry.deleteTags(ImageRef.of("alias/app"), List.of("2", "1", "2"), STRICT);

    assertEquals(List.of("delete ns/app:2", "delete ns/app:1"), registry.calls);
    assertEquals(List.of("2", "1"), List.copyOf(result.deleted().keySet()));
  }

  @Test
  void allThatAreNamedMayGoAlong() {
    registry.deleteTags(APP, List.of("1", "2"), STRICT.allowingSiblings(List.of("3")));

    assertEquals(Set.of("1", "2", "3"), registry.askedDeletion.allowedSiblings());
  }

  @Test
  void oneAloneIsDeletedAsTheOptionsSay() {
    DeleteOptions options = STRICT.ignoringMissing();

    registry.deleteTags(APP, List.of("1"), options);

    assertEquals(options, registry.askedDeletion);
  }

  @Test
  void oneOfEachDigestGoesFirstAndEachOnlyIfItHasIt() {
    registry.deleteTags(
        APP, List.of("a", "b", "c"), STRICT.onlyIfDigests(Map.of("a", ONE, "b", ONE, "c", TWO)));

    assertEquals(List.of("delete ns/app:a", "delete ns/app:c", "delete ns/app:b"), registry.calls);
    assertEquals(
        STRICT.onlyIfDigest(ONE).allowingSiblings(Set.of("a", "b")), registry.askedDeletion);
  }

  @Test
  void withoutTheAbilityDigestsAreRefusedUnasked() {
    ScriptedRegistry without = ScriptedRegistry.without(Feature.DELETE_ONLY_IF_DIGEST);

    assertThrows(
        UnsupportedFeatureException.class,
        () -> without.deleteTags(APP, List.of("a"), STRICT.onlyIfDigests(Map.of("a", ONE))));
    assertEquals(List.of(), without.calls);
  }

  @Test
  void whatIsMissingIsNoFailureIfTheOptionsSaySo() {
    registry.failure = new TagNotFoundException(APP, "1", ErrorDetails.of("delete", "gone"));

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1"), STRICT.ignoringMissing());

    assertEquals(DeleteOutcome.ALREADY_ABSENT, result.deleted().get("1").outcome());
    assertTrue(registry.deleteTags(APP, List.of("1"), STRICT).failures().containsKey("1"));
  }

  @Test
  void aReferenceThatNamesAnotherTagIsRefused() {
    ImageRef reference = ImageRef.parse("ns/app:1");

    registry.deleteTags(reference, List.of("1"), STRICT);

    assertThrows(
        IllegalArgumentException.class,
        () -> registry.deleteTags(reference, List.of("1", "2"), STRICT));
    assertEquals(List.of("delete ns/app:1"), registry.calls);
  }

  @Test
  void lessThanOneAtATimeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ProviderTraits.builder("demo").concurrentDeletions(0));
  }
}
