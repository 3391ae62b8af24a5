package dev.registrykit.oci.internal;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.WaitOptions;
import dev.registrykit.spi.Operation;
import dev.registrykit.spi.TimeSource;
import dev.registrykit.spi.Waiting;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether what was deleted is gone: by the specification, "accepted" may take its time. */
final class Disappearance {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.oci");

  /** Ten looks. */
  private static final WaitOptions PATIENCE = WaitOptions.defaults()
      .withTimeout(Duration.ofSeconds(10))
      .withIntervals(Duration.ofMillis(50), Duration.ofSeconds(3));

  private final OciApi api;
  private final TimeSource time;

  Disappearance(OciApi api, TimeSource time) {
    this.api = api;
    this.time = time;
  }

  /**
   * Returns how a deletion ended that the registry accepted: done only if that was seen.
   *
   * @param reference the tag or digest that was deleted
   * @param digest what it pointed to; null if not known
   */
  DeleteOutcome outcome(
      Operation operation, ImageRef image, String reference, @Nullable String digest) {
    Predicate<String> isAnother = current -> digest != null && !current.equals(digest);
    return outcome(operation, () -> isGone(operation, image, reference, isAnother));
  }

  /**
   * Returns how a deletion ended that the registry accepted: done only if that was seen.
   *
   * @param isGone looks
   */
  DeleteOutcome outcome(Operation operation, BooleanSupplier isGone) {
    try {
      return isSo(operation, isGone) ? DeleteOutcome.DELETED : DeleteOutcome.ACCEPTED;
    } catch (RegistryException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn(
          "{}: accepted, but whether it is done could not be seen", operation.description(), e);
      return DeleteOutcome.ACCEPTED;
    }
  }

  /**
   * Returns whether a tag is gone, or points elsewhere by now, which is another's push.
   *
   * @param isAnother whether a digest that it points to is another's
   */
  boolean isTagGone(Operation operation, ImageRef image, String tag, Predicate<String> isAnother) {
    return isSo(operation, () -> isGone(operation, image, tag, isAnother));
  }

  private boolean isSo(Operation operation, BooleanSupplier question) {
    return Waiting.isSo(question, operation.description(), PATIENCE, time);
  }

  private boolean isGone(
      Operation operation, ImageRef image, String reference, Predicate<String> isAnother) {
    try {
      return isAnother.test(api.headManifest(operation, image, reference).digest());
    } catch (NotFoundException e) {
      return true;
    }
  }
}
