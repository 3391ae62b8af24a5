package dev.registrykit.scaleway.internal;

import dev.registrykit.NotFoundException;
import dev.registrykit.scaleway.internal.Absence.Thing;
import java.util.Optional;
import java.util.function.Supplier;

/** What deletions by identifier have in common. */
final class Deletions {

  private Deletions() {}

  /** Deletes, or returns empty if the answer was lost and the repetition found nothing any more. */
  static <T> Optional<T> unlessDoneBefore(Thing thing, Supplier<T> deletion) {
    try {
      return Optional.of(deletion.get());
    } catch (NotFoundException e) {
      if (e.answerWasLost() && Absence.isProvedBy(e, thing)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
