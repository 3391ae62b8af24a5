package dev.registrykit.retention.internal.rules;

import dev.registrykit.Tag;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tags that are told one by one, those of signatures and the like included. */
public record NamedRule(String text, Predicate<Tag> covers) implements KeepRule {

  @Override
  public Map<String, String> kept(Candidates candidates) {
    return candidates.tagsAndHousekeeping().stream()
        .filter(covers)
        .collect(Collectors.toMap(Tag::name, tag -> text));
  }
}
