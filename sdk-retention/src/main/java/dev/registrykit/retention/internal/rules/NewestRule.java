package dev.registrykit.retention.internal.rules;

import dev.registrykit.Tag;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** The newest, counted in images or in tags, and those that are of one date with the last of them. */
public record NewestRule(int count, boolean inImages) implements KeepRule {

  @Override
  public String text() {
    String what = inImages ? "image" : "tag";
    return count == 1 ? "the newest " + what : "the newest " + count + " " + what + "s";
  }

  @Override
  public Map<String, String> kept(Candidates candidates) {
    NavigableMap<Instant, List<List<Tag>>> byDate =
        inImages ? candidates.imagesByDate() : candidates.tagsByDate();
    Map<String, String> kept = new HashMap<>();
    int counted = 0;
    for (List<List<Tag>> ofOneDate : byDate.values()) {
      if (counted >= count) {
        break;
      }
      counted += ofOneDate.size();
      ofOneDate.forEach(group -> group.forEach(tag -> kept.put(tag.name(), text())));
    }
    return kept;
  }
}
