package dev.registrykit.retention;

import dev.registrykit.retention.TagReport.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report for people. */
final class ReportText {

  private ReportText() {}

  /** Writes it with the lines of {@link PlanText}, in which no name can break out of its line. */
  static String of(ReportContent report) {
    StringBuilder text = new StringBuilder();
    PlanText.line(
        text, "Report for " + report.plan().image() + " on " + report.plan().registry());
    PlanText.line(text, "");
    for (TagReport tag : report.tags()) {
      String outcome = words(tag.outcome());
      String detail = tag.detail().equals(outcome) ? "" : "  " + tag.detail();
      PlanText.line(text, "%-15s%s%s".formatted(outcome, tag.tag().name(), detail));
    }
    PlanText.line(text, "");
    PlanText.line(text, counts(report) + ".");
    if (report.stoppedBy() != null) {
      PlanText.line(text, "ENDED EARLY: " + report.stoppedBy() + ".");
    }
    return text.toString();
  }

  /** Returns how many tags ended how, without what did not happen. */
  static String counts(ReportContent report) {
    String counts = Arrays.stream(Outcome.values())
        .filter(outcome -> report.count(outcome) > 0)
        .map(outcome -> report.count(outcome) + " " + words(outcome))
        .collect(Collectors.joining(", "));
    return report.plan().image() + ": " + (counts.isEmpty() ? "nothing to delete" : counts);
  }

  private static String words(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
