package dev.registrykit.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.ImageRef;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.InMemoryRegistry;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.TagContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PruneCommandTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  private static final String IMAGE = "shop/web";

  private static final List<String> ALL =
      List.of("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "latest");

  private static final String[] KEEP_TWO_YES = {"--all-tags", "--keep-newest-images=2", "--yes"};

  @TempDir
  Path directory;

  private static Ran prune(Emulator emulator, String image, String... more) {
    return Runner.on(emulator).run(arguments(image, more));
  }

  private static String[] arguments(String image, String... more) {
    List<String> arguments = new ArrayList<>(List.of("prune", "URI", image));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @ParameterizedTest
  @EnumSource
  void aDryRunSaysWhyAndDeletesNothing(Shop shop) {
    try (Emulator emulator = shop.open()) {
      Ran ran = prune(emulator, shop.image, "--all-tags", "--keep-newest-images", "2");

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
      assertEquals(ALL, Shop.tags(emulator, shop.image));
      assertTrue(ran.out().startsWith("Plan for " + shop.image), ran.out());
      assertTrue(ran.out().matches("(?s).*\ndelete +1\\.0 .*no rule keeps it\n.*"), ran.out());
      assertTrue(ran.out().matches("(?s).*\nkeep +1\\.5 .*the newest 2 images.*"), ran.out());
      assertTrue(ran.message().contains("dry run"), ran.err());
    }
  }

  @ParameterizedTest
  @EnumSource
  void withYesThePlanIsCarriedOutAndReported(Shop shop) {
    try (Emulator emulator = shop.open()) {
      Ran ran = prune(
          emulator, shop.image, "--all-tags", "--keep-newest-tags", "2", "--keep-tag=1.1", "--yes");

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
      assertEquals(List.of("1.1", "1.5", "latest"), Shop.tags(emulator, shop.image));
      assertTrue(
          ran.out().matches("(?s).*\n\nReport for .*\n(deleted|accepted) +1\\.0\\b.*"), ran.out());
      assertTrue(ran.out().matches("(?s).*\n4 (deleted|accepted)\\.\n"), ran.out());
      assertEquals("", ran.err());
    }
  }

  @ParameterizedTest
  @EnumSource
  void programsGetOneDocumentWithPlanAndReport(Shop shop) {
    try (Emulator emulator = shop.open()) {
      JsonNode dry = prune(emulator, shop.image, "--all-tags", "--keep-newest-tags", "2", "--json")
          .json();
      assertTrue(dry.get("dryRun").asBoolean());
      assertEquals(shop.image, dry.at("/images/0/plan/image").asText());
      assertTrue(dry.at("/images/0/report").isMissingNode());

      Ran real =
          prune(emulator, shop.image, "--all-tags", "--keep-newest-tags", "2", "--json", "--yes");
      assertEquals(ExitCode.DONE, real.exitCode());
      assertFalse(real.json().get("dryRun").asBoolean());
      assertTrue(real.json().at("/images/0/report/complete").asBoolean());
      assertEquals("", real.err());
    }
  }

  @Test
  void runningTwiceDeletesNothingMore() {
    try (Emulator emulator = Shop.OCI.open()) {
      String[] policy = {"--all-tags", "--keep-newest-images", "2", "--yes"};
      prune(emulator, IMAGE, policy);
      List<String> after = Shop.tags(emulator, IMAGE);
      Ran again = prune(emulator, IMAGE, policy);

      assertEquals(ExitCode.DONE, again.exitCode());
      assertEquals(after, Shop.tags(emulator, IMAGE));
      assertTrue(again.out().contains("\n0 of 3 tags to delete"), again.out());
      assertFalse(again.out().contains("Report"), again.out());
    }
  }

  static Stream<List<String>> guards() {
    return Stream.of(
        List.of("--all-tags", "--keep-newest-images", "2", "--at-most", "3"),
        List.of("--all-tags", "--keep-newest-images", "2", "--at-most-percent", "50"),
        List.of("--all-tags", "--keep-nothing", "--delete-latest-too"));
  }

  @ParameterizedTest
  @MethodSource("guards")
  void aPlanOverAGuardIsRefused(List<String> policy) {
    try (Emulator emulator = Shop.OCI.open()) {
      List<String> real = new ArrayList<>(policy);
      real.add("--yes");
      for (List<String> options : List.of(policy, real)) {
        Ran ran = prune(emulator, IMAGE, options.toArray(String[]::new));

        assertEquals(ExitCode.REFUSED, ran.exitCode(), ran.out());
        assertTrue(
            ran.message().startsWith("registrykit: refused: shop/web: it would "), ran.err());
        assertEquals(ALL, Shop.tags(emulator, IMAGE));
      }
    }
  }

  @Test
  void aReviewedPlanOverAGuardIsRefusedToo() {
    try (Emulator emulator = Shop.OCI.open()) {
      Path plan = directory.resolve("plan.json");
      prune(
          emulator,
          IMAGE,
          "--all-tags",
          "--keep-newest-images=2",
          "--at-most=1",
          "--plan-out",
          plan.toString());

      assertEquals(
          ExitCode.REFUSED,
          prune(emulator, IMAGE, "--plan", plan.toString(), "--yes").exitCode());
      assertEquals(ALL, Shop.tags(emulator, IMAGE));
    }
  }

  @Test
  void aTagInUseIsKeptAndThatIsNoFailure() {
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      ImageRef image = ImageRef.of(IMAGE);
      for (int i = 0; i < 3; i++) {
        Instant day = Runner.CLOCK.instant().minus(Duration.ofDays(9L - i));
        registry.addTag(image, "1." + i, Emulator.digestOf("build " + i), day, day);
      }
      registry.markInUse(image, "1.0");
      Ran ran = Runner.on(registry)
          .run(arguments(IMAGE, "--all-tags", "--keep-newest-images=1", "--yes"));

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.out() + ran.err());
      assertEquals(List.of("1.0", "1.2"), registry.tagNames(image));
      assertTrue(ran.out().endsWith("\n1 deleted, 1 kept.\n"), ran.out());
    }
  }

  @Test
  void aRegistryThatDoesNotDeleteIsToldByTheDryRun() {
    try (Emulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_2_DELETE_DISABLED)) {
      Shop.fill(emulator, IMAGE);
      Ran ran = prune(emulator, IMAGE, "--all-tags", "--keep-newest-images", "2");

      assertEquals(ExitCode.REFUSED, ran.exitCode());
      assertTrue(ran.message().contains("was asked whether it deletes tags"), ran.err());
    }
  }

  @Test
  void everyRuleHasAnOption() {
    try (Emulator emulator = Shop.OCI.open()) {
      JsonNode plan = prune(
              emulator,
              IMAGE,
              "--json",
              "--versions",
              ">=1",
              "--keep-newest-images=1",
              "--keep-newest-tags=1",
              "--keep-younger-than=14d",
              "--keep-matching=*-rc",
              "--keep-matching=*-beta",
              "--keep-per-major=1",
              "--keep-per-minor=2",
              "--keep-daily=7",
              "--keep-weekly=4",
              "--keep-monthly=12",
              "--keep-yearly=3",
              "--zone=Europe/Paris",
              "--keep-tag=prod",
              "--keep-digest=sha256:" + "0".repeat(64),
              "--keep-siblings",
              "--delete-latest-too",
              "--delete-undated-too",
              "--date=newer",
              "--trust-dates-from=2001-01-01T00:00:00Z",
              "--at-most=100",
              "--at-most-percent=20",
              "--allow-every-tag")
          .json()
          .at("/images/0/plan/policy");

      assertEquals(
          "Of versions >=1 keep "
              + "in use: the digests sha256:" + "0".repeat(64) + "; "
              + "in use: the tags prod; tags like \"*-beta\"; tags like \"*-rc\"; "
              + "the newest 2 of each minor version; the newest image; "
              + "the newest image of each of the last 7 days, 4 weeks, 12 months, 3 years"
              + " that have one, in the zone Europe/Paris; "
              + "the newest of each major version; the newest tag; younger than 14 days; "
              + "tags that share a digest with a kept one. "
              + "What counts is the newer of the dates of creation and update, "
              + "trusted from 2001-01-01T00:00:00Z on. "
              + "Delete at most 100 tags, at most 20 % of the governed tags, every tag if need be.",
          plan.asText());
    }
  }

  @Test
  void whatIsInUseComesFromAFile() throws IOException {
    try (OciEmulator emulator = (OciEmulator) Shop.OCI.open()) {
      Path inUse =
          file("in-use", "# what runs\n\n1.0\n" + emulator.tags(IMAGE).get("1.1") + " # prod\n");
      prune(
          emulator,
          IMAGE,
          "--all-tags",
          "--keep-newest-images=1",
          "--keep-in-use=" + inUse,
          "--yes");

      assertEquals(List.of("1.0", "1.1", "1.5", "latest"), Shop.tags(emulator, IMAGE));
    }
  }

  @Test
  void aPolicyComesFromAFile() throws IOException {
    try (Emulator emulator = Shop.OCI.open()) {
      Path policy = file("policy.yaml", "tags: all\nkeep:\n  newest-images: 2\n");
      Ran ran = prune(emulator, IMAGE, "--policy", policy.toString(), "--yes");

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
      assertEquals(List.of("1.4", "1.5", "latest"), Shop.tags(emulator, IMAGE));
    }
  }

  @Test
  void aPlanIsReviewedTodayAndCarriedOutTomorrow() {
    try (Emulator emulator = Shop.OCI.open()) {
      Path plan = directory.resolve("plan.json");
      Ran planned = prune(
          emulator, IMAGE, "--all-tags", "--keep-newest-images=2", "--plan-out", plan.toString());
      assertEquals(ExitCode.DONE, planned.exitCode(), planned.err());
      emulator.addTag(IMAGE, "1.0", TagContent.of("pushed again"));

      assertEquals(
          ExitCode.DONE, prune(emulator, IMAGE, "--plan", plan.toString()).exitCode());
      assertEquals(ALL, Shop.tags(emulator, IMAGE), "that was a dry run");
      Ran done = prune(emulator, IMAGE, "--plan", plan.toString(), "--yes");

      assertEquals(ExitCode.DONE, done.exitCode(), done.err());
      assertTrue(done.out().matches("(?s).*\nkept +1\\.0 .*"), done.out());
      assertEquals(List.of("1.0", "1.4", "1.5", "latest"), Shop.tags(emulator, IMAGE));
    }
  }

  @Test
  void aPlanOfAnotherImageOrRegistryIsRefusedBeforeAnythingIsSent() throws IOException {
    try (Emulator emulator = Shop.OCI.open();
        Emulator other = Shop.OCI.open()) {
      Path plan = directory.resolve("plan.json");
      prune(emulator, IMAGE, "--all-tags", "--keep-newest-images=2", "--plan-out", plan.toString());
      emulator.clearRequests();
      Ran otherImage = prune(emulator, "shop/other", "--plan", plan.toString(), "--yes");
      Ran otherRegistry = prune(other, IMAGE, "--plan", plan.toString(), "--yes");
      Files.writeString(
          plan, Files.readString(plan).replaceFirst("\"retention-plan\": *1|: 1,", ": 99,"));
      Ran otherVersion = prune(emulator, IMAGE, "--plan", plan.toString(), "--yes");

      for (Ran ran : List.of(otherImage, otherRegistry, otherVersion)) {
        assertEquals(ExitCode.USAGE, ran.exitCode(), ran.out());
        assertTrue(ran.message().startsWith("registrykit: --plan: "), ran.err());
      }
      assertTrue(otherImage.err().contains("image: "), otherImage.err());
      assertTrue(otherRegistry.err().contains("registry: "), otherRegistry.err());
      assertTrue(otherVersion.err().contains("version"), otherVersion.err());
      assertEquals(0, emulator.requestCount() + other.requestCount());
    }
  }

  @Test
  void whatFailedIsToldAndResumedFromTheJournal() {
    try (Emulator emulator = Shop.SCALEWAY.open()) {
      Path journal = directory.resolve("journal.jsonl");
      emulator.failNext("DELETE", "", 2, Fault.json(403, "{}"));
      Ran first = prune(
          emulator,
          IMAGE,
          "--all-tags",
          "--keep-newest-images=2",
          "--yes",
          "--journal",
          journal.toString());

      assertEquals(ExitCode.FAILED, first.exitCode(), first.out());
      assertTrue(first.out().matches("(?s).*\nfailed +1\\..*HTTP 403.*"), first.out());

      Ran rest = Runner.on(emulator).run("prune", "URI", "--resume", journal.toString(), "--yes");
      assertEquals(ExitCode.DONE, rest.exitCode(), rest.out() + rest.err());
      assertEquals(List.of("1.4", "1.5", "latest"), Shop.tags(emulator, IMAGE));
    }
  }

  @Test
  void aWrongLoginHalfWayEndsTheRunAndLosesNothingOfTheReport() {
    try (Emulator emulator = Shop.SCALEWAY.open()) {
      emulator.beforeNext("DELETE", "", () -> emulator.failAll(Fault.json(401, "{}")));
      Ran ran = prune(emulator, IMAGE, "--all-tags", "--keep-newest-images=2", "--yes", "--json");

      assertEquals(ExitCode.FAILED, ran.exitCode(), ran.out());
      assertEquals(4, ran.json().at("/images/0/report/tags").size());
      assertTrue(ran.json().at("/images/0/report/stoppedBy").isTextual(), ran.out());
    }
  }

  @Test
  void manyImagesArePrunedOneByOne() {
    try (Emulator emulator = Shop.OCI.open()) {
      Shop.fill(emulator, "shop/api");
      Shop.fill(emulator, "other/web");
      Ran ran =
          prune(emulator, "shop/*", "--all-tags", "--keep-newest-images=2", "--yes", "--json");

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
      assertEquals(2, ran.json().get("images").size());
      assertEquals(List.of("1.4", "1.5", "latest"), Shop.tags(emulator, IMAGE));
      assertEquals(List.of("1.4", "1.5", "latest"), Shop.tags(emulator, "shop/api"));
      assertEquals(ALL, Shop.tags(emulator, "other/web"));
    }
  }

  @Test
  void allImagesArePrunedIfThatIsSaid() {
    try (Emulator emulator = Shop.OCI.open()) {
      Shop.fill(emulator, "other/web");
      Ran ran = Runner.on(emulator)
          .run("prune", "URI", "--all-images", "--all-tags", "--keep-newest-images=2", "--json");

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
      assertEquals(2, ran.json().get("images").size());
    }
  }

  @Test
  void aListOfImagesThatCannotBeReadIsToldByItsOwnCode() {
    try (Emulator emulator = Shop.OCI.open()) {
      emulator.failAll(Fault.json(401, "{}"));
      Ran ran = prune(emulator, "shop/*", "--all-tags", "--keep-newest-images=2", "--json");

      assertEquals(ExitCode.NO_ACCESS, ran.exitCode(), ran.err());
      assertEquals(
          "AuthenticationException", ran.json().at("/images/0/failure/kind").asText());
    }
  }

  @Test
  void anImageThatCannotBeReadEndsNoOther() {
    try (Emulator emulator = Shop.OCI.open()) {
      Shop.fill(emulator, "shop/api");
      emulator.failNext("GET", "shop/api/tags", 1, Fault.status(500));
      Ran ran =
          prune(emulator, "shop/*", "--all-tags", "--keep-newest-images=2", "--yes", "--json");

      assertEquals(ExitCode.FAILED, ran.exitCode());
      assertTrue(ran.message().contains("shop/api"), ran.err());
      assertEquals(List.of("1.4", "1.5", "latest"), Shop.tags(emulator, IMAGE));
      assertEquals(ALL, Shop.tags(emulator, "shop/api"));
    }
  }

  @Test
  void progressIsShownOnATerminal() {
    try (Emulator emulator = Shop.OCI.open()) {
      Ran ran = Runner.on(emulator).onTerminal(false).run(arguments(IMAGE, KEEP_TWO_YES));

      assertTrue(ran.err().contains("] 4 of 4 done"), ran.err());
      assertFalse(ran.out().contains("4 of 4 done"), ran.out());
    }
  }

  @Test
  void progressIsShownElsewhereOnlyWhenAskedFor() {
    try (Emulator emulator = Shop.OCI.open()) {
      assertEquals("", prune(emulator, IMAGE, KEEP_TWO_YES).err());
    }
    try (Emulator emulator = Shop.OCI.open()) {
      Ran asked =
          prune(emulator, IMAGE, "--all-tags", "--keep-newest-images=2", "--yes", "--progress");
      assertTrue(asked.err().contains("] 4 of 4 done"), asked.err());
    }
  }

  static Stream<List<String>> wrongCommands() {
    return Stream.of(
        List.of(IMAGE),
        List.of("--all-tags", "--keep-nothing"),
        List.of(IMAGE, "--keep-newest-images=2"),
        List.of(IMAGE, "--all-tags"),
        List.of(IMAGE, "--all-tags", "--tags=1.*", "--keep-nothing"),
        List.of(IMAGE, "--tags=", "--keep-nothing"),
        List.of(IMAGE, "--tags=*", "--keep-nothing"),
        List.of(IMAGE, "--tags-regex=(", "--keep-nothing"),
        List.of(IMAGE, "--versions=latest", "--keep-nothing"),
        List.of(IMAGE, "--all-tags", "--keep-nothing", "--keep-newest-images=2"),
        List.of(IMAGE, "--all-tags", "--keep-newest-images=0"),
        List.of(IMAGE, "--all-tags", "--keep-newest-images=-1"),
        List.of(IMAGE, "--all-tags", "--keep-newest-images=2", "--keep-newest-images=3"),
        List.of(IMAGE, "--all-tags", "--keep-younger-than=14"),
        List.of(IMAGE, "--all-tags", "--keep-younger-than=0d"),
        List.of(IMAGE, "--all-tags", "--keep-matching=*"),
        List.of(IMAGE, "--all-tags", "--keep-daily=7"),
        List.of(IMAGE, "--all-tags", "--keep-daily=7", "--zone=Mars/Olympus"),
        List.of(IMAGE, "--all-tags", "--keep-newest-images=2", "--zone=UTC"),
        List.of(IMAGE, "--all-tags", "--keep-tag=not a tag"),
        List.of(IMAGE, "--all-tags", "--keep-digest=sha256:0"),
        List.of(IMAGE, "--all-tags", "--keep-in-use=EMPTY"),
        List.of(IMAGE, "--all-tags", "--keep-in-use=MISSING"),
        List.of(IMAGE, "--all-tags", "--keep-nothing", "--date=pulled"),
        List.of(IMAGE, "--all-tags", "--keep-nothing", "--trust-dates-from=yesterday"),
        List.of(IMAGE, "--all-tags", "--keep-nothing", "--at-most=0"),
        List.of(IMAGE, "--all-tags", "--keep-nothing", "--at-most-percent=100"),
        List.of(IMAGE, "--policy=MISSING"),
        List.of(IMAGE, "--policy=EMPTY"),
        List.of(IMAGE, "--policy=UNKNOWN"),
        List.of(IMAGE, "--policy=DIRECTORY"),
        List.of(IMAGE, "--policy=POLICY", "--all-tags"),
        List.of(IMAGE, "--policy=POLICY", "--keep-siblings"),
        List.of(IMAGE, "--plan=MISSING"),
        List.of(IMAGE, "--plan=EMPTY"),
        List.of(IMAGE, "--plan=POLICY"),
        List.of(IMAGE, "--plan=POLICY", "--policy=POLICY"),
        List.of(IMAGE, "--plan=POLICY", "--all-tags"),
        List.of(IMAGE, "--plan=POLICY", "--plan-out=MISSING"),
        List.of(IMAGE, "--policy=POLICY", "--plan-out=EMPTY"),
        List.of(IMAGE, "--policy=POLICY", "--plan-out=/missing/plan"),
        List.of(IMAGE, "--policy=POLICY", "--journal=/missing/journal", "--yes"),
        List.of(IMAGE, "--policy=POLICY", "--journal=MISSING"),
        List.of(IMAGE, "--policy=POLICY", "--journal=EMPTY", "--yes"),
        List.of("--resume=EMPTY"),
        List.of("--resume=EMPTY", "--yes"),
        List.of("--resume=MISSING", "--yes"),
        List.of("--resume=POLICY", "--yes"),
        List.of(IMAGE, "--resume=EMPTY", "--yes"),
        List.of("--resume=EMPTY", "--yes", "--policy=POLICY"),
        List.of("--resume=EMPTY", "--yes", "--journal=MISSING"),
        List.of(IMAGE, "--all-images", "--policy=POLICY"),
        List.of("--all-images", "--plan=POLICY"),
        List.of("*", "--policy=POLICY"),
        List.of("shop/*", "--plan=POLICY"),
        List.of("shop/*", "--policy=POLICY", "--plan-out=MISSING"),
        List.of("shop/*", "--policy=POLICY", "--journal=MISSING", "--yes"),
        List.of(IMAGE + ":1.0", "--policy=POLICY"));
  }

  @ParameterizedTest
  @MethodSource("wrongCommands")
  void aWrongCommandIsOneLineThatNamesTheOptionBeforeAnythingIsSent(List<String> arguments)
      throws IOException {
    file("EMPTY", "");
    file("POLICY", "tags: all\nkeep:\n  newest-images: 2\n");
    file("UNKNOWN", "tags: all\nkeep:\n  newest-pictures: 2\n");
    Files.createDirectory(directory.resolve("DIRECTORY"));
    OciEmulator emulator = OCI.emulator();
    Shop.fill(emulator, "shop/web");
    List<String> all = new ArrayList<>(List.of("prune", "URI"));
    arguments.forEach(
        argument -> all.add(argument.replaceFirst("=([A-Z]{4,})$", "=" + directory + "/$1")));
    Ran ran = Runner.on(emulator).run(all.toArray(String[]::new));

    assertEquals(ExitCode.USAGE, ran.exitCode(), ran.out() + ran.err());
    assertTrue(ran.message().startsWith("registrykit: "), ran.err());
    assertFalse(ran.err().matches("(?s).*\\b(keep|delete|in|trust)[A-Z].*"), ran.err());
    assertEquals("", ran.out());
    assertEquals(0, emulator.requestCount());
    assertFalse(Files.exists(directory.resolve("MISSING")));
  }
}
