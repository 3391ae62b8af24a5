package dev.registrykit.github.internal.deletion;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.github.internal.wire.Version;
import dev.registrykit.github.internal.wire.VersionLists;
import dev.registrykit.oci.ManifestInUseException;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes versions with all their tags: by force, or where the tag is alone on its version and nothing tagged needs
 * the manifest. Thread-safe.
 */
public final class WholeVersions {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.github");

  private final VersionLists lists;
  private final Versions versions;
  private final Manifests manifests;
  private final TaggedIndexes indexes;
  private final Siblings siblings;
  private final Patience patience;

  /** Makes one. */
  public WholeVersions(
      VersionLists lists,
      Versions versions,
      Manifests manifests,
      TaggedIndexes indexes,
      Siblings siblings,
      Patience patience) {
    this.lists = lists;
    this.versions = versions;
    this.manifests = manifests;
    this.indexes = indexes;
    this.siblings = siblings;
    this.patience = patience;
  }

  /** Returns whether a version is a placeholder that a deletion left; a GET. */
  boolean isPlaceholder(Operation operation, ImageRef image, Version version) {
    Operation step = Operation.on(operation.description());
    return Placeholder.originalOf(indexes.read(step, image, version.digest())).isPresent();
  }

  /**
   * Looks whether nothing but these tags would go with a version. The list of versions may be too old to tell, so that
   * every tag is asked for, and every tagged manifest read.
   *
   * @param allowed the tags that may go
   * @throws SharedDigestException if another tag points to it
   * @throws ManifestInUseException if a tagged index lists it
   */
  void requireFree(
      Operation operation, ImageRef image, Version version, Set<String> allowed, Look look) {
    Map<String, String> digests = look.digestsByTag(operation, image);
    requireAllowed(
        operation,
        allowed,
        digests.entrySet().stream()
            .filter(entry -> entry.getValue().equals(version.digest()))
            .map(Map.Entry::getKey)
            .toList());
    List<String> using = indexes.listing(operation, image, version.digest(), digests);
    if (!using.isEmpty()) {
      throw new ManifestInUseException(
          using, operation.details("it is a part of the index tagged " + String.join(", ", using)));
    }
  }

  /** Refuses if any other than the allowed tags is among these. */
  static void requireAllowed(Operation operation, Set<String> allowed, List<String> tags) {
    List<String> spared =
        tags.stream().filter(other -> !allowed.contains(other)).sorted().toList();
    if (!spared.isEmpty()) {
      throw new SharedDigestException(
          spared, operation.details("the digest is shared with " + String.join(", ", spared)));
    }
  }

  /**
   * Deletes the version of a tag, and says which other tags went with it. It is read once more before, for tags may
   * have come since.
   *
   * @param allowed the tags that may go; null for all
   * @throws SharedDigestException if it has another tag by now
   */
  DeleteResult remove(
      Operation operation,
      ImageRef image,
      String tag,
      Version seen,
      @Nullable Set<String> allowed,
      Look look) {
    Operation step = Operation.on(operation.description());
    Version version = now(operation, step, image, tag, seen);
    if (allowed != null) {
      requireAllowed(operation, allowed, version.tags());
    }
    List<String> others = version.tagsBeside(tag);
    look.mayTakeAlong(tag, others);
    BooleanSupplier isGone =
        () -> manifests.find(step, image, tag).filter(version.digest()::equals).isEmpty();
    boolean isOurs = versions.delete(step, image, version.id(), isGone);
    DeleteOutcome outcome = outcome(step, isOurs, isGone);
    return DeleteResult.of(outcome, version.digest()).withDeleted(gone(step, image, others));
  }

  private Version now(
      Operation operation, Operation step, ImageRef image, String tag, Version seen) {
    Version version;
    try {
      version = lists.get(step, image, seen.id());
    } catch (NotFoundException e) {
      if (manifests.find(step, image, tag).isEmpty()) {
        throw operation.missing("it was deleted meanwhile");
      }
      throw e;
    }
    if (!version.digest().equals(seen.digest())) {
      throw operation.invalid(
          "version " + seen.id() + " has another digest than it was listed with");
    }
    if (!version.tags().contains(tag)) {
      throw new ConflictException(operation.details("it was pushed again meanwhile"));
    }
    return version;
  }

  private DeleteOutcome outcome(Operation step, boolean isOurs, BooleanSupplier isGone) {
    DeleteOutcome done = isOurs ? DeleteOutcome.DELETED : DeleteOutcome.ALREADY_ABSENT;
    try {
      return patience.isReached(step.description(), isGone) ? done : DeleteOutcome.ACCEPTED;
    } catch (RegistryInterruptedException e) {
      throw e;
    } catch (RegistryException e) {
      LOG.warn("{}: done, but not seen to be", step.description(), e);
      return DeleteOutcome.ACCEPTED;
    }
  }

  /** Where that cannot be looked at, all are said to be gone, as GitHub's users report. */
  private List<String> gone(Operation step, ImageRef image, List<String> others) {
    try {
      return siblings.goneOf(step, image, others);
    } catch (RegistryInterruptedException e) {
      throw e;
    } catch (RegistryException e) {
      LOG.warn("{}: done, but its siblings could not be looked at", step.description(), e);
      return others;
    }
  }
}
