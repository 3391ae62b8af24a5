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
