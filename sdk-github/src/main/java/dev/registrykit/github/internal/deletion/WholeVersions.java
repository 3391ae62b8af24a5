package dev.registrykit.github.internal.deletion;

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
import java.util.Optional;
import java.util.Set;
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

  /**
   * Returns why a version must not go whole; empty if it may. The list of versions may be too old to tell, so that
   * every tag is asked for, and every tagged manifest read.
   */
  Optional<RuntimeException> hindrance(
      Operation operation, ImageRef image, String tag, Version version, Set<String> allowed) {
    Map<String, String> digests = indexes.digestsByTag(operation, image);
    List<String> sharing = digests.entrySet().stream()
        .filter(entry -> entry.getValue().equals(version.digest()))
        .map(Map.Entry::getKey)
        .filter(other -> !other.equals(tag) && !allowed.contains(other))
        .sorted()
        .toList();
    if (!sharing.isEmpty()) {
      return Optional.of(new SharedDigestException(
          sharing, operation.details("the digest is shared with " + String.join(", ", sharing))));
    }
    List<String> using = indexes.listing(operation, image, version.digest(), digests);
    return using.isEmpty()
        ? Optional.empty()
        : Optional.of(new ManifestInUseException(
            using,
            operation.details("it is a part of the index tagged " + String.join(", ", using))));
  }

  /** Deletes the version of a tag, and says which other tags went with it. */
  DeleteResult remove(Operation operation, ImageRef image, String tag, Version seen) {
    Operation step = Operation.on(operation.description());
    Version version = now(operation, step, image, tag, seen);
    boolean isOurs = versions.delete(step, image, version.id());
    List<String> others = version.tagsBeside(tag);
    DeleteOutcome outcome = outcome(step, image, tag, version.digest(), isOurs);
    return DeleteResult.of(outcome, version.digest()).withDeleted(gone(step, image, others));
  }

  /** Reads the version once more, for tags may have come since. */
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
    return version;
  }

  private DeleteOutcome outcome(
      Operation step, ImageRef image, String tag, String digest, boolean isOurs) {
    DeleteOutcome done = isOurs ? DeleteOutcome.DELETED : DeleteOutcome.ALREADY_ABSENT;
    try {
      boolean isGone = patience.isReached(
          step.description(),
          () -> manifests.find(step, image, tag).filter(digest::equals).isEmpty());
      return isGone ? done : DeleteOutcome.ACCEPTED;
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
