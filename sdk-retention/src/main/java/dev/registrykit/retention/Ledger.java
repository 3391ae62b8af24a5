package dev.registrykit.retention;

import dev.registrykit.retention.RetentionProgress.Counts;
import dev.registrykit.retention.RunSettings.KeepCondition;
import dev.registrykit.retention.TagReport.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How each tag of a run ended so far, told to the journal first and then to whoever listens; and whether the
 * run is over. For one run; not thread-safe.
 */
final class Ledger {

  private final RetentionPlan plan;
  private final RunSettings settings;
  private final Journal journal;
  private final Instant start;
  private final Map<String, TagReport> reports = new HashMap<>();

  /** What an earlier process began and did not end for good; in the order in which it did. */
  private final Set<String> begunBefore = new LinkedHashSet<>();

  private final Set<String> begun = new HashSet<>();
  private final int doneBefore;
  private int failuresInARow;
  private @Nullable String stoppedBy;

  /**
   * Opens it.
   *
   * @param history what the journal says of an earlier process
   */
  Ledger(RetentionPlan plan, RunSettings settings, Journal journal, List<JournalEntry> history) {
    this.plan = plan;
    this.settings = settings;
    this.journal = journal;
    this.start = settings.clock().instant();
    Map<String, PlannedTag> planned = new HashMap<>();
    plan.deletions().forEach(tag -> planned.put(tag.name(), tag));
    history.forEach(entry -> {
      PlannedTag tag = entry.tag() == null ? null : planned.get(entry.tag());
      if (tag != null) {
        recall(tag, entry);
      }
    });
    this.doneBefore = reports.size();
  }

  private void recall(PlannedTag tag, JournalEntry entry) {
    Outcome outcome = entry.outcome();
    if (outcome == null) {
      begunBefore.add(tag.name());
    } else if (outcome.isFinal()) {
      String detail = entry.detail();
      reports.put(tag.name(), Outcomes.report(tag, outcome, detail == null ? "" : detail));
      begunBefore.remove(tag.name());
    }
  }

  /** Returns the tags on which an earlier process may have left something half done. */
  Set<String> begunBefore() {
    return Set.copyOf(begunBefore);
  }

  /** Tells who listens how far it is, before anything is done. */
  void open() {
    if (!begunBefore.isEmpty()
        || (doneBefore > 0 && doneBefore < plan.deletions().size())) {
      write(JournalEntry.resumed(start));
    }
    tell(null);
  }

  Optional<TagReport> of(String tag) {
    return Optional.ofNullable(reports.get(tag));
  }

  boolean isOver() {
    return stoppedBy != null;
  }

  /** Ends the run; the first reason counts. */
  void stop(String why) {
    if (stoppedBy == null) {
      stoppedBy = why;
      write(JournalEntry.stopped(now(), why));
    }
  }

  private Instant now() {
    return settings.clock().instant();
  }

  /** Returns whether the deletion of a tag may begin, and writes that it has. */
  boolean mayBegin(PlannedTag tag) {
    if (isOver()) {
      return false;
    }
    Optional<String> reason;
    try {
      reason = settings.conditions().stream()
          .filter(condition -> condition.covers().test(tag))
          .map(KeepCondition::reason)
          .findFirst();
    } catch (RuntimeException e) {
      stop("whether " + tag.name() + " is to be kept could not be asked: " + e);
      return false;
    }
    if (reason.isPresent()) {
      end(Outcomes.kept(tag, reason.get()));
      return false;
    }
    write(JournalEntry.begun(now(), tag.name()));
    begun.add(tag.name());
    return !isOver();
  }

  /** Takes down how a tag ended; again only if that is known better by now. */
  void end(TagReport report) {
    TagReport before = reports.put(report.tag().name(), report);
    boolean isKnown = before != null
        && before.outcome() == report.outcome()
        && before.detail().equals(report.detail());
    if (!isKnown) {
      write(JournalEntry.ended(now(), report));
    }
    if (before == null) {
      count(report);
      tell(report);
    }
  }

  /** Takes down that nothing was tried with a tag. */
  void leave(PlannedTag tag, String why) {
    reports.put(tag.name(), Outcomes.notAttempted(tag, why));
  }

  private void count(TagReport report) {
    if (report.outcome().isGone()) {
      failuresInARow = 0;
    } else if (isFailure(report)) {
      failuresInARow++;
    }
    if (failuresInARow >= settings.failuresInARow()) {
      stop(failuresInARow + (failuresInARow == 1 ? " failure" : " failures in a row")
          + ", the last: " + report.detail());
    }
  }

  private static boolean isFailure(TagReport report) {
    return report.outcome() == Outcome.FAILED || report.outcome() == Outcome.UNKNOWN;
  }

  private void write(JournalEntry entry) {
    try {
      journal.append(entry);
    } catch (IOException e) {
      if (stoppedBy == null) {
        stoppedBy = "the journal can no longer be written: " + e;
      }
    }
  }

  private void tell(@Nullable TagReport last) {
    Collection<TagReport> all = reports.values();
    Counts counts = new Counts(
        count(all, report -> report.outcome().isGone()),
        count(all, report -> report.outcome() == Outcome.KEPT),
        count(all, Ledger::isFailure));
    RetentionProgress progress = new RetentionProgress(
        plan.image(),
        plan.deletions().size(),
        counts,
        doneBefore,
        Duration.between(start, now()),
        last);
    try {
      settings.progress().accept(progress);
    } catch (RuntimeException e) {
      stop("the listener of the progress failed: " + e);
    }
  }

  private static int count(Collection<TagReport> reports, Predicate<TagReport> which) {
    return (int) reports.stream().filter(which).count();
  }

  /** Says of the tags that were begun in this run, and of which nothing was heard since, that nobody knows. */
  void loseSightOf(List<PlannedTag> tags) {
    for (PlannedTag tag : tags) {
      if (begun.contains(tag.name()) && !reports.containsKey(tag.name())) {
        end(Outcomes.report(tag, Outcome.UNKNOWN, "it was begun, and how it ended is not known"));
      }
    }
  }

  /** Returns how every tag ended, those included that were not attempted. */
  RetentionReport close() {
    String why = stoppedBy == null ? "it was left out" : "the run ended before: " + stoppedBy;
    for (PlannedTag tag : plan.deletions()) {
      if (!reports.containsKey(tag.name())) {
        TagReport report = Outcomes.notAttempted(tag, why);
        reports.put(tag.name(), report);
        if (begun.contains(tag.name())) {
          write(JournalEntry.ended(now(), report));
        }
      }
    }
    List<TagReport> all =
        plan.deletions().stream().map(tag -> reports.get(tag.name())).toList();
    return new RetentionReport(new ReportContent(plan.content(), all, stoppedBy));
  }
}
