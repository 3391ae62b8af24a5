package dev.registrykit.retention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.RateLimitException;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.GithubFaults;
import dev.registrykit.testkit.TagContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users of other tools lost on ghcr.io, and do not lose here. */
class GithubLossesTest {

  private static final ImageRef IMAGE = ImageRef.of("octo-org/web");

  private static final String PATH = IMAGE.path();

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-31T12:00:00Z"), ZoneOffset.UTC);

  private final GithubEmulator emulator = GithubEmulator.start();
  private Registry registry;

  @BeforeEach
  void open() {
    registry = registry(HttpOptions.defaults());
  }

  @AfterEach
  void close() {
    registry.close();
    emulator.close();
  }

  private Registry registry(HttpOptions options) {
    return Registries.open(emulator.uri(), emulator.environment(), options);
  }

  private static List<String> deletions(RetentionPlan plan) {
    return plan.deletions().stream().map(PlannedTag::name).toList();
  }

  private static List<String> keptSiblings(RetentionPlan plan, String name) {
    return plan.tags().stream()
        .filter(tag -> tag.name().equals(name))
        .findFirst()
        .orElseThrow()
        .keptSiblings();
  }

  /** The tag under which the referrers of a digest are. */
  private static String signature(String digest, String ending) {
    return digest.replace(':', '-') + ending;
  }

  private static RetentionPolicy.Builder all() {
    return RetentionPolicy.of(TagMatcher.all());
  }

  private static RetentionPolicy matching(TagMatcher matcher) {
    return RetentionPolicy.of(matcher).keepTags(Set.of("x")).build();
  }

  private RetentionPlan plan(RetentionPolicy policy) {
    return RetentionPlan.of(registry, IMAGE, policy, CLOCK);
  }

  private static Instant day(int day) {
    return Instant.parse("2026-03-01T00:00:00Z").plusSeconds(86_400L * day);
  }

  private String push(String tag, String content, int day) {
    return emulator
        .addTag(PATH, tag, TagContent.of(content).withDates(day(day), day(day)))
        .digest();
  }

  /** Carries a plan out, and returns the tags that were kept. */
  private Set<String> carryOut(RetentionPlan plan) {
    RetentionReport report = RetentionRun.of(registry, plan).withClock(CLOCK).execute();
    assertTrue(report.isComplete(), report.toText());
    return report.tags().stream()
        .filter(tag -> tag.outcome() == TagReport.Outcome.KEPT)
        .map(tag -> tag.tag().name())
        .collect(Collectors.toSet());
  }

  @Test
  void loss1PlatformChildrenStayThoughTheyHaveNoTag() {
    String arm64 = emulator.pushImage(PATH, null, "arm64", null);
    String amd64 = push("1.0-amd64", "amd64", 1);
    String index = emulator.pushIndex(PATH, "1.0", amd64, arm64);
    push("2.0", "two", 9);
    byte[] bytes = emulator.manifestBytes(PATH, index);

    RetentionPlan plan = plan(matching(TagMatcher.regex(".*-(amd|arm)64")));
    assertEquals(List.of("1.0-amd64"), deletions(plan));
    carryOut(plan);

    assertTrue(emulator.manifests(PATH).containsAll(List.of(amd64, arm64, index)));
    assertEquals(Set.of("1.0", "2.0"), Set.copyOf(emulator.tagNames(PATH)));
    assertArrayEquals(bytes, emulator.manifestBytes(PATH, "1.0"));
  }

  @Test
  void loss2SiblingsOfADigestStay() {
    String digest = push("v3.2.2", "3.2.2", 1);
    emulator.moveTag(PATH, "latest", digest);
    emulator.moveTag(PATH, "v3.2.2-unsigned", digest);

    RetentionPlan plan = plan(matching(TagMatcher.glob("*-unsigned")));
    assertEquals(List.of("latest", "v3.2.2"), keptSiblings(plan, "v3.2.2-unsigned"));
    carryOut(plan);

    assertEquals(Map.of("v3.2.2", digest, "latest", digest), emulator.tags(PATH));
  }

  @Test
  void loss3SignaturesOfWhatStaysStayAndOthersGo() {
    String one = push("1", "one", 1);
    String two = push("2", "two", 2);
    String first = signature(one, ".sig");
    String second = signature(two, "");
    push(first, "signature of one", 1);
    push(second, "attestation of two", 20);
    String attestation = emulator.pushImage(PATH, null, "attestation without a tag", null);

    RetentionPlan plan = plan(all().keepNewestImages(1).build());
    assertEquals(List.of("1", first), deletions(plan));
    carryOut(plan);

    assertEquals(Set.of("2", second), emulator.tags(PATH).keySet());
    assertTrue(emulator.manifests(PATH).contains(attestation));
  }

  @Test
  void loss4SeveralTagsOfOneImageAreOneImage() {
    push("1", "one", 1);
    push("2", "two", 2);
    String three = push("3", "three", 3);
    for (String alias : List.of("3.0", "3.0.0", "stable", "prod")) {
      emulator.moveTag(PATH, alias, three);
    }

    assertEquals(List.of("1"), deletions(plan(all().keepNewestImages(2).build())));
  }

  @Test
  void loss4ADateThatCannotBeReadIsNoPlan() {
    push("1", "one", 1);
    push("2", "two", 2);
    emulator.failNext(
        "GET",
        "/versions",
        1,
        Fault.json(
            200,
            "[{\"id\":1,\"name\":\"" + Emulator.digestOf("one")
                + "\",\"created_at\":\"\",\"updated_at\":\"soon\",\"metadata\":{\"container\":{\"tags\":[\"1\"]}}}]"));

    assertThrows(
        InvalidResponseException.class, () -> plan(all().keepNewestImages(1).build()));
    assertEquals(Set.of("1", "2"), emulator.tags(PATH).keySet());
  }

  @Test
  void loss5AMatcherThatFitsAllTagsOfAnImageStopsAtTheGuard() {
    push("1", "one", 1);
    push("2", "two", 2);

    RetentionPlan plan = plan(matching(TagMatcher.regex("[0-9]+")));

    assertThrows(IllegalStateException.class, () -> carryOut(plan));
    assertEquals(Set.of("1", "2"), emulator.tags(PATH).keySet());
  }

  @Test
  void loss6ATagThatIsPushedAgainAfterThePlanStays() {
    push("1", "one", 1);
    push("2", "two", 2);
    RetentionPlan plan = plan(all().keepNewestImages(1).build());
    String mended = push("1", "one, mended", 29);

    assertEquals(Set.of("1"), carryOut(plan));

    assertEquals(mended, emulator.tags(PATH).get("1"));
    assertEquals(Set.of("1", "2"), emulator.tags(PATH).keySet());
  }

  @Test
  void loss7AListThatEndsInARateLimitIsNoPlan() {
    push("1", "one", 1);
    push("2", "two", 2);
    emulator.failNext("GET", "/versions", 1, GithubFaults.secondaryRateLimit());

    assertThrows(RateLimitException.class, () -> plan(all().keepNewestImages(1).build()));

    assertEquals(Set.of("1", "2"), emulator.tags(PATH).keySet());
  }

  @Test
  void loss7ARateLimitHalfWayLeavesARecordOfEveryTagAndNoPlaceholder(@TempDir Path folder)
      throws IOException {
    for (int day = 1; day <= 12; day++) {
      push("build-" + day, "content " + day, day);
    }
    Map<String, String> before = emulator.tags(PATH);
    Path journal = folder.resolve("journal.jsonl");
    registry.close();
    registry = registry(HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()));
    RetentionPlan plan = plan(all().keepNewestImages(1).build());

    RetentionReport report = RetentionRun.of(registry, plan)
        .withJournal(journal)
        .withClock(CLOCK)
        .stoppingAfterFailures(1)
        .withProgress(progress -> {
          if (progress.deleted() == 4) {
            emulator.failNext("DELETE", "", 1_000, GithubFaults.secondaryRateLimit());
          }
        })
        .execute();

    assertFalse(report.isComplete(), report.toText());
    Map<String, String> left = new TreeMap<>(emulator.tags(PATH));
    assertTrue(left.size() >= 4 && left.size() <= 8, left.toString());
    left.forEach((tag, digest) -> assertEquals(before.get(tag), digest, tag));
    for (TagReport tag : report.tags()) {
      assertFalse(tag.outcome().isGone() && left.containsKey(tag.tag().name()), tag.toString());
    }
    for (JournalEntry entry : JournalReader.read(Files.readAllBytes(journal)).entries()) {
      boolean isSaidToBeGone =
          entry.outcome() != null && entry.outcome() == TagReport.Outcome.DELETED;
      assertFalse(isSaidToBeGone && left.containsKey(entry.tag()), entry.toString());
    }
    emulator.clearFaults();
    RetentionReport rest =
        RetentionRun.resume(registry, journal).withClock(CLOCK).execute();
    assertTrue(rest.isComplete(), rest.toText());
    assertEquals(List.of("build-12"), emulator.tagNames(PATH));
    assertEquals(List.of(before.get("build-12")), emulator.manifests(PATH));
  }
}
