package dev.registrykit.retention.internal.rules;

import dev.registrykit.Tag;
import java.time.Instant;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The newest image of each of the last days, weeks, months and years that have one, and the oldest image
 * of all while a count is not used up. As in Borg, what a finer period keeps uses up no coarser one's
 * count, so that at least what restic keeps is kept. A tag's own date says which is its day, for that is the
 * same when its siblings went; what is kept is its image, with all tags. Those of one date are kept or not together.
 */
public record ThinningRule(SortedMap<Period, Integer> counts, ZoneId zone) implements KeepRule {

  /** From the finest to the coarsest. */
  public enum Period {
    DAY("day"),
    /** From Monday on, as ISO 8601 counts them. */
    WEEK("week"),
    MONTH("month"),
    YEAR("year");

    private final String text;

    Period(String text) {
      this.text = text;
    }

    String of(Instant instant, ZoneId zone) {
      ZonedDateTime date = instant.atZone(zone);
      return switch (this) {
        case DAY -> date.toLocalDate().toString();
        case WEEK ->
          date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) + " of "
              + date.get(IsoFields.WEEK_BASED_YEAR);
        case MONTH -> YearMonth.from(date).toString();
        case YEAR -> Year.from(date).toString();
      };
    }
  }

  @Override
  public String text() {
    return counts.entrySet().stream()
            .map(each ->
                each.getValue() + " " + each.getKey().text + (each.getValue() == 1 ? "" : "s"))
            .collect(Collectors.joining(", ", "the newest image of each of the last ", ""))
        + " that have one, in the zone " + zone;
  }

  @Override
  public Map<String, String> kept(Candidates candidates) {
    NavigableMap<Instant, List<List<Tag>>> tags = candidates.tagsByDate();
    Map<Instant, String> reasons = new TreeMap<>();
    counts.forEach((period, count) ->
        reasons.putAll(thinned(tags.navigableKeySet(), period, count, reasons.keySet())));
    Map<String, String> kept = new HashMap<>();
    reasons.forEach((date, reason) -> tags.getOrDefault(date, List.of()).stream()
        .flatMap(List::stream)
        .flatMap(tag -> candidates.image(tag).stream())
        .forEach(tag -> kept.put(tag.name(), reason)));
    return kept;
  }

  private Map<Instant, String> thinned(
      SortedSet<Instant> dates, Period period, int count, Set<Instant> keptBefore) {
    Map<Instant, String> kept = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Instant date : dates) {
      if (kept.size() >= count) {
        return kept;
      }
      if (seen.add(period.of(date, zone)) && !keptBefore.contains(date)) {
        kept.put(date, "the newest image of the " + period.text + " " + period.of(date, zone));
      }
    }
    if (!dates.isEmpty() && kept.size() < count && !keptBefore.contains(dates.last())) {
      kept.putIfAbsent(
          dates.last(),
          "the oldest image, while there are fewer than " + count + " " + period.text + "s");
    }
    return kept;
  }
}
