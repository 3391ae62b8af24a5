package dev.registrykit.blaxel.internal;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.NotFoundException;
import dev.registrykit.blaxel.internal.generated.ApiResponse;
import dev.registrykit.blaxel.internal.generated.model.WireImage;

/** What every deletion of the API has in common: it is done when it is answered. */
final class Deletions {

  private static final int ACCEPTED = 202;

  private Deletions() {}

  /** Returns what a deletion did; the image that is echoed is looked at, in case it is a portal's. */
  static DeleteResult result(ApiResponse<WireImage> answer, BlaxelOperation operation) {
    WireImage echoed = answer.getData();
    if (echoed != null) {
      BlaxelMapper.metadata(echoed, operation);
    }
    return DeleteResult.of(
        answer.getStatusCode() == ACCEPTED ? DeleteOutcome.ACCEPTED : DeleteOutcome.DELETED, null);
  }

  /** Deletes, or does nothing if the answer was lost and the repetition found nothing any more. */
  static void unlessDoneBefore(Runnable deletion) {
    try {
      deletion.run();
    } catch (NotFoundException e) {
      if (!e.answerWasLost()) {
        throw e;
      }
    }
  }
}
