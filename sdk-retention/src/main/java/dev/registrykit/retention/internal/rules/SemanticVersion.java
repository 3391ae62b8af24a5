package dev.registrykit.retention.internal.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of three numbers, as semver.org orders them. A tag cannot hold build metadata, for {@code +} is
 * no character of a tag. Numbers have no limit, because dates and run numbers are used as such.
 */
public record SemanticVersion(
    BigInteger major, BigInteger minor, BigInteger patch, List<String> preRelease)
    implements Comparable<SemanticVersion> {

  private static final String NUMBER = "(0|[1-9][0-9]*)";

  private static final Pattern FORM = Pattern.compile("[vV]?" + NUMBER + "\\." + NUMBER + "\\."
      + NUMBER + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** Returns the version that a tag is, with a {@code v} before it or without. */
  public static Optional<SemanticVersion> of(String tag) {
    Matcher form = FORM.matcher(tag);
    if (!form.matches()) {
      return Optional.empty();
    }
    List<String> preRelease =
        form.group(4) == null ? List.of() : List.of(form.group(4).split("\\."));
    boolean hasLeadingZero = preRelease.stream()
        .anyMatch(part ->
            part.length() > 1 && part.startsWith("0") && DIGITS.matcher(part).matches());
    return hasLeadingZero
        ? Optional.empty()
        : Optional.of(new SemanticVersion(
            new BigInteger(form.group(1)),
            new BigInteger(form.group(2)),
            new BigInteger(form.group(3)),
            preRelease));
  }

  boolean isPreRelease() {
    return !preRelease.isEmpty();
  }

  /** By precedence, semver.org section 11. */
  @Override
  public int compareTo(SemanticVersion other) {
    int byNumbers = major.compareTo(other.major);
    byNumbers = byNumbers != 0 ? byNumbers : minor.compareTo(other.minor);
    byNumbers = byNumbers != 0 ? byNumbers : patch.compareTo(other.patch);
    if (byNumbers != 0) {
      return byNumbers;
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int byPart = compareParts(preRelease.get(i), other.preRelease.get(i));
      if (byPart != 0) {
        return byPart;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compareParts(String one, String other) {
    boolean oneIsNumber = DIGITS.matcher(one).matches();
    boolean otherIsNumber = DIGITS.matcher(other).matches();
    if (oneIsNumber && otherIsNumber) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    return oneIsNumber == otherIsNumber ? one.compareTo(other) : oneIsNumber ? -1 : 1;
  }

  @Override
  public String toString() {
    List<String> numbers = new ArrayList<>();
    numbers.add(major + "." + minor + "." + patch);
    if (isPreRelease()) {
      numbers.add(String.join(".", preRelease));
    }
    return String.join("-", numbers);
  }
}
