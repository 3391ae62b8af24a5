package dev.registrykit.retention.internal.rules;

import dev.registrykit.Tag;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What is younger than a time; what is exactly as old is not. */
public record YoungerRule(Duration age) implements KeepRule {

  @Override
  public String text() {
    return "younger than " + inWords(age);
  }

  private static String inWords(Duration age) {
    if (age.equals(Duration.ofSeconds(age.toSeconds()))) {
      long seconds = age.toSeconds();
      if (seconds % 86_400 == 0) {
        return counted(seconds / 86_400, "day");
      }
      if (seconds % 3_600 == 0) {
        return counted(seconds / 3_600, "hour");
      }
      if (seconds % 60 == 0) {
        return counted(seconds / 60, "minute");
      }
    }
    return age.toString();
  }

  private static String counted(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  @Override
  public Map<String, String> kept(Candidates candidates) {
    Map<String, String> kept = new HashMap<>();
    for (Tag tag : candidates.tags()) {
      candidates
          .date(tag)
          .filter(date -> Duration.between(date, candidates.now()).compareTo(age) < 0)
          .ifPresent(date -> kept.put(tag.name(), text()));
    }
    return kept;
  }
}
