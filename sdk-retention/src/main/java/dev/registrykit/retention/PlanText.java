package dev.registrykit.retention;

import java.util.List;
import java.util.OptionalLong;

/** A plan for people. */
final class PlanText {

  private PlanText() {}

  static String of(PlanContent plan, OptionalLong sizeBytes, long requests) {
    StringBuilder text = new StringBuilder();
    List<PlannedTag> deletions = plan.deletions();
    line(
        text, "Plan for " + plan.image() + " on " + plan.registry() + ", made " + plan.plannedAt());
    line(text, plan.policy());
    line(text, "");
    for (PlannedTag tag : plan.tags()) {
      line(text, tag(tag));
    }
    line(text, "");
    line(
        text,
        deletions.size() + " of " + plan.tags().size() + " tags to delete"
            + (sizeBytes.isPresent() ? ", of " + sizeBytes.getAsLong() + " bytes at most" : "")
            + ", with " + requests + " requests at least.");
    plan.notes().forEach(note -> line(text, note));
    plan.obstacles().forEach(obstacle -> line(text, "NOT TO BE CARRIED OUT: " + obstacle + "."));
    return text.toString();
  }

  private static String tag(PlannedTag tag) {
    String action = switch (tag.action()) {
      case KEEP -> "keep    ";
      case DELETE -> "delete  ";
      case BEING_DELETED -> "leave   ";
    };
    return action + tag.name()
        + tag.digest().map(digest -> "  " + digest).orElse("")
        + tag.date().map(date -> "  " + date).orElse("")
        + (tag.sizeBytes().isPresent() ? "  " + tag.sizeBytes().getAsLong() + " bytes" : "")
        + "  because: " + String.join("; ", tag.reasons())
        + (tag.isDeleted() && !tag.keptSiblings().isEmpty()
            ? "  (of its digest stay: " + String.join(", ", tag.keptSiblings()) + ")"
            : "");
  }

  /** Names may come from a registry that has no grammar for them. */
  static void line(StringBuilder text, String line) {
    text.append(printable(line)).append('\n');
  }

  /** Returns the text with {@code ?} in the place of what would break a line, turn it around or drive a terminal. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
