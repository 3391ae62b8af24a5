package dev.registrykit.oci.internal.deletion;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.WaitOptions;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.wire.Absence;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.support.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether what was deleted is gone: by the specification, "accepted" may take its time. */
public final class DeletionCheck {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.oci");

  /** Ten looks. */
  private static final WaitOptions PATIENCE = WaitOptions.defaults()
      .withTimeout(Duration.ofSeconds(10))
      .withIntervals(Duration.ofMillis(50), Duration.ofSeconds(3));

  private final OciApi api;
  private final TimeSource time;

  public DeletionCheck(OciApi api, TimeSource time) {
    this.api = api;
    this.time = time;
  }

  /**
   * Returns how the deletion of a tag ended that the registry accepted: done only if that was seen.
   *
   * @param digest what it pointed to; null if not known
   */
  DeleteOutcome outcomeOfTag(
      Operation operation, ImageRef image, String tag, @Nullable String digest) {
    return outcome(operation, () -> {
      Optional<OciManifest> current = api.findManifest(operation, image, tag);
      // What points elsewhere by now is another's push.
      return current.map(it -> digest != null && !it.digest().equals(digest)).orElse(true);
    });
  }

  /** Returns how the deletion of a manifest ended that the registry accepted. */
  public DeleteOutcome outcomeOfManifest(Operation operation, ImageRef image, String digest) {
    return outcome(operation, () -> api.findManifest(operation, image, digest).isEmpty());
  }

  /**
   * Returns how a deletion ended that the registry accepted: done only if that was seen.
   *
   * @param isGone looks
   */
  DeleteOutcome outcome(Operation operation, BooleanSupplier isGone) {
    return outcomeAtOnce(operation, () -> pollUntil(operation, isGone));
  }

  /** Returns the same after a single look. */
  DeleteOutcome outcomeAtOnce(Operation operation, BooleanSupplier isGone) {
    try {
      return isGone.getAsBoolean() ? DeleteOutcome.DELETED : DeleteOutcome.ACCEPTED;
    } catch (RegistryException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn(
          "{}: accepted, but whether it is done could not be seen", operation.description(), e);
      return DeleteOutcome.ACCEPTED;
    }
  }

  /** Asks again and again for some seconds, and returns whether the answer was yes at last. */
  boolean pollUntil(Operation operation, BooleanSupplier question) {
    return Waiting.pollUntil(question, operation.description(), PATIENCE, time);
  }

  /** Waits until a manifest is gone, or the caller's time is up. */
  public void awaitManifestGone(ImageRef image, String digest, WaitOptions options) {
    Operation operation = Operation.on("get manifest " + digest + " of " + image);
    Waiting.until(
        () -> isManifestGone(operation, image, digest),
        "wait until manifest " + digest + " of " + image + " is gone",
        options,
        time);
  }

  private boolean isManifestGone(Operation operation, ImageRef image, String digest) {
    try {
      api.headManifest(operation, image, digest);
      return false;
    } catch (NotFoundException e) {
      if (!Absence.isProved(e)) {
        throw e;
      }
      return true;
    }
  }
}
