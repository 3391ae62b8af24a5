package dev.registrykit.scaleway.internal.deletion;

import dev.registrykit.ConflictException;
import dev.registrykit.NotFoundException;
import dev.registrykit.Status;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.internal.wire.Absence;
import dev.registrykit.scaleway.internal.wire.Absence.Thing;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.support.Waiting;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a thing is gone: looks it up if it is known by name, and reads it until it is not there
 * any more. Each look is an operation of its own, within the time of the whole wait. For one wait.
 */
public final class DeletionCheck<T> {

  private final Operation operation;
  private final Thing thing;
  private final Function<T, String> idOf;
  private final Function<T, Status> statusOf;
  private final Function<String, T> read;
  private final Predicate<T> isListed;
  private final OperationRunner operations;

  private @Nullable String id;

  /** What was seen of it last; tells where it would be listed. */
  private @Nullable T seen;

  /**
   * Prepares a wait.
   *
   * @param read reads it by its identifier
   * @param isListed looks whether a listing still has it, by what was seen of it
   */
  public DeletionCheck(
      Operation operation,
      Thing thing,
      Function<T, String> idOf,
      Function<T, Status> statusOf,
      Function<String, T> read,
      Predicate<T> isListed,
      OperationRunner operations) {
    this.operation = operation;
    this.thing = thing;
    this.idOf = idOf;
    this.statusOf = statusOf;
    this.read = read;
    this.isListed = isListed;
    this.operations = operations;
  }

  /** Waits for the thing of that identifier. */
  public void await(String id, WaitOptions options, TimeSource time) {
    this.id = id;
    await(Optional::empty, options, time);
  }

  /** Waits for what is looked up first; there may be nothing to wait for. */
  public void await(Supplier<Optional<T>> lookUp, WaitOptions options, TimeSource time) {
    Waiting.until(
        () -> operations.run(() -> isOver(lookUp)), operation.description(), options, time);
  }

  private boolean isOver(Supplier<Optional<T>> lookUp) {
    if (id == null) {
      Optional<T> found = lookUp.get();
      if (found.isEmpty()) {
        return true;
      }
      seen = found.get();
      id = idOf.apply(seen);
    }
    return isGone(id);
  }

  /** Asks a listing where a 404 is not the registry's own; without one the 404 is an error. */
  private boolean isGone(String known) {
    try {
      seen = read.apply(known);
    } catch (NotFoundException e) {
      if (Absence.isProvedBy(e, thing)) {
        return true;
      }
      if (seen == null) {
        throw e;
      }
      return !isListed.test(seen);
    }
    Status state = statusOf.apply(seen);
    if (state.equals(Status.ERROR) || state.equals(Status.LOCKED)) {
      throw new ConflictException(operation.details("its state is " + state));
    }
    return false;
  }
}
