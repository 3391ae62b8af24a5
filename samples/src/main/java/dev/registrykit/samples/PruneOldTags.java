package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.retention.RetentionPlan;
import dev.registrykit.retention.RetentionPolicy;
import dev.registrykit.retention.RetentionReport;
import dev.registrykit.retention.RetentionRun;
import dev.registrykit.retention.TagMatcher;
import java.time.Clock;
import java.util.Set;

/** Keeps the newest images and deletes the tags of the others. */
public final class PruneOldTags {

  private PruneOldTags() {}

  /**
   * Deletes all but the newest images, on every provider.
   *
   * @param keep how many of the newest images stay
   * @param spared names of tags that stay with their siblings, whatever their age; at least one
   * @return what became of every tag that was to be deleted
   * @throws dev.registrykit.RegistryException if the tags cannot be read; nothing is deleted then
   * @throws IllegalStateException if the plan would delete more than half of the tags
   */
  public static RetentionReport prune(
      Registry registry, ImageRef image, int keep, Set<String> spared) {
    // snippet: prune
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.all())
        .keepNewestImages(keep)
        .keepTags(spared)
        .keepSiblings()
        .deleteAtMostPercent(50)
        .build();
    RetentionPlan plan = RetentionPlan.of(registry, image, policy, Clock.systemUTC());
    System.out.print(plan.toText()); // what becomes of each tag, and why
    RetentionReport report = RetentionRun.of(registry, plan).execute();
    System.out.print(report.toText());
    // end
    return report;
  }
}
