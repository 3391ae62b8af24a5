package dev.registrykit.oci.internal.deletion;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.WaitOptions;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.wire.Absence;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ParallelReads;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.support.Waiting;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
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

  private static final int CONCURRENCY = 16;

  /** A list of so many names takes a registry about as long as one manifest. */
  private static final int NAMES_LIKE_A_MANIFEST = 1_000;

  private final OciApi api;
  private final ParallelReads reads;
  private final TimeSource time;

  public DeletionCheck(OciApi api, ParallelReads reads, TimeSource time) {
    this.api = api;
    this.reads = reads;
    this.time = time;
  }

  /**
   * Returns those of the tags that may be there after their manifest was deleted: those that the list of
   * tags names, which is one request. All, and no request, where it is better to look at each.
   *
   * @param allTags how many the image had
   */
  Set<String> mayBeLeft(Operation operation, ImageRef image, List<String> tags, int allTags) {
    return tags.size() > 1 + allTags / NAMES_LIKE_A_MANIFEST
        ? listed(operation, image, tags)
        : Set.copyOf(tags);
  }

  /** Returns those of the tags that their list names, one request; all where that does not tell. */
  public Set<String> listed(Operation operation, ImageRef image, List<String> tags) {
    Set<String> wanted = Set.copyOf(tags);
    try {
      return api.findTagNames(operation, image)
          .map(names -> names.stream().filter(wanted::contains).collect(Collectors.toSet()))
          .orElse(wanted);
    } catch (ImageNotFoundException e) {
      return Set.of(); // it went with its last tag
    } catch (RegistryException e) {
      rethrowIfInterrupted(e);
      LOG.debug("{}: the tags that are left could not be listed", operation.description(), e);
      return wanted;
    }
  }

  /**
   * Returns those of the tags that went along with their manifest, in their order: not every registry takes
   * all along, and one that was moved before did not go. A GET for each that may be left; where they cannot be
   * looked at, the registry's word that the manifest is deleted counts.
   */
  public List<String> gone(
      Operation operation, ImageRef image, List<String> tags, Set<String> mayBeLeft) {
    List<String> looked = tags.stream().filter(mayBeLeft::contains).toList();
    Set<String> gone = new HashSet<>(tags);
    try {
      gone.removeAll(there(operation, image, looked));
    } catch (RegistryException e) {
      rethrowIfInterrupted(e);
      LOG.warn("{}: done, but which tags went could not be seen", operation.description(), e);
    }
    return tags.stream().filter(gone::contains).toList();
  }

  private Set<String> there(Operation operation, ImageRef image, List<String> tags) {
    return reads
        .map(
            operation,
            tags,
            CONCURRENCY,
            tag -> api.findManifest(Operation.on(operation.description()), image, tag)
                .map(it -> tag))
        .stream()
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** An interrupt ends the call, whatever was done by then. */
  private static void rethrowIfInterrupted(RegistryException e) {
    if (Thread.currentThread().isInterrupted()) {
      throw e;
    }
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
      rethrowIfInterrupted(e);
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
