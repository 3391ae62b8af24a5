package dev.registrykit.retention;

import dev.registrykit.retention.TagReport.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a report says.
 *
 * @param plan what was carried out
 * @param tags one for every tag that was to be deleted, in the order of the plan
 * @param stoppedBy what ended the run early, in words; null for nothing
 */
record ReportContent(
    PlanContent plan, List<TagReport> tags, @Nullable String stoppedBy) {

  ReportContent {
    tags = List.copyOf(tags);
  }

  int count(Outcome outcome) {
    return (int) tags.stream().filter(tag -> tag.outcome() == outcome).count();
  }

  boolean isComplete() {
    return tags.stream().allMatch(tag -> tag.outcome().isFinal());
  }
}
