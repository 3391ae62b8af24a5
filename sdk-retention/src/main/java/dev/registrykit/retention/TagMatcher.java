package dev.registrykit.retention;

import dev.registrykit.retention.internal.rules.Glob;
import dev.registrykit.retention.internal.rules.VersionRange;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Tells tags by their names: by a glob, a regular expression or a range of versions. Immutable.
 *
 * <p>A pattern that every tag matches is refused, because it is mostly a mistake or a variable that was
 * empty; whoever means all tags says {@link #all()}. Upper and lower case are told apart. Two are equal if
 * their texts are.
 *
 * @since 0.1.0
 */
public final class TagMatcher {

  /** Names that have nothing in common but being tags. */
  private static final List<String> ALL_SORTS =
      List.of("a", "Z", "_", "0", "1.2.3", "x-y_z.0", "7".repeat(128));

  private static final TagMatcher ALL = new TagMatcher("all tags", name -> true);

  private final String text;
  private final Predicate<String> names;

  private TagMatcher(String text, Predicate<String> names) {
    this.text = text;
    this.names = names;
  }

  /** Returns the matcher of every tag. */
  public static TagMatcher all() {
    return ALL;
  }

  /**
   * Returns the matcher of the tags that look like this as a whole: {@code *} stands for any characters,
   * {@code ?} for one, and everything else for itself.
   *
   * @throws IllegalArgumentException if the glob is blank, has characters that no tag has, or stands for
   *     every tag
   */
  public static TagMatcher glob(String glob) {
    Objects.requireNonNull(glob, "glob");
    if (!glob.matches("[a-zA-Z0-9._*?-]+")) {
      throw new IllegalArgumentException(
          "glob: of letters, digits, . _ - and the signs * and ?, not \"" + glob + "\"");
    }
    Pattern pattern = Pattern.compile(Glob.regex(glob, "."));
    return narrow(
        "tags like \"" + glob + "\"",
        name -> pattern.matcher(name).matches(),
        "glob: \"" + glob + "\"");
  }

  /**
   * Returns the matcher of the tags that match a regular expression from their first character to their
   * last, as {@link java.util.regex.Pattern} reads it.
   *
   * @throws IllegalArgumentException if it is blank, no regular expression, has characters that cannot be seen
   *     in a plan, or matches every tag
   */
  public static TagMatcher regex(String regex) {
    Objects.requireNonNull(regex, "regex");
    if (regex.isBlank()) {
      throw new IllegalArgumentException("regex: blank");
    }
    requirePrintable("regex", regex);
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("regex: " + e.getDescription() + ": \"" + regex + "\"", e);
    }
    return narrow(
        "tags matching /" + regex + "/",
        name -> pattern.matcher(name).matches(),
        "regex: \"" + regex + "\"");
  }

  /**
   * Returns the matcher of the tags that are a semantic version, with a {@code v} before it or without,
   * inside a range: comparisons that have to hold together, such as {@code >=1.2 <2.0.0}. Numbers that are
   * left out are 0. Versions are compared as <a href="https://semver.org/#spec-item-11">semver.org</a>
   * orders them, so that {@code 2.0.0-rc.1} is below 2.0.0.
   *
   * @throws IllegalArgumentException if it is no such range, or no version can be in it
   */
  public static TagMatcher versions(String range) {
    Objects.requireNonNull(range, "range");
    VersionRange parsed = VersionRange.parse(range);
    return new TagMatcher("versions " + range.strip().replaceAll("\\s+", " "), parsed::contains);
  }

  /** Plans show it and tell policies apart by it. */
  static void requirePrintable(String name, String text) {
    String printable = PlanText.printable(text);
    if (!printable.equals(text)) {
      throw new IllegalArgumentException(
          name + ": a control character or another that cannot be seen: \"" + printable + "\"");
    }
  }

  private static TagMatcher narrow(String text, Predicate<String> matches, String subject) {
    if (ALL_SORTS.stream().allMatch(matches)) {
      throw new IllegalArgumentException(
          subject + " stands for every tag; say \"all\" if that is meant");
    }
    return new TagMatcher(text, matches);
  }

  /** Returns whether a tag of this name is one of them. */
  public boolean matches(String tag) {
    return names.test(Objects.requireNonNull(tag, "tag"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TagMatcher that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns it in words, such as {@code tags like "build-*"}. */
  @Override
  public String toString() {
    return text;
  }
}
