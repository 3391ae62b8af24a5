package dev.registrykit.retention;

import dev.registrykit.BulkDeleteResult.Entry;
import dev.registrykit.ConflictException;
import dev.registrykit.DeleteResult;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryException;
import dev.registrykit.TagInUseException;
import dev.registrykit.retention.TagReport.Outcome;
import java.util.List;

/** What the end of a deletion means for the tag, in words. */
final class Outcomes {

  private Outcomes() {}

  /**
   * Returns the report of a tag whose deletion ended.
   *
   * @param unplanned the tags that went along though they were not to
   */
  static TagReport of(PlannedTag tag, DeleteResult result, List<String> unplanned) {
    String along = unplanned.isEmpty()
        ? ""
        : "; with it went what was not to go: " + String.join(", ", unplanned);
    return switch (result.outcome()) {
      case DELETED -> report(tag, Outcome.DELETED, "deleted" + along);
      case ACCEPTED ->
        report(
            tag, Outcome.ACCEPTED, "the registry took the order and carries it out soon" + along);
      case ALREADY_ABSENT -> report(tag, Outcome.ALREADY_GONE, "it was not there any more" + along);
    };
  }

  /** Returns the report of a tag whose deletion failed. */
  static TagReport of(PlannedTag tag, RegistryException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure.mayHaveTakenEffect()) {
      return new TagReport(
          tag, Outcome.UNKNOWN, message + "; it may be gone all the same", failure);
    }
    return new TagReport(
        tag, isReasonToKeep(failure) ? Outcome.KEPT : Outcome.FAILED, message, failure);
  }

  /** Whether it is about the tag as it is, so that trying again would end the same. */
  private static boolean isReasonToKeep(RegistryException failure) {
    return failure instanceof ConflictException
        || failure instanceof PreconditionFailedException
        || failure instanceof TagInUseException;
  }

  /** Returns the report of a tag that went along with another, as that one did. */
  static TagReport alongWith(PlannedTag tag, Entry taker) {
    Outcome outcome =
        taker.result().map(result -> of(tag, result, List.of()).outcome()).orElse(Outcome.UNKNOWN);
    return report(tag, outcome, "it went along with " + taker.tag() + ", which has its digest");
  }

  static TagReport kept(PlannedTag tag, String why) {
    return report(tag, Outcome.KEPT, why);
  }

  static TagReport notAttempted(PlannedTag tag, String why) {
    return report(tag, Outcome.NOT_ATTEMPTED, why);
  }

  static TagReport report(PlannedTag tag, Outcome outcome, String detail) {
    return new TagReport(tag, outcome, detail, null);
  }
}
