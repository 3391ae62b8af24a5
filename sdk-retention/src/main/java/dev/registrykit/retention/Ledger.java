package dev.registrykit.retention;

import dev.registrykit.retention.RetentionProgress.Counts;
import dev.registrykit.retention.RunSettings.KeepCondition;
import dev.registrykit.retention.TagReport.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
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

  static final String INTERRUPTED = "the thread was interrupted";

  private final RetentionPlan plan;
  private final RunSettings settings;
  private final Journal journal;
  private final Instant start;
  private final Map<String, TagReport> reports = new HashMap<>();

  /** How many of the reports say what. */
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

  /** What an earlier process began and did not end for good. */
  private final Set<String> begunBefore = new HashSet<>();

  private final Set<String> begun = new HashSet<>();
  private final int total;
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
    this.total = planned.size();
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
      put(Outcomes.report(tag, outcome, detail == null ? "" : detail));
      begunBefore.remove(tag.name());
    }
  }

  /** Returns whether an earlier process may have left something half done on a tag. */
  boolean wasBegunBefore(PlannedTag tag) {
    return begunBefore.contains(tag.name());
  }

  /** Tells who listens how far it is, before anything is done. */
  void open() {
    if (!begunBefore.isEmpty() || (doneBefore > 0 && doneBefore < total)) {
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
    if (Thread.currentThread().isInterrupted()) {
      stop(INTERRUPTED);
    }
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
      String doubt = wasBegunBefore(tag)
          ? ", but a run before this one had begun its deletion and may have done it"
          : "";
      end(Outcomes.kept(tag, reason.get() + doubt));
      return false;
    }
    write(JournalEntry.begun(now(), tag.name()));
    begun.add(tag.name());
    return !isOver();
  }

  /** Takes down how a tag ended; again only if that is known better by now. */
  void end(TagReport report) {
    TagReport before = put(report);
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

  private @Nullable TagReport put(TagReport report) {
    TagReport before = reports.put(report.tag().name(), report);
    counts.merge(report.outcome(), 1, Integer::sum);
    if (before != null) {
      counts.merge(before.outcome(), -1, Integer::sum);
    }
    return before;
  }

  /** Takes down that nothing was tried with a tag. */
  void leave(PlannedTag tag, String why) {
    put(Outcomes.notAttempted(tag, why));
  }

  private void count(TagReport report) {
    if (report.outcome().isGone()) {
      failuresInARow = 0;
    } else if (report.outcome().isFailure()) {
      failuresInARow++;
    }
    if (failuresInARow >= settings.failuresInARow()) {
      stop(failuresInARow + (failuresInARow == 1 ? " failure" : " failures in a row")
          + ", the last: " + report.detail());
    }
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
    Counts done = new Counts(
        count(Outcome::isGone),
        count(outcome -> outcome == Outcome.KEPT),
        count(Outcome::isFailure));
    RetentionProgress progress = new RetentionProgress(
        plan.image(), total, done, doneBefore, Duration.between(start, now()), last);
    try {
      settings.progress().accept(progress);
    } catch (RuntimeException e) {
      stop("the listener of the progress failed: " + e);
    }
  }

  private int count(Predicate<Outcome> which) {
    return counts.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
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
        put(report);
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
