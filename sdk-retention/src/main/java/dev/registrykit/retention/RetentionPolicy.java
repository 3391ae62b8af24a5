package dev.registrykit.retention;

import dev.registrykit.ImageRef;
import dev.registrykit.Tag;
import dev.registrykit.retention.internal.rules.KeepRule;
import dev.registrykit.retention.internal.rules.NamedRule;
import dev.registrykit.retention.internal.rules.NewestRule;
import dev.registrykit.retention.internal.rules.ThinningRule;
import dev.registrykit.retention.internal.rules.TrustedDates;
import dev.registrykit.retention.internal.rules.VersionRule;
import dev.registrykit.retention.internal.rules.YoungerRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which tags of an image to keep. Immutable and thread-safe, as long as the predicates given to it are.
 *
 * <pre>{@code
 * RetentionPolicy policy = RetentionPolicy.of(TagMatcher.glob("build-*"))
 *     .keepNewestImages(10)
 *     .keepYoungerThan(Duration.ofDays(14))
 *     .keepDigests(digestsThatRun)
 *     .deleteAtMostPercent(20)
 *     .build();
 * }</pre>
 *
 * <p>A policy governs the tags that its matcher names; all others stay. Of the governed ones it keeps
 * those that at least one rule covers. Each rule looks at all governed tags by itself, so one more rule never keeps less.
 * Kept too, unless the policy says otherwise in so many words:
 *
 * <ul>
 *   <li>the tag {@code latest};
 *   <li>tags without a date from which an age can be told: none, before {@linkplain
 *       Builder#trustDatesFrom 1990}, as reproducible builds write them, or more than a day in the future.
 *       They do not count among the newest.
 * </ul>
 *
 * <p>An image is what tags of one digest have in common; where tags have no digests, each tag is one. Its
 * date is the newest of its governed tags. Tags of signatures and other referrers ({@link Tag#isHousekeeping()})
 * are no images: they stay as long as what they are about, and go after it.
 *
 * <p>No rule is refused late: what is malformed, empty or contradictory is an {@link
 * IllegalArgumentException} that names the rule, from its method or from {@link Builder#build()}.
 *
 * @since 0.1.0
 */
public final class RetentionPolicy {

  private final Settings settings;

  private RetentionPolicy(Settings settings) {
    this.settings = settings;
  }

  /**
   * Starts a policy.
   *
   * @param governed the tags it is about; all others stay
   */
  public static Builder of(TagMatcher governed) {
    return new Builder(Objects.requireNonNull(governed, "governed"));
  }

  /** Returns which tags the policy is about. */
  public TagMatcher governed() {
    return settings.governed;
  }

  /** Returns which date of a tag counts. */
  public TagDate date() {
    return settings.date;
  }

  List<KeepRule> rules() {
    return settings.rules;
  }

  boolean keepsLatest() {
    return settings.keepsLatest;
  }

  boolean keepsUndated() {
    return settings.keepsUndated;
  }

  boolean keepsSiblings() {
    return settings.keepsSiblings;
  }

  TrustedDates dates(Instant now) {
    return new TrustedDates(settings.date, settings.trustedFrom, now);
  }

  Guards guards() {
    return settings.guards;
  }

  /** Returns the whole policy in words; two policies that say the same do the same. */
  @Override
  public String toString() {
    List<String> kept =
        new ArrayList<>(settings.rules.stream().map(KeepRule::text).toList());
    if (settings.keepsLatest) {
      kept.add("latest");
    }
    if (settings.keepsUndated) {
      kept.add("tags without a trustworthy date");
    }
    if (settings.keepsSiblings) {
      kept.add("tags that share a digest with a kept one");
    }
    return "Of " + settings.governed + " keep "
        + (kept.isEmpty() ? "nothing" : String.join("; ", kept))
        + ". What counts is " + settings.date + ", trusted from " + settings.trustedFrom + " on. "
        + settings.guards.text() + ".";
  }

  private record Settings(
      TagMatcher governed,
      List<KeepRule> rules,
      boolean keepsLatest,
      boolean keepsUndated,
      boolean keepsSiblings,
      TagDate date,
      Instant trustedFrom,
      Guards guards) {}

  /**
   * Collects the rules of a {@link RetentionPolicy}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_1990 = Instant.parse("1990-01-01T00:00:00Z");

    private final TagMatcher governed;
    private final List<KeepRule> rules = new ArrayList<>();
    private final SortedMap<ThinningRule.Period, Integer> thinning = new TreeMap<>();
    private final Set<String> said = new HashSet<>();
    private @Nullable ZoneId zone;
    private boolean keepsLatest = true;
    private boolean keepsUndated = true;
    private boolean keepsSiblings;
    private boolean keepsNothing;
    private TagDate date = TagDate.CHANGED;
    private Instant trustedFrom = YEAR_1990;
    private @Nullable Integer maxTags;
    private @Nullable Integer maxPercent;
    private boolean mayDeleteEveryTag;

    private Builder(TagMatcher governed) {
      this.governed = governed;
    }

    /**
     * Keeps the newest images with all their governed tags; those of one date with the last of them too,
     * since which is newer cannot be told.
     *
     * @param count at least 1
     */
    public Builder keepNewestImages(int count) {
      once("keepNewestImages");
      rules.add(new NewestRule(atLeastOne("keepNewestImages", count), true));
      return this;
    }

    /**
     * Keeps the newest tags, siblings counted one by one; those of one date with the last of them too.
     *
     * @param count at least 1
     */
    public Builder keepNewestTags(int count) {
      once("keepNewestTags");
      rules.add(new NewestRule(atLeastOne("keepNewestTags", count), false));
      return this;
    }

    /** Keeps tags that are younger than this when the plan is made; what is exactly as old is not. */
    public Builder keepYoungerThan(Duration age) {
      once("keepYoungerThan");
      if (age.isZero() || age.isNegative()) {
        throw new IllegalArgumentException("keepYoungerThan: a time above zero, not " + age);
      }
      rules.add(new YoungerRule(age));
      return this;
    }

    /**
     * Keeps tags by their names, those of signatures and the like included. May be said of several.
     *
     * @throws IllegalArgumentException if these are all the tags that are governed
     */
    public Builder keepMatching(TagMatcher kept) {
      once("keepMatching " + kept);
      if (kept.equals(TagMatcher.all()) || kept.equals(governed)) {
        throw new IllegalArgumentException(
            "keepMatching: " + kept + " are all that the policy governs; nothing would be deleted");
      }
      rules.add(new NamedRule(kept.toString(), tag -> kept.matches(tag.name())));
      return this;
    }

    /**
     * Keeps the highest versions of each major one, among tags that are semantic versions such as {@code
     * 1.2.3} or {@code v2.0.0-rc.1}. Releases and pre-releases are counted apart; {@code v1.0.0} and {@code
     * 1.0.0} are one. Dates do not count.
     *
     * @param count of each, at least 1
     */
    public Builder keepNewestPerMajor(int count) {
      once("keepNewestPerMajor");
      rules.add(new VersionRule(atLeastOne("keepNewestPerMajor", count), false));
      return this;
    }

    /**
     * Keeps the highest versions of each minor one, as {@link #keepNewestPerMajor} does of each major one.
     *
     * @param count of each, at least 1
     */
    public Builder keepNewestPerMinor(int count) {
      once("keepNewestPerMinor");
      rules.add(new VersionRule(atLeastOne("keepNewestPerMinor", count), true));
      return this;
    }

    /**
     * Keeps the image of the newest tag of each of the last days that have one, with all its governed tags; needs
     * {@link #inZone}. The same is said for weeks (from Monday on), months and years, and all four
     * are counted as Borg does: days without an image do not count, what a finer rule keeps does not count for
     * a coarser one, and while a count is not used up, the oldest image is kept. restic, which counts each
     * rule by itself, never keeps more.
     *
     * @param days how many, at least 1
     */
    public Builder keepDaily(int days) {
      return thin("keepDaily", ThinningRule.Period.DAY, days);
    }

    /** Keeps the newest image of each of the last weeks that have one; see {@link #keepDaily}. */
    public Builder keepWeekly(int weeks) {
      return thin("keepWeekly", ThinningRule.Period.WEEK, weeks);
    }

    /** Keeps the newest image of each of the last months that have one; see {@link #keepDaily}. */
    public Builder keepMonthly(int months) {
      return thin("keepMonthly", ThinningRule.Period.MONTH, months);
    }

    /** Keeps the newest image of each of the last years that have one; see {@link #keepDaily}. */
    public Builder keepYearly(int years) {
      return thin("keepYearly", ThinningRule.Period.YEAR, years);
    }

    private Builder thin(String rule, ThinningRule.Period period, int count) {
      once(rule);
      thinning.put(period, atLeastOne(rule, count));
      return this;
    }

    /** Says where days, weeks, months and years begin; there is no default. */
    public Builder inZone(ZoneId zone) {
      once("inZone");
      this.zone = Objects.requireNonNull(zone, "zone");
      return this;
    }

    /**
     * Keeps tags of these names, because they are in use. Their siblings are not meant; {@link
     * #keepSiblings()} keeps these.
     *
     * @throws IllegalArgumentException if one of them is no tag, or there is none: a list that came out
     *     empty by mistake protects nothing
     */
    public Builder keepTags(Collection<String> tags) {
      once("keepTags");
      Set<String> names = notEmpty("keepTags", tags);
      names.forEach(ImageRef::requireTag);
      rules.add(
          new NamedRule("in use: the tags " + inOrder(names), tag -> names.contains(tag.name())));
      return this;
    }

    /**
     * Keeps all governed tags of these digests, because they are in use. The digest of one platform of an image
     * is not that of its tag; give the tag's, or use {@link #keepTags}.
     *
     * @throws IllegalArgumentException if one of them is no digest, or there is none
     */
    public Builder keepDigests(Collection<String> digests) {
      once("keepDigests");
      Set<String> inUse = notEmpty("keepDigests", digests);
      inUse.forEach(ImageRef::requireDigest);
      rules.add(new NamedRule(
          "in use: the digests " + inOrder(inUse),
          tag -> tag.digest().filter(inUse::contains).isPresent()));
      return this;
    }

    /**
     * Keeps tags of which this is true. What it throws ends the making of the plan. May be said several times.
     *
     * @param reason what it stands for in plans, such as {@code runs on the cluster}; one line, not blank, and another
     *     for each, because a plan tells policies apart by it
     */
    public Builder keepIf(String reason, Predicate<Tag> kept) {
      Objects.requireNonNull(kept, "kept");
      if (reason.isBlank()) {
        throw new IllegalArgumentException("keepIf: the reason is blank");
      }
      TagMatcher.requirePrintable("keepIf", reason);
      once("keepIf " + reason);
      rules.add(new NamedRule(reason, kept));
      return this;
    }

    /**
     * Keeps every governed tag that shares its digest with a tag that stays for whatever reason. Without it
     * such a tag is planned for deletion, and the plan names the siblings that stay: deleting strictly
     * spares them, and is refused where it cannot, as on Scaleway.
     */
    public Builder keepSiblings() {
      once("keepSiblings");
      keepsSiblings = true;
      return this;
    }

    /** Says that no rule is meant to keep anything. A policy without rules is refused without it. */
    public Builder keepNothing() {
      once("keepNothing");
      keepsNothing = true;
      return this;
    }

    /** Lets the tag {@code latest} be deleted as any other. */
    public Builder deleteLatestToo() {
      once("deleteLatestToo");
      keepsLatest = false;
      return this;
    }

    /** Lets tags without a trustworthy date be deleted, unless a rule that needs no date keeps them. */
    public Builder deleteUndatedToo() {
      once("deleteUndatedToo");
      keepsUndated = false;
      return this;
    }

    /**
     * Sets the first date that is trusted; 1990-01-01T00:00:00Z unless said.
     *
     * @throws IllegalArgumentException if it is before the year 1, the days of which not every zone can name
     */
    public Builder trustDatesFrom(Instant first) {
      once("trustDatesFrom");
      if (first.isBefore(YEAR_1)) {
        throw new IllegalArgumentException(
            "dates are trusted from the year 1 on, not from " + first);
      }
      trustedFrom = Objects.requireNonNull(first, "first");
      return this;
    }

    /** Sets which date of a tag counts; {@link TagDate#CHANGED} unless said. */
    public Builder by(TagDate date) {
      once("by");
      this.date = Objects.requireNonNull(date, "date");
      return this;
    }

    /**
     * Guards against a plan that deletes more tags than this, signatures and the like included: it says so and
     * is not to be carried out.
     *
     * @param tags at least 1
     */
    public Builder deleteAtMost(int tags) {
      once("deleteAtMost");
      maxTags = atLeastOne("deleteAtMost", tags);
      return this;
    }

    /**
     * Guards against a plan that deletes more than this share of the governed tags, signatures and the like not
     * counted.
     *
     * @param percent from 1 to 99
     */
    public Builder deleteAtMostPercent(int percent) {
      once("deleteAtMostPercent");
      if (percent < 1 || percent > 99) {
        throw new IllegalArgumentException("deleteAtMostPercent: from 1 to 99, not " + percent);
      }
      maxPercent = percent;
      return this;
    }

    /** Lets a plan delete all tags of an image, which is guarded against otherwise. */
    public Builder allowDeletingEveryTag() {
      once("allowDeletingEveryTag");
      mayDeleteEveryTag = true;
      return this;
    }

    /**
     * Makes the policy.
     *
     * @throws IllegalArgumentException if rules contradict each other, or none keeps anything and {@link
     *     #keepNothing()} was not said
     */
    public RetentionPolicy build() {
      List<KeepRule> all = new ArrayList<>(rules);
      ZoneId where = zone;
      if (!thinning.isEmpty()) {
        if (where == null) {
          throw new IllegalArgumentException(
              "keepDaily, keepWeekly, keepMonthly and keepYearly need a time zone: say inZone");
        }
        all.add(new ThinningRule(new TreeMap<>(thinning), where));
      } else if (where != null) {
        throw new IllegalArgumentException(
            "inZone: only keepDaily, keepWeekly, keepMonthly and keepYearly need it, and none is said");
      }
      if (all.isEmpty() && !keepsNothing) {
        throw new IllegalArgumentException(
            "the policy keeps nothing: add a rule, or say keepNothing if that is meant");
      }
      if (!all.isEmpty() && keepsNothing) {
        throw new IllegalArgumentException("keepNothing contradicts: "
            + all.stream().map(KeepRule::text).collect(Collectors.joining("; ")));
      }
      all.sort(Comparator.comparing(KeepRule::text));
      return new RetentionPolicy(new Settings(
          governed,
          List.copyOf(all),
          keepsLatest,
          keepsUndated,
          keepsSiblings,
          date,
          trustedFrom,
          new Guards(maxTags, maxPercent, mayDeleteEveryTag)));
    }

    private void once(String rule) {
      if (!said.add(rule)) {
        throw new IllegalArgumentException(rule + " is said twice");
      }
    }

    private static int atLeastOne(String rule, int count) {
      if (count < 1) {
        throw new IllegalArgumentException(rule + ": at least 1, not " + count);
      }
      return count;
    }

    private static Set<String> notEmpty(String rule, Collection<String> values) {
      if (values.isEmpty()) {
        throw new IllegalArgumentException(rule + ": none is given, so nothing would be protected");
      }
      return Set.copyOf(values);
    }

    private static String inOrder(Set<String> values) {
      return String.join(", ", new TreeSet<>(values));
    }
  }
}
