package dev.registrykit.scaleway.internal;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.NotFoundException;
import dev.registrykit.Status;
import dev.registrykit.WaitOptions;
import dev.registrykit.spi.Operation;
import dev.registrykit.spi.TimeSource;
import dev.registrykit.spi.Waiting;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every deletion of the API has in common: it is an order, carried out a little later. */
final class Deletions {

  private Deletions() {}

  /** Reads the state in the answer to a deletion. */
  static DeleteOutcome outcome(@Nullable String status) {
    return "deleting".equals(status) ? DeleteOutcome.ACCEPTED : DeleteOutcome.DELETED;
  }

  /** Deletes, or returns empty if the answer was lost and the repetition found nothing any more. */
  static <T> Optional<T> unlessDoneBefore(Supplier<T> deletion) {
    try {
      return Optional.of(deletion.get());
    } catch (NotFoundException e) {
      if (e.answerWasLost()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Waits until reading a thing's state finds nothing.
   *
   * @throws ConflictException if the state is one that does not end by itself
   */
  static void awaitGone(
      String what, Supplier<@Nullable String> status, WaitOptions options, TimeSource time) {
    String description = "wait until " + what + " is gone";
    Waiting.until(() -> isGone(status, description), description, options, time);
  }

  private static boolean isGone(Supplier<@Nullable String> status, String description) {
    String text;
    try {
      text = status.get();
    } catch (NotFoundException e) {
      return true;
    }
    Status state = Status.of(text == null ? "" : text);
    if (state.equals(Status.ERROR) || state.equals(Status.LOCKED)) {
      throw new ConflictException(Operation.on(description).details("its state is " + state));
    }
    return false;
  }
}
