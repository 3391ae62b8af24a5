package dev.registrykit.retention;

import dev.registrykit.Registry;
import dev.registrykit.retention.RunSettings.KeepCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a {@link RetentionPlan}. Immutable: each method that changes a setting returns a copy.
 *
 * <pre>{@code
 * RetentionPlan plan = RetentionPlan.of(registry, image, policy, Clock.systemUTC());
 * RetentionReport report = RetentionRun.of(registry, plan).withJournal(file).execute();
 * System.out.print(report.toText());
 * }</pre>
 *
 * <p>Each tag is deleted strictly, and only if it still has the digest that it was planned with. A tag that
 * was moved, one that shares its digest with a tag that is not to go where no tag can be deleted alone, and one that
 * the registry says is in use or in a state that forbids it, is {@linkplain TagReport.Outcome#KEPT kept}. Signatures,
 * attestations and SBOMs go after what they are about, only if all of that went, and only if no other tag
 * points to it by now. Where tags have no digests, nothing can be compared.
 *
 * <p>What goes wrong with one tag ends no other. The run ends early after too many failures in a row, when the registry makes the
 * rest pointless ({@link dev.registrykit.BulkDeleteResult#stoppedBy()}), at an interrupt, which leaves the
 * interrupt flag set, when the journal can no longer be written, and when something that a caller gave
 * throws; the {@linkplain RetentionReport#stoppedBy() report} says so. It is returned in all these cases.
 *
 * <p>With a journal, a run that was ended, by whatever, is taken up again by {@link #resume}. The journal is a file of
 * JSON lines: the plan, then a line before the first request that may delete a tag, and one when that tag is done with. Each is on
 * the disk before anything else happens.
 *
 * <p>Cost: what {@link Registry#deleteTags} costs for all tags; where signatures and the like go, one
 * listing with {@link dev.registrykit.TagDetail#DIGEST} for each round of them, usually one; and what {@link Registry#restoreTag} costs
 * for each tag that may have been left half deleted.
 *
 * <p>A run may be used by several threads, and only one process at a time can use a journal.
 *
 * @since 0.1.0
 */
public final class RetentionRun {

  private final Registry registry;
  private final RetentionPlan plan;
  private final RunSettings settings;
  private final @Nullable Path journal;
  private final boolean resumes;

  private RetentionRun(
      Registry registry,
      RetentionPlan plan,
      RunSettings settings,
      @Nullable Path journal,
      boolean resumes) {
    this.registry = registry;
    this.plan = plan;
    this.settings = settings;
    this.journal = journal;
    this.resumes = resumes;
  }

  /**
   * Prepares a run over a plan. Sends nothing.
   *
   * @throws IllegalArgumentException if the plan was made for another provider or registry; the message
   *     names the field
   */
  public static RetentionRun of(Registry registry, RetentionPlan plan) {
    return new RetentionRun(
        registry, plan.requireMadeFor(registry), RunSettings.defaults(), null, false);
  }

  /**
   * Prepares to go on with a run that was ended or killed; the plan is in its journal. Sends nothing.
   *
   * <p>What was deleted or kept is not touched again, and is in the report. What was begun and did not end
   * well is {@linkplain Registry#restoreTag put back} first, if a kill left its placeholder, and then deleted
   * under the same conditions, as is what was not begun. To go on with a run that had ended sends nothing.
   * Conditions, progress and clock are not in the journal, and are to be set again.
   *
   * @param journal the file, to which this run will append
   * @throws IllegalArgumentException if it is no journal, has a line that is malformed, of another version or
   *     with an unknown field, or is of another provider or registry; the message names line and field. A last line
   *     that was cut off by a kill is none
   * @throws IllegalStateException if a run of this process has the journal
   * @throws UncheckedIOException if it cannot be read
   */
  public static RetentionRun resume(Registry registry, Path journal) {
    try {
      PlanContent content = JournalReader.read(JournalFile.bytes(journal)).plan();
      return new RetentionRun(
          registry, plan(content, registry), RunSettings.defaults(), journal, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RetentionPlan plan(PlanContent content, Registry registry) {
    try {
      return RetentionPlan.of(content, registry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("line 1: plan: " + e.getMessage(), e);
    }
  }

  /** Returns the plan. */
  public RetentionPlan plan() {
    return plan;
  }

  /**
   * Returns a copy that writes down what it does, so that {@link #resume} can go on with it. The file must not
   * exist; where the file system knows owners, only its own may read it.
   *
   * @throws IllegalArgumentException if the path is not of the default file system
   * @throws IllegalStateException if this run has a journal already
   */
  public RetentionRun withJournal(Path file) {
    if (journal != null) {
      throw new IllegalStateException("this run has a journal already: " + journal);
    }
    return new RetentionRun(registry, plan, settings, JournalFile.required(file), false);
  }

  /**
   * Returns a copy that tells how far it is: at the start and after each tag. It is called by one thread at a
   * time, though not always by the same one, and the run waits for it. An exception that it throws ends the run.
   */
  public RetentionRun withProgress(Consumer<RetentionProgress> progress) {
    return with(settings.with(Objects.requireNonNull(progress, "progress")));
  }

  /**
   * Returns a copy that keeps tags which this covers, besides those of other conditions, such as an
   * image that runs. It is asked for each tag right before its deletion, or that of a tag that may take it along,
   * by one thread at a time. An exception that it throws ends the run.
   *
   * @param reason why, in words, such as {@code in use}
   */
  public RetentionRun keepingIf(String reason, Predicate<PlannedTag> covers) {
    return with(settings.with(new KeepCondition(
        Objects.requireNonNull(reason, "reason"), Objects.requireNonNull(covers, "covers"))));
  }

  /**
   * Returns a copy that ends after so many failures in a row, 5 by default. What is kept is no failure, and a
   * deletion begins the count anew. What is under way then is waited for.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public RetentionRun stoppingAfterFailures(int inARow) {
    if (inARow < 1) {
      throw new IllegalArgumentException("failures in a row are counted from 1, not " + inARow);
    }
    return with(settings.with(inARow));
  }

  /** Returns a copy that tells the time by this clock, in its journal and its progress. */
  public RetentionRun withClock(Clock clock) {
    return with(settings.with(Objects.requireNonNull(clock, "clock")));
  }

  private RetentionRun with(RunSettings other) {
    return new RetentionRun(registry, plan, other, journal, resumes);
  }

  /**
   * Carries out the plan, or the rest of it.
   *
   * @return how every tag ended
   * @throws IllegalStateException if the plan has obstacles, or another run has the journal
   * @throws IllegalArgumentException if the journal exists and is not to be resumed, or is not what it was
   * @throws UncheckedIOException if the journal cannot be begun or read; nothing has been sent in all these cases
   */
  public RetentionReport execute() {
    plan.deletionsIfAllowed();
    if (journal == null) {
      return execute(Journal.NONE, List.of());
    }
    try (JournalFile file = resumes
        ? JournalFile.open(journal, plan.content())
        : JournalFile.create(journal, plan.content(), settings.clock().instant())) {
      return execute(file, file.history());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RetentionReport execute(Journal to, List<JournalEntry> history) {
    return new Execution(registry, plan, new Ledger(plan, settings, to, history)).run();
  }

  /** Returns plan and journal, for logs. */
  @Override
  public String toString() {
    return "RetentionRun[" + plan + (journal == null ? "" : ", journal " + journal) + "]";
  }
}
