package dev.registrykit.retention;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.IncompleteDeletionException.Remedy;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.Status;
import dev.registrykit.Support;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.retention.TagReport.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes what a plan says, in rounds: what signatures and the like are about first, then these. For one run,
 * which one thread makes.
 */
final class Execution {

  private final Registry registry;
  private final RetentionPlan plan;
  private final Ledger ledger;
  private final boolean hasDigests;
  private final Map<String, PlannedTag> planned = new HashMap<>();

  Execution(Registry registry, RetentionPlan plan, Ledger ledger) {
    this.registry = registry;
    this.plan = plan;
    this.ledger = ledger;
    this.hasDigests = registry.support(Feature.TAG_DIGEST) != Support.NO;
    plan.deletions().forEach(tag -> planned.put(tag.name(), tag));
  }

  RetentionReport run() {
    ledger.open();
    try {
      putBackWhatAnotherLeft();
      deleteInRounds();
      putBackWhatThisLeft();
    } catch (IllegalStateException e) {
      ledger.stop("the registry can no longer be asked: " + e.getMessage()); // it was closed
    }
    return ledger.close();
  }

  /** What a killed process left on a placeholder is put back first, for it may be a tag to keep by now. */
  private void putBackWhatAnotherLeft() {
    for (PlannedTag tag : plan.deletions()) {
      if (ledger.isOver()) {
        return;
      }
      if (ledger.wasBegunBefore(tag)) {
        putBackBefore(tag);
      }
    }
  }

  private void putBackBefore(PlannedTag tag) {
    try {
      registry.restoreTag(plan.image(), tag.name());
    } catch (RegistryInterruptedException e) {
      ledger.stop(Ledger.INTERRUPTED);
    } catch (TagNotFoundException | ImageNotFoundException e) {
      ledger.end(Outcomes.report(tag, Outcome.ALREADY_GONE, "a run before this one had begun it"));
    } catch (NotFoundException | ConflictException e) {
      // It was pushed again, or cannot be put back any more: its deletion tells.
    } catch (RegistryException e) {
      TagReport report = Outcomes.of(tag, e);
      ledger.end(new TagReport(
          tag,
          report.outcome(),
          "what a run before this one may have left could not be put back: " + report.detail(),
          e));
    }
  }

  /** By the plan alone, so that a run that is resumed has the rounds that it had before. */
  private void deleteInRounds() {
    List<PlannedTag> waiting = new ArrayList<>(plan.deletions());
    while (!waiting.isEmpty() && !ledger.isOver()) {
      Set<String> names = waiting.stream().map(PlannedTag::name).collect(Collectors.toSet());
      List<PlannedTag> round = waiting.stream()
          .filter(tag -> tag.subjects().stream().noneMatch(names::contains))
          .toList();
      if (round.isEmpty()) {
        undone(waiting)
            .forEach(tag -> ledger.end(Outcomes.kept(tag, "what it is about leads in a circle")));
        return;
      }
      Set<String> taken = round.stream().map(PlannedTag::name).collect(Collectors.toSet());
      waiting.removeIf(tag -> taken.contains(tag.name()));
      delete(withoutSubjects(undone(round).filter(this::mayGo).toList()));
    }
  }

  private Stream<PlannedTag> undone(List<PlannedTag> tags) {
    return tags.stream().filter(tag -> ledger.of(tag.name()).isEmpty());
  }

  private boolean mayGo(PlannedTag tag) {
    if (tag.digest().isPresent() != hasDigests) {
      String why = hasDigests
          ? "it was planned without a digest, and tags have digests here"
          : "it was planned with a digest, and tags have none here";
      ledger.end(Outcomes.kept(tag, why));
      return false;
    }
    for (String subject : tag.subjects()) {
      Outcome outcome = ledger.of(subject).map(TagReport::outcome).orElse(Outcome.KEPT);
      if (outcome == Outcome.KEPT) {
        ledger.end(Outcomes.kept(tag, "it is about " + subject + ", which stays"));
        return false;
      }
      if (!outcome.isGone()) {
        ledger.leave(tag, "it is about " + subject + ", which could not be deleted");
        return false;
      }
    }
    return true;
  }

  /**
   * Leaves out signatures and the like whose subject another tag points to by now. That is looked at once for
   * all of a round.
   */
  private List<PlannedTag> withoutSubjects(List<PlannedTag> round) {
    if (ledger.isOver() || round.stream().allMatch(tag -> tag.subjects().isEmpty())) {
      return round;
    }
    Map<String, String> pointedTo;
    try {
      pointedTo = pointedTo();
    } catch (RegistryInterruptedException e) {
      ledger.stop(Ledger.INTERRUPTED);
      return List.of();
    } catch (RegistryException e) {
      round.forEach(tag -> ledger.end(new TagReport(
          tag,
          Outcome.FAILED,
          "whether a tag points to what it is about could not be seen: " + e.getMessage(),
          e)));
      return List.of();
    }
    List<PlannedTag> going = new ArrayList<>();
    for (PlannedTag tag : round) {
      String name = pointedTo.get(Subjects.digestIn(tag.name()));
      if (name == null || tag.subjects().isEmpty()) {
        going.add(tag);
      } else {
        ledger.end(Outcomes.kept(tag, "the tag " + name + " points to what it is about"));
      }
    }
    return going;
  }

  /** Returns a tag for each digest that one points to and that is not on its way out, by the digest's beginning. */
  private Map<String, String> pointedTo() {
    Map<String, String> found = new HashMap<>();
    boolean anyWasGoing =
        plan.tags().stream().anyMatch(tag -> tag.action() == PlannedTag.Action.BEING_DELETED);
    TagDetail detail =
        anyWasGoing ? TagDetail.FULL : TagDetail.DIGEST; // the first tells the status
    try {
      for (Tag tag :
          registry.listTags(plan.image(), ListTagsOptions.defaults().withDetail(detail))) {
        boolean isGoing = tag.status().equals(Status.DELETING)
            || ledger.of(tag.name()).map(TagReport::outcome).equals(Optional.of(Outcome.ACCEPTED));
        if (!isGoing) {
          tag.digest().ifPresent(digest -> found.put(Subjects.beginning(digest), tag.name()));
        }
      }
      return found;
    } catch (ImageNotFoundException e) {
      return Map.of(); // it went with its last tag
    }
  }

  private void delete(List<PlannedTag> round) {
    if (round.isEmpty() || ledger.isOver()) {
      return;
    }
    List<String> names = round.stream().map(PlannedTag::name).toList();
    DeleteOptions options = DeleteOptions.defaults().ignoringMissing();
    if (hasDigests) {
      options = options.onlyIfDigests(round.stream()
          .collect(Collectors.toMap(PlannedTag::name, tag -> tag.digest().orElseThrow())));
    }
    try {
      take(registry.deleteTags(plan.image(), names, options, new Hearing()));
    } catch (RuntimeException e) {
      ledger.loseSightOf(round);
      ledger.stop("the registry ended it: " + e.getMessage());
    }
  }

  /** What is heard of each tag while a round goes on. */
  private final class Hearing implements BulkDeleteListener {

    @Override
    public boolean mayBegin(String tag) {
      return ledger.mayBegin(tag(tag));
    }

    @Override
    public void ended(Entry entry) {
      take(entry);
    }
  }

  private PlannedTag tag(String name) {
    PlannedTag tag = planned.get(name);
    if (tag == null) {
      throw new IllegalArgumentException("not planned for deletion: " + name);
    }
    return tag;
  }

  private void take(Entry entry) {
    PlannedTag tag = tag(entry.tag());
    entry
        .result()
        .ifPresent(result -> ledger.end(Outcomes.of(
            tag,
            result,
            result.deletedWith().stream()
                .filter(name -> !planned.containsKey(name))
                .toList())));
    entry.failure().ifPresent(failure -> {
      if (failure instanceof RegistryInterruptedException) {
        ledger.stop(Ledger.INTERRUPTED); // before it counts as a failure
      }
      ledger.end(Outcomes.of(tag, failure));
    });
  }

  /** Takes over what the result knows better than what was heard before. */
  private void take(BulkDeleteResult result) {
    result.entries().forEach(this::take);
    Map<String, Entry> takers = new HashMap<>();
    result
        .entries()
        .forEach(entry -> entry
            .result()
            .ifPresent(done -> done.deletedWith().forEach(name -> takers.put(name, entry))));
    for (String name : result.notAttempted()) {
      Entry taker = takers.get(name);
      if (taker != null) {
        ledger.end(Outcomes.alongWith(tag(name), taker));
      }
    }
    result
        .stoppedBy()
        .ifPresent(e -> ledger.stop(
            e instanceof RegistryInterruptedException
                ? Ledger.INTERRUPTED
                : "the registry ended it: " + e.getMessage()));
  }

  /** Tries once more what the deletion itself could not undo; an interrupt does not hinder that. */
  private void putBackWhatThisLeft() {
    for (PlannedTag tag : plan.deletions()) {
      Optional<RegistryException> failure = ledger.of(tag.name()).flatMap(TagReport::failure);
      if (failure.isPresent()
          && failure.get() instanceof IncompleteDeletionException incomplete
          && incomplete.remedy() == Remedy.RESTORE_TAG) {
        putBackAfter(tag, incomplete);
      }
    }
  }

  private void putBackAfter(PlannedTag tag, IncompleteDeletionException failure) {
    boolean wasInterrupted = Thread.interrupted();
    String message = failure.getMessage() + "; ";
    try {
      ledger.end(
          registry.restoreTag(plan.image(), tag.name())
              ? new TagReport(
                  tag, Outcome.FAILED, message + "it was put back after the run", failure)
              : new TagReport(
                  tag, Outcome.UNKNOWN, message + "there was nothing to put back", failure));
    } catch (TagNotFoundException e) {
      ledger.end(
          new TagReport(tag, Outcome.ALREADY_GONE, message + "it is gone all the same", failure));
    } catch (RegistryException e) {
      ledger.end(new TagReport(
          tag,
          Outcome.UNKNOWN,
          message + "it could not be put back after the run either: " + e.getMessage(),
          failure));
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
