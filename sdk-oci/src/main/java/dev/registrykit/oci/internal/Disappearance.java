package dev.registrykit.oci.internal;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.WaitOptions;
import dev.registrykit.spi.Intent;
import dev.registrykit.spi.TimeSource;
import dev.registrykit.spi.Waiting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether what was deleted is gone: by the specification, "accepted" may take its time. */
final class Disappearance {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.oci");

  /** About eight looks. */
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
  DeleteOutcome outcome(Intent intent, ImageRef image, String reference, @Nullable String digest) {
    try {
      return isGone(intent, image, reference, digest)
          ? DeleteOutcome.DELETED
          : DeleteOutcome.ACCEPTED;
    } catch (RegistryException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn("{}: accepted, but whether it is done could not be seen", intent.description(), e);
      return DeleteOutcome.ACCEPTED;
    }
  }

  /** Returns whether it is gone, or points elsewhere by now, which is another's push. */
  boolean isGone(Intent intent, ImageRef image, String reference, @Nullable String digest) {
    Intent look = Intent.on(intent.description());
    return Waiting.isSo(
        left -> {
          try {
            String current =
                api.headManifest(look.within(left), image, reference).digest();
            return digest != null && !current.equals(digest);
          } catch (NotFoundException e) {
            return true;
          }
        },
        intent.description(),
        PATIENCE,
        time);
  }
}
