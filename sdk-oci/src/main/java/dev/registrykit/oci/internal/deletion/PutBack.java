package dev.registrykit.oci.internal.deletion;

import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.PlaceholderLeftException;
import dev.registrykit.oci.internal.deletion.ReplacedTag.TagState;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.support.Waiting;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a tag pointed to back after its deletion failed, if the placeholder is on it, and looks
 * until that is confirmed: again and again for 30 seconds, which it has beyond those of its
 * operation, and beyond an interrupt. Belongs to one thread.
 */
final class PutBack {

  private static final Duration TIME = Duration.ofSeconds(30);

  /** An answer that does not come must not use up all the time. */
  private static final Duration TIME_FOR_A_TRY = Duration.ofSeconds(10);

  private static final WaitOptions PATIENCE = WaitOptions.defaults()
      .withTimeout(TIME)
      .withIntervals(Duration.ofMillis(200), Duration.ofSeconds(3));

  /** How often it starts anew when the thread is interrupted in it. */
  private static final int MAX_INTERRUPTS = 5;

  private static final String FAILED = " failed: ";

  /** How it ended. */
  enum End {
    /** Nothing of the deletion was on the tag. */
    UNTOUCHED,
    PUT_BACK,
    /** Another pushed over the placeholder, or over the original that was put back. */
    PUSHED_OVER,
    /** Deleted after all. */
    GONE
  }

  private final OciApi api;
  private final TimeSource time;
  private final ReplacedTag tag;
  private final OciManifest original;
  private final RuntimeException failure;
  private boolean mayArriveLate;
  private boolean wasPlaced;
  private boolean wasInterrupted;
  private @Nullable End end;
  private @Nullable RuntimeException lastProblem;

  /**
   * Prepares it.
   *
   * @param failure what made the deletion fail
   * @param mayArriveLate whether the placeholder was pushed without an answer, and so may still come
   */
  PutBack(
      OciApi api,
      TimeSource time,
      ReplacedTag tag,
      RuntimeException failure,
      boolean mayArriveLate) {
    this.api = api;
    this.time = time;
    this.tag = tag;
    this.original = Objects.requireNonNull(tag.original(), "original");
    this.failure = failure;
    this.mayArriveLate = mayArriveLate;
  }

  /**
   * Does it. A thread that was interrupted, before or in it, is so afterwards.
   *
   * @throws PlaceholderLeftException if it could not be done, or not be confirmed
   */
  End run() {
    try {
      return OperationContext.withOwnTime(TIME, time, this::runInTime);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns whether the thread was interrupted, before or in it. */
  boolean wasInterrupted() {
    return wasInterrupted;
  }

  private End runInTime() {
    for (int interrupts = 0; interrupts <= MAX_INTERRUPTS; interrupts++) {
      wasInterrupted |= Thread.interrupted(); // the flag would end these requests too
      try {
        if (Waiting.pollUntil(this::isSettled, tag.step().description(), PATIENCE, time)) {
          return Objects.requireNonNull(end);
        }
        break;
      } catch (RegistryInterruptedException e) {
        lastProblem = e;
      } catch (RuntimeException e) {
        lastProblem = e; // closed: no request is sent any more
        break;
      }
    }
    wasInterrupted |= Thread.interrupted();
    if (lastProblem != null) {
      failure.addSuppressed(lastProblem);
    }
    throw new PlaceholderLeftException(
        tag.image(),
        tag.tag(),
        original.digest(),
        tag.placeholder().digest(),
        reason(failure),
        failure);
  }

  private boolean isSettled() {
    try {
      end = OperationContext.within(TIME_FOR_A_TRY, time, this::tryOnce);
      return true;
    } catch (RegistryInterruptedException e) {
      throw e;
    } catch (RegistryException e) {
      // That its own time is up says less than what used that up.
      lastProblem = lastProblem != null && e instanceof RegistryTimeoutException ? lastProblem : e;
      return false;
    }
  }

  private End tryOnce() {
    TagState sight = tag.look(true);
    boolean isPlaced = sight == TagState.PLACEHOLDER || sight == TagState.GHOST;
    wasPlaced |= isPlaced;
    // A push that nobody answered may be carried out after the look, so that one more follows it.
    if (isPlaced || (mayArriveLate && sight == TagState.ORIGINAL)) {
      api.putManifest(tag.step(), tag.image(), tag.tag(), original);
      mayArriveLate = false;
      sight = tag.look(false);
      if (sight == TagState.PLACEHOLDER) {
        throw tag.step()
            .invalid("the original was put back, but the tag points to the placeholder");
      }
    }
    if (sight == TagState.GONE) {
      return End.GONE;
    }
    if (!wasPlaced) {
      return End.UNTOUCHED;
    }
    return sight == TagState.ANOTHERS ? End.PUSHED_OVER : End.PUT_BACK;
  }

  /** Leaves out what failed, which the message that it becomes a part of says already. */
  static String reason(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    int start = message.indexOf(FAILED);
    return start < 0 ? message : message.substring(start + FAILED.length());
  }
}
