package dev.registrykit.retention;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the fields of a policy file say to the builder. */
final class PolicyFields {

  private static final String TAGS = "tags";
  private static final String KEEP = "keep";
  private static final String NOTHING = "nothing";
  private static final String ZONE = "zone";

  private static final Set<String> THINNING = Set.of("daily", "weekly", "monthly", "yearly");

  /** Says to a builder what a value says. */
  private interface Field {
    RetentionPolicy.Builder say(RetentionPolicy.Builder policy, YamlValue value);
  }

  private static final Map<String, Field> RULES = new TreeMap<>(Map.ofEntries(
      count("newest-images", RetentionPolicy.Builder::keepNewestImages),
      count("newest-tags", RetentionPolicy.Builder::keepNewestTags),
      one("younger-than", PolicyFields::duration, RetentionPolicy.Builder::keepYoungerThan),
      Map.entry("matching", PolicyFields::keepMatching),
      count("per-major", RetentionPolicy.Builder::keepNewestPerMajor),
      count("per-minor", RetentionPolicy.Builder::keepNewestPerMinor),
      count("daily", RetentionPolicy.Builder::keepDaily),
      count("weekly", RetentionPolicy.Builder::keepWeekly),
      count("monthly", RetentionPolicy.Builder::keepMonthly),
      count("yearly", RetentionPolicy.Builder::keepYearly),
      one(ZONE, value -> ZoneId.of(value.text()), RetentionPolicy.Builder::inZone),
      one("tags", PolicyFields::texts, RetentionPolicy.Builder::keepTags),
      one("digests", PolicyFields::texts, RetentionPolicy.Builder::keepDigests)));

  private static final Map<String, Field> FIELDS = new TreeMap<>(Map.ofEntries(
      Map.entry(TAGS, (policy, value) -> policy), // which the builder began with
      Map.entry(KEEP, PolicyFields::keep),
      ifTrue("keep-siblings", RetentionPolicy.Builder::keepSiblings),
      ifTrue("delete-latest-too", RetentionPolicy.Builder::deleteLatestToo),
      ifTrue("delete-undated-too", RetentionPolicy.Builder::deleteUndatedToo),
      one("date", PolicyFields::date, RetentionPolicy.Builder::by),
      one("trust-dates-from", PolicyFields::instant, RetentionPolicy.Builder::trustDatesFrom),
      count("delete-at-most", RetentionPolicy.Builder::deleteAtMost),
      count("delete-at-most-percent", RetentionPolicy.Builder::deleteAtMostPercent),
      ifTrue("allow-deleting-every-tag", RetentionPolicy.Builder::allowDeletingEveryTag)));

  private static final Pattern AGE =
      Pattern.compile("([1-9][0-9]{0,5}) ?(w|weeks?|d|days?|h|hours?|minutes?|seconds?)");

  private PolicyFields() {}

  /** All fields, those below {@code keep} by their own names. */
  static Stream<String> names() {
    return Stream.concat(FIELDS.keySet().stream(), RULES.keySet().stream());
  }

  /** Makes the policy that a file's outermost fields say. */
  static RetentionPolicy policy(YamlValue file) {
    Map<String, YamlValue> fields = file.fields();
    requireKnown(fields, FIELDS.keySet());
    YamlValue governed = required(file, fields, TAGS, "say which tags the policy is about");
    YamlValue keep =
        required(file, fields, KEEP, "say what is kept, or \"keep: nothing\" if that is meant");
    RetentionPolicy.Builder policy = RetentionPolicy.of(matcher(governed));
    say(policy, fields, FIELDS);
    return keep.make(policy::build);
  }

  private static void say(
      RetentionPolicy.Builder policy, Map<String, YamlValue> values, Map<String, Field> fields) {
    fields.forEach((name, field) -> {
      YamlValue value = values.get(name);
      if (value != null) {
        value.make(() -> field.say(policy, value));
      }
    });
  }

  private static void requireKnown(Map<String, YamlValue> values, Set<String> known) {
    values.forEach((name, value) -> {
      if (!known.contains(name)) {
        throw value.problem("unknown; there are " + String.join(", ", known));
      }
    });
  }

  private static YamlValue required(
      YamlValue file, Map<String, YamlValue> fields, String name, String what) {
    return Optional.ofNullable(fields.get(name))
        .orElseThrow(() -> file.problem(name + ": missing: " + what));
  }

  private static Map.Entry<String, Field> count(
      String name, BiFunction<RetentionPolicy.Builder, Integer, RetentionPolicy.Builder> rule) {
    return one(name, YamlValue::number, rule);
  }

  private static <T> Map.Entry<String, Field> one(
      String name,
      Function<YamlValue, T> type,
      BiFunction<RetentionPolicy.Builder, T, RetentionPolicy.Builder> rule) {
    return Map.entry(name, (policy, value) -> rule.apply(policy, type.apply(value)));
  }

  private static Map.Entry<String, Field> ifTrue(
      String name, UnaryOperator<RetentionPolicy.Builder> rule) {
    return Map.entry(name, (policy, value) -> value.truth() ? rule.apply(policy) : policy);
  }

  private static RetentionPolicy.Builder keep(RetentionPolicy.Builder policy, YamlValue keep) {
    if (keep.isScalar() && keep.text().equals(NOTHING)) {
      return policy.keepNothing();
    }
    Map<String, YamlValue> rules = keep.fields();
    requireKnown(rules, RULES.keySet());
    requireZoneIfThinned(keep, rules);
    say(policy, rules, RULES);
    return policy;
  }

  private static void requireZoneIfThinned(YamlValue keep, Map<String, YamlValue> rules) {
    boolean isThinned = rules.keySet().stream().anyMatch(THINNING::contains);
    YamlValue zone = rules.get(ZONE);
    if (isThinned && zone == null) {
      throw keep.problem("zone: missing: say where days begin, such as Europe/Paris");
    }
    if (!isThinned && zone != null) {
      throw zone.problem("only daily, weekly, monthly and yearly need it, and none is said");
    }
  }

  private static RetentionPolicy.Builder keepMatching(
      RetentionPolicy.Builder policy, YamlValue matchers) {
    for (YamlValue each : matchers.items()) {
      each.make(() -> policy.keepMatching(matcher(each)));
    }
    return policy;
  }

  private static TagMatcher matcher(YamlValue value) {
    if (value.isScalar()) {
      String text = value.text();
      return text.equals("all") ? TagMatcher.all() : value.make(() -> TagMatcher.glob(text));
    }
    Map<String, YamlValue> kinds = value.fields();
    requireKnown(kinds, new TreeSet<>(Set.of("glob", "regex", "versions")));
    if (kinds.size() != 1) {
      throw value.problem("one of glob, regex and versions, and not several");
    }
    Map.Entry<String, YamlValue> kind = kinds.entrySet().iterator().next();
    String text = kind.getValue().text();
    return kind.getValue().make(() -> switch (kind.getKey()) {
      case "glob" -> TagMatcher.glob(text);
      case "regex" -> TagMatcher.regex(text);
      default -> TagMatcher.versions(text);
    });
  }

  private static List<String> texts(YamlValue list) {
    return list.items().stream().map(YamlValue::text).toList();
  }

  private static TagDate date(YamlValue value) {
    return Arrays.stream(TagDate.values())
        .filter(date -> date.name().toLowerCase(Locale.ROOT).equals(value.text()))
        .findFirst()
        .orElseThrow(() -> value.problem("created, updated, changed or newer"));
  }

  private static Instant instant(YamlValue value) {
    try {
      return Instant.parse(value.text());
    } catch (DateTimeException e) {
      throw value.problem(
          "an instant such as 2001-01-01T00:00:00Z is needed, not \"" + value.text() + "\"");
    }
  }

  /** {@code m} alone is refused: it may be months or minutes. */
  private static Duration duration(YamlValue value) {
    String text = value.text();
    Matcher age = AGE.matcher(text);
    if (!age.matches()) {
      return isoDuration(value);
    }
    long number = Long.parseLong(age.group(1));
    return switch (age.group(2).charAt(0)) {
      case 'w' -> Duration.ofDays(7 * number);
      case 'd' -> Duration.ofDays(number);
      case 'h' -> Duration.ofHours(number);
      case 'm' -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static Duration isoDuration(YamlValue value) {
    try {
      return Duration.parse(value.text());
    } catch (DateTimeException e) {
      throw value.problem(
          "a time such as 14d, 36h, 90 minutes or PT36H is needed, not \"" + value.text() + "\"");
    }
  }
}
