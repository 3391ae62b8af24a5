package dev.registrykit.retention;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much a plan may delete. */
record Guards(@Nullable Integer maxTags, @Nullable Integer maxPercent, boolean mayDeleteEveryTag) {

  String text() {
    List<String> limits = new ArrayList<>();
    if (maxTags != null) {
      limits.add("at most " + maxTags + (maxTags == 1 ? " tag" : " tags"));
    }
    if (maxPercent != null) {
      limits.add("at most " + maxPercent + " % of the governed tags");
    }
    limits.add(mayDeleteEveryTag ? "every tag if need be" : "never every tag");
    return "Delete " + String.join(", ", limits);
  }

  /**
   * Returns what is exceeded, in words.
   *
   * @param deletions all tags that would go
   * @param governed those that the policy is about, without signatures and the like
   * @param governedDeletions those of them that would go
   * @param staying the tags that would stay, without signatures and the like
   */
  List<String> exceeded(int deletions, int governed, int governedDeletions, int staying) {
    List<String> exceeded = new ArrayList<>();
    if (maxTags != null && deletions > maxTags) {
      exceeded.add(
          "it would delete " + deletions + " tags, and at most " + maxTags + " are allowed");
    }
    if (maxPercent != null && governedDeletions * 100L > (long) governed * maxPercent) {
      exceeded.add("it would delete " + governedDeletions + " of " + governed
          + " governed tags, and at most " + maxPercent + " % are allowed");
    }
    if (!mayDeleteEveryTag && deletions > 0 && staying == 0) {
      exceeded.add("it would delete every tag of the image");
    }
    return exceeded;
  }
}
