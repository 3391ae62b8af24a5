package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryException;
import dev.registrykit.ServerException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import dev.registrykit.testsupport.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What deleting many tags costs, and that it takes no tag that was not named. */
class DeleteManyTagsTest extends ScalewayTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();
  private static final DeleteOptions FORCED = STRICT.withForce();

  /** So that a slow machine makes no look older. */
  private final FakeTime still = FakeTime.standingStill();

  private ScalewayRegistry stillRegistry() {
    return builder().time(still).build();
  }

  private void add(String digestOf, String... tags) {
    for (String tag : tags) {
      emulator.addTag("shop/app", tag, TagContent.ofDigest(ScalewayEmulator.digestOf(digestOf)));
    }
  }

  private List<String> deletions() {
    return sent().stream().filter(line -> line.startsWith("DELETE")).toList();
  }

  @Test
  void oneLookServesTheRunAndEachTagIsOneRequest() {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      add("image " + i, "a" + i, "b" + i);
      named.addAll(List.of("a" + i, "b" + i));
    }
    add("kept", "latest");
    try (ScalewayRegistry steady = stillRegistry()) {
      steady.getImage(APP);
      emulator.clearRequests();

      BulkDeleteResult result = steady.deleteTags(APP, named, STRICT);

      assertTrue(result.isComplete(), () -> result + " " + result.failures());
    }
    assertEquals(List.of("latest"), emulator.tagNames("shop/app"));
    assertTrue(deletions().size() <= named.size(), () -> deletions().toString());
    assertEquals(1, sent().size() - deletions().size(), "looks");
  }

  @Test
  void oneTagOfEachDigestGoesFirstAndSoDoesWhatIsNotListed() {
    List<String> named = new ArrayList<>();
    List<String> first = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      add("image " + i, "a" + i, "b" + i);
      named.addAll(List.of("a" + i, "b" + i, "missing" + i));
      first.addAll(List.of("a" + i, "missing" + i));
    }
    List<String> ended = new ArrayList<>();

    registry.deleteTags(APP, named, STRICT, new BulkDeleteListener() {
      @Override
      public void ended(BulkDeleteResult.Entry entry) {
        ended.add(entry.tag());
      }
    });

    assertEquals(60, ended.size());
    assertEquals(Set.copyOf(first), Set.copyOf(ended.subList(0, 40)));
  }

  @Test
  void aLookIsMadeAnewAfterTwoSeconds() {
    add("one", "1.0");
    add("two", "2.0");
    AtomicBoolean isPushed = new AtomicBoolean();
    try (ScalewayRegistry steady = builder()
        .time(still)
        .httpOptions(httpOptions().withRequestListener(event -> {
          if (event.method().equals("DELETE") && !isPushed.getAndSet(true)) {
            add("two", "new");
            still.advance(Duration.ofMillis(2_001));
          }
        }))
        .build()) {

      BulkDeleteResult result = steady.deleteTags(APP, List.of("1.0", "2.0"), STRICT);

      SharedDigestException refusal =
          assertInstanceOf(SharedDigestException.class, result.failures().get("2.0"));
      assertEquals(List.of("new"), refusal.siblings());
    }
    assertEquals(Set.of("2.0", "new"), Set.copyOf(emulator.tagNames("shop/app")));
  }

  @Test
  void onlyWhatSharesItsDigestIsForced() {
    add("one", "1.0", "1");
    add("two", "2.0");

    assertTrue(registry.deleteTags(APP, List.of("2.0", "1.0", "1"), STRICT).isComplete());

    assertTrue(deletions().stream().anyMatch(line -> line.endsWith("force=true")));
    assertTrue(!deletions().get(0).contains("force"), () -> deletions().toString());
    assertEquals(List.of(), emulator.tagNames("shop/app"));
  }

  @Test
  void aSiblingThatIsNotNamedKeepsThemAll() {
    add("one", "1.0", "1", "latest");

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "1"), STRICT);

    assertInstanceOf(SharedDigestException.class, result.failures().get("1.0"));
    assertInstanceOf(SharedDigestException.class, result.failures().get("1"));
    assertEquals(List.of(), deletions());
  }

  @Test
  void whatWentAlongIsLookedUpOnceForAll() {
    add("one", "1.0", "1");
    add("two", "2.0", "2");
    add("three", "3.0", "3");
    try (ScalewayRegistry steady = stillRegistry()) {
      steady.getImage(APP);
      emulator.clearRequests();

      BulkDeleteResult result = steady.deleteTags(APP, List.of("1.0", "2.0", "3.0"), FORCED);

      assertEquals(List.of("2"), result.entries().get(1).result().orElseThrow().deletedWith());
      assertTrue(result.isComplete());
    }
    assertEquals(3, deletions().size());
    assertEquals(2, sent().size() - deletions().size(), "looks");
  }

  @Test
  void siblingsThatStayedAreNotNamed() {
    emulator.faults().setForceTakesSiblings(false);
    add("one", "1.0", "1");

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0"), FORCED);

    assertEquals(List.of(), result.entries().get(0).result().orElseThrow().deletedWith());
    assertEquals(List.of("1"), emulator.tagNames("shop/app"));
  }

  @Test
  void aLookThatFailsIsAskedForOnceAndEndsAll() {
    add("one", "1.0");
    add("two", "2.0");
    registry.getImage(APP);
    emulator.clearRequests();
    emulator.failNext(3, Fault.status(503));

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "2.0"), STRICT);

    assertEquals(Set.of("1.0", "2.0"), result.failures().keySet());
    result.failures().values().forEach(e -> assertInstanceOf(ServerException.class, e));
    assertEquals(3, sent().size());
  }

  @Test
  void missingTagsCostNothingMore() {
    add("one", "1.0");
    registry.getImage(APP);
    emulator.clearRequests();

    BulkDeleteResult result = registry.deleteTags(APP, List.of("x", "1.0", "y"), STRICT);

    assertInstanceOf(TagNotFoundException.class, result.failures().get("x"));
    assertInstanceOf(TagNotFoundException.class, result.failures().get("y"));
    assertEquals(
        DeleteOutcome.ACCEPTED, result.entries().get(1).result().orElseThrow().outcome());
    assertEquals(2, sent().size());
  }

  // Required digests, and what a listener hears

  private static DeleteOptions onlyIf(DeleteOptions options, Map<String, String> digestsOf) {
    Map<String, String> digests = new HashMap<>();
    digestsOf.forEach((tag, content) -> digests.put(tag, ScalewayEmulator.digestOf(content)));
    return options.onlyIfDigests(digests);
  }

  @Test
  void requiredDigestsCostNoRequestMore() {
    Map<String, String> digestsOf = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      add("image " + i, "a" + i, "b" + i);
      digestsOf.put("a" + i, "image " + i);
      digestsOf.put("b" + i, "image " + i);
    }
    add("kept", "latest");
    try (ScalewayRegistry steady = stillRegistry()) {
      steady.getImage(APP);
      emulator.clearRequests();

      BulkDeleteResult result =
          steady.deleteTags(APP, digestsOf.keySet(), onlyIf(STRICT, digestsOf));

      assertTrue(result.isComplete(), () -> result + " " + result.failures());
    }
    assertEquals(List.of("latest"), emulator.tagNames("shop/app"));
    assertTrue(deletions().size() <= 80, () -> deletions().toString());
    assertEquals(1, sent().size() - deletions().size(), "looks");
  }

  @Test
  void aNamedTagThatWasMovedToTheDigestKeepsThemAll() {
    add("one", "1.0", "1", "2.0");

    BulkDeleteResult result = registry.deleteTags(
        APP,
        List.of("1.0", "1", "2.0"),
        onlyIf(STRICT, Map.of("1.0", "one", "1", "one", "2.0", "two")));

    assertInstanceOf(PreconditionFailedException.class, result.failures().get("2.0"));
    for (String tag : List.of("1.0", "1")) {
      SharedDigestException refusal =
          assertInstanceOf(SharedDigestException.class, result.failures().get(tag));
      assertEquals(List.of("2.0"), refusal.siblings());
    }
    assertEquals(List.of(), deletions());
  }

  @Test
  void aTagOfAnotherDigestThanRequiredStaysDespiteForce() {
    add("one", "1.0");
    add("other", "2.0");

    BulkDeleteResult result = registry.deleteTags(
        APP, List.of("1.0", "2.0"), onlyIf(FORCED, Map.of("1.0", "one", "2.0", "two")));

    assertInstanceOf(PreconditionFailedException.class, result.failures().get("2.0"));
    assertEquals(List.of("2.0"), emulator.tagNames("shop/app"));
    assertEquals(1, deletions().size());
  }

  @Test
  void siblingsThatWentAlongAreToldAsDeleted() {
    add("one", "1.0", "1", "a", "b", "c", "d", "e");
    add("two", "2.0");
    List<BulkDeleteResult.Entry> told = new ArrayList<>();

    registry.deleteTags(
        APP, List.of("2.0", "1.0", "1", "a", "b", "c", "d", "e"), STRICT, new BulkDeleteListener() {
          @Override
          public void ended(BulkDeleteResult.Entry entry) {
            told.add(entry);
          }
        });

    assertEquals(8, told.size());
    told.forEach(entry -> assertTrue(entry.result().isPresent(), entry::toString));
  }

  /** Its request was carried out, then refused for its number, and found nothing when it was tried again. */
  @Test
  void siblingsThatWentAlongUnansweredAreNotDenied() {
    add("one", "1.0", "1");
    add("two", "2.0");
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "/tags/", 1, Fault.status(503).afterwards());
    emulator.failNext("DELETE", "/tags/", 3, Fault.rateLimited());

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "1"), STRICT);

    assertEquals(List.of("1.0", "1"), List.copyOf(result.deleted().keySet()), result::toString);
    DeleteResult first = result.deleted().get("1.0");
    assertEquals(DeleteOutcome.ALREADY_ABSENT, first.outcome());
    assertEquals(List.of("1"), first.deletedWith());
    assertEquals(List.of("2.0"), emulator.tagNames("shop/app"));
  }

  @Test
  void aTagThatWentAlongIsDeletedThoughItsOwnDeletionFails() {
    add("image", "a", "b");
    add("kept", "latest");

    BulkDeleteResult result =
        registry.deleteTags(APP, List.of("a", "b"), STRICT, afterTheFirst(1, Fault.status(416)));

    assertTrue(result.isComplete(), () -> result + " " + result.failures());
    assertEquals(List.of("latest"), emulator.tagNames("shop/app"));
  }

  @Test
  void aTagThatMayHaveGoneAlongMayBeGoneIfNobodyCanLook() {
    add("image", "a", "b");
    add("kept", "latest");

    BulkDeleteResult result =
        registry.deleteTags(APP, List.of("a", "b"), STRICT, afterTheFirst(20, Fault.status(416)));

    assertEquals(Set.of("b"), result.failures().keySet());
    assertTrue(result.failures().get("b").mayHaveTakenEffect());
  }

  @Test
  void aTagMayBeGoneWithOneWhoseDeletionIsUnanswered() {
    add("image", "a", "b");
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "/tags/", 3, Fault.status(503).afterwards());

    BulkDeleteResult result = registry.deleteTags(APP, List.of("a", "b"), STRICT);

    assertEquals(List.of(), emulator.tagNames("shop/app"));
    for (String tag : List.of("a", "b")) {
      RegistryException failure = result.failures().get(tag);
      assertTrue(
          result.deleted().containsKey(tag) || failure.mayHaveTakenEffect(), () -> tag + failure);
    }
  }

  private BulkDeleteListener afterTheFirst(int times, Fault fault) {
    return new BulkDeleteListener() {
      @Override
      public void ended(BulkDeleteResult.Entry entry) {
        if (entry.tag().equals("a")) {
          emulator.failNext(times, fault);
        }
      }
    };
  }

  @Test
  void digestsOfManyTagsAreForNoTagByItsIdentifier() {
    DeleteOptions many = onlyIf(STRICT, Map.of("1.0", "one"));

    assertThrows(
        IllegalArgumentException.class,
        () -> registry.byId().deleteTag("11111111-2222-3333-4444-555555555555", many));
    assertEquals(List.of(), sent());
  }
}
