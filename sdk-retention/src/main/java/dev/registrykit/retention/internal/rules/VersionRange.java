package dev.registrykit.retention.internal.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comparisons that a version has to pass all. */
public final class VersionRange {

  private static final Pattern COMPARISON =
      Pattern.compile("(>=|<=|>|<|=)([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(-[0-9A-Za-z.-]+)?");

  private record Comparison(String operator, SemanticVersion version) {

    boolean isPassedBy(SemanticVersion other) {
      int order = other.compareTo(version);
      return switch (operator) {
        case ">=" -> order >= 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        case "<" -> order < 0;
        default -> order == 0;
      };
    }

    boolean isLowerEnd() {
      return operator.startsWith(">") || operator.equals("=");
    }

    boolean isUpperEnd() {
      return operator.startsWith("<") || operator.equals("=");
    }
  }

  private final List<Comparison> comparisons = new ArrayList<>();

  private VersionRange() {}

  public static VersionRange parse(String text) {
    VersionRange range = new VersionRange();
    for (String piece : text.strip().split("\\s+", -1)) {
      range.comparisons.add(comparison(piece, text));
    }
    range.requireRoom(text);
    return range;
  }

  private static Comparison comparison(String piece, String text) {
    Matcher form = COMPARISON.matcher(piece);
    if (form.matches()) {
      String preRelease = Objects.requireNonNullElse(form.group(5), "");
      String version = form.group(2) + "." + Objects.requireNonNullElse(form.group(3), "0") + "."
          + Objects.requireNonNullElse(form.group(4), "0") + preRelease;
      Optional<SemanticVersion> parsed = SemanticVersion.of(version);
      if (parsed.isPresent() && (form.group(4) != null || preRelease.isEmpty())) {
        return new Comparison(form.group(1), parsed.get());
      }
    }
    throw new IllegalArgumentException(
        "versions: comparisons divided by blanks, such as >=1.2 <2.0.0, not \"" + text + "\"");
  }

  /** Whether some version can pass; what lies between two versions is not counted. */
  private void requireRoom(String text) {
    for (Comparison lower : comparisons) {
      for (Comparison upper : comparisons) {
        if (lower.isLowerEnd() && upper.isUpperEnd()) {
          int order = lower.version.compareTo(upper.version);
          boolean touching =
              order == 0 && !lower.operator.endsWith(">") && !upper.operator.endsWith("<");
          if (order > 0 || (order == 0 && !touching)) {
            throw new IllegalArgumentException("versions: none is in the range \"" + text + "\"");
          }
        }
      }
    }
  }

  public boolean contains(String tag) {
    return SemanticVersion.of(tag)
        .filter(version -> comparisons.stream().allMatch(each -> each.isPassedBy(version)))
        .isPresent();
  }
}
