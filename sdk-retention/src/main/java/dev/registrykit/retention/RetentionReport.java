package dev.registrykit.retention;

import dev.registrykit.ImageRef;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link RetentionRun} did: for every tag that was to be deleted, how it ended and why. Immutable.
 *
 * @since 0.1.0
 */
public final class RetentionReport {

  private final ReportContent content;

  RetentionReport(ReportContent content) {
    this.content = content;
  }

  /** Returns the image. */
  public ImageRef image() {
    return ImageRef.of(content.plan().image());
  }

  /** Returns one report for every tag that was to be deleted, in the order of the plan. */
  public List<TagReport> tags() {
    return content.tags();
  }

  /** Returns what ended the run before every tag was attempted, in words; empty if nothing did. */
  public Optional<String> stoppedBy() {
    return Optional.ofNullable(content.stoppedBy());
  }

  /**
   * Returns whether nothing is left to do: every tag is gone, will be soon, or was kept for a reason. If not, the
   * journal can be resumed, or a new plan be made.
   */
  public boolean isComplete() {
    return content.isComplete();
  }

  /** Returns how many tags ended so. */
  public int count(TagReport.Outcome outcome) {
    return content.count(outcome);
  }

  /** Returns the report for people: a line for every tag with its reason, and the counts. */
  public String toText() {
    return ReportText.of(content);
  }

  /** Returns the report as JSON, whose fields may change with the next version of the format. */
  public String toJson() {
    return ReportWriter.write(content);
  }

  /** Returns the image and how many tags ended how, for logs. */
  @Override
  public String toString() {
    return "RetentionReport[" + ReportText.counts(content) + "]";
  }
}
