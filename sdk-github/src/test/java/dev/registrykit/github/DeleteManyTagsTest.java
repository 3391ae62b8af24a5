package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.RateLimitException;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.GithubFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deleting many tags in one call. */
class DeleteManyTagsTest extends GithubTest {

  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj("v%02d"::formatted).toList();
  }

  private String addSharing(List<String> names) {
    String digest = emulator.addTag(PATH, names.get(0)).digest();
    names.forEach(name -> emulator.moveTag(PATH, name, digest));
    return digest;
  }

  @Test
  void oneListIsReadForAllOfThem() {
    String digest = addSharing(names(12));
    emulator.addTag(PATH, "other");

    BulkDeleteResult result = registry.deleteTags(APP, names(10), STRICT);

    assertTrue(result.isComplete(), result::toString);
    assertEquals(Set.of("other", "v10", "v11"), Set.copyOf(emulator.tagNames(PATH)));
    assertEquals(digest, emulator.tags(PATH).get("v11"));
    // The list of all, and one look for each placeholder.
    assertEquals(11, sent().stream().filter(LIST::equals).count());
  }

  @Test
  void oneTagIsLeftWhereAllAreToGo() {
    names(6).forEach(name -> emulator.addTag(PATH, name));
    Map<String, String> before = emulator.tags(PATH);

    BulkDeleteResult result = registry.deleteTags(APP, names(6), STRICT);

    assertEquals(5, result.deleted().size(), () -> result.entries().toString());
    Map<String, String> after = new TreeMap<>(emulator.tags(PATH));
    assertEquals(result.failures().keySet(), after.keySet());
    after.forEach((tag, digest) -> assertEquals(before.get(tag), digest));
    assertInstanceOf(
        LastVersionException.class, result.failures().values().iterator().next());
  }

  @Test
  void oneTagOfTheLastVersionIsLeftWhereAllAreToGo() {
    String digest = addSharing(names(3));

    BulkDeleteResult result = registry.deleteTags(APP, names(3), STRICT);

    assertEquals(2, result.deleted().size(), () -> result.entries().toString());
    assertEquals(result.failures().keySet(), emulator.tags(PATH).keySet());
    assertEquals(List.of(digest), List.copyOf(emulator.tags(PATH).values()));
    assertInstanceOf(
        LastVersionException.class, result.failures().values().iterator().next());
  }

  /** The first tag tells what the list is; then one tag of each version is enough. */
  @Test
  void ofEachVersionOneTagIsDeletedAndTheOthersGoWithIt() {
    String first = addSharing(List.of("1.0", "1"));
    String second = addSharing(List.of("2.0", "2", "latest"));
    emulator.addTag(PATH, "3.0");
    List<String> deletions = List.of(
        "DELETE " + VERSIONS + "/" + idOf(first), "DELETE " + VERSIONS + "/" + idOf(second));

    BulkDeleteResult result =
        registry.deleteTags(APP, List.of("1.0", "1", "2.0", "2", "latest"), STRICT);

    assertTrue(result.isComplete(), () -> result.entries().toString());
    assertEquals(List.of("3.0"), emulator.tagNames(PATH));
    assertEquals(
        deletions, sent().stream().filter(line -> line.startsWith("DELETE ")).toList());
    // What all tags point to, and whether this one went along.
    assertEquals(
        2, sent().stream().filter(("HEAD " + MANIFESTS + "latest")::equals).count());
  }

  @Test
  void aPartOfATaggedIndexStays() {
    emulator.addTag(PATH, "0.9");
    String part = emulator.addTag(PATH, "1.0-amd64").digest();
    String index = emulator.pushIndex(PATH, "1.0", part);

    BulkDeleteResult result = registry.deleteTags(APP, List.of("0.9", "1.0-amd64"), STRICT);

    assertTrue(result.isComplete(), () -> result.entries().toString());
    assertEquals(List.of(part, index), emulator.manifests(PATH));
  }

  @Test
  void aTagThatTheListDoesNotShowYetIsWaitedFor() {
    emulator.addTag(PATH, "1.0");
    emulator.addTag(PATH, "2.0");
    emulator.faults().setListLag(Duration.ofSeconds(10));
    time.advance(Duration.ofMinutes(1));
    emulator.addTag(PATH, "3.0");

    BulkDeleteResult result = registry.deleteTags(APP, List.of("1.0", "3.0"), STRICT);

    assertTrue(result.isComplete(), () -> result.entries().toString());
    assertEquals(List.of("2.0"), emulator.tagNames(PATH));
  }

  @Test
  void aSecondaryLimitInTheMiddleLosesNoTagAndIsWaitedFor() {
    addSharing(names(6));
    use(builder()
        .httpOptions(httpOptions()
            .withRetryPolicy(RetryPolicy.standard()
                .withBackoff(Duration.ZERO, Duration.ZERO)
                .withMaxRetryAfter(Duration.ofMinutes(2)))));
    emulator.failNext("DELETE", "", 1, GithubFaults.secondaryRateLimit());

    BulkDeleteResult result = registry.deleteTags(APP, names(4), STRICT);

    assertTrue(result.isComplete(), () -> result.entries().toString());
    assertEquals(Set.of("v04", "v05"), Set.copyOf(emulator.tagNames(PATH)));
    assertTrue(time.sleeps().contains(Duration.ofMinutes(1)), time.sleeps()::toString);
  }

  @Test
  void aLimitThatStaysIsInTheReportAndTheTagsAreThere() {
    String digest = addSharing(names(6));
    emulator.failNext("DELETE", "", 1_000, GithubFaults.secondaryRateLimit());

    BulkDeleteResult result = registry.deleteTags(APP, names(4), STRICT);

    assertEquals(4, result.failures().size());
    result.failures().values().forEach(e -> assertInstanceOf(RateLimitException.class, e));
    names(6).forEach(name -> assertEquals(digest, emulator.tags(PATH).get(name)));
  }
}
