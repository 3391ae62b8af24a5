package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteOptionsTest {

  private static final String DIGEST = "sha256:" + "a".repeat(64);
  private static final String OTHER = "sha256:" + "b".repeat(64);

  @Test
  void strictIsCarefulInEveryWay() {
    DeleteOptions strict = DeleteOptions.defaults();

    assertFalse(strict.isForced());
    assertFalse(strict.ignoresMissing());
    assertEquals(Optional.empty(), strict.requiredDigest());
    assertEquals(Set.of(), strict.allowedSiblings());
  }

  @Test
  void settingsAreKeptWhileOthersAreSet() {
    DeleteOptions options = DeleteOptions.defaults()
        .allowingSiblings(List.of("1.2"))
        .withForce()
        .ignoringMissing()
        .onlyIfDigest(DIGEST);

    assertEquals(Set.of("1.2"), options.allowedSiblings());
    assertTrue(options.isForced());
    assertTrue(options.ignoresMissing());
    assertEquals(Optional.of(DIGEST), options.requiredDigest());
    assertTrue(DeleteOptions.defaults().onlyIfDigest(DIGEST).withForce().isForced());
    assertTrue(DeleteOptions.defaults().ignoringMissing().withForce().ignoresMissing());
  }

  @Test
  void aCopyLeavesTheOriginalAsItWas() {
    DeleteOptions.defaults().withForce();
    DeleteOptions.defaults().ignoringMissing();
    DeleteOptions.defaults().onlyIfDigest(DIGEST);
    DeleteOptions.defaults().allowingSiblings(List.of("1.2"));

    strictIsCarefulInEveryWay();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "latest", "sha256:abc", "sha256:\n"})
  void aTagWhereADigestBelongsIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> DeleteOptions.defaults().onlyIfDigest(text));
  }

  @Test
  void noDigestIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> DeleteOptions.defaults().onlyIfDigest(null));
  }

  @Test
  void allowedSiblingsTakeThePlaceOfThoseBeforeAndAreThereForGood() {
    List<String> doomed = new ArrayList<>(List.of("1.2", "1.3", "1.2"));
    DeleteOptions options =
        DeleteOptions.defaults().allowingSiblings(List.of("old")).allowingSiblings(doomed);
    doomed.add("latest");

    assertEquals(Set.of("1.2", "1.3"), options.allowedSiblings());
    assertFalse(options.isForced());
    assertFalse(options.equals(DeleteOptions.defaults()));
    assertEquals(options, DeleteOptions.defaults().allowingSiblings(Set.of("1.3", "1.2")));
    assertTrue(options.toString().contains("[1.2, 1.3]"), options.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "sha256:abc", "-x"})
  void anAllowedSiblingIsATag(String text) {
    assertThrows(
        IllegalArgumentException.class,
        () -> DeleteOptions.defaults().allowingSiblings(List.of("1.2", text)));
  }

  @Test
  void digestsOfManyAreThereForGood() {
    Map<String, String> digests = new HashMap<>(Map.of("1.2", DIGEST, "1.3", OTHER));
    DeleteOptions options = DeleteOptions.defaults()
        .withForce()
        .ignoringMissing()
        .allowingSiblings(List.of("latest"))
        .onlyIfDigests(digests);
    digests.clear();

    assertEquals(Map.of("1.2", DIGEST, "1.3", OTHER), options.requiredDigests());
    assertTrue(options.isForced());
    assertTrue(options.ignoresMissing());
    assertEquals(Set.of("latest"), options.allowedSiblings());
    assertEquals(
        options.requiredDigests(),
        options.withForce().ignoringMissing().allowingSiblings(List.of()).requiredDigests());
    assertEquals(Map.of(), DeleteOptions.defaults().requiredDigests());
    assertFalse(options.equals(options.onlyIfDigests(Map.of("1.2", DIGEST))));
    assertTrue(
        options.toString().contains("{1.2=" + DIGEST + ", 1.3=" + OTHER + "}"), options.toString());
  }

  @Test
  void oneDigestAndDigestsOfManyTakeThePlaceOfEachOther() {
    DeleteOptions one = DeleteOptions.defaults().onlyIfDigest(DIGEST);
    DeleteOptions many = DeleteOptions.defaults().onlyIfDigests(Map.of("1.2", OTHER));

    assertEquals(many, one.onlyIfDigests(Map.of("1.2", OTHER)));
    assertEquals(one, many.onlyIfDigest(DIGEST));
  }

  @Test
  void digestsOfManyAreDigestsOfTags() {
    DeleteOptions strict = DeleteOptions.defaults();

    assertThrows(IllegalArgumentException.class, () -> strict.onlyIfDigests(Map.of()));
    assertThrows(IllegalArgumentException.class, () -> strict.onlyIfDigests(Map.of("a/b", DIGEST)));
    assertThrows(
        IllegalArgumentException.class, () -> strict.onlyIfDigests(Map.of("1.2", "latest")));
    assertThrows(NullPointerException.class, () -> strict.onlyIfDigests(null));
  }

  @Test
  void aResultTellsWhatWentWithTheTag() {
    List<String> siblings = new ArrayList<>(List.of("latest", "prod"));
    DeleteResult result = DeleteResult.of(DeleteOutcome.DELETED, DIGEST).withDeleted(siblings);
    siblings.clear();

    assertEquals(DeleteOutcome.DELETED, result.outcome());
    assertEquals(Optional.of(DIGEST), result.digest());
    assertEquals(List.of("latest", "prod"), result.deletedWith());
    assertEquals("DELETED " + DIGEST + " with [latest, prod]", result.toString());
  }

  @Test
  void resultsOfEqualPartsAreEqual() {
    DeleteResult result = DeleteResult.of(DeleteOutcome.ACCEPTED, null);

    assertEquals(result, DeleteResult.of(DeleteOutcome.ACCEPTED, null));
    assertEquals(
        result.hashCode(), DeleteResult.of(DeleteOutcome.ACCEPTED, null).hashCode());
    assertFalse(result.equals(DeleteResult.of(DeleteOutcome.DELETED, null)));
    assertFalse(result.equals(DeleteResult.of(DeleteOutcome.ACCEPTED, DIGEST)));
    assertFalse(result.equals(result.withDeleted(List.of("latest"))));
  }
}
