package dev.registrykit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyFileTest {

  private static final String RULE = "tags: all\nkeep: {newest-tags: 1}\n";

  @TempDir
  Path folder;

  /** A method of the builder, and the field that says the same. */
  private record Rule(String method, String yaml, Consumer<RetentionPolicy.Builder> said) {}

  private static Rule rule(String method, String field, Consumer<RetentionPolicy.Builder> said) {
    return new Rule(method, "tags: \"v*\"\nkeep:\n  per-major: 9\n  " + field + "\n", policy -> {
      policy.keepNewestPerMajor(9);
      said.accept(policy);
    });
  }

  private static Rule setting(String method, String field, Consumer<RetentionPolicy.Builder> said) {
    return new Rule(method, "tags: \"v*\"\nkeep:\n  per-major: 9\n" + field + "\n", policy -> {
      policy.keepNewestPerMajor(9);
      said.accept(policy);
    });
  }

  private static final String DIGEST = Fixtures.digest("runs");

  static List<Rule> rules() {
    return List.of(
        rule("keepNewestImages", "newest-images: 10", policy -> policy.keepNewestImages(10)),
        rule("keepNewestTags", "newest-tags: 3", policy -> policy.keepNewestTags(3)),
        rule(
            "keepYoungerThan",
            "younger-than: 14d",
            policy -> policy.keepYoungerThan(Duration.ofDays(14))),
        rule(
            "keepMatching",
            "matching: [\"release-*\", {regex: \"r[0-9]+\"}, {versions: \">=1 <2\"}, {glob: all}]",
            policy -> policy
                .keepMatching(TagMatcher.glob("release-*"))
                .keepMatching(TagMatcher.regex("r[0-9]+"))
                .keepMatching(TagMatcher.versions(">=1 <2"))
                .keepMatching(TagMatcher.glob("all"))),
        new Rule(
            "keepNewestPerMajor",
            "tags: \"v*\"\nkeep: {per-major: 2}",
            policy -> policy.keepNewestPerMajor(2)),
        rule("keepNewestPerMinor", "per-minor: 4", policy -> policy.keepNewestPerMinor(4)),
        rule(
            "keepDaily",
            "daily: 7\n  zone: UTC",
            policy -> policy.keepDaily(7).inZone(ZoneId.of("UTC"))),
        rule(
            "keepWeekly",
            "weekly: 4\n  zone: UTC",
            policy -> policy.keepWeekly(4).inZone(ZoneId.of("UTC"))),
        rule(
            "keepMonthly",
            "monthly: 12\n  zone: UTC",
            policy -> policy.keepMonthly(12).inZone(ZoneId.of("UTC"))),
        rule(
            "keepYearly",
            "yearly: 2\n  zone: UTC",
            policy -> policy.keepYearly(2).inZone(ZoneId.of("UTC"))),
        rule(
            "inZone",
            "zone: Europe/Paris\n  daily: 1",
            policy -> policy.keepDaily(1).inZone(ZoneId.of("Europe/Paris"))),
        rule("keepTags", "tags: [prod, 1.10]", policy -> policy.keepTags(Set.of("prod", "1.10"))),
        rule(
            "keepDigests",
            "digests: [\"" + DIGEST + "\"]",
            policy -> policy.keepDigests(Set.of(DIGEST))),
        new Rule("keepNothing", "tags: all\nkeep: nothing\n", RetentionPolicy.Builder::keepNothing),
        setting("keepSiblings", "keep-siblings: true", RetentionPolicy.Builder::keepSiblings),
        setting(
            "deleteLatestToo", "delete-latest-too: true", RetentionPolicy.Builder::deleteLatestToo),
        setting(
            "deleteUndatedToo",
            "delete-undated-too: true",
            RetentionPolicy.Builder::deleteUndatedToo),
        setting("by", "date: newer", policy -> policy.by(TagDate.NEWER)),
        setting(
            "trustDatesFrom",
            "trust-dates-from: 2001-01-01T00:00:00Z",
            policy -> policy.trustDatesFrom(Instant.parse("2001-01-01T00:00:00Z"))),
        setting("deleteAtMost", "delete-at-most: 100", policy -> policy.deleteAtMost(100)),
        setting(
            "deleteAtMostPercent",
            "delete-at-most-percent: 20",
            policy -> policy.deleteAtMostPercent(20)),
        setting(
            "allowDeletingEveryTag",
            "allow-deleting-every-tag: true",
            RetentionPolicy.Builder::allowDeletingEveryTag));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aFieldSaysWhatItsMethodSays(Rule rule) {
    boolean governsAll = rule.yaml.startsWith("tags: all");
    RetentionPolicy.Builder built =
        RetentionPolicy.of(governsAll ? TagMatcher.all() : TagMatcher.glob("v*"));
    rule.said.accept(built);

    RetentionPolicy read = RetentionPolicyFile.parse(rule.yaml);

    assertEquals(built.build().toString(), read.toString());
    assertNotEquals(
        RetentionPolicyFile.parse("tags: \"v*\"\nkeep: {per-major: 9}").toString(),
        read.toString());
  }

  @Test
  void everyMethodOfTheBuilderButKeepIfHasItsField() {
    Set<String> methods = Arrays.stream(RetentionPolicy.Builder.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
    methods.removeAll(Set.of("keepIf", "build"));

    assertEquals(
        methods, rules().stream().map(Rule::method).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void theFileOfTheJavadocIsRead() throws IOException {
    String source = Files.readString(
        Path.of("src/main/java/dev/registrykit/retention/RetentionPolicyFile.java"));
    String example = source
        .substring(source.indexOf("{@code") + 6, source.indexOf("}</pre>"))
        .replaceAll("\n \\*", "\n")
        .replace("sha256:...", DIGEST)
        .replace("\n ", "\n");

    String words = RetentionPolicyFile.parse(example).toString();

    assertTrue(words.contains("in the zone Europe/Paris"), words);
    assertTrue(words.contains("at most 20 % of the governed tags, every tag if need be"), words);
  }

  @ParameterizedTest
  @CsvSource({
    "14d, P14D",
    "2w, P14D",
    "1 week, P7D",
    "14 days, P14D",
    "36h, PT36H",
    "1 hour, PT1H",
    "90 minutes, PT90M",
    "5 seconds, PT5S",
    "PT1.5S, PT1.5S",
    "P2D, P2D"
  })
  void agesAreSaidInWordsOrAsIso8601(String text, Duration age) {
    assertEquals(
        RetentionPolicy.of(TagMatcher.all()).keepYoungerThan(age).build().toString(),
        RetentionPolicyFile.parse("tags: all\nkeep: {younger-than: " + text + "}")
            .toString());
  }

  @Test
  void whatGovernsIsSaidInAnyOfFourWays() {
    assertEquals(TagMatcher.all(), governed("all"));
    assertEquals(TagMatcher.glob("all"), governed("{glob: all}"));
    assertEquals(TagMatcher.glob("pr-*"), governed("pr-*"));
    assertEquals(TagMatcher.regex("pr-[0-9]+"), governed("{regex: 'pr-[0-9]+'}"));
    assertEquals(TagMatcher.versions(">=1 <2"), governed("{versions: '>=1 <2'}"));
  }

  private static TagMatcher governed(String tags) {
    return RetentionPolicyFile.parse("tags: " + tags + "\nkeep: {newest-tags: 1}")
        .governed();
  }

  @Test
  void falseIsAsIfItWereNotSaid() {
    assertEquals(
        RetentionPolicyFile.parse(RULE).toString(),
        RetentionPolicyFile.parse(RULE + "keep-siblings: false\ndelete-latest-too: false")
            .toString());
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(RULE + "newest: 1", "line 3: newest: unknown"),
        mistake("tags: all\nkeep:\n  newest: 1", "line 3: keep.newest: unknown"),
        mistake("tags: all\nkeep: {keep-if: 1}", "keep.keep-if: unknown"),
        mistake("tags: {prefix: a}\nkeep: nothing", "tags.prefix: unknown"),
        mistake(RULE + "<<: {tags: all}", "<<: unknown"),
        mistake(RULE + "tags: all", "line 3: tags: said twice"),
        mistake("tags: all\nkeep: {daily: 1, daily: 2}", "keep.daily: said twice"),
        mistake("keep: nothing", "tags: missing"),
        mistake("tags: all", "keep: missing"),
        mistake("tags: \nkeep: nothing", "line 1: tags: empty"),
        mistake("tags: ''\nkeep: nothing", "line 1: tags: empty"),
        mistake("tags: ~\nkeep: nothing", "tags: empty"),
        mistake("tags: {}\nkeep: nothing", "tags: empty"),
        mistake("tags: all\nkeep:", "line 2: keep: empty"),
        mistake("tags: all\nkeep: {}", "keep: empty"),
        mistake("tags: all\nkeep: {tags: }", "keep.tags: empty"),
        mistake("tags: all\nkeep: {tags: []}", "keep.tags: empty"),
        mistake("tags: all\nkeep:\n  tags:\n  - a\n  -", "line 5: keep.tags[1]: empty"),
        mistake("tags: all\nkeep: {newest-tags: }", "keep.newest-tags: empty"),
        mistake("tags: all\nkeep: everything", "keep: fields and their values"),
        mistake("tags: all\nkeep: [newest-tags]", "keep: fields and their values"),
        mistake("tags: [a]\nkeep: nothing", "tags: fields and their values"),
        mistake("tags: all\nkeep: {tags: prod}", "keep.tags: a list"),
        mistake("tags: all\nkeep: {tags: [[prod]]}", "keep.tags[0]: a single value"),
        mistake("tags: all\nkeep: {newest-tags: many}", "keep.newest-tags: a whole number"),
        mistake("tags: all\nkeep: {newest-tags: '1'}", "keep.newest-tags: a whole number"),
        mistake("tags: all\nkeep: {newest-tags: 1.5}", "keep.newest-tags: a whole number"),
        mistake("tags: all\nkeep: {newest-tags: 010}", "keep.newest-tags: a whole number"),
        mistake("tags: all\nkeep: {newest-tags: 4294967297}", "keep.newest-tags: a whole number"),
        mistake("tags: all\nkeep: {newest-tags: [1]}", "keep.newest-tags: a single value"),
        mistake("tags: all\nkeep: {newest-tags: 0}", "keep.newest-tags: at least 1, not 0"),
        mistake("tags: all\nkeep: {newest-tags: -3}", "keep.newest-tags: at least 1, not -3"),
        mistake("tags: all\nkeep: {younger-than: 3m}", "keep.younger-than: a time such as"),
        mistake("tags: all\nkeep: {younger-than: 14}", "keep.younger-than: a time such as"),
        mistake("tags: all\nkeep: {younger-than: PT0S}", "keep.younger-than: a time above zero"),
        mistake("tags: all\nkeep: {younger-than: -P1D}", "keep.younger-than: a time above zero"),
        mistake("tags: all\nkeep: {matching: [all]}", "keep.matching[0]: all tags are all"),
        mistake("tags: a*\nkeep: {matching: ['a*']}", "keep.matching[0]: tags like \"a*\" are all"),
        mistake(
            "tags: all\nkeep: {matching: [a*, a*]}", "keep.matching[1]: tags like \"a*\" is said"),
        mistake("tags: all\nkeep: {matching: [{regex: '('}]}", "keep.matching[0].regex: "),
        mistake("tags: {glob: a*, regex: a}\nkeep: nothing", "tags: one of"),
        mistake("tags: {versions: '>2 <1'}\nkeep: nothing", "tags.versions: none is in the range"),
        mistake("tags: '*'\nkeep: nothing", "tags: \"*\" stands for every tag; say \"all\""),
        mistake("tags: all\nkeep: {tags: [-x]}", "keep.tags: not a tag"),
        mistake("tags: all\nkeep: {digests: [prod]}", "keep.digests: a digest is needed"),
        mistake("tags: all\nkeep: {daily: 7}", "keep: zone: missing"),
        mistake("tags: all\nkeep: {newest-tags: 1, zone: UTC}", "keep.zone: only daily"),
        mistake("tags: all\nkeep: {daily: 7, zone: Mars}", "keep.zone: "),
        mistake(RULE + "keep-siblings: yes", "keep-siblings: true or false"),
        mistake(RULE + "date: pushed", "date: created, updated"),
        mistake(RULE + "trust-dates-from: 2001", "trust-dates-from: an instant such as"),
        mistake(RULE + "# \u0007", "line 3: it has a character that YAML does not have"),
        mistake(RULE + "&a date: created", "line 3: tags (!) and anchors (&)"),
        mistake("&a {tags: all, keep: nothing}", "line 1: tags (!) and anchors (&)"),
        mistake("tags: all\nkeep: {tags: [" + "a".repeat(1001) + "]}", "longer than 1000"),
        mistake("tags: {a: {b: {c: {d: {e: f}}}}}\nkeep: nothing", "line 1: nested too deep"),
        mistake("tags: {a: {b: {c: {d: e}}}}\nkeep: nothing", "tags.a: unknown"),
        mistake(RULE + "delete-at-most: 0", "line 3: delete-at-most: at least 1"),
        mistake(RULE + "delete-at-most-percent: 100", "delete-at-most-percent: from 1 to 99"));
  }

  private static Arguments mistake(String yaml, String named) {
    return Arguments.of(yaml, named);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsRefusedWithItsFieldAndLine(String yaml, String named) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), yaml);

    String message = refused(yaml);

    assertTrue(message.startsWith("Tried to read the policy, but could not understand line "));
    assertTrue(message.contains(named), message);
    IllegalArgumentException ofFile =
        assertThrows(IllegalArgumentException.class, () -> RetentionPolicyFile.read(file));
    assertEquals(message.replaceFirst("the policy", file.toString()), ofFile.getMessage());
  }

  private static String refused(String yaml) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThrows(IllegalArgumentException.class, () -> RetentionPolicyFile.parse(yaml))
            .getMessage());
  }

  static Stream<String> hostile() {
    String bomb = "a: &a [x]\n"
        + Stream.iterate('b', c -> (char) (c + 1))
            .limit(24)
            .map(c -> c + ": &" + c + " [*" + (char) (c - 1) + ", *" + (char) (c - 1) + "]\n")
            .collect(Collectors.joining());
    return Stream.of(
        bomb,
        "tags: &a all\nkeep: *a",
        "tags: *\nkeep: nothing",
        "? &a [*a]\n: 1",
        "? {a: b}\n: 1",
        "? {? {? {? [a] : b} : c} : d} : e",
        "[".repeat(500_000),
        "{".repeat(500_000),
        "- ".repeat(500_000),
        "a:\n".repeat(3) + "? ".repeat(300_000),
        "!!java.net.URL [\"http://127.0.0.1\"]",
        "tags: !!javax.script.ScriptEngineManager [x]\nkeep: nothing",
        "tags: !!str all\nkeep: nothing",
        "tags: !\nkeep: nothing",
        "%TAG ! tag:x,2000:\n---\ntags: !y all\nkeep: nothing",
        "%YAML 99999999999999999999.1\n---\ntags: all",
        "tags: all\nkeep:\n\tnewest-tags: 1",
        "tags: all\u0000\nkeep: nothing",
        "tags: all\nkeep: nothing\n---\ntags: all\nkeep: nothing",
        "tags: \"\\u001b[2J\"\nkeep: nothing",
        "tags: \"\\UFFFFFFFF\"\nkeep: nothing",
        "tags: {regex: '" + "(".repeat(500_000) + "'}\nkeep: nothing",
        "x".repeat(2_000_000),
        "tags: all\n" + "# comment\n".repeat(200_000),
        "",
        "   ",
        "\uFEFF",
        "# only a comment",
        "---",
        "null",
        "just words",
        "- a\n- list",
        "\"unclosed");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileYamlIsRefusedQuickly(String yaml) {
    String message = refused(yaml);

    assertTrue(message.startsWith("Tried to read the policy, but "), message);
    assertTrue(message.length() < 700, message);
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
  }

  @Test
  void aPolicyOfTheGreatestLengthIsRead() throws IOException {
    String longest = RULE + "# ".concat("x".repeat((1 << 20) - RULE.length() - 2));
    Path file = Files.writeString(folder.resolve("policy.yaml"), longest);

    assertEquals(
        RetentionPolicyFile.parse(longest).toString(),
        RetentionPolicyFile.read(file).toString());
    assertTrue(refused(longest + "x").contains("is longer than 1048576 characters"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF" + RULE,
        "---\n" + RULE,
        "%YAML 1.2\n---\n" + RULE + "...\n",
        "{\"tags\": \"all\", \"keep\": {\"newest-tags\": 1}}",
        "# why\r\ntags: all\r\nkeep: {newest-tags: 1}\r\n"
      })
  void usualFormsOfAFileAreRead(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), yaml);

    assertEquals(
        RetentionPolicy.of(TagMatcher.all()).keepNewestTags(1).build().toString(),
        RetentionPolicyFile.read(file).toString());
  }

  @Test
  void filesThatAreNoneAreRefusedWithTheirPath() throws IOException {
    Path latin1 = Files.write(
        folder.resolve("latin1.yaml"), "tags: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Path huge = Files.writeString(folder.resolve("huge.yaml"), RULE + "#\n".repeat(600_000));
    for (Path file :
        List.of(latin1, huge, folder, folder.resolve("missing.yaml"), Path.of("/dev/zero"))) {
      IllegalArgumentException refused = assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> assertThrows(IllegalArgumentException.class, () -> RetentionPolicyFile.read(file)));

      assertTrue(refused.getMessage().startsWith("Tried to read " + file + ", but "));
    }
  }

  @Test
  void aFileThatCannotBeReadIsAnInputOutputError() throws IOException {
    Path loop = folder.resolve("loop.yaml");
    Files.createSymbolicLink(loop, loop);

    UncheckedIOException failed =
        assertThrows(UncheckedIOException.class, () -> RetentionPolicyFile.read(loop));

    assertEquals("Tried to read " + loop + ", but could not", failed.getMessage());
  }
}
