package dev.registrykit.scaleway.internal.deletion;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.NotFoundException;
import dev.registrykit.scaleway.internal.wire.Absence;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;

/** The result of a deletion that no facade method interprets: of namespaces, and of images by identifier. */
public final class Deletions {

  private Deletions() {}

  /**
   * Deletes, and returns {@code ACCEPTED}, because the service never says when a deletion is over; or {@code
   * ALREADY_ABSENT}, if the answer was lost and the repetition found nothing any more.
   */
  public static DeleteResult delete(Resource resource, Runnable deletion) {
    try {
      deletion.run();
    } catch (NotFoundException e) {
      if (e.answerWasLost() && Absence.isProvedBy(e, resource)) {
        return DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null);
      }
      throw e;
    }
    return DeleteResult.of(DeleteOutcome.ACCEPTED, null);
  }
}
