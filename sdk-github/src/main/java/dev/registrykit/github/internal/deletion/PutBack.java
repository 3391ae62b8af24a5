package dev.registrykit.github.internal.deletion;

import dev.registrykit.ImageRef;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.PlaceholderLeftException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.support.Waiting;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a tag back on what it pointed to after its deletion failed, if the placeholder is on it, and looks until
 * that is confirmed: again and again for 30 seconds, which it has beyond those of its operation, and beyond an
 * interrupt. Belongs to one thread.
 */
final class PutBack {

  private static final Duration TIME = Duration.ofSeconds(30);

  /** An answer that does not come must not use up all the time. */
  private static final Duration TIME_FOR_A_TRY = Duration.ofSeconds(10);

  private static final WaitOptions PATIENCE = WaitOptions.defaults()
      .withTimeout(TIME)
      .withIntervals(Duration.ofMillis(200), Duration.ofSeconds(3));

  private static final int MAX_INTERRUPTS = 5;

  /** How it ended. */
  enum End {
    /** Nothing of the deletion was on the tag. */
    UNTOUCHED,
    /** The tag points to the original again. */
    PUT_BACK,
    /** The tag points to what another pushed over the placeholder. */
    PUSHED_OVER,
    /** The tag is gone: the deletion was done after all. */
    GONE
  }

  private final Manifests manifests;
  private final TimeSource time;
  private final Operation step;
  private final ImageRef image;
  private final String tag;
  private final OciManifest original;
  private final String placeholder;
  private final RuntimeException failure;
  private boolean isToBePut;
  private boolean wasPlaced;
  private boolean wasInterrupted;
  private @Nullable End end;
  private @Nullable RuntimeException lastProblem;

  /**
   * Prepares it.
   *
   * @param placeholder the digest of the placeholder
   * @param failure what made the deletion fail
   * @param isPlaced whether the placeholder was taken, whatever a look shows that may be older
   * @param mayArriveLate whether it was pushed without an answer, and so may still come
   */
  PutBack(
      Manifests manifests,
      TimeSource time,
      Operation step,
      ImageRef image,
      String tag,
      OciManifest original,
      String placeholder,
      RuntimeException failure,
      boolean isPlaced,
      boolean mayArriveLate) {
    this.manifests = manifests;
    this.time = time;
    this.step = step;
    this.image = image;
    this.tag = tag;
    this.original = original;
    this.placeholder = placeholder;
    this.failure = failure;
    this.wasPlaced = isPlaced;
    this.isToBePut = isPlaced || mayArriveLate;
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
        if (Waiting.pollUntil(this::isSettled, step.description(), PATIENCE, time)) {
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
    if (lastProblem != null && lastProblem != failure) {
      failure.addSuppressed(lastProblem);
    }
    throw new PlaceholderLeftException(
        image, tag, original.digest(), placeholder, String.valueOf(failure.getMessage()), failure);
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
    Optional<String> found = manifests.find(step, image, tag);
    boolean isPlaced = found.filter(placeholder::equals).isPresent();
    boolean isOriginal = found.filter(original.digest()::equals).isPresent();
    wasPlaced |= isPlaced;
    // A look may be older than the push, and a push that nobody answered may be carried out after
    // it.
    if (isPlaced || (isToBePut && isOriginal)) {
      put();
      isToBePut = false;
      found = manifests.find(step, image, tag);
      if (found.filter(placeholder::equals).isPresent()) {
        throw step.invalid("the original was put back, but the tag points to the placeholder");
      }
    }
    if (found.isEmpty()) {
      return End.GONE;
    }
    if (!wasPlaced) {
      return End.UNTOUCHED;
    }
    return found.get().equals(original.digest()) ? End.PUT_BACK : End.PUSHED_OVER;
  }

  /** The bytes are at hand; but with a subject they would be entered as a new referrer once more. */
  private void put() {
    if (original.subject().isPresent()) {
      manifests.tag(step, image, original.digest(), tag);
    } else {
      manifests.put(step, image, tag, original.mediaType(), original.bytes());
    }
  }
}
