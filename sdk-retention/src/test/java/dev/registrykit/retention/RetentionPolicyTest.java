package dev.registrykit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.retention.internal.rules.SemanticVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {

  private static RetentionPolicy.Builder all() {
    return RetentionPolicy.of(TagMatcher.all());
  }

  @Test
  void aPolicyReadsAloud() {
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.glob("build-*"))
        .keepYoungerThan(Duration.ofDays(14))
        .keepNewestImages(10)
        .keepDaily(7)
        .keepMonthly(1)
        .inZone(ZoneId.of("Europe/Paris"))
        .deleteAtMost(100)
        .deleteAtMostPercent(20)
        .build();

    assertEquals(
        "Of tags like \"build-*\" keep the newest 10 images; the newest image of each of the last 7 days, 1"
            + " month that have one, in the zone Europe/Paris; younger than 14 days; latest; tags without a"
            + " trustworthy date. What counts is the date of the last change, trusted from"
            + " 1990-01-01T00:00:00Z on. Delete at most 100 tags, at most 20 % of the governed tags, never"
            + " every tag.",
        policy.toString());
  }

  @Test
  void theOrderInWhichRulesAreSaidDoesNotMatter() {
    assertEquals(
        all().keepNewestTags(1).keepNewestImages(2).build().toString(),
        all().keepNewestImages(2).keepNewestTags(1).build().toString());
  }

  @Test
  void aBuilderThatGoesOnDoesNotChangeWhatItBuilt() {
    RetentionPolicy.Builder builder = all().keepNewestTags(1);
    RetentionPolicy policy = builder.build();
    builder.keepNewestImages(3);

    assertFalse(policy.toString().contains("images"));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("keepNewestImages", rules -> rules.keepNewestImages(0)),
        mistake("keepNewestImages", rules -> rules.keepNewestImages(1).keepNewestImages(2)),
        mistake("keepNewestTags", rules -> rules.keepNewestTags(-1)),
        mistake("keepYoungerThan", rules -> rules.keepYoungerThan(Duration.ZERO)),
        mistake("keepYoungerThan", rules -> rules.keepYoungerThan(Duration.ofDays(-1))),
        mistake("keepMatching", rules -> rules.keepMatching(TagMatcher.all())),
        mistake("keepNewestPerMajor", rules -> rules.keepNewestPerMajor(0)),
        mistake("keepNewestPerMinor", rules -> rules.keepNewestPerMinor(0)),
        mistake("keepDaily", rules -> rules.keepDaily(0)),
        mistake("keepWeekly", rules -> rules.keepWeekly(0)),
        mistake("keepMonthly", rules -> rules.keepMonthly(0)),
        mistake("keepYearly", rules -> rules.keepYearly(0)),
        mistake("inZone", rules -> rules.keepDaily(7)),
        mistake("inZone", rules -> rules.keepNewestTags(1).inZone(ZoneId.of("UTC"))),
        mistake("keepTags", rules -> rules.keepTags(Set.of())),
        mistake("not a tag", rules -> rules.keepTags(Set.of("-"))),
        mistake("keepDigests", rules -> rules.keepDigests(List.of())),
        mistake("digest", rules -> rules.keepDigests(List.of("latest"))),
        mistake("keepIf", rules -> rules.keepIf(" ", tag -> true)),
        mistake("keepIf", rules -> rules.keepIf("runs\non", tag -> true)),
        mistake(
            "keepIf runs", rules -> rules.keepIf("runs", tag -> true).keepIf("runs", tag -> true)),
        mistake("keepNothing", rules -> {}),
        mistake("keepNothing", rules -> rules.keepNothing().keepNewestTags(1)),
        mistake("deleteAtMost", rules -> rules.deleteAtMost(0)),
        mistake("deleteAtMostPercent", rules -> rules.deleteAtMostPercent(0)),
        mistake("deleteAtMostPercent", rules -> rules.deleteAtMostPercent(100)));
  }

  static Stream<Consumer<RetentionPolicy.Builder>> rulesOfWhichThereIsOne() {
    return Stream.of(
        rules -> rules.keepNewestImages(1),
        rules -> rules.keepNewestTags(1),
        rules -> rules.keepYoungerThan(Duration.ofDays(1)),
        rules -> rules.keepMatching(TagMatcher.glob("v*")),
        rules -> rules.keepNewestPerMajor(1),
        rules -> rules.keepNewestPerMinor(1),
        rules -> rules.keepDaily(1),
        rules -> rules.keepWeekly(1),
        rules -> rules.keepMonthly(1),
        rules -> rules.keepYearly(1),
        rules -> rules.inZone(ZoneId.of("UTC")),
        rules -> rules.keepTags(Set.of("prod")),
        rules -> rules.keepDigests(Set.of(Fixtures.digest("runs"))),
        rules -> rules.keepIf("runs", tag -> true),
        RetentionPolicy.Builder::keepSiblings,
        RetentionPolicy.Builder::keepNothing,
        RetentionPolicy.Builder::deleteLatestToo,
        RetentionPolicy.Builder::deleteUndatedToo,
        rules -> rules.trustDatesFrom(Instant.EPOCH),
        rules -> rules.by(TagDate.CREATED),
        rules -> rules.deleteAtMost(1),
        rules -> rules.deleteAtMostPercent(1),
        RetentionPolicy.Builder::allowDeletingEveryTag);
  }

  @ParameterizedTest
  @MethodSource("rulesOfWhichThereIsOne")
  void aRuleThatIsSaidTwiceIsRefused(Consumer<RetentionPolicy.Builder> rule) {
    RetentionPolicy.Builder builder = all();
    rule.accept(builder);

    String message =
        assertThrows(IllegalArgumentException.class, () -> rule.accept(builder)).getMessage();
    assertTrue(message.endsWith(" is said twice"), message);
  }

  /** Of a day that no zone can name a plan would not know the day. */
  @Test
  void datesAreTrustedFromTheYearOneOnAtMost() {
    all().trustDatesFrom(Instant.parse("0001-01-01T00:00:00Z"));

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> all().trustDatesFrom(Instant.MIN));

    assertEquals(
        "dates are trusted from the year 1 on, not from -1000000000-01-01T00:00:00Z",
        e.getMessage());
  }

  @Test
  void aShareIsFromOneToNinetyNinePercent() {
    assertTrue(all().keepNothing().deleteAtMostPercent(1).build().toString().contains(" 1 %"));
    assertTrue(all().keepNothing().deleteAtMostPercent(99).build().toString().contains(" 99 %"));
  }

  @ParameterizedTest
  @CsvSource({
    "PT24H, 1 day",
    "PT48H, 2 days",
    "PT1H, 1 hour",
    "PT36H, 36 hours",
    "PT1M, 1 minute",
    "PT90M, 90 minutes",
    "PT90S, PT1M30S",
    "PT0.5S, PT0.5S",
    "PT60.5S, PT1M0.5S"
  })
  void anAgeIsSaidInTheLargestUnitThatFits(Duration age, String words) {
    String text = all().keepYoungerThan(age).build().toString();

    assertTrue(text.contains("younger than " + words + ";"), text);
  }

  @Test
  void whatIsInUseIsSaidByName() {
    String text = all().keepTags(Set.of("prod", "canary")).build().toString();

    assertTrue(text.contains("in use: the tags canary, prod;"), text);
  }

  @Test
  void versionRulesSayOfWhatTheyCount() {
    String text = all().keepNewestPerMajor(2).keepNewestPerMinor(1).build().toString();

    assertTrue(text.contains("the newest 2 of each major version"), text);
    assertTrue(text.contains("the newest of each minor version"), text);
  }

  private static Arguments mistake(String named, Consumer<RetentionPolicy.Builder> rules) {
    return Arguments.of(named, rules);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesNameTheirRule(String named, Consumer<RetentionPolicy.Builder> rules) {
    RetentionPolicy.Builder builder = all();

    IllegalArgumentException mistake = assertThrows(IllegalArgumentException.class, () -> {
      rules.accept(builder);
      builder.build();
    });

    assertTrue(mistake.getMessage().contains(named), mistake.getMessage());
  }

  @Test
  void keepingAllThatIsGovernedIsAMistake() {
    RetentionPolicy.Builder builder = RetentionPolicy.of(TagMatcher.glob("v*"));

    assertThrows(IllegalArgumentException.class, () -> builder.keepMatching(TagMatcher.glob("v*")));
  }

  @Test
  void keepingNothingHasToBeSaid() {
    assertTrue(all().keepNothing().build().toString().contains("keep latest; tags without"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "*", "**", "?*", "x/y", "${TAG}"})
  void globsThatAreEmptyOrEverythingAreRefused(String glob) {
    assertThrows(IllegalArgumentException.class, () -> TagMatcher.glob(glob));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".*", ".+", "^.*$", "[a-zA-Z0-9_.-]+", "(", "|.+"})
  void expressionsThatAreEmptyOrEverythingAreRefused(String regex) {
    assertThrows(IllegalArgumentException.class, () -> TagMatcher.regex(regex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u007f", "a\n", "(?x) a # b\n", "a\u202eb", "a\u2028"})
  void expressionsWithWhatAPlanCannotShowAreRefused(String regex) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> TagMatcher.regex(regex));

    assertTrue(refusal.getMessage().startsWith("regex: a control character"));
    assertTrue(refusal.getMessage().contains("?"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "1.2.3", ">=1 <1", ">2 <1", "=1.0.0 =2.0.0", ">=1.x", ">=1.2-rc", ">= 1.2"
      })
  void rangesThatAreEmptyOrMalformedAreRefused(String range) {
    assertThrows(IllegalArgumentException.class, () -> TagMatcher.versions(range));
  }

  @ParameterizedTest
  @CsvSource({
    "build-*, build-1, true", "build-*, build-, true", "build-*, xbuild-1, false",
        "v?.0, v1.0, true",
    "v?.0, v1x0, false", "v1.*, v1x0, false", "a**b, axxb, true", "V*, v1, false"
  })
  void globsMatchWholeNames(String glob, String name, boolean matches) {
    assertEquals(matches, TagMatcher.glob(glob).matches(name));
  }

  @ParameterizedTest
  @CsvSource({"pr-[0-9]+, pr-12, true", "pr-[0-9]+, pr-12x, false", "[0-9], 12, false"})
  void expressionsMatchWholeNames(String regex, String name, boolean matches) {
    assertEquals(matches, TagMatcher.regex(regex).matches(name));
  }

  @ParameterizedTest
  @CsvSource({
    ">=1.2 <2, 1.2.0, true", ">=1.2 <2, v1.99.0, true", ">=1.2 <2, 2.0.0, false",
        ">=1.2 <2, 2.0.0-rc.1, true",
    ">=1.2 <2, 1.2.0-rc.1, false", "<=1.0.0, 1.0.0, true", ">1, 1.0.0, false",
        "=1.0.0, 1.0.0, true",
    ">=1.2 <2, 1.3, false", ">=1.2 <2, main, false", ">=0, 20261121123456789012345.0.0, true"
  })
  void rangesHoldSemanticVersions(String range, String name, boolean matches) {
    assertEquals(matches, TagMatcher.versions(range).matches(name));
  }

  @Test
  void versionsAreOrderedAsSemverOrgSays() {
    List<String> ordered = List.of(
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.0.1",
        "1.2.0",
        "1.10.0",
        "2.0.0");
    List<SemanticVersion> versions = ordered.stream()
        .map(version -> SemanticVersion.of(version).orElseThrow())
        .toList();

    for (int i = 0; i < versions.size(); i++) {
      for (int j = 0; j < versions.size(); j++) {
        assertEquals(
            Integer.compare(i, j),
            Integer.signum(versions.get(i).compareTo(versions.get(j))),
            ordered.get(i) + " and " + ordered.get(j));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.2",
        "01.2.3",
        "1.2.3-01",
        "1.2.3-",
        "1.2.3-a..b",
        "x1.2.3",
        "1.2.3_b",
        "1.2.3.4"
      })
  void whatIsNoSemanticVersionIsNone(String text) {
    assertTrue(SemanticVersion.of(text).isEmpty());
  }

  @Test
  @Timeout(30) // to try all ways of dividing the name among the stars would take years
  void aNameThatNearlyMatchesIsToldInProportionToItsLength() {
    TagMatcher matcher = TagMatcher.glob("a*".repeat(20) + "b");

    assertFalse(matcher.matches("a".repeat(128)));
    assertTrue(matcher.matches("a".repeat(127) + "b"));
  }

  /** As a search that tries everything matches short names. */
  @Test
  void globsMatchAsTheyAlwaysDid() {
    Random random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      String glob = "-" + text(random, "ab*?", 8);
      String name = "-" + text(random, "ab", 8);
      assertEquals(
          isMatch(glob, name), TagMatcher.glob(glob).matches(name), () -> glob + " and " + name);
    }
  }

  private static String text(Random random, String letters, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static boolean isMatch(String glob, String name) {
    if (glob.isEmpty()) {
      return name.isEmpty();
    }
    String rest = glob.substring(1);
    if (glob.startsWith("*")) {
      return isMatch(rest, name) || (!name.isEmpty() && isMatch(glob, name.substring(1)));
    }
    return !name.isEmpty()
        && (glob.startsWith("?") || glob.charAt(0) == name.charAt(0))
        && isMatch(rest, name.substring(1));
  }
}
