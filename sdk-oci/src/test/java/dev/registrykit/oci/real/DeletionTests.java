package dev.registrykit.oci.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.ManifestInUseException;
import dev.registrykit.oci.OciRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deleting on a real server, as others see it afterwards. */
abstract class DeletionTests extends RealServerTests {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final DeleteOptions FORCE = STRICT.withForce();

  private static final String[] NINE = {"1", "1.2", "1.2.3", "a", "b", "c", "d", "latest", "prod"};
  private static final String[] EIGHT = {"1", "1.2", "1.2.3", "a", "b", "c", "d", "latest"};

  DeletionTests(ServerOfClass server) {
    super(server);
  }

  /** Returns whether the server deletes tags; others delete manifests only, with all their tags. */
  abstract boolean deletesTags();

  @Test
  void deletingOneOfNineTagsLeavesEightWithTheirBytes() throws IOException {
    TestImage image = push(APP, "shared", NINE);

    DeleteResult result = registry().deleteTag(APP, "prod");

    assertEquals(DeleteOutcome.DELETED, result.outcome());
    assertEquals(List.of(), result.deletedWith());
    witnesses().assertTags(APP, EIGHT);
    for (String tag : EIGHT) {
      witnesses().assertBytes(image.manifest(), APP, tag);
    }
    witnesses().assertMissing(APP, "prod");
    assertOnlyManifests(image.digest());
  }

  @Test
  void askedWhetherItDeletesItSaysYesAndNothingChanges() throws IOException {
    TestImage image = push(APP, "shared", "1.0", "latest");

    assertTrue(registry().checkSupport(APP, Feature.DELETE_TAG));
    assertTrue(registry().checkSupport(APP, Feature.DELETE_IMAGE));

    witnesses().assertTags(APP, "1.0", "latest");
    witnesses().assertBytes(image.manifest(), APP, "1.0");
    assertOnlyManifests(image.digest());
  }

  /** Looks where the server keeps what it knows: a placeholder without a tag shows nowhere else. */
  private void assertOnlyManifests(String... digests) throws IOException {
    if (server().kind().isEmptiedByFolder()) {
      assertEquals(Set.of(digests), server().manifestDigests(APP.path()));
    }
  }

  @Test
  void deletingTheLastTagLeavesNone() {
    push(APP, "only", "1.0");

    registry().deleteTag(APP, "1.0");

    witnesses().assertMissing(APP, "1.0");
    assertEquals(List.of(), raw().tagNames(APP.path()));
  }

  @Test
  void forcedDeletionNamesExactlyWhatWentWithIt() {
    TestImage image = push(APP, "shared", NINE);
    TestImage unrelated = push(APP, "unrelated", "other");

    DeleteResult result = registry().deleteTag(APP, "prod", FORCE);

    assertEquals(DeleteOutcome.DELETED, result.outcome());
    if (deletesTags()) {
      assertEquals(List.of(), result.deletedWith());
      witnesses().assertMissing(APP, "prod");
      witnesses().assertBytes(image.manifest(), APP, "latest");
    } else {
      assertEquals(Set.of(EIGHT), Set.copyOf(result.deletedWith()));
      assertEquals(image.digest(), result.digest().orElseThrow());
      witnesses().assertTags(APP, "other");
      witnesses().assertMissing(APP, image.digest());
    }
    witnesses().assertBytes(unrelated.manifest(), APP, "other");
  }

  @Test
  void aPlatformOfATaggedIndexStaysWithoutForce() {
    TestIndex index = TestIndex.of("multi", NOON);
    raw().push(APP.path(), "multi", index);
    String platform = index.platforms().get(1).digest();

    ManifestInUseException e = assertThrows(
        ManifestInUseException.class, () -> registry().deleteManifest(APP, platform, STRICT));

    assertEquals(List.of("multi"), e.indexTags());
    assertIntact(index);
  }

  @Test
  void deletingTheTagOfAPlatformLeavesItsIndexWhole() {
    TestIndex index = TestIndex.of("multi", NOON);
    raw().push(APP.path(), "multi", index);
    raw().push(APP.path(), "arm", index.platforms().get(1));

    DeleteResult result = registry().deleteTag(APP, "arm");

    assertEquals(DeleteOutcome.DELETED, result.outcome());
    witnesses().assertTags(APP, "multi");
    assertIntact(index);
  }

  @Test
  void deletingOneTagOfAnIndexLeavesTheOther() {
    TestIndex index = TestIndex.of("multi", NOON);
    raw().push(APP.path(), "multi", index);
    raw().push(APP.path(), "latest", index);

    registry().deleteTag(APP, "latest");

    witnesses().assertTags(APP, "multi");
    assertIntact(index);
  }

  private void assertIntact(TestIndex index) {
    witnesses().assertBytes(index.bytes(), APP, "multi");
    for (TestImage platform : index.platforms()) {
      witnesses().assertBytes(platform.manifest(), APP, platform.digest());
    }
  }

  @Test
  void deletingAnImageTakesTagsIndexesAndPlatformsAndNoOtherImage() {
    TestIndex index = TestIndex.of("multi", NOON);
    raw().push(APP.path(), "multi", index);
    raw().push(APP.path(), "latest", index);
    TestImage single = push(APP, "single", "1.0", "1");
    push(OTHER, "single", "1.0");

    DeleteOutcome outcome = registry().deleteImage(APP, STRICT).outcome();

    witnesses().assertMissing(APP, single.digest());
    witnesses().assertMissing(APP, index.digest());
    index.platforms().forEach(platform -> witnesses().assertMissing(APP, platform.digest()));
    assertEquals(DeleteOutcome.DELETED, outcome);
    assertEquals(List.of(), raw().tagNames(APP.path()));
    for (String tag : List.of("multi", "latest", "1.0", "1")) {
      witnesses().assertMissing(APP, tag);
    }
    witnesses().assertTags(OTHER, "1.0");
    witnesses().assertBytes(single.manifest(), OTHER, "1.0");
  }

  /**
   * docker-registry 2.8.2 fails half way at deleting a manifest while a tag of the same repository is
   * pushed, as by the placeholder of another thread, or process, which the second registry is like.
   */
  @ParameterizedTest
  @CsvSource({"1, 24", "2, 12"})
  void ofManyTagsDeletedAtOnceNoneIsListedOfWhichDeletedWasSaid(int registries, int threads)
      throws Exception {
    Set<String> doomed = pushManyTags();
    TestImage kept = push(APP, "digest-0", "kept");
    Map<String, DeleteOutcome> outcomes = deleteAtOnce(doomed, registries, threads);

    assertEquals(doomed, outcomes.keySet());
    assertEquals(Set.of(DeleteOutcome.DELETED), Set.copyOf(outcomes.values()));
    witnesses().assertTags(APP, "kept");
    witnesses().assertBytes(kept.manifest(), APP, "kept");
  }

  /** Returns 200 tags: a hundred of a digest each, and a hundred that share ten others. */
  private Set<String> pushManyTags() {
    Set<String> tags = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      push(APP, "digest-" + i, "own-" + i);
      push(APP, "shared-" + i / 10, "sharing-" + i);
      tags.addAll(List.of("own-" + i, "sharing-" + i));
    }
    return tags;
  }

  private Map<String, DeleteOutcome> deleteAtOnce(Set<String> tags, int registries, int threads)
      throws Exception {
    Map<String, DeleteOutcome> outcomes = new ConcurrentHashMap<>();
    Queue<String> left = new ConcurrentLinkedQueue<>(tags);
    List<OciRegistry> opened = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(registries * threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < registries; i++) {
        OciRegistry registry = builder().build();
        opened.add(registry);
        for (int j = 0; j < threads; j++) {
          workers.add(executor.submit(() -> {
            for (String tag = left.poll(); tag != null; tag = left.poll()) {
              outcomes.put(tag, registry.deleteTag(APP, tag).outcome());
            }
          }));
        }
      }
      for (Future<?> worker : workers) {
        worker.get(120, TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
      opened.forEach(OciRegistry::close);
    }
    return outcomes;
  }

  @Test
  void interruptedAfterAnyRequestTheTagIsWholeOrGone() throws IOException {
    TestImage image = push(APP, "shared", "keep", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8");
    int gone = 0;
    for (int request = 1; request <= 8; request++) {
      String tag = "t" + request;
      deleteInterruptedAfter(request, tag);
      byte[] left = raw().manifest(APP.path(), tag).orElse(null);
      if (left == null) {
        gone++;
      } else {
        assertArrayEquals(image.manifest(), left, "interrupted after request " + request);
      }
    }
    assertTrue(gone > 0, "was every deletion interrupted?");
    assertEquals(deletesTags(), gone == 8, "was no deletion interrupted before it was done?");
    witnesses().assertBytes(image.manifest(), APP, "keep");
    assertNoPlaceholderIsTagged();
  }

  private void deleteInterruptedAfter(int request, String tag) {
    AtomicInteger requests = new AtomicInteger();
    HttpOptions interrupting = HttpOptions.defaults().withRequestListener(event -> {
      if (requests.incrementAndGet() == request) {
        Thread.currentThread().interrupt();
      }
    });
    try (OciRegistry registry = builder().httpOptions(interrupting).build()) {
      registry.deleteTag(APP, tag);
    } catch (RegistryInterruptedException e) {
      assertTrue(Thread.currentThread().isInterrupted(), () -> "the flag is lost: " + e);
    } finally {
      Thread.interrupted();
    }
  }

  private void assertNoPlaceholderIsTagged() {
    for (String tag : raw().tagNames(APP.path())) {
      String manifest = new String(raw().manifest(APP.path(), tag).orElseThrow(), UTF_8);
      assertFalse(manifest.contains("placeholder"), () -> tag + ": " + manifest);
    }
  }
}
