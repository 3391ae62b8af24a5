package dev.registrykit.oci.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deleting 200 of 1,000 tags, which are on 100 digests: what it costs, and that the others stay. */
abstract class BulkDeletionTests extends RealServerTests {

  static final int NAMED = 200;
  static final int ALL = 1_000;
  static final int TAGS_OF_A_DIGEST = 10;
  static final int DIGESTS = ALL / TAGS_OF_A_DIGEST;

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final DeleteOptions FORCED = STRICT.withForce();

  private final Map<String, String> digests = new HashMap<>();
  private ExecutorService executor = Executors.newSingleThreadExecutor();

  BulkDeletionTests(ServerOfClass server) {
    super(server);
  }

  /** Returns how many requests strict deletion sends, as OciRegistry says. */
  abstract int strictly();

  /** Returns how many more it sends for required digests. */
  abstract int forTheDigests();

  /** Returns how many requests forced deletion of all tags of 20 digests sends. */
  abstract int forced();

  @BeforeEach
  void pushAll() throws Exception {
    executor.shutdown();
    executor = Executors.newFixedThreadPool(8);
    List<TestImage> images = new ArrayList<>();
    List<Callable<String>> pushes = new ArrayList<>();
    for (int i = 0; i < DIGESTS; i++) {
      TestImage image = TestImage.of("digest-" + i, NOON);
      images.add(image);
      pushes.add(() -> raw().push(APP.path(), image.digest(), image));
    }
    all(pushes);
    pushes.clear();
    for (int i = 0; i < ALL; i++) {
      String tag = "v" + i;
      TestImage image = images.get(i / TAGS_OF_A_DIGEST);
      digests.put(tag, image.digest());
      pushes.add(() -> {
        raw().putManifest(APP.path(), tag, OciManifest.OCI_MANIFEST, image.manifest());
        return tag;
      });
    }
    all(pushes);
  }

  @AfterEach
  void stop() {
    executor.shutdown();
  }

  private <T> List<T> all(List<Callable<T>> calls) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> future : executor.invokeAll(calls)) {
      results.add(future.get(60, TimeUnit.SECONDS));
    }
    return results;
  }

  /** Returns two tags of each digest. */
  private List<String> someOfEachDigest() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < ALL; i += TAGS_OF_A_DIGEST) {
      names.addAll(List.of("v" + i, "v" + (i + 1)));
    }
    return names;
  }

  /** Returns all tags of the first 20 digests. */
  private List<String> allOfSomeDigests() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NAMED; i++) {
      names.add("v" + i);
    }
    return names;
  }

  private DeleteOptions onlyIfAsPushed(List<String> tags) {
    Map<String, String> required = new HashMap<>(digests);
    required.keySet().retainAll(tags);
    return STRICT.onlyIfDigests(required);
  }

  @Test
  void strictlyTheSiblingsStay() throws Exception {
    List<String> named = someOfEachDigest();

    assertEquals(strictly(), requestsOfDeletion(named, STRICT));

    assertLeftAllBut(named).forEach(this::assertSeen);
  }

  @Test
  void onlyIfTheyHaveTheirDigests() throws Exception {
    List<String> named = someOfEachDigest();

    assertEquals(strictly() + forTheDigests(), requestsOfDeletion(named, onlyIfAsPushed(named)));

    assertLeftAllBut(named);
  }

  @Test
  void byForceNoOtherDigestGoes() throws Exception {
    List<String> named = allOfSomeDigests();

    assertEquals(forced(), requestsOfDeletion(named, FORCED));

    assertLeftAllBut(named);
  }

  private int requestsOfDeletion(List<String> tags, DeleteOptions options) {
    AtomicInteger requests = new AtomicInteger();
    HttpOptions counting =
        HttpOptions.defaults().withRequestListener(event -> requests.incrementAndGet());
    try (OciRegistry registry = builder().httpOptions(counting).build()) {
      BulkDeleteResult result = registry.deleteTags(APP, tags, options);
      assertTrue(result.isComplete(), () -> result + " " + result.failures());
    }
    return requests.get();
  }

  /** Asks everybody for the names, bare HTTP for the bytes of each tag, and a client for one of each digest. */
  private Map<String, String> assertLeftAllBut(List<String> gone) throws Exception {
    Map<String, String> left = new TreeMap<>(digests);
    left.keySet().removeAll(gone);
    assertEquals(ALL - NAMED, left.size());
    witnesses().assertTags(APP, left.keySet().toArray(String[]::new));
    List<Callable<String>> looks = new ArrayList<>();
    left.keySet()
        .forEach(tag ->
            looks.add(() -> TestImage.digestOf(raw().manifest(APP.path(), tag).orElseThrow())));
    assertEquals(List.copyOf(left.values()), all(looks));
    Map<String, String> oneOfEachDigest = new TreeMap<>();
    left.forEach((tag, digest) -> oneOfEachDigest.putIfAbsent(digest, tag));
    oneOfEachDigest.forEach((digest, tag) -> assertSeen(tag, digest));
    return left;
  }

  private void assertSeen(String tag, String digest) {
    IndependentClient client = witnesses().clients().get(0);
    assertEquals(
        Optional.of(digest),
        client.manifest(APP.path(), tag).map(TestImage::digestOf),
        () -> tag + " as " + client + " sees it");
  }
}
