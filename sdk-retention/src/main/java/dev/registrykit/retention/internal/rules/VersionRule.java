package dev.registrykit.retention.internal.rules;

import dev.registrykit.Tag;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The highest versions of each major or minor one. Releases and pre-releases are counted apart, so that
 * no number of candidates pushes out the release that runs.
 */
public record VersionRule(int count, boolean byMinor) implements KeepRule {

  /** What is counted by itself. */
  private record Line(BigInteger major, BigInteger minor, boolean isPreRelease) {}

  @Override
  public String text() {
    return "the newest " + (count == 1 ? "" : count + " ") + "of each "
        + (byMinor ? "minor" : "major") + " version";
  }

  @Override
  public Map<String, String> kept(Candidates candidates) {
    Map<Line, NavigableMap<SemanticVersion, List<String>>> lines = new HashMap<>();
    for (Tag tag : candidates.tags()) {
      SemanticVersion.of(tag.name())
          .ifPresent(version -> lines
              .computeIfAbsent(line(version), line -> new TreeMap<>(Comparator.reverseOrder()))
              .computeIfAbsent(version, same -> new ArrayList<>())
              .add(tag.name()));
    }
    Map<String, String> kept = new HashMap<>();
    lines.forEach((line, versions) -> versions.values().stream()
        .limit(count)
        .forEach(names -> names.forEach(name -> kept.put(name, reason(line)))));
    return kept;
  }

  private Line line(SemanticVersion version) {
    return new Line(
        version.major(), byMinor ? version.minor() : BigInteger.ZERO, version.isPreRelease());
  }

  private String reason(Line line) {
    return "the newest " + (count == 1 ? "" : count + " ")
        + (line.isPreRelease ? "pre-releases" : "releases") + " of "
        + line.major + (byMinor ? "." + line.minor : "") + ".x";
  }
}
