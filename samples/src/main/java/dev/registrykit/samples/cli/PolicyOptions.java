package dev.registrykit.samples.cli;

import dev.registrykit.retention.RetentionPolicy;
import dev.registrykit.retention.TagDate;
import dev.registrykit.retention.TagMatcher;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A policy in options. Each stands for the method of {@link RetentionPolicy.Builder} that is called like it. */
final class PolicyOptions {

  /** Which date of a tag counts. */
  enum Date {
    created(TagDate.CREATED),
    updated(TagDate.UPDATED),
    changed(TagDate.CHANGED),
    newer(TagDate.NEWER);

    private final TagDate date;

    Date(TagDate date) {
      this.date = date;
    }
  }

  private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([mhdw])");

  /** A builder's method in a message, such as {@code keepNothing}. */
  private static final Pattern RULE =
      Pattern.compile("\\b(?:keep|delete|trust|allow)(?:[A-Z][a-z]+)+");

  @Option(
      names = "--tags",
      paramLabel = "GLOB",
      description = "govern the tags like this, such as build-*")
  private @Nullable String tags;

  @Option(
      names = "--tags-regex",
      paramLabel = "REGEX",
      description = "or those matching this as a whole")
  private @Nullable String tagsRegex;

  @Option(
      names = "--versions",
      paramLabel = "RANGE",
      description = "or semantic versions, such as '>=1.2 <2'")
  private @Nullable String versions;

  @Option(names = "--all-tags", description = "or all tags. What is not governed stays")
  private boolean allTags;

  @Option(names = "--keep-newest-images", paramLabel = "N", description = "counted by digest")
  private @Nullable Integer keepNewestImages;

  @Option(names = "--keep-newest-tags", paramLabel = "N", description = "counted by tag")
  private @Nullable Integer keepNewestTags;

  @Option(
      names = "--keep-younger-than",
      paramLabel = "AGE",
      description = "such as 90m, 36h, 14d or 2w")
  private @Nullable String keepYoungerThan;

  @Option(
      names = "--keep-matching",
      paramLabel = "GLOB",
      description = "may be given several times")
  private List<String> keepMatching = new ArrayList<>();

  @Option(
      names = "--keep-per-major",
      paramLabel = "N",
      description = "the highest versions of each major one")
  private @Nullable Integer keepPerMajor;

  @Option(
      names = "--keep-per-minor",
      paramLabel = "N",
      description = "the highest versions of each minor one")
  private @Nullable Integer keepPerMinor;

  @Option(
      names = "--keep-daily",
      paramLabel = "N",
      description = "the newest image of each of the last N days")
  private @Nullable Integer keepDaily;

  @Option(names = "--keep-weekly", paramLabel = "N", description = "the same for weeks")
  private @Nullable Integer keepWeekly;

  @Option(names = "--keep-monthly", paramLabel = "N", description = "the same for months")
  private @Nullable Integer keepMonthly;

  @Option(
      names = "--keep-yearly",
      paramLabel = "N",
      description = "the same for years; all four are counted as Borg does")
  private @Nullable Integer keepYearly;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "where days begin, such as UTC or Europe/Paris")
  private @Nullable String zone;

  @Option(
      names = "--keep-tag",
      paramLabel = "TAG",
      description = "in use; may be given several times")
  private List<String> keepTags = new ArrayList<>();

  @Option(
      names = "--keep-digest",
      paramLabel = "DIGEST",
      description = "in use; may be given several times")
  private List<String> keepDigests = new ArrayList<>();

  @Option(
      names = "--keep-in-use",
      paramLabel = "FILE",
      description =
          "tags and digests in use, one a line; # begins a comment; an empty file is an error")
  private @Nullable Path keepInUse;

  @Option(names = "--keep-siblings", description = "tags that share their digest with a kept one")
  private boolean keepSiblings;

  @Option(names = "--keep-nothing", description = "no rule is meant to keep anything")
  private boolean keepNothing;

  @Option(names = "--delete-latest-too", description = "latest is kept otherwise")
  private boolean deleteLatestToo;

  @Option(
      names = "--delete-undated-too",
      description = "tags without a trustworthy date are kept otherwise")
  private boolean deleteUndatedToo;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "which one counts: ${COMPLETION-CANDIDATES}; changed unless said")
  private @Nullable Date date;

  @Option(
      names = "--trust-dates-from",
      paramLabel = "INSTANT",
      description = "older dates are not trusted; 1990-01-01T00:00:00Z unless said")
  private @Nullable String trustDatesFrom;

  @Option(
      names = "--at-most",
      paramLabel = "N",
      description = "refuse to delete more tags than this")
  private @Nullable Integer atMost;

  @Option(
      names = "--at-most-percent",
      paramLabel = "N",
      description = "refuse to delete more than this share of the governed tags")
  private @Nullable Integer atMostPercent;

  @Option(
      names = "--allow-every-tag",
      description = "deleting all tags of an image is refused otherwise")
  private boolean allowEveryTag;

  /** Makes the policy; an error names the option. */
  RetentionPolicy policy() {
    RetentionPolicy.Builder policy = RetentionPolicy.of(governed());
    set("--keep-newest-images", keepNewestImages, policy::keepNewestImages);
    set("--keep-newest-tags", keepNewestTags, policy::keepNewestTags);
    set("--keep-younger-than", keepYoungerThan, text -> policy.keepYoungerThan(age(text)));
    keepMatching.forEach(
        glob -> set("--keep-matching", glob, text -> policy.keepMatching(TagMatcher.glob(text))));
    set("--keep-per-major", keepPerMajor, policy::keepNewestPerMajor);
    set("--keep-per-minor", keepPerMinor, policy::keepNewestPerMinor);
    set("--keep-daily", keepDaily, policy::keepDaily);
    set("--keep-weekly", keepWeekly, policy::keepWeekly);
    set("--keep-monthly", keepMonthly, policy::keepMonthly);
    set("--keep-yearly", keepYearly, policy::keepYearly);
    set("--zone", zone, text -> policy.inZone(ZoneId.of(text)));
    setInUse(policy);
    set("--keep-siblings", keepSiblings, policy::keepSiblings);
    set("--keep-nothing", keepNothing, policy::keepNothing);
    set("--delete-latest-too", deleteLatestToo, policy::deleteLatestToo);
    set("--delete-undated-too", deleteUndatedToo, policy::deleteUndatedToo);
    set("--date", date, which -> policy.by(which.date));
    set("--trust-dates-from", trustDatesFrom, text -> policy.trustDatesFrom(Instant.parse(text)));
    set("--at-most", atMost, policy::deleteAtMost);
    set("--at-most-percent", atMostPercent, policy::deleteAtMostPercent);
    set("--allow-every-tag", allowEveryTag, policy::allowDeletingEveryTag);
    try {
      return policy.build();
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(inOptions(String.valueOf(e.getMessage())), e);
    }
  }

  private TagMatcher governed() {
    long said =
        Stream.of(tags, tagsRegex, versions).filter(Objects::nonNull).count() + (allTags ? 1 : 0);
    if (said != 1) {
      throw ProgramException.usage(
          "the policy needs one of --tags, --tags-regex, --versions and --all-tags"
              + (said == 0 ? "" : ", not " + said));
    }
    List<TagMatcher> governed = new ArrayList<>();
    set("--tags", tags, text -> governed.add(TagMatcher.glob(text)));
    set("--tags-regex", tagsRegex, text -> governed.add(TagMatcher.regex(text)));
    set("--versions", versions, text -> governed.add(TagMatcher.versions(text)));
    return governed.isEmpty() ? TagMatcher.all() : governed.get(0);
  }

  private void setInUse(RetentionPolicy.Builder policy) {
    List<String> names = new ArrayList<>(keepTags);
    List<String> digests = new ArrayList<>(keepDigests);
    set("--keep-in-use", keepInUse, file -> {
      List<String> lines = Arguments.file("--keep-in-use", file)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
      if (lines.isEmpty()) {
        throw new IllegalArgumentException(file + " is empty, so nothing would be protected");
      }
      lines.forEach(line -> (line.contains(":") ? digests : names).add(line));
      return lines;
    });
    if (!names.isEmpty()) {
      set(keepTags.isEmpty() ? "--keep-in-use" : "--keep-tag", names, policy::keepTags);
    }
    if (!digests.isEmpty()) {
      set(keepDigests.isEmpty() ? "--keep-in-use" : "--keep-digest", digests, policy::keepDigests);
    }
  }

  private static <T> void set(String option, @Nullable T value, Function<T, Object> rule) {
    if (value == null) {
      return;
    }
    try {
      Object unused = rule.apply(value);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw ProgramException.usage(
          option + ": " + String.valueOf(e.getMessage()).replaceFirst("^[a-zA-Z]+: ", ""), e);
    }
  }

  private static void set(String option, boolean isSaid, Supplier<RetentionPolicy.Builder> rule) {
    set(option, isSaid ? option : null, said -> rule.get());
  }

  private static Duration age(String text) {
    Matcher form = AGE.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "an age such as 90m, 36h, 14d or 2w, not \"" + text + "\"");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }

  /** Says options where the builder says methods. */
  private static String inOptions(String message) {
    return RULE.matcher(message)
        .replaceAll(rule -> "--"
            + Stream.of(rule.group().split("(?=[A-Z])"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-")))
        .replace("inZone", "--zone");
  }
}
