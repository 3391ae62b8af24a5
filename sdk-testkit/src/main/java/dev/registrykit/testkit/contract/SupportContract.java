package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Support;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What a registry says of its abilities is what it then does. */
abstract class SupportContract extends DeletionTheme {

  SupportContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  /** The calls that need an ability, each with tags of its own; the last deletes all. */
  private Map<Feature, Executable> calls() {
    Optional<String> digest = addSharing("pinned", "pinned");
    addTags("deleted", "kept");
    ImageRef pinned = ImageRef.parse(app().path() + ":pinned@" + digest.orElse(OTHER_DIGEST));
    Map<Feature, Executable> calls = new LinkedHashMap<>();
    calls.put(Feature.LIST_IMAGES, () -> registry().listImages().toList());
    calls.put(Feature.TAG_DIGEST, () -> registry().getTag(pinned));
    calls.put(Feature.ORDER_BY_NAME, () -> list(TagOrder.NAME_ASC));
    calls.put(Feature.ORDER_BY_CREATED, () -> list(TagOrder.CREATED_DESC));
    calls.put(Feature.ORDER_BY_UPDATED, () -> list(TagOrder.UPDATED_DESC));
    calls.put(Feature.ORDER_BY_CHANGED, () -> list(TagOrder.CHANGED_DESC));
    calls.put(Feature.DELETE_TAG, () -> delete("deleted", STRICT));
    if (registry().support(Feature.DELETE_TAG) == Support.YES) {
      calls.put(Feature.DELETE_ONLY_IF_DIGEST, () -> registry().deleteTag(pinned, STRICT));
    }
    calls.put(Feature.DELETE_IMAGE, () -> registry().deleteImage(app(), STRICT));
    return calls;
  }

  private void list(TagOrder order) {
    registry().listTags(app(), ListTagsOptions.defaults().withOrder(order)).toList();
  }

  private static Stream<DynamicTest> forEvery(Stream<Feature> features, Consumer<Feature> test) {
    return features.map(feature -> dynamicTest(feature.name(), () -> test.accept(feature)));
  }

  @TestFactory
  Stream<DynamicTest> whatIsPossibleIsSupported() {
    return forEvery(
        Arrays.stream(Feature.values()),
        feature -> assertRequests(
            0,
            () -> assertEquals(
                registry().support(feature) != Support.NO, registry().supports(feature)),
            "support()"));
  }

  @TestFactory
  Stream<DynamicTest> whatIsCertainWorksAndWhatIsMissingIsRefusedUnsent() {
    return calls().entrySet().stream()
        .map(call ->
            dynamicTest(call.getKey().name(), () -> assertKept(call.getKey(), call.getValue())));
  }

  private void assertKept(Feature feature, Executable call) {
    switch (registry().support(feature)) {
      case YES -> assertDoesNotThrow(call);
      case NO -> assertRefusedUnsent(UnsupportedFeatureException.class, call);
      case MAYBE -> worksOrIsRefused(call);
    }
  }

  private static void worksOrIsRefused(Executable call) {
    try {
      call.execute();
    } catch (UnsupportedFeatureException e) {
      assertNotEquals(0, e.attempts(), "it had to be tried");
    } catch (Throwable e) {
      throw new AssertionError("neither done nor unsupported", e);
    }
  }

  @TestFactory
  Stream<DynamicTest> askingChangesNothing() {
    addSharing("shared", "1.0", "latest");
    Tag before = registry().getTag(app(), "1.0");
    return forEvery(Arrays.stream(Feature.values()), feature -> {
      boolean has = registry().checkSupport(app(), feature);

      if (registry().support(feature) != Support.MAYBE) {
        assertEquals(registry().supports(feature), has);
        assertRequests(0, () -> registry().checkSupport(app(), feature), "what is certain");
      }
      assertEquals(before, registry().getTag(app(), "1.0"));
      assertTagsLeft(app(), "1.0", "latest");
    });
  }

  @Test
  void deletingATagDoesWhatAskingSaid() {
    addTags("1.0", "1.1");

    boolean has = registry().checkSupport(app(), Feature.DELETE_TAG);

    assertTagsLeft(app(), "1.0", "1.1");
    if (has) {
      assertDeletedAlone(delete("1.0", STRICT));
      assertTagsLeft(app(), "1.1");
    } else {
      assertThrows(UnsupportedFeatureException.class, () -> delete("1.0", STRICT));
      assertTagsLeft(app(), "1.0", "1.1");
    }
  }

  /** A server's settings decide, so that nothing is promised before it is asked. */
  @Test
  void whatAServerMayHaveDisabledIsNotPromised() {
    if (differs(Difference.TAG_DELETION_DISABLED)) {
      addTags("1.0");
      assertEquals(Support.MAYBE, registry().support(Feature.DELETE_TAG));
      assertEquals(false, registry().checkSupport(app(), Feature.DELETE_TAG));
    } else if (registry().supports(Feature.DELETE_TAG)) {
      addTags("1.0");
      assertEquals(true, registry().checkSupport(app(), Feature.DELETE_TAG));
    }
  }
}
