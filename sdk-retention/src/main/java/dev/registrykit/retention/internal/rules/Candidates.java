package dev.registrykit.retention.internal.rules;

import dev.registrykit.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What rules choose from: governed tags, the images that they are, and their dates. */
public final class Candidates {

  private final List<Tag> tags;
  private final List<Tag> housekeeping;
  private final TrustedDates dates;
  private final Map<String, List<Tag>> images;

  public Candidates(List<Tag> tags, List<Tag> housekeeping, TrustedDates dates) {
    this.tags = tags;
    this.housekeeping = housekeeping;
    this.dates = dates;
    this.images = tags.stream().collect(Collectors.groupingBy(Candidates::key));
  }

  /** The governed tags, without those of signatures and the like. */
  List<Tag> tags() {
    return tags;
  }

  /** The governed tags and those of signatures and the like, for rules that name tags one by one. */
  List<Tag> tagsAndHousekeeping() {
    List<Tag> all = new ArrayList<>(tags);
    all.addAll(housekeeping);
    return all;
  }

  Optional<Instant> date(Tag tag) {
    return dates.of(tag);
  }

  Instant now() {
    return dates.now();
  }

  /** The dated tags, newest date first, those of one date together. */
  NavigableMap<Instant, List<List<Tag>>> tagsByDate() {
    return byDate(tags.stream().map(List::of).toList());
  }

  /** The dated images, each its tags, by the newest date among these, newest first. */
  NavigableMap<Instant, List<List<Tag>>> imagesByDate() {
    return byDate(images.values());
  }

  /** All governed tags of the image that a tag is of, itself included. */
  List<Tag> image(Tag tag) {
    return images.getOrDefault(key(tag), List.of(tag));
  }

  private static String key(Tag tag) {
    return tag.digest().orElse("tag " + tag.name());
  }

  private NavigableMap<Instant, List<List<Tag>>> byDate(Collection<List<Tag>> groups) {
    NavigableMap<Instant, List<List<Tag>>> byDate = new TreeMap<>(Comparator.reverseOrder());
    for (List<Tag> group : groups) {
      group.stream()
          .flatMap(tag -> date(tag).stream())
          .max(Comparator.naturalOrder())
          .ifPresent(newest ->
              byDate.computeIfAbsent(newest, date -> new ArrayList<>()).add(group));
    }
    return byDate;
  }
}
