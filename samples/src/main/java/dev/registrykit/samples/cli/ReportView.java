package dev.registrykit.samples.cli;

import dev.registrykit.retention.RetentionReport;
import dev.registrykit.retention.TagReport;
import dev.registrykit.retention.TagReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people. */
final class ReportView {

  private ReportView() {}

  static void write(Screen screen, RetentionReport report) {
    screen.line("");
    screen.line(Styled.strong("Report for " + report.image()));
    Table table = new Table("OUTCOME", "TAG", "DETAIL");
    for (TagReport tag : report.tags()) {
      table.row(
          new Styled(words(tag.outcome()), style(tag.outcome())),
          Styled.strong(PlanView.name(tag.tag())),
          Styled.plain(tag.detail().equals(words(tag.outcome())) ? Table.NOTHING : tag.detail()));
    }
    table.writeTo(screen);
    screen.line("");
    screen.line(Styled.strong(counts(report) + "."));
    report
        .stoppedBy()
        .ifPresent(why -> screen.line(new Styled("Ended early: " + why, Styled.Style.RED)));
  }

  private static String counts(RetentionReport report) {
    List<String> counts = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      if (report.count(outcome) > 0) {
        counts.add(report.count(outcome) + " " + words(outcome));
      }
    }
    return counts.isEmpty() ? "Nothing was to be deleted" : String.join(", ", counts);
  }

  private static String words(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Styled.Style style(Outcome outcome) {
    return switch (outcome) {
      case DELETED, ACCEPTED, ALREADY_GONE -> Styled.Style.GREEN;
      case KEPT, NOT_ATTEMPTED -> Styled.Style.YELLOW;
      case FAILED, UNKNOWN -> Styled.Style.RED;
    };
  }
}
