package dev.registrykit.retention;

import dev.registrykit.ImageRef;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.retention.internal.rules.Candidates;
import dev.registrykit.retention.internal.rules.KeepRule;
import dev.registrykit.retention.internal.rules.TrustedDates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which tags of a list stay, and why. Tags that are being deleted already are neither here nor there. */
final class Decisions {

  private final RetentionPolicy policy;
  private final TrustedDates dates;
  private final boolean hasDigests;
  private final List<Tag> all;
  private final Map<String, List<String>> keepReasons = new HashMap<>();
  private final Map<String, List<Tag>> byDigest;
  private final Map<String, List<Tag>> bySubject;
  private final Map<String, Tag> deletions = new LinkedHashMap<>();

  Decisions(RetentionPolicy policy, TrustedDates dates, boolean hasDigests, List<Tag> listed) {
    this.policy = policy;
    this.dates = dates;
    this.hasDigests = hasDigests;
    this.all = listed.stream()
        .filter(tag -> !tag.status().equals(Status.DELETING))
        .sorted(Comparator.comparing((Tag tag) -> policy.date().of(tag).orElse(Instant.MIN))
            .thenComparing(Tag::name))
        .toList();
    this.byDigest = all.stream()
        .filter(tag -> tag.digest().isPresent())
        .collect(Collectors.groupingBy(tag -> tag.digest().orElseThrow()));
    this.bySubject = byDigest.values().stream()
        .flatMap(List::stream)
        .collect(Collectors.groupingBy(tag -> Subjects.beginning(tag.digest().orElseThrow())));
    coverByRules();
    all.forEach(this::coverByItself);
    if (policy.keepsSiblings()) {
      coverSiblings();
    }
    all.stream()
        .filter(tag -> !tag.isHousekeeping() && !isCovered(tag))
        .forEach(tag -> deletions.put(tag.name(), tag));
    followSubjects();
  }

  /** The tags that are to be deleted, in an order that deletes what a signature is about before it. */
  List<Tag> deletions() {
    return List.copyOf(deletions.values());
  }

  /** The tags that stay, by name. */
  List<Tag> kept() {
    return all.stream()
        .filter(tag -> !deletions.containsKey(tag.name()))
        .sorted(Comparator.comparing(Tag::name))
        .toList();
  }

  boolean isGoverned(Tag tag) {
    return !tag.isHousekeeping() && policy.governed().matches(tag.name());
  }

  private boolean isCovered(Tag tag) {
    return keepReasons.containsKey(tag.name());
  }

  private void cover(String tag, String reason) {
    keepReasons.computeIfAbsent(tag, name -> new ArrayList<>()).add(reason);
  }

  private void coverByRules() {
    Candidates candidates = new Candidates(
        all.stream().filter(this::isGoverned).toList(),
        all.stream().filter(Tag::isHousekeeping).toList(),
        dates);
    for (KeepRule rule : policy.rules()) {
      rule.kept(candidates).forEach(this::cover);
    }
  }

  /** What keeps a tag whatever the rules say. */
  private void coverByItself(Tag tag) {
    if (!tag.isHousekeeping()) {
      if (!isGoverned(tag)) {
        cover(tag.name(), "not governed by the policy");
        return;
      }
      if (policy.keepsLatest() && tag.name().equals("latest")) {
        cover(tag.name(), "latest is kept unless the policy says otherwise");
      }
      if (policy.keepsUndated() && dates.of(tag).isEmpty()) {
        cover(tag.name(), dates.missing(tag));
      }
    }
    if (tag.status().equals(Status.LOCKED)) {
      cover(tag.name(), "locked by the registry");
    }
    if (hasDigests && tag.digest().isEmpty()) {
      cover(tag.name(), "its digest is not known");
    }
    if (!canBeNamed(tag)) {
      cover(tag.name(), "no request can name it or its digest");
    }
  }

  private static boolean canBeNamed(Tag tag) {
    try {
      ImageRef.requireTag(tag.name());
      tag.digest().ifPresent(ImageRef::requireDigest);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void coverSiblings() {
    for (List<Tag> siblings : byDigest.values()) {
      List<Tag> images = siblings.stream().filter(tag -> !tag.isHousekeeping()).toList();
      List<String> covered =
          images.stream().filter(this::isCovered).map(Tag::name).sorted().toList();
      if (!covered.isEmpty()) {
        images.stream()
            .filter(tag -> !isCovered(tag))
            .toList()
            .forEach(
                tag -> cover(tag.name(), "shares its digest with " + String.join(", ", covered)));
      }
    }
  }

  /** Round by round, because a signature may be about an attestation; what leads in a circle stays. */
  private void followSubjects() {
    List<Tag> undecided = new ArrayList<>(
        all.stream().filter(tag -> tag.isHousekeeping() && !isCovered(tag)).toList());
    boolean found = true;
    while (found) {
      List<Tag> going = undecided.stream().filter(this::isWithoutSubject).toList();
      going.forEach(tag -> deletions.put(tag.name(), tag));
      undecided.removeAll(going);
      found = !going.isEmpty();
    }
  }

  private boolean isWithoutSubject(Tag housekeeping) {
    List<Tag> subjects = subjects(housekeeping);
    return !subjects.isEmpty()
        && subjects.stream().allMatch(subject -> deletions.containsKey(subject.name()));
  }

  /** The tags whose digest the name of a housekeeping tag begins with. */
  List<Tag> subjects(Tag housekeeping) {
    if (!housekeeping.isHousekeeping()) {
      return List.of();
    }
    return bySubject.getOrDefault(Subjects.digestIn(housekeeping.name()), List.of()).stream()
        .sorted(Comparator.comparing(Tag::name))
        .toList();
  }

  /** The other tags of a tag's digest. */
  List<Tag> siblings(Tag tag) {
    return tag
        .digest()
        .map(digest -> byDigest.getOrDefault(digest, List.of()))
        .orElse(List.of())
        .stream()
        .filter(sibling -> !sibling.name().equals(tag.name()))
        .sorted(Comparator.comparing(Tag::name))
        .toList();
  }

  boolean isDeletion(Tag tag) {
    return deletions.containsKey(tag.name());
  }

  /** What decided of a tag, in words. */
  List<String> reasons(Tag tag) {
    List<String> reasons = keepReasons.get(tag.name());
    if (reasons != null) {
      return reasons;
    }
    if (!tag.isHousekeeping()) {
      return List.of("no rule keeps it");
    }
    List<Tag> subjects = subjects(tag);
    if (subjects.isEmpty()) {
      return List.of("no tag has the digest that it is about, which may be part of another image");
    }
    String names = subjects.stream()
        .filter(subject -> isDeletion(tag) || !isDeletion(subject))
        .map(Tag::name)
        .collect(Collectors.joining(", "));
    return List.of("follows " + names + ", which " + (isDeletion(tag) ? "is deleted" : "is kept"));
  }
}
