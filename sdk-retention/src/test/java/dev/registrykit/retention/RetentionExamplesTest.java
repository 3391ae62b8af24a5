package dev.registrykit.retention;

import static dev.registrykit.retention.Fixtures.CLOCK;
import static dev.registrykit.retention.Fixtures.IMAGE;
import static dev.registrykit.retention.Fixtures.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.testkit.InMemoryRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/retention.md shows does what the page says. */
class RetentionExamplesTest {

  private static final Path PAGE = Path.of("../docs/retention.md");

  @TempDir
  Path folder;

  private static RetentionPolicy policy(Set<String> digestsThatRun) {
    // snippet: policy
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.glob("build-*"))
        .keepNewestImages(10)
        .keepYoungerThan(Duration.ofDays(14))
        .keepDigests(digestsThatRun)
        .deleteAtMostPercent(20)
        .build();
    // end
    return policy;
  }

  /** Fifty-six builds, ten of them old, of which the first runs, and a tag that no policy here is about. */
  private static InMemoryRegistry registry() {
    InMemoryRegistry registry = Fixtures.registry(tag("main", "2026-01-01"));
    for (int build = 10; build < 20; build++) {
      registry.addTag(tag("build-" + build, "2026-02-" + build));
    }
    for (int build = 24; build < 70; build++) {
      registry.addTag(tag("build-" + build, "2026-03-30T00:" + (build - 14) + ":00Z"));
    }
    return registry;
  }

  private static RetentionPlan plan(
      Registry registry, ImageRef image, RetentionPolicy policy, Clock clock, Path file)
      throws IOException {
    // snippet: plan
    RetentionPlan plan = RetentionPlan.of(registry, image, policy, clock);
    System.out.print(plan.toText());
    Files.writeString(file, plan.toJson());
    // end
    return plan;
  }

  private static RetentionReport run(
      Registry registry, ImageRef image, RetentionPolicy policy, Path file, Path journal)
      throws IOException {
    // snippet: run
    RetentionPlan plan =
        RetentionPlan.fromJson(Files.readString(file), registry).requireMadeFor(image, policy);
    RetentionReport report = RetentionRun.of(registry, plan)
        .withJournal(journal)
        .withProgress(progress -> System.out.println(progress.done() + " of " + progress.total()))
        .execute();
    System.out.print(report.toText());
    // end
    return report;
  }

  private static RetentionReport resume(Registry registry, Path journal) {
    // snippet: resume
    RetentionReport report = RetentionRun.resume(registry, journal).execute();
    // end
    return report;
  }

  @Test
  void aPlanThatWasReviewedIsCarriedOutAndTakenUpAgain() throws IOException {
    RetentionPolicy policy = policy(Set.of(Fixtures.digest("build-10")));
    try (InMemoryRegistry registry = registry()) {
      Path file = folder.resolve("plan.json");
      Path journal = folder.resolve("journal");
      RetentionPlan plan = plan(registry, IMAGE, policy, CLOCK, file);
      assertEquals(9, plan.deletions().size());

      RetentionReport report = run(registry, IMAGE, policy, file, journal);

      assertTrue(report.isComplete());
      assertEquals(48, registry.tagNames(IMAGE).size());
      assertEquals(9, resume(registry, journal).tags().size());
    }
  }

  private static void many(Registry registry, RetentionPolicy policy, Clock clock) {
    // snippet: many
    for (ImagePlan each : ImagePlans.of(registry, ImageMatcher.glob("shop/*"), policy, clock)) {
      each.plan()
          .filter(plan -> plan.obstacles().isEmpty())
          .map(plan -> RetentionRun.of(registry, plan).execute())
          .ifPresent(report -> System.out.print(report.toText()));
      each.plan()
          .ifPresent(plan -> plan.obstacles()
              .forEach(obstacle -> System.out.println("left " + each.image() + ": " + obstacle)));
      each.failure().ifPresent(failure -> System.out.println("left " + failure.getMessage()));
    }
    // end
  }

  @Test
  void aPolicyGoesOverManyImages() {
    ImageRef other = ImageRef.of("workshop/web");
    try (InMemoryRegistry registry = registry().addTag(other, "build-1", Fixtures.digest("x"))) {
      many(registry, policy(Set.of(Fixtures.digest("build-10"))), CLOCK);

      assertEquals(48, registry.tagNames(IMAGE).size());
      assertEquals(List.of("build-1"), registry.tagNames(other));
    }
  }

  private static RetentionPolicy read(Path file) {
    // snippet: policy-file
    RetentionPolicy policy = RetentionPolicyFile.read(file);
    // end
    return policy;
  }

  @Test
  void thePolicyFileSaysWhatThePageSays() throws IOException {
    Matcher yaml = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(PAGE));
    assertTrue(yaml.find());
    Path file = Files.writeString(folder.resolve("policy.yaml"), yaml.group(1));

    assertEquals(
        RetentionPolicy.of(TagMatcher.glob("build-*"))
            .keepNewestImages(10)
            .keepYoungerThan(Duration.ofDays(14))
            .keepMatching(TagMatcher.glob("*-release"))
            .keepDaily(7)
            .keepMonthly(12)
            .inZone(ZoneId.of("Europe/Paris"))
            .keepTags(Set.of("build-1042"))
            .deleteAtMost(100)
            .deleteAtMostPercent(20)
            .build()
            .toString(),
        read(file).toString());
  }

  @Test
  void everyFieldOfAPolicyFileIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);

    assertEquals(
        List.of(),
        Stream.concat(PolicyFields.names(), Stream.of("nothing", "all"))
            .filter(field -> !page.contains("`" + field + "`"))
            .toList());
  }
}
