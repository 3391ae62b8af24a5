package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.DeleteOptions;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciPersonality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What deleting many tags costs, and that it takes no tag that was not named. */
class DeleteManyTagsTest extends OciDeletionTest {

  private static final int ALL = 1_000;
  private static final int NAMED = 60;
  private static final int DIGESTS = NAMED / 2;

  /** Pushes all tags, and returns those to be named, of which two share a digest at a time. */
  private List<String> pushMany() {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < DIGESTS; i++) {
      push("named " + i, "old-" + i, "older-" + i);
      named.addAll(List.of("old-" + i, "older-" + i));
    }
    String kept = push("kept");
    IntStream.range(0, ALL - NAMED).forEach(i -> emulator.moveTag(REPOSITORY, "kept-" + i, kept));
    emulator.clearRequests();
    return named;
  }

  private void assertAllDeleted(BulkDeleteResult result) {
    assertTrue(result.isComplete(), () -> result + " " + result.failures());
    assertEquals(ALL - NAMED, tags().size());
    assertTrue(tags().keySet().stream().allMatch(tag -> tag.startsWith("kept-")));
  }

  private long sentBy(String method) {
    return emulator.requests().stream()
        .filter(request -> request.method().equals(method))
        .count();
  }

  @ParameterizedTest
  @EnumSource(
      value = OciPersonality.class,
      names = {"DISTRIBUTION_3_0", "DISTRIBUTION_3_1"})
  void whereTagsCanBeDeletedItIsTwoRequestsATag(OciPersonality personality) {
    emulator.personality(personality);
    for (DeleteOptions options : List.of(STRICT, FORCED)) {
      List<String> named = pushMany();

      assertAllDeleted(registry.deleteTags(APP, named, options));

      assertEquals(2 * NAMED, emulator.requestCount());
    }
  }

  /** What the tags point to now, as a requirement. */
  private DeleteOptions onlyIfAsNow(DeleteOptions options, List<String> tags) {
    Map<String, String> now = new HashMap<>(tags());
    now.keySet().retainAll(tags);
    return options.onlyIfDigests(now);
  }

  @Test
  void whereTagsCanBeDeletedItIsThreeRequestsATagOnlyIfItHasItsDigest() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_1);
    for (DeleteOptions options : List.of(STRICT, FORCED)) {
      List<String> named = pushMany();

      assertAllDeleted(registry.deleteTags(APP, named, onlyIfAsNow(options, named)));

      assertEquals(3 * NAMED, emulator.requestCount());
    }
  }

  @Test
  void byPlaceholdersRequiredDigestsCostOneRequestInAll() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    List<String> named = pushMany();

    assertAllDeleted(registry.deleteTags(APP, named, onlyIfAsNow(STRICT, named)));

    assertEquals(1 + 1 + 1 + 5 * NAMED, emulator.requestCount());
  }

  @Test
  void forcedRequiredDigestsCostOneRequestADigestAndOneInAll() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    List<String> named = pushMany();

    assertAllDeleted(registry.deleteTags(APP, named, onlyIfAsNow(FORCED, named)));

    assertEquals(1 + 2 + 1 + 1 + ALL + (4 + 1) * DIGESTS, emulator.requestCount());
  }

  @Test
  void byPlaceholdersItIsFiveRequestsATagAndOneProbe() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    List<String> named = pushMany();

    assertAllDeleted(registry.deleteTags(APP, named, STRICT));

    assertEquals(1 + 1 + 5 * NAMED, emulator.requestCount());
  }

  @Test
  void whereAnIndexIsRefusedThatIsLearntOnceAndOneBlobServesAll() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    emulator.faults().setEmptyIndexRefused(true);
    List<String> named = pushMany();

    assertAllDeleted(registry.deleteTags(APP, named, STRICT));

    long blobs = emulator.requests().stream()
        .filter(request -> request.rawPath().contains("/blobs/uploads/"))
        .filter(request -> request.method().equals("POST"))
        .count();
    assertEquals(1, blobs);
    int learning = 1 + 1 + 5; // of manifests only, by a probe, and that an index is refused
    assertEquals(learning + 5 * NAMED, emulator.requestCount());
  }

  @Test
  void aPlaceholderOfManyThatAKillLeftCanBeRestored() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    emulator.faults().setEmptyIndexRefused(true);
    String digest = push("app", "1.0", "latest");
    emulator.failNext("DELETE", "/manifests/sha256:(?!0{64})", FOR_EVER, Fault.connectionReset());
    registry.close();
    registry = builder()
        .httpOptions(httpOptions().withRequestListener(event -> {
          if (event.method().equals("PUT")
              && event.status().orElse(0) == 201
              && event.uri().getPath().endsWith("/manifests/1.0")) {
            registry.close(); // as a kill would end it
          }
        }))
        .build();

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0"), STRICT);

    assertInstanceOf(PlaceholderLeftException.class, result.failures().get("1.0"));
    assertTrue(!digest.equals(tags().get("1.0")), "it points to the placeholder");
    emulator.clearFaults();
    try (OciRegistry other = builder().build()) {
      assertTrue(other.restoreTag(APP, "1.0"));
    }
    assertEquals(Map.of("1.0", digest, "latest", digest), tags());
  }

  @Test
  void forcedItIsOneLookAtAllTagsAndFourRequestsADigestOfTwo() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    List<String> named = pushMany();

    assertAllDeleted(registry.deleteTags(APP, named, FORCED));

    int asking = 2;
    int probe = 1;
    int listing = 1;
    int ofEachDigest = 4; // GET, DELETE, and a look at each tag
    assertEquals(asking + probe + listing + ALL + ofEachDigest * DIGESTS, emulator.requestCount());
    assertEquals(asking + probe + DIGESTS, sentBy("DELETE"));
  }

  @Test
  void forcedItIsThreeRequestsADigestHoweverManyTagsItHas() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    List<String> digests = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      digests.add(push("image " + i));
    }
    IntStream.range(0, ALL)
        .forEach(i -> emulator.moveTag(REPOSITORY, "t" + i, digests.get(i % 100)));
    int namedDigests = NAMED * 100 / ALL;
    List<String> named = IntStream.range(0, ALL)
        .filter(i -> i % 100 < namedDigests)
        .mapToObj(i -> "t" + i)
        .toList();
    emulator.clearRequests();

    BulkDeleteResult result = registry.deleteTags(APP, named, FORCED);

    assertTrue(result.isComplete(), () -> result + " " + result.failures());
    assertEquals(ALL - NAMED, tags().size());
    assertEquals(
        NAMED - namedDigests,
        result.deleted().values().stream()
            .mapToInt(each -> each.deletedWith().size())
            .sum());
    int asking = 2;
    int probe = 1;
    int listing = 1;
    int ofEachDigest = 3; // GET, DELETE, and the list of tags
    assertEquals(
        asking + probe + listing + ALL + ofEachDigest * namedDigests, emulator.requestCount());
  }

  private List<String> pushEachOnItsOwn(int count) {
    List<String> tags = IntStream.range(0, count).mapToObj(i -> "t" + i).toList();
    tags.forEach(tag -> push("image of " + tag, tag));
    return tags;
  }

  @Test
  void forcedATagThatIsAloneOnItsDigestGoesByAPlaceholderInFiveRequests() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    List<String> named = pushEachOnItsOwn(50).subList(0, 20);

    assertTrue(registry.deleteTags(APP, named, FORCED).isComplete());

    int learning = 2 + 1 + 1; // asking, a GET of the first before the look, and the probe
    assertEquals(learning + 1 + 50 + 5 * named.size(), emulator.requestCount());
  }

  @Test
  void forcedATagThatWasAloneDoesNotTakeAlongWhatWasMovedToItsDigestSince() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    push("one", "1.0", "1");
    String two = push("two", "2.0");
    push("three", "3.0");
    moveAfterTheFirstDeletion("3.0", two);

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "1", "2.0"), FORCED);

    assertTrue(result.isComplete(), () -> result + " " + result.failures());
    assertEquals(List.of(), result.deleted().get("2.0").deletedWith());
    assertEquals(Map.of("3.0", two), tags());
  }

  @Test
  void forcedWithoutAPlaceholderAllTagsAreLookedAtOnceToo() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    List<String> named = pushEachOnItsOwn(50).subList(0, 20);
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      assertTrue(careful.deleteTags(APP, named, FORCED).isComplete());
    }

    assertEquals(30, tags().size());
    assertEquals(50, sentBy("HEAD"));
  }

  @Test
  void tagsThatTheRegistryKeepsAreNotSaidToHaveGoneAlong() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    push("app", "1.0", "1", "latest");
    emulator.faults().setDigestDeletionLeavesTags(true);

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0"), FORCED);

    assertEquals(List.of(), result.deleted().get("1.0").deletedWith());
    assertEquals(Set.of("1.0", "1", "latest"), tags().keySet());
  }

  @Test
  void aLookThatIsAMinuteOldIsMadeAnew() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    push("one", "1.0", "1");
    push("two", "2.0", "2");
    registry = registryThatWaits(Duration.ofSeconds(61));

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "2.0"), FORCED);

    assertTrue(result.isComplete());
    assertEquals(4 + 2, sentBy("HEAD"), "all tags, and those that are left");
  }

  /** Lets so much time pass after each request for the deletion of a digest. */
  private OciRegistry registryThatWaits(Duration duration) {
    registry.close();
    return builder()
        .httpOptions(httpOptions().withRequestListener(event -> {
          if (event.method().equals("DELETE") && event.status().orElse(0) == 202) {
            time.advance(duration);
          }
        }))
        .build();
  }

  @Test
  void aSiblingThatWasMovedSinceTheLookDidNotGoAlong() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    String one = push("one", "1.0", "1");
    String two = push("two", "2.0", "2");
    String three = push("three", "3.0");
    moveAfterTheFirstDeletion("2", three);
    DeleteOptions onlyIf = FORCED.onlyIfDigests(Map.of("1.0", one, "1", one, "2.0", two, "2", two));

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "2.0", "2", "1"), onlyIf);

    assertInstanceOf(PreconditionFailedException.class, result.failures().get("2"));
    assertEquals(Set.of("1.0", "1", "2.0"), result.deleted().keySet());
    assertEquals(List.of(), result.deleted().get("2.0").deletedWith());
    assertEquals(Map.of("2", three, "3.0", three), tags());
  }

  @Test
  void forcedItGoesWithTheDigestItWasMovedTo() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    String one = push("one", "1.0");
    String two = push("two", "2.0");
    emulator.moveTag(REPOSITORY, "2.0", one);

    BulkDeleteResult result = registry.deleteTags(
        APP, List.of("1.0", "2.0"), FORCED.onlyIfDigests(Map.of("1.0", one, "2.0", two)));

    assertTrue(result.isComplete(), () -> result + " " + result.failures());
    assertEquals(List.of("2.0"), result.deleted().get("1.0").deletedWith());
    assertEquals(Map.of(), tags());
  }

  /** Moves a tag right after the first deletion of a digest. */
  private void moveAfterTheFirstDeletion(String tag, String digest) {
    registry.close();
    AtomicBoolean isMoved = new AtomicBoolean();
    registry = builder()
        .httpOptions(httpOptions().withRequestListener(event -> {
          boolean isDone = event.method().equals("DELETE") && event.status().orElse(0) == 202;
          if (isDone && !isMoved.getAndSet(true)) {
            emulator.moveTag(REPOSITORY, tag, digest);
          }
        }))
        .build();
  }

  @Test
  void digestsOfManyTagsAreForNoManifest() {
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.deleteManifest(
            APP, NO_MANIFEST, STRICT.onlyIfDigests(Map.of("1.0", NO_MANIFEST))));
    assertEquals(0, emulator.requestCount());
  }

  // What a listener hears and refuses

  /** Refuses one tag, and notes what else becomes of the others. */
  private static final class Refusing implements BulkDeleteListener {
    private final String refused;
    private final List<Entry> told = new ArrayList<>();

    Refusing(String refused) {
      this.refused = refused;
    }

    @Override
    public boolean mayBegin(String tag) {
      return !tag.equals(refused);
    }

    @Override
    public void ended(Entry entry) {
      told.add(entry);
    }
  }

  @Test
  void whatIsRefusedGoesAlongByForceAndEachIsToldOnceAsDeleted() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    push("other", "2.0", "2");
    push("one", "1.0", "1", "a", "b", "c", "d");
    Refusing listener = new Refusing("1.0");

    BulkDeleteResult result = registry.deleteTags(
        APP, List.of("2.0", "2", "1.0", "1", "a", "b", "c", "d"), FORCED, listener);

    assertTrue(result.isComplete(), () -> result + " " + result.failures());
    assertEquals(8, listener.told.size());
    listener.told.forEach(entry -> assertTrue(entry.result().isPresent(), entry::toString));
    assertEquals(Map.of(), tags());
  }

  @Test
  void whatIsRefusedStaysDespiteForceWhereTagsCanBeDeleted() {
    emulator.personality(OciPersonality.DISTRIBUTION_3_1);
    String digest = push("one", "1.0", "1");

    registry.deleteTags(APP, List.of("1.0", "1"), FORCED, new Refusing("1.0"));

    assertEquals(Map.of("1.0", digest), tags());
  }

  @Test
  void aTagThatWasNotNamedIsSparedByPlaceholders() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    String digest = push("app", "1.0", "1", "latest");

    assertTrue(registry.deleteTags(APP, List.of("1.0", "1"), STRICT).isComplete());

    assertEquals(Map.of("latest", digest), tags());
  }

  // Where no placeholder may be used

  private BulkDeleteResult deleteWithoutPlaceholder(String... tags) {
    return deleteWithoutPlaceholder(STRICT, tag -> true, tags);
  }

  @Test
  void tagsOfADigestThatAreAllNamedGoTogether() {
    push("app", "1.0", "1", "latest");
    String kept = push("kept", "2.0");

    BulkDeleteResult result = deleteWithoutPlaceholder("1.0", "1", "latest");

    assertTrue(result.isComplete(), () -> result + " " + result.failures());
    assertEquals(Map.of("2.0", kept), tags());
    assertEquals(
        List.of("1", "latest"), result.entries().get(0).result().orElseThrow().deletedWith());
    assertEquals(3, sentBy("DELETE"), "asking, the probe, and one deletion");
  }

  @Test
  void theSiblingsAreLookedAtRightBefore() {
    String digest = push("app", "1.0", "1");
    push("kept", "2.0", "2");
    registry.close();
    registry = builder()
        .placeholder(PlaceholderUse.FORBIDDEN)
        .httpOptions(httpOptions().withRequestListener(event -> {
          if (event.method().equals("DELETE") && event.status().orElse(0) == 202) {
            emulator.moveTag(REPOSITORY, "new", digest); // after the first deletion
          }
        }))
        .build();
    emulator.personality(OciPersonality.DISTRIBUTION_2);

    BulkDeleteResult result = registry.deleteTags(APP, List.of("2.0", "2", "1.0", "1"), STRICT);

    assertEquals(Set.of("2.0", "2"), result.deleted().keySet());
    assertInstanceOf(SharedDigestException.class, result.failures().get("1.0"));
    assertInstanceOf(SharedDigestException.class, result.failures().get("1"));
    assertEquals(Map.of("1.0", digest, "1", digest, "new", digest), tags());
  }

  @Test
  void aSiblingThatIsNotNamedKeepsThemAll() {
    String digest = push("app", "1.0", "1", "latest");

    BulkDeleteResult result = deleteWithoutPlaceholder("1.0", "1");

    assertInstanceOf(SharedDigestException.class, result.failures().get("1.0"));
    assertInstanceOf(SharedDigestException.class, result.failures().get("1"));
    assertEquals(Map.of("1.0", digest, "1", digest, "latest", digest), tags());
  }

  @Test
  void withoutAPlaceholderANamedTagThatWasMovedToTheDigestKeepsThemAll() {
    String one = push("one", "1.0", "1");
    String two = push("two", "2.0");
    emulator.moveTag(REPOSITORY, "2.0", one);
    DeleteOptions onlyIf = STRICT.onlyIfDigests(Map.of("1.0", one, "1", one, "2.0", two));

    BulkDeleteResult result = deleteWithoutPlaceholder(onlyIf, tag -> true, "1.0", "1", "2.0");

    assertInstanceOf(PreconditionFailedException.class, result.failures().get("2.0"));
    for (String tag : List.of("1.0", "1")) {
      SharedDigestException refusal =
          assertInstanceOf(SharedDigestException.class, result.failures().get(tag));
      assertEquals(List.of("2.0"), refusal.siblings());
    }
    assertEquals(Map.of("1.0", one, "1", one, "2.0", one), tags());
  }

  @Test
  void withoutAPlaceholderARefusedSiblingKeepsThemAll() {
    String one = push("one", "1.0", "1", "latest");
    List<DeleteOptions> all = List.of(
        STRICT.allowingSiblings(List.of("1")),
        STRICT.onlyIfDigests(Map.of("1.0", one, "1", one, "latest", one)));
    for (DeleteOptions options : all) {
      BulkDeleteResult result =
          deleteWithoutPlaceholder(options, tag -> !tag.equals("1"), "1", "1.0", "latest");

      assertEquals(List.of("1"), result.notAttempted());
      assertInstanceOf(SharedDigestException.class, result.failures().get("1.0"));
      assertInstanceOf(SharedDigestException.class, result.failures().get("latest"));
    }
    assertEquals(Map.of("1.0", one, "1", one, "latest", one), tags());
  }

  @Test
  void aTagMayBeGoneWithOneWhoseDeletionIsUnanswered() {
    String digest = push("app", "1.0", "1");
    emulator.failNext("DELETE", digest, 3, Fault.status(503).afterwards());

    BulkDeleteResult result = deleteWithoutPlaceholder("1.0", "1");

    assertEquals(Map.of(), tags());
    for (String tag : List.of("1.0", "1")) {
      RegistryException failure = result.failures().get(tag);
      assertTrue(
          result.deleted().containsKey(tag) || failure.mayHaveTakenEffect(),
          () -> tag + " " + failure);
    }
  }

  private BulkDeleteResult deleteWithoutPlaceholder(
      DeleteOptions options, Predicate<String> mayBegin, String... tags) {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    BulkDeleteListener listener = new BulkDeleteListener() {
      @Override
      public boolean mayBegin(String tag) {
        return mayBegin.test(tag);
      }
    };
    try (OciRegistry careful = builder().placeholder(PlaceholderUse.FORBIDDEN).build()) {
      return careful.deleteTags(APP, List.of(tags), options, listener);
    }
  }

  @Test
  void aTagAloneOnItsDigestIsRefusedAsBySingleDeletion() {
    String one = push("one", "1.0");
    String two = push("two", "2.0");

    BulkDeleteResult result = deleteWithoutPlaceholder("1.0", "2.0");

    assertInstanceOf(UnsupportedFeatureException.class, result.stoppedBy().orElseThrow());
    assertEquals(List.of("2.0"), result.notAttempted());
    assertEquals(Map.of("1.0", one, "2.0", two), tags());
  }

  @Test
  void forceBreaksNoIndexOfAnotherTag() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    String platform = push("platform", "amd64", "x64");
    String other = push("other", "1.0", "1");
    String index = emulator.pushIndex(REPOSITORY, "latest", platform);

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "amd64", "x64"), FORCED);

    assertTrue(result.isComplete(), () -> result + " " + result.failures());
    assertEquals(Map.of("latest", index), tags());
    assertTrue(emulator.manifests(REPOSITORY).contains(platform));
    assertTrue(!emulator.manifests(REPOSITORY).contains(other));
  }

  @Test
  void forcedTheIndexesOfOtherTagsAreLookedIntoOnce() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    push("one", "1.0", "1");
    push("two", "2.0", "2");
    emulator.pushIndex(REPOSITORY, "latest", push("platform"));
    String index = named("index", tags().get("latest"));

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "2.0"), FORCED);

    assertEquals(List.of("1"), result.deleted().get("1.0").deletedWith());
    assertEquals(List.of("2"), result.deleted().get("2.0").deletedWith());
    assertEquals(Map.of("latest", index), tags());
    assertEquals(1, sent().stream().filter("GET manifests/index"::equals).count());
  }

  @Test
  void forcedTheListOfWhatRefersToItsSubjectIsNoIndexThatWouldBreak() {
    emulator.personality(OciPersonality.DISTRIBUTION_2);
    pushReferrer("signature", push("app", "1.0"), "signed", "signed-too");

    BulkDeleteResult result = registry.deleteTags(APP, List.of("signed"), FORCED);

    assertEquals(List.of("signed-too"), result.deleted().get("signed").deletedWith());
  }
}
