package dev.registrykit.scaleway.internal.deletion;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.NotFoundException;
import dev.registrykit.scaleway.internal.wire.Absence;
import dev.registrykit.scaleway.internal.wire.Absence.Thing;

/** What deletions of namespaces, and of images by identifier, have in common. */
public final class Deletions {

  private Deletions() {}

  /**
   * Deletes. The registry only accepts deletions; where an answer was lost, and the repetition finds
   * nothing any more, the lost one was accepted.
   */
  public static DeleteResult delete(Thing thing, Runnable deletion) {
    try {
      deletion.run();
    } catch (NotFoundException e) {
      if (e.answerWasLost() && Absence.isProvedBy(e, thing)) {
        return DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null);
      }
      throw e;
    }
    return DeleteResult.of(DeleteOutcome.ACCEPTED, null);
  }
}
