package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ListTagsOptions;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.ServerException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tags in full cost where nobody counts who reads a manifest. */
@Timeout(60)
class ListTagsByManifestTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_0);

  private static final ListTagsOptions FULL = ListTagsOptions.defaults().withDetail(TagDetail.FULL);

  private static final ListTagsOptions NEWEST =
      ListTagsOptions.defaults().withOrder(TagOrder.CREATED_DESC).withPageSize(1_000);

  /** Pushes so many tags, the first ones of a digest each, the others of those digests again. */
  private void push(int tags, int digests) {
    for (int i = 0; i < digests; i++) {
      emulator.pushImage("shop/app", "t" + i, "c" + i, DAY.plusSeconds(i), Map.of());
    }
    Map<String, String> pushed = emulator.tags("shop/app");
    for (int i = digests; i < tags; i++) {
      emulator.moveTag("shop/app", "t" + i, pushed.get("t" + i % digests));
    }
    emulator.clearRequests();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 900})
  void theNewestCostOneRequestATagAndOneADigest(int digests) {
    push(1_000, digests);

    List<Tag> tags = registry.listTags(APP, NEWEST).toList();

    assertEquals(1 + 1_000 + digests, emulator.requestCount());
    assertEquals(1_000, tags.size());
    assertEquals(Optional.of(DAY.plusSeconds(digests - 1)), tags.get(0).createdAt());
    Map<String, String> pushed = emulator.tags("shop/app");
    tags.forEach(tag -> assertEquals(Optional.of(pushed.get(tag.name())), tag.digest()));
  }

  @Test
  void whereSomethingIsKnownDigestsAreAskedForFirst() {
    push(20, 5);
    List<Tag> first = registry.listTags(APP, FULL).toList();
    emulator.clearRequests();

    assertEquals(first, registry.listTags(APP, FULL).toList());

    assertEquals(
        Set.of(LIST),
        Set.copyOf(sent().stream().filter(line -> !line.startsWith("HEAD ")).toList()));
    assertEquals(1 + 20, emulator.requestCount());
  }

  @Test
  void digestsAloneCostOneHeadATag() {
    push(3, 3);

    registry.listTags(APP, FULL.withDetail(TagDetail.DIGEST)).toList();

    assertEquals(Set.of(LIST, head("t0"), head("t1"), head("t2")), new HashSet<>(sent()));
  }

  @Test
  void siblingsDoNotWaitForEachOther() {
    push(40, 1);
    CountDownLatch others = new CountDownLatch(39);
    IntStream.range(0, 40)
        .forEach(i -> emulator.beforeNext("GET", "/manifests/t" + i + "$", others::countDown));
    emulator.beforeNext("GET", "/blobs/", () -> await(others));

    List<Tag> tags = registry.listTags(APP, FULL.withConcurrency(2)).toList();

    assertEquals(1 + 40 + 1, emulator.requestCount());
    assertTrue(tags.stream().allMatch(tag -> tag.createdAt().equals(Optional.of(DAY))));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS), "one waits for the other");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTagThatIsDeletedWhileListingIsLeftOut() {
    push(3, 3);
    emulator.beforeNext("GET", "/t1$", () -> emulator.removeTag("shop/app", "t1"));

    assertEquals(List.of("t0", "t2"), names(registry.listTags(APP, FULL)));
  }

  @Test
  void aTagThatIsMovedWhileItsImageIsReadIsLookedAtOnceMore() {
    push(2, 1);
    String after = emulator.pushUntaggedImage("shop/app", "new", DAY.plusSeconds(60));
    emulator.beforeNext("GET", "/blobs/", () -> {
      emulator.moveTag("shop/app", "t0", after);
      emulator.moveTag("shop/app", "t1", after);
      emulator.failNext("GET", "/blobs/", 1, Fault.status(404));
    });
    emulator.failNext(
        "GET", "/blobs/", 1, Fault.json(404, "{\"errors\":[{\"code\":\"BLOB_UNKNOWN\"}]}"));

    List<Tag> tags = registry.listTags(APP, FULL.withConcurrency(1)).toList();

    assertEquals(2, tags.size());
    tags.forEach(tag -> assertEquals(Optional.of(after), tag.digest()));
  }

  @Test
  void aFailureOfOneIsAFailureOfAll() {
    push(10, 5);
    try (OciRegistry once =
        builder().httpOptions(httpOptions().withRetryPolicy(RetryPolicy.none())).build()) {
      emulator.failNext("GET", "/manifests/t7$", 1, Fault.status(500));

      assertThrows(ServerException.class, () -> once.listTags(APP, FULL).toList());
    }
  }

  @Test
  void aDateThatCannotBeReadIsAFailure() {
    push(10, 5);
    emulator.failNext("GET", "/blobs/", 1_000, Fault.status(404));

    assertThrows(RegistryException.class, () -> registry.listTags(APP, FULL).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 64})
  void aRegistryThatLimitsIsReadToTheEnd(int concurrency) {
    push(600, 600);
    int aSecond = 80;
    Map<Long, Integer> served = new HashMap<>();
    AtomicInteger refused = new AtomicInteger();
    emulator.failNext(
        request -> {
          boolean isTooMuch = served.merge(time.slept().toSeconds(), 1, Integer::sum) > aSecond;
          refused.addAndGet(isTooMuch ? 1 : 0);
          return isTooMuch;
        },
        Integer.MAX_VALUE,
        Fault.retryAfter(429, "1"));

    ListTagsOptions options = FULL.withConcurrency(concurrency);
    assertEquals(600, registry.listTags(APP, options).toList().size());

    assertTrue(refused.get() >= 1_201 / aSecond - 1, refused + " were refused");
    assertTrue(refused.get() < 1_201 / 4, refused + " were refused");
    assertEquals(1_201 + refused.get(), emulator.requestCount());
  }

  @Test
  void refusalsOfManyAtATimeDoNotCountOnceFewerAreSent() {
    push(4, 4);
    emulator.failNext("GET", "/manifests/t0$", 4, Fault.rateLimited());

    assertEquals(4, registry.listTags(APP, FULL).toList().size());

    emulator.failNext("GET", "/manifests/t0$", 4, Fault.rateLimited());
    assertThrows(RateLimitException.class, () -> registry.getTag(APP, "t0"));
  }

  @Test
  void whoWantsNoRepetitionsHasNone() {
    push(4, 4);
    try (OciRegistry once =
        builder().httpOptions(httpOptions().withRetryPolicy(RetryPolicy.none())).build()) {
      emulator.failNext("GET", "/manifests/t0$", 1, Fault.rateLimited());

      assertThrows(RateLimitException.class, () -> once.listTags(APP, FULL).toList());
    }
  }
}
