package dev.registrykit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.retention.TagReport.Outcome;
import dev.registrykit.testkit.InMemoryRegistry;
import dev.registrykit.testsupport.Thorough;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What holds for whatever tags and policies; each failure names the seed it came from. */
@Execution(ExecutionMode.CONCURRENT)
class RetentionPropertiesTest {

  private static final int RUNS = Boolean.getBoolean(Thorough.PROPERTY) ? 400 : 100;

  private static final List<ZoneId> ZONES =
      List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Paris"), ZoneId.of("Pacific/Kiritimati"));

  private static final List<TagMatcher> MATCHERS = List.of(
      TagMatcher.glob("build-*"),
      TagMatcher.glob("sha256-*"),
      TagMatcher.regex("v?1\\..*"),
      TagMatcher.versions(">=1.0 <3.0.0"));

  /** A random image and what a random policy says. */
  private static final class Scene {

    private final Random random;
    private final List<Tag> tags;
    private final TagMatcher governed;
    private final Map<String, Consumer<RetentionPolicy.Builder>> rules = new LinkedHashMap<>();
    private final List<Consumer<RetentionPolicy.Builder>> settings = new ArrayList<>();

    Scene(long seed) {
      random = new Random(seed);
      tags = tags();
      governed = random.nextInt(3) == 0 ? TagMatcher.glob("build-*") : TagMatcher.all();
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        addRule();
      }
      maybe(RetentionPolicy.Builder::deleteLatestToo);
      maybe(RetentionPolicy.Builder::deleteUndatedToo);
      TagDate date = pick(List.of(TagDate.values()));
      settings.add(policy -> policy.by(date));
    }

    private void maybe(Consumer<RetentionPolicy.Builder> setting) {
      if (random.nextInt(3) == 0) {
        settings.add(setting);
      }
    }

    private <T> T pick(List<T> choice) {
      return choice.get(random.nextInt(choice.size()));
    }

    private List<Tag> tags() {
      Map<String, Tag> tags = new LinkedHashMap<>();
      int count = random.nextInt(30);
      for (int i = 0; i < count; i++) {
        String name = name(new ArrayList<>(tags.values()));
        Tag.Builder tag = Tag.builder(Fixtures.IMAGE, name);
        if (random.nextInt(12) != 0) {
          tag.digest(Fixtures.digest("content " + random.nextInt(12)));
        }
        tag.createdAt(date()).updatedAt(date());
        if (random.nextInt(12) == 0) {
          tag.status(random.nextBoolean() ? Status.DELETING : Status.LOCKED);
        }
        tags.put(name, tag.build());
      }
      return List.copyOf(tags.values());
    }

    private String name(List<Tag> before) {
      return switch (random.nextInt(6)) {
        case 0 -> "latest";
        case 1 -> "v" + random.nextInt(3) + "." + random.nextInt(3) + "." + random.nextInt(4);
        case 2 -> random.nextInt(3) + ".0.0-rc." + random.nextInt(12);
        case 3 ->
          Fixtures.signature(
              before.isEmpty() || random.nextInt(4) == 0
                  ? Fixtures.digest("content " + random.nextInt(12))
                  : pick(before).digest().orElse(Fixtures.digest("nothing")),
              pick(List.of("", ".sig", ".att", ".sbom")));
        default -> "build-" + random.nextInt(40);
      };
    }

    private Instant date() {
      return switch (random.nextInt(10)) {
        case 0 -> null;
        case 1 -> Instant.parse("1970-01-01T00:00:01Z");
        case 2 -> Fixtures.NOW.plus(Duration.ofDays(400));
        default -> Fixtures.NOW.minus(Duration.ofHours(6L * random.nextInt(200)));
      };
    }

    /** Adds a rule that is not there; returns its name. */
    void addRule() {
      int count = 1 + random.nextInt(5);
      TagMatcher matcher = pick(MATCHERS.subList(1, MATCHERS.size()));
      ZoneId zone = pick(ZONES);
      Set<String> digests = Set.of(Fixtures.digest("content " + random.nextInt(12)));
      Set<String> names = Set.of("build-" + random.nextInt(40), "v1.1.1");
      switch (random.nextInt(13)) {
        case 0 -> rules.put("images", policy -> policy.keepNewestImages(count));
        case 1 -> rules.put("tags", policy -> policy.keepNewestTags(count));
        case 2 ->
          rules.put("younger", policy -> policy.keepYoungerThan(Duration.ofDays(count * 3L)));
        case 3 -> rules.put("matching", policy -> policy.keepMatching(matcher));
        case 4 -> rules.put("major", policy -> policy.keepNewestPerMajor(count));
        case 5 -> rules.put("minor", policy -> policy.keepNewestPerMinor(count));
        case 6 -> thin(zone, "daily", policy -> policy.keepDaily(count));
        case 7 -> thin(zone, "weekly", policy -> policy.keepWeekly(count));
        case 8 -> thin(zone, "monthly", policy -> policy.keepMonthly(count));
        case 9 -> thin(zone, "yearly", policy -> policy.keepYearly(count));
        case 10 -> rules.put("digests", policy -> policy.keepDigests(digests));
        case 11 -> rules.put("names", policy -> policy.keepTags(names));
        default ->
          rules.put("odd", policy -> policy.keepIf("odd", tag -> tag.name().hashCode() % 2 != 0));
      }
    }

    private void thin(ZoneId zone, String name, Consumer<RetentionPolicy.Builder> rule) {
      rules.putIfAbsent("zone", policy -> policy.inZone(zone));
      rules.put(name, rule);
    }

    /** Adds a rule without changing one. */
    void addOneMore() {
      Map<String, Consumer<RetentionPolicy.Builder>> before = new LinkedHashMap<>(rules);
      addRule();
      rules.putAll(before);
    }

    RetentionPolicy policy() {
      RetentionPolicy.Builder policy = RetentionPolicy.of(governed);
      rules.values().forEach(rule -> rule.accept(policy));
      settings.forEach(setting -> setting.accept(policy));
      return policy.build();
    }

    RetentionPlan plan() {
      return plan(tags);
    }

    RetentionPlan plan(List<Tag> ofTags) {
      InMemoryRegistry registry = InMemoryRegistry.builder().maxPageSize(7).build();
      return plan(registry, ofTags);
    }

    private RetentionPlan plan(InMemoryRegistry registry, List<Tag> ofTags) {
      registry.addImage(Fixtures.IMAGE);
      ofTags.forEach(registry::addTag);
      return plan(registry);
    }

    RetentionPlan plan(InMemoryRegistry registry) {
      return RetentionPlan.of(registry, Fixtures.IMAGE, policy(), Fixtures.CLOCK);
    }

    /** A registry that holds the tags and deletes each alone, or only with all of its digest. */
    InMemoryRegistry registry(boolean deletesAlone) {
      InMemoryRegistry.Builder builder = InMemoryRegistry.builder();
      InMemoryRegistry registry = (deletesAlone ? builder.sparingSiblings() : builder).build();
      registry.addImage(Fixtures.IMAGE);
      tags.forEach(registry::addTag);
      return registry;
    }
  }

  /** What a scene does with a seed. */
  @FunctionalInterface
  private interface Property {
    void holdsFor(Scene scene, String seed);
  }

  private static void forAll(Property property) {
    for (long seed = 0; seed < RUNS; seed++) {
      property.holdsFor(new Scene(seed), "seed " + seed);
    }
  }

  private static Set<String> deleted(RetentionPlan plan) {
    return new TreeSet<>(Fixtures.deletions(plan));
  }

  @Test
  void theScenesAreWorthLookingAt() {
    int[] deletions = {0, 0};
    forAll((scene, seed) -> {
      deletions[0] += scene.plan().deletions().isEmpty() ? 0 : 1;
      deletions[1] += (int) scene.plan().deletions().stream()
          .filter(tag -> Tag.isHousekeeping(tag.name()))
          .count();
    });

    assertTrue(deletions[0] > RUNS / 4, "plans that delete: " + deletions[0]);
    assertTrue(deletions[1] > RUNS / 20, "signatures that go: " + deletions[1]);
  }

  /** Each rule alone is a policy of its own; what it keeps there is kept with any others. */
  @Test
  void nothingThatAKeepRuleCoversIsDeleted() {
    forAll((scene, seed) -> {
      Set<String> deleted = deleted(scene.plan());
      Map<String, Consumer<RetentionPolicy.Builder>> all = new LinkedHashMap<>(scene.rules);
      all.forEach((name, rule) -> {
        if (!name.equals("zone")) {
          scene.rules.clear();
          scene.rules.put(name, rule);
          if (Set.of("daily", "weekly", "monthly", "yearly").contains(name)) {
            scene.rules.put("zone", all.get("zone"));
          }
          RetentionPlan alone = scene.plan();
          Set<String> both = new HashSet<>(deleted);
          both.removeAll(deleted(alone));
          assertEquals(Set.of(), both, seed + ", rule " + name);
        }
      });
    });
  }

  /** By words of this test, not by the module's. */
  @Test
  void whatAPersonWouldCallKeptIsKept() {
    forAll((scene, seed) -> {
      RetentionPlan plan = scene.plan();
      RetentionPolicy policy = scene.policy();
      Set<String> deleted = deleted(plan);
      for (Tag tag : scene.tags) {
        if (deleted.contains(tag.name())) {
          String what = seed + ", " + tag.name();
          assertTrue(!tag.status().equals(Status.DELETING), what);
          assertTrue(!tag.status().equals(Status.LOCKED), what);
          assertTrue(tag.digest().isPresent(), what);
          assertTrue(tag.isHousekeeping() || scene.governed.matches(tag.name()), what);
          assertTrue(!tag.name().equals("latest") || !policy.keepsLatest(), what);
          assertTrue(
              tag.isHousekeeping()
                  || !policy.keepsUndated()
                  || policy
                      .date()
                      .of(tag)
                      .filter(date -> date.isAfter(Instant.parse("1990-01-01T00:00:00Z")))
                      .isPresent(),
              what);
        }
      }
    });
  }

  @Test
  void everyTagIsInThePlanOnceAndHasAReason() {
    forAll((scene, seed) -> {
      List<PlannedTag> planned = scene.plan().tags();
      assertEquals(
          scene.tags.stream().map(Tag::name).sorted().toList(),
          planned.stream().map(PlannedTag::name).sorted().toList(),
          seed);
      planned.forEach(tag -> assertTrue(!tag.reasons().isEmpty(), seed + ", " + tag));
    });
  }

  @Test
  void planningTwiceIsTheSame() {
    forAll((scene, seed) -> assertEquals(scene.plan(), scene.plan(), seed));
  }

  @Test
  void theOrderOfTheListDoesNotMatter() {
    forAll((scene, seed) -> {
      List<Tag> shuffled = new ArrayList<>(scene.tags);
      Collections.shuffle(shuffled, scene.random);
      assertEquals(scene.plan(), scene.plan(shuffled), seed);
    });
  }

  @Test
  void oneMoreRuleNeverDeletesMore() {
    forAll((scene, seed) -> {
      Set<String> before = deleted(scene.plan());
      scene.addOneMore();
      assertTrue(before.containsAll(deleted(scene.plan())), seed + ", " + scene.policy());
      scene.settings.add(RetentionPolicy.Builder::keepSiblings);
      assertTrue(before.containsAll(deleted(scene.plan())), seed + ", " + scene.policy());
    });
  }

  @Test
  void whatIsLeftIsPlannedForKeepingAgain() {
    forAll((scene, seed) -> {
      Set<String> deleted = deleted(scene.plan());
      List<Tag> left =
          scene.tags.stream().filter(tag -> !deleted.contains(tag.name())).toList();
      assertEquals(Set.of(), deleted(scene.plan(left)), seed + ", " + scene.policy());
    });
  }

  @Test
  void signaturesFollowTheirSubjectAndGoAfterIt() {
    forAll((scene, seed) -> {
      List<String> order = Fixtures.deletions(scene.plan());
      for (String name : order) {
        if (Tag.isHousekeeping(name)) {
          Set<String> subjects = scene.tags.stream()
              .filter(tag -> !tag.status().equals(Status.DELETING))
              .filter(tag -> tag.digest()
                  .filter(digest -> name.startsWith(digest.replace(':', '-')))
                  .isPresent())
              .map(Tag::name)
              .collect(Collectors.toSet());
          assertTrue(!subjects.isEmpty(), seed + ", " + name);
          assertTrue(
              order.subList(0, order.indexOf(name)).containsAll(subjects), seed + ", " + name);
        }
      }
    });
  }

  @Test
  void siblingsAreNamedOnBothSides() {
    forAll((scene, seed) -> {
      RetentionPlan plan = scene.plan();
      Map<String, PlannedTag> byName =
          plan.tags().stream().collect(Collectors.toMap(PlannedTag::name, tag -> tag));
      for (PlannedTag tag : plan.deletions()) {
        tag.keptSiblings().forEach(name -> assertTrue(!byName.get(name).isDeleted(), seed));
        tag.deleteOptions()
            .allowedSiblings()
            .forEach(name -> assertTrue(byName.get(name).isDeleted(), seed));
      }
    });
  }

  @Test
  void whatIsWrittenIsReadBack() {
    forAll((scene, seed) -> {
      RetentionPlan plan = scene.plan();
      assertEquals(plan, RetentionPlan.fromJson(plan.toJson(), InMemoryRegistry.create()), seed);
    });
  }

  // Carried out

  private static final boolean[] BOTH_KINDS = {true, false};

  private static Set<String> left(InMemoryRegistry registry) {
    return new TreeSet<>(registry.tagNames(Fixtures.IMAGE));
  }

  private static RetentionReport carryOut(InMemoryRegistry registry, RetentionPlan plan) {
    return RetentionRun.of(registry, plan).withClock(Fixtures.CLOCK).execute();
  }

  private static Set<String> named(RetentionReport report, Predicate<Outcome> which) {
    return report.tags().stream()
        .filter(tag -> which.test(tag.outcome()))
        .map(tag -> tag.tag().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** On a registry that deletes each tag alone nothing stands in the way of a plan. */
  @Test
  void whatThePlanSaysIsDeletedIsGoneAndNothingElse() {
    forAll((scene, seed) -> {
      InMemoryRegistry registry = scene.registry(true);
      RetentionPlan plan = scene.plan(registry);
      if (!plan.obstacles().isEmpty()) {
        return;
      }
      Set<String> expected = left(registry);
      expected.removeAll(deleted(plan));

      RetentionReport report = carryOut(registry, plan);

      assertEquals(expected, left(registry), seed);
      assertEquals(deleted(plan), named(report, Outcome::isGone), seed);
      assertTrue(report.isComplete(), seed);
    });
  }

  /** On one that does not, a tag stays that would take along what is kept; everything else goes. */
  @Test
  void nothingThatAKeepRuleCoversGoesWhenItIsCarriedOut() {
    int[] kept = {0};
    forAll((scene, seed) -> {
      InMemoryRegistry registry = scene.registry(false);
      RetentionPlan plan = scene.plan(registry);
      if (!plan.obstacles().isEmpty()) {
        return;
      }
      Set<String> before = left(registry);

      RetentionReport report = carryOut(registry, plan);

      Set<String> gone = new TreeSet<>(before);
      gone.removeAll(left(registry));
      assertTrue(deleted(plan).containsAll(gone), seed);
      assertEquals(gone, named(report, Outcome::isGone), seed);
      assertTrue(report.isComplete(), seed + report.toText());
      Set<String> stayed = named(report, outcome -> outcome == Outcome.KEPT);
      for (PlannedTag tag : plan.deletions()) {
        if (stayed.contains(tag.name())) {
          kept[0]++;
          // For a tag of its digest that stays, or goes later, or because its subject stays.
          boolean hasReason = tag.subjects().stream().anyMatch(stayed::contains)
              || plan.tags().stream()
                  .filter(other -> other.digest().equals(tag.digest()))
                  .anyMatch(other -> !other.isDeleted() || Tag.isHousekeeping(other.name()));
          assertTrue(hasReason, seed + ", " + tag);
        }
      }
    });
    assertTrue(kept[0] > 50, "kept for a sibling: " + kept[0]);
  }

  @Test
  void planningAndRunningTwiceDeletesNothingMore() {
    for (boolean deletesAlone : BOTH_KINDS) {
      forAll((scene, seed) -> {
        InMemoryRegistry registry = scene.registry(deletesAlone);
        RetentionPlan plan = scene.plan(registry);
        if (plan.obstacles().isEmpty()) {
          carryOut(registry, plan);
          Set<String> left = left(registry);
          RetentionPlan again = scene.plan(registry);
          if (again.obstacles().isEmpty()) {
            carryOut(registry, again);
          }
          assertEquals(left, left(registry), seed + ", deletes alone: " + deletesAlone);
          carryOut(registry, plan);
          assertEquals(left, left(registry), seed + ", the first plan once more");
        }
      });
    }
  }

  /** A kill in the middle of whatever is written or told. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A clock that kills whoever asks it so often; the journal asks before each line. */
  private static Clock killing(int times) {
    AtomicInteger left = new AtomicInteger(times);
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return Fixtures.CLOCK.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        if (left.decrementAndGet() < 0) {
          throw new Killed();
        }
        return Fixtures.NOW;
      }
    };
  }

  @Test
  void killedAtAnyStepAndResumedItEndsTheSame(@TempDir Path folder) {
    int[] kills = {0};
    for (boolean deletesAlone : BOTH_KINDS) {
      forAll((scene, seed) -> {
        InMemoryRegistry undisturbed = scene.registry(deletesAlone);
        RetentionPlan plan = scene.plan(undisturbed);
        if (!plan.obstacles().isEmpty() || plan.deletions().isEmpty()) {
          return;
        }
        carryOut(undisturbed, plan);
        InMemoryRegistry registry = scene.registry(deletesAlone);
        Path journal = folder.resolve(seed + deletesAlone);
        int steps = 2 + scene.random.nextInt(4 * plan.deletions().size());
        try {
          RetentionRun.of(registry, plan)
              .withJournal(journal)
              .withClock(killing(steps))
              .execute();
        } catch (Killed e) {
          kills[0]++;
        }
        RetentionReport report =
            RetentionRun.resume(registry, journal).withClock(Fixtures.CLOCK).execute();

        assertTrue(report.isComplete(), seed + report.toText());
        assertEquals(left(undisturbed), left(registry), seed);
      });
    }
    assertTrue(kills[0] > RUNS / 4, "kills: " + kills[0]);
  }
}
