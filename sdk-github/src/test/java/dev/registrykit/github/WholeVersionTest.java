package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.ServerException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.ManifestInUseException;
import dev.registrykit.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strict deletions of tags that are alone on their version, which goes whole. */
class WholeVersionTest extends GithubTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  private boolean wasPushed() {
    return emulator.requests().stream().anyMatch(request -> request.method().equals("PUT"));
  }

  private List<String> deletions() {
    return sent().stream().filter(line -> line.startsWith("DELETE ")).toList();
  }

  @Test
  void aVersionGoesWholeWhereTheTagIsAlone() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    String other = emulator.addTag(PATH, "2.0").digest();
    String version = VERSIONS + "/" + idOf(digest);
    registry.getTag(APP, "2.0"); // logs in
    emulator.clearRequests();

    assertEquals(DeleteResult.of(DeleteOutcome.DELETED, digest), registry.deleteTag(APP, "1.0"));

    assertFalse(emulator.manifests(PATH).contains(digest));
    assertEquals(Map.of("2.0", other), emulator.tags(PATH));
    List<String> sent = new ArrayList<>(sent());
    sent.subList(4, 6).sort(null); // side by side
    assertEquals(
        List.of(
            LIST,
            "HEAD " + MANIFESTS + "1.0",
            "GET " + MANIFESTS + digest,
            "GET /v2/octo-org/app/tags/list?n=1000",
            "HEAD " + MANIFESTS + "1.0",
            "HEAD " + MANIFESTS + "2.0",
            "GET " + MANIFESTS + other,
            "GET " + version,
            "DELETE " + version,
            "HEAD " + MANIFESTS + "1.0",
            "GET " + MANIFESTS + "1.0"),
        sent);
  }

  @Test
  void aManifestIsReadOnceForAllDeletions() {
    List.of("1.0", "1.1", "1.2").forEach(tag -> emulator.addTag(PATH, tag));
    String staying = emulator.addTag(PATH, "2.0").digest();

    registry.deleteTag(APP, "1.0");
    registry.deleteTag(APP, "1.1");

    assertEquals(
        1, sent().stream().filter(("GET " + MANIFESTS + staying)::equals).count());
  }

  @Test
  void aPartOfATaggedIndexStaysAndItsTagGoes() {
    String part = emulator.addTag(PATH, "1.0-amd64").digest();
    String inner = emulator.pushIndex(PATH, null, part);
    String index = emulator.pushIndex(PATH, "1.0", inner);

    registry.deleteTag(APP, "1.0-amd64");

    assertEquals(Map.of("1.0", index), emulator.tags(PATH));
    assertEquals(List.of(part, inner, index), emulator.manifests(PATH));
  }

  /** The two in the middle list the same one, which is read once and is found harmless once. */
  @Test
  void indexesWithinIndexesThatListSomethingElseKeepNothing() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    String part = emulator.pushImage(PATH, null, "amd64", null);
    String inner = emulator.pushIndex(PATH, null, part);
    String left = emulator.pushIndex(PATH, null, inner);
    String right = emulator.pushIndex(PATH, null, inner, part);
    emulator.pushIndex(PATH, "all", left, right);

    registry.deleteTag(APP, "1.0");

    assertFalse(emulator.manifests(PATH).contains(digest));
    assertEquals(1, sent().stream().filter(("GET " + MANIFESTS + inner)::equals).count());
  }

  @ParameterizedTest
  @CsvSource({"8, true", "9, false"})
  void indexesAreReadEightDeepAndNoDeeper(int depth, boolean isRead) {
    String digest = emulator.addTag(PATH, "1.0").digest();
    String index = emulator.pushIndex(PATH, null, emulator.pushImage(PATH, null, "amd64", null));
    for (int i = 1; i < depth; i++) {
      index = emulator.pushIndex(PATH, null, index);
    }
    emulator.pushIndex(PATH, "all", index);

    if (isRead) {
      registry.deleteTag(APP, "1.0");
    } else {
      InvalidResponseException e =
          assertThrows(InvalidResponseException.class, () -> registry.deleteTag(APP, "1.0"));
      assertTrue(e.getMessage().contains("more than 8 deep"), e::getMessage);
    }

    assertEquals(!isRead, emulator.manifests(PATH).contains(digest));
  }

  /** A 404 may be a gateway's, and the index may list it. */
  @Test
  void anIndexThatCannotBeFoundKeepsTheVersion() {
    String part = emulator.addTag(PATH, "1.0-amd64").digest();
    String index = emulator.pushIndex(PATH, "1.0", part);
    emulator.failNext("GET", MANIFESTS + index, 1, Fault.status(404));

    registry.deleteTag(APP, "1.0-amd64");

    assertEquals(Map.of("1.0", index), emulator.tags(PATH));
    assertTrue(emulator.manifests(PATH).contains(part));
  }

  @Test
  void siblingsThatTheListDoesNotShowYetKeepTheVersion() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    emulator.faults().setListLag(Duration.ofSeconds(10));
    time.advance(Duration.ofMinutes(1));
    emulator.moveTag(PATH, "latest", digest);

    registry.deleteTag(APP, "1.0");

    assertEquals(digest, emulator.tags(PATH).get("latest"));
    assertEquals(2, emulator.tagNames(PATH).size());
  }

  /** Neither in the list nor where the version is read once more: the registry alone has it. */
  @Test
  void aSiblingThatGithubShowsNowhereYetKeepsTheVersion() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    emulator.faults().setListLag(Duration.ofSeconds(10));
    time.advance(Duration.ofMinutes(1));
    emulator.moveTag(PATH, "latest", digest);
    emulator.failNext("GET", VERSIONS + "/" + idOf(digest), 1, Fault.json(200, """
            {"id": %d, "name": "%s", "created_at": "2026-01-01T00:00:00Z",
             "updated_at": "2026-01-01T00:00:00Z",
             "metadata": {"package_type": "container", "container": {"tags": ["1.0"]}}}
            """.formatted(
            idOf(digest), digest)));

    registry.deleteTag(APP, "1.0");

    assertEquals(digest, emulator.tags(PATH).get("latest"));
    assertEquals(Set.of("2.0", "latest"), Set.copyOf(emulator.tagNames(PATH)));
  }

  @Test
  void aSiblingThatCameSinceTheLookKeepsTheVersion() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    emulator.beforeNext(
        "GET", VERSIONS + "/" + idOf(digest), () -> emulator.moveTag(PATH, "latest", digest));

    registry.deleteTag(APP, "1.0");

    assertEquals(Set.of("2.0", "latest"), emulator.tags(PATH).keySet());
    assertEquals(digest, emulator.tags(PATH).get("latest"));
  }

  @Test
  void aTagThatWasPushedAgainSinceTheLookStaysWithItsVersion() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    String other = emulator.addTag(PATH, "2.0").digest();
    emulator.beforeNext(
        "GET", VERSIONS + "/" + idOf(digest), () -> emulator.moveTag(PATH, "1.0", other));

    assertThrows(ConflictException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(Map.of("1.0", other, "2.0", other), emulator.tags(PATH));
    assertTrue(emulator.manifests(PATH).contains(digest));
    assertEquals(List.of(), deletions());
  }

  @Test
  void aVersionThatAnotherDeletesInThatMomentIsNoMissingPermission() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    String version = VERSIONS + "/" + idOf(digest);
    try (GithubRegistry another = builder().build()) {
      emulator.beforeNext("DELETE", version, () -> another.deleteTag(APP, "1.0"));

      assertEquals(DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "1.0").outcome());
    }

    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
  }

  @Test
  void aTagThatAnotherDeletesBeforeItsVersionIsReadAgainIsMissing() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    try (GithubRegistry another = builder().build()) {
      emulator.beforeNext(
          "GET", VERSIONS + "/" + idOf(digest), () -> another.deleteTag(APP, "1.0"));

      TagNotFoundException e =
          assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "1.0"));

      assertTrue(e.getMessage().contains("deleted meanwhile"), e::getMessage);
    }
  }

  /** The list shows it, and so does the registry. */
  @Test
  void aVersionThatCannotBeReadAgainIsNoMissingTag() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    emulator.failNext("GET", VERSIONS + "/" + idOf(digest), 1, Fault.status(404));

    NotFoundException e =
        assertThrows(NotFoundException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(NotFoundException.class, e.getClass());
    assertEquals(digest, emulator.tags(PATH).get("1.0"));
    assertEquals(List.of(), deletions());
  }

  @Test
  void theLastVersionGoesWholeWhereThatIsAskedFor() {
    emulator.addTag(PATH, "1.0");
    emulator.faults().setLastTaggedVersionDeletable(true);
    use(builder().keepingLastTag(false));

    assertEquals(DeleteOutcome.DELETED, registry.deleteTag(APP, "1.0").outcome());

    assertEquals(List.of(), emulator.tagNames(PATH));
    assertFalse(wasPushed());
  }

  @Test
  void tagsOfOneVersionThatAreAllToGoTakeOneDeletion() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "1", digest);
    emulator.moveTag(PATH, "latest", digest);
    emulator.addTag(PATH, "2.0");
    long id = idOf(digest);

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "1", "latest"), STRICT);

    assertTrue(result.isComplete(), () -> result.entries().toString());
    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
    assertEquals(List.of("DELETE " + VERSIONS + "/" + id), deletions());
    assertFalse(wasPushed());
  }

  /** Its own deletion comes to nothing, and the other's takes it along. */
  @Test
  void aTagThatWentAlongIsDeletedThoughItsOwnDeletionFailed() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "1", digest);
    emulator.addTag(PATH, "2.0");
    emulator.failNext("HEAD", MANIFESTS + "1.0", 2, Fault.status(500));

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "1"), STRICT);

    assertEquals(Set.of("1.0", "1"), result.deleted().keySet());
    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
  }

  @Test
  void tagsOfOneVersionOfWhichOneStaysGoByPlaceholders() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "1", digest);
    emulator.moveTag(PATH, "latest", digest);

    BulkDeleteResult result =
        registry.deleteTags(APP, List.of("1.0", "1"), STRICT.allowingSiblings(List.of("latest")));

    assertTrue(result.isComplete(), () -> result.entries().toString());
    assertEquals(Map.of("latest", digest), emulator.tags(PATH));
  }

  @Test
  void whatTheTagsPointToIsLookedAtOnceForAllThatGo() {
    List<String> going = List.of("1.0", "1.1", "1.2", "1.3");
    going.forEach(tag -> emulator.addTag(PATH, tag));
    emulator.addTag(PATH, "2.0");

    BulkDeleteResult result = registry.deleteTags(APP, going, STRICT);

    assertTrue(result.isComplete(), () -> result.entries().toString());
    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
    assertEquals(1, sent().stream().filter(line -> line.contains("/tags/list")).count());
    assertEquals(1, sent().stream().filter(LIST::equals).count(), () -> String.join("\n", sent()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTagThatMayHaveGoneAlongHasTheFailureOfTheOther(boolean isForced) {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "1", digest);
    emulator.addTag(PATH, "2.0");
    emulator.failNext("DELETE", "", 2, Fault.status(500).afterwards());

    BulkDeleteResult result =
        registry.deleteTags(APP, List.of("1.0", "1"), isForced ? STRICT.withForce() : STRICT);

    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
    assertEquals(Set.of("1.0", "1"), result.failures().keySet());
    result.failures().forEach((tag, e) -> {
      assertInstanceOf(ServerException.class, e, tag);
      assertTrue(e.mayHaveTakenEffect(), tag);
    });
  }

  @Test
  void withoutPlaceholdersASharedDigestAndAPartOfAnIndexAreRefused() {
    String part = emulator.addTag(PATH, "1.0-amd64").digest();
    emulator.pushIndex(PATH, "1.0", part);
    String shared = emulator.addTag(PATH, "2.0").digest();
    emulator.moveTag(PATH, "latest", shared);
    Map<String, String> before = emulator.tags(PATH);
    use(builder().strictDeletion(StrictDeletion.WITHOUT_PLACEHOLDER));

    SharedDigestException e =
        assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "2.0"));
    ManifestInUseException inUse =
        assertThrows(ManifestInUseException.class, () -> registry.deleteTag(APP, "1.0-amd64"));

    assertEquals(List.of("latest"), e.siblings());
    assertEquals(List.of("1.0"), inUse.indexTags());
    assertEquals(before, emulator.tags(PATH));
    assertTrue(emulator.requests().stream()
        .allMatch(request -> List.of("GET", "HEAD").contains(request.method())));
    DeleteResult together =
        registry.deleteTag(APP, "2.0", STRICT.allowingSiblings(List.of("latest")));
    assertEquals(List.of("latest"), together.deletedWith());
  }

  @Test
  void aSharedDigestThatTheListShowsIsRefusedAtOnceWithoutPlaceholders() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);
    emulator.addTag(PATH, "2.0");
    use(builder().strictDeletion(StrictDeletion.WITHOUT_PLACEHOLDER));
    registry.getTag(APP, "2.0"); // logs in
    emulator.clearRequests();

    assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertSent(LIST, "HEAD " + MANIFESTS + "1.0");
  }

  @Test
  void theLastVersionIsNotEvenAskedForWithoutPlaceholders() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "latest", digest);
    use(builder().strictDeletion(StrictDeletion.WITHOUT_PLACEHOLDER));

    assertThrows(
        LastVersionException.class,
        () -> registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("latest"))));

    assertEquals(List.of(), deletions());
    assertEquals(2, emulator.tagNames(PATH).size());
  }

  @Test
  void aSiblingThatTheListDoesNotShowYetIsRefusedWithoutPlaceholders() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    emulator.faults().setListLag(Duration.ofSeconds(10));
    time.advance(Duration.ofMinutes(1));
    emulator.moveTag(PATH, "latest", digest);
    use(builder().strictDeletion(StrictDeletion.WITHOUT_PLACEHOLDER));

    assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(3, emulator.tagNames(PATH).size());
  }
}
