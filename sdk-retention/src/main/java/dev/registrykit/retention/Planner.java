package dev.registrykit.retention;

import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.Status;
import dev.registrykit.Support;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads an image and applies a policy to it. */
final class Planner {

  private final Registry registry;
  private final ImageRef image;
  private final RetentionPolicy policy;
  private final Instant now;
  private final boolean hasDigests;

  Planner(Registry registry, ImageRef image, RetentionPolicy policy, Instant now) {
    if (image.tag().isPresent() || image.digest().isPresent()) {
      throw new IllegalArgumentException(
          "a plan is about all tags of an image; this names one: " + image);
    }
    this.registry = registry;
    this.image = image;
    this.policy = policy;
    this.now = now;
    this.hasDigests = registry.support(Feature.TAG_DIGEST) != Support.NO;
  }

  PlanContent plan() {
    List<Tag> tags = tags();
    Decisions decisions = new Decisions(policy, policy.dates(now), hasDigests, tags);
    List<PlannedTag> planned = planned(tags, decisions);
    List<String> notes = new ArrayList<>();
    List<String> obstacles = exceeded(decisions);
    if (!decisions.deletions().isEmpty()) {
      askForDeletion(obstacles, notes);
      describe(planned, notes);
    }
    return new PlanContent(
        registry.provider(),
        registry.toString(),
        image.path(),
        policy.toString(),
        now,
        obstacles,
        notes,
        planned);
  }

  /** All tags, read to the end of the list before anything is decided. */
  private List<Tag> tags() {
    Map<String, Tag> byName = new TreeMap<>();
    for (Tag tag :
        registry.listTags(image, ListTagsOptions.defaults().withDetail(TagDetail.FULL))) {
      Tag before = byName.put(tag.name(), tag);
      if (before != null && !before.equals(tag)) {
        throw new InvalidResponseException(
            ErrorDetails.of(
                "plan retention of " + image,
                "the list has the tag " + tag.name() + " twice, with different contents"),
            null);
      }
    }
    return List.copyOf(byName.values());
  }

  private List<PlannedTag> planned(List<Tag> tags, Decisions decisions) {
    List<PlannedTag> planned = new ArrayList<>();
    decisions
        .deletions()
        .forEach(tag -> planned.add(planned(tag, PlannedTag.Action.DELETE, decisions)));
    decisions.kept().forEach(tag -> planned.add(planned(tag, PlannedTag.Action.KEEP, decisions)));
    tags.stream()
        .filter(tag -> tag.status().equals(Status.DELETING))
        .sorted(Comparator.comparing(Tag::name))
        .forEach(tag -> planned.add(planned(tag, PlannedTag.Action.BEING_DELETED, decisions)));
    return planned;
  }

  private PlannedTag planned(Tag tag, PlannedTag.Action action, Decisions decisions) {
    boolean isGoing = action == PlannedTag.Action.BEING_DELETED;
    List<Tag> siblings = decisions.siblings(tag);
    return new PlannedTag(new PlannedTag.Parts(
        tag.name(),
        action,
        isGoing ? List.of("is being deleted already") : decisions.reasons(tag),
        decisions.isGoverned(tag),
        tag.digest().orElse(null),
        policy.date().of(tag).orElse(null),
        tag.sizeBytes().isPresent() ? tag.sizeBytes().getAsLong() : null,
        siblings.stream()
            .filter(each -> !decisions.isDeletion(each))
            .map(Tag::name)
            .toList(),
        siblings.stream()
            .filter(decisions::isDeletion)
            // A signature goes after what it is about, and not along with anything else.
            .filter(each -> !each.isHousekeeping())
            .map(Tag::name)
            .toList(),
        decisions.subjects(tag).stream().map(Tag::name).toList()));
  }

  private List<String> exceeded(Decisions decisions) {
    List<Tag> deletions = decisions.deletions();
    List<Tag> kept = decisions.kept();
    int governedDeletions =
        (int) deletions.stream().filter(decisions::isGoverned).count();
    int governedKept = (int) kept.stream().filter(decisions::isGoverned).count();
    int staying = (int) kept.stream().filter(tag -> !tag.isHousekeeping()).count();
    return policy
        .guards()
        .exceeded(deletions.size(), governedDeletions + governedKept, governedDeletions, staying);
  }

  private void askForDeletion(List<String> obstacles, List<String> notes) {
    Support support = registry.support(Feature.DELETE_TAG);
    if (support == Support.NO) {
      obstacles.add("this registry cannot delete tags");
    } else if (support == Support.MAYBE) {
      if (registry.checkSupport(image, Feature.DELETE_TAG)) {
        notes.add("The registry was asked whether it deletes tags, and does.");
      } else {
        obstacles.add("the registry was asked whether it deletes tags, and does not");
      }
    }
  }

  private void describe(List<PlannedTag> planned, List<String> notes) {
    long shared = planned.stream()
        .filter(tag -> tag.isDeleted() && !tag.keptSiblings().isEmpty())
        .count();
    if (shared > 0) {
      notes.add(
          shared
              + (shared == 1 ? " tag shares its" : " tags share their")
              + " digest with tags that stay: where such a tag cannot be deleted alone, its deletion is refused.");
    }
    if (!hasDigests) {
      notes.add(
          "Tags have no digests here: a tag that is pushed again after this plan is not noticed.");
    }
  }
}
