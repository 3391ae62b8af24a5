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
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.ManifestInUseException;
import dev.registrykit.oci.OciRegistry;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deleting on a real server, as others see it afterwards. */
abstract class DeletionTests extends RealServerTests {

  private static final DeleteOptions STRICT = DeleteOptions.strict();
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

  @Test
  void whatManyThreadsDeleteAtOnceIsGoneIfTheyWereToldSo() throws Exception {
    TestImage image = push(APP, "shared", "keep");
    List<String> doomed = IntStream.range(0, 200).mapToObj("t%03d"::formatted).toList();
    push(APP, "shared", doomed.toArray(String[]::new));

    Set<String> deleted = deletedByThreads(24, doomed);

    Set<String> listed = new HashSet<>(raw().tagNames(APP.path()));
    for (IndependentClient client : witnesses().clients()) {
      listed.addAll(client.tagNames(APP.path()));
    }
    assertTrue(listed.remove("keep"), "the tag that nobody deleted is gone");
    Set<String> both = new TreeSet<>(listed);
    both.retainAll(deleted);
    assertEquals(Set.of(), both, "deleted, and listed");
    assertEquals(Set.copyOf(doomed), deleted, "nothing failed");
    witnesses().assertBytes(image.manifest(), APP, "keep");
  }

  /** Returns the tags of which it was said that they are deleted. */
  private Set<String> deletedByThreads(int threads, List<String> tags) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Map<String, Future<DeleteResult>> deletions = new LinkedHashMap<>();
      for (String tag : tags) {
        deletions.put(tag, pool.submit(() -> registry().deleteTag(APP, tag)));
      }
      Set<String> deleted = new TreeSet<>();
      for (Map.Entry<String, Future<DeleteResult>> deletion : deletions.entrySet()) {
        if (deletion.getValue().get().outcome() == DeleteOutcome.DELETED) {
          deleted.add(deletion.getKey());
        }
      }
      return deleted;
    } finally {
      pool.shutdownNow();
    }
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
