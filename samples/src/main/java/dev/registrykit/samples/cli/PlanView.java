package dev.registrykit.samples.cli;

import dev.registrykit.Tag;
import dev.registrykit.retention.PlannedTag;
import dev.registrykit.retention.RetentionPlan;
import java.time.Instant;

/** A plan for people. */
final class PlanView {

  private PlanView() {}

  static void write(Screen screen, RetentionPlan plan, Instant now) {
    screen.line(
        Styled.strong("Plan for " + plan.image()), Styled.faint(", made " + plan.plannedAt()));
    paragraph(screen, plan.policy());
    screen.line("");
    table(plan, now).writeTo(screen);
    screen.line("");
    String size =
        plan.sizeBytes().isPresent() ? ", " + Shown.size(plan.sizeBytes()) + " at most" : "";
    screen.line(Styled.strong(plan.deletions().size() + " of "
        + Shown.count(plan.tags().size(), "tag") + " to delete" + size + ", with "
        + plan.estimatedRequests() + " requests at least."));
    plan.notes().forEach(note -> paragraph(screen, note));
  }

  private static Table table(RetentionPlan plan, Instant now) {
    Table table = new Table("PLAN", "TAG", "DIGEST", "AGE", "SIZE", "BECAUSE");
    for (PlannedTag tag : plan.tags()) {
      table.row(
          action(tag.action()),
          Styled.strong(name(tag)),
          Styled.plain(Shown.digest(tag.digest())),
          Styled.plain(Shown.age(tag.date(), now)),
          Styled.plain(Shown.size(tag.sizeBytes())),
          Styled.plain(reasons(tag)));
    }
    return table;
  }

  /** A name; that of a signature is shortened as its digest is. */
  static String name(PlannedTag tag) {
    String name = tag.name();
    if (!Tag.isHousekeeping(name)) {
      return name;
    }
    int end = name.indexOf('.');
    return name.substring(0, name.indexOf('-') + 13) + "..."
        + (end < 0 ? "" : name.substring(end + 1));
  }

  private static Styled action(PlannedTag.Action action) {
    return switch (action) {
      case KEEP -> new Styled("keep", Styled.Style.GREEN);
      case DELETE -> new Styled("delete", Styled.Style.RED);
      case BEING_DELETED -> new Styled("leave", Styled.Style.YELLOW);
    };
  }

  private static String reasons(PlannedTag tag) {
    String reasons = String.join("; ", tag.reasons());
    return tag.isDeleted() && !tag.keptSiblings().isEmpty()
        ? reasons + " (of its digest stay: " + String.join(", ", tag.keptSiblings()) + ")"
        : reasons;
  }

  private static void paragraph(Screen screen, String text) {
    Table.broken(text, Table.WIDTH).forEach(screen::line);
  }
}
