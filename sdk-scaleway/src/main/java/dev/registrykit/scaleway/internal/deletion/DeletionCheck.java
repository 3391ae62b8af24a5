package dev.registrykit.scaleway.internal.deletion;

import dev.registrykit.ConflictException;
import dev.registrykit.NotFoundException;
import dev.registrykit.Status;
import dev.registrykit.WaitOptions;
import dev.registrykit.scaleway.internal.wire.Absence;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
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
 * Waits for the end of a deletion: looks a resource up if only its name is known, then reads it until it
 * is gone. Each poll is an operation of its own, within the time of the whole wait. For one wait.
 */
public final class DeletionCheck<T> {

  private final Operation operation;
  private final Resource resource;
  private final Function<T, String> idOf;
  private final Function<T, Status> statusOf;
  private final Function<String, T> read;
  private final Predicate<T> isListed;
  private final OperationRunner operations;

  private @Nullable String id;

  /** The last answer; it tells where the resource would be listed. */
  private @Nullable T seen;

  /**
   * Prepares a wait.
   *
   * @param read reads it by its identifier
   * @param isListed looks whether a listing still has it, by what was seen of it
   */
  public DeletionCheck(
      Operation operation,
      Resource resource,
      Function<T, String> idOf,
      Function<T, Status> statusOf,
      Function<String, T> read,
      Predicate<T> isListed,
      OperationRunner operations) {
    this.operation = operation;
    this.resource = resource;
    this.idOf = idOf;
    this.statusOf = statusOf;
    this.read = read;
    this.isListed = isListed;
    this.operations = operations;
  }

  /** Waits until the resource with this identifier is gone. */
  public void await(String id, WaitOptions options, TimeSource time) {
    this.id = id;
    await(Optional::empty, options, time);
  }

  /** Looks a resource up and waits until it is gone; if there is none, the wait is over. */
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

  /** Asks a listing where a 404 proves nothing; before the first answer there is none to ask. */
  private boolean isGone(String known) {
    try {
      seen = read.apply(known);
    } catch (NotFoundException e) {
      if (Absence.isProvedBy(e, resource)) {
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
