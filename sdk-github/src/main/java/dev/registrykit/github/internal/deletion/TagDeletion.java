package dev.registrykit.github.internal.deletion;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.github.DownloadLimitException;
import dev.registrykit.github.LastVersionException;
import dev.registrykit.github.StrictDeletion;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.github.internal.wire.Version;
import dev.registrykit.oci.ManifestInUseException;
import dev.registrykit.spi.support.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a tag where only versions can be deleted: first the list of versions and the registry have to agree
 * where the tag is, then it goes by a placeholder, or its version goes whole. Thread-safe.
 */
public final class TagDeletion {

  private final Versions versions;
  private final Manifests manifests;
  private final Patience patience;
  private final PlaceholderDeletion placeholders;
  private final WholeVersions whole;
  private final StrictDeletion way;
  private final boolean keepsLastTag;

  /** Makes one that deletes in this way. */
  public TagDeletion(
      Versions versions,
      Manifests manifests,
      Patience patience,
      PlaceholderDeletion placeholders,
      WholeVersions whole,
      StrictDeletion way,
      boolean keepsLastTag) {
    this.versions = versions;
    this.manifests = manifests;
    this.patience = patience;
    this.placeholders = placeholders;
    this.whole = whole;
    this.way = way;
    this.keepsLastTag = keepsLastTag;
  }

  /** Where a tag is, by both halves of the service, and what else has tags. */
  private record Sight(Version version, List<Version> others) {

    /** Returns whether a version would have a tag if this one went. */
    boolean leavesATag(String tag) {
      return version.hasTagsBeside(tag) || othersHaveTags(tag);
    }

    boolean othersHaveTags(String tag) {
      return others.stream().anyMatch(other -> other.hasTagsBeside(tag));
    }
  }

  /** Deletes a tag of this name. */
  public DeleteResult remove(ImageRef image, String tag, DeleteOptions options, Look look) {
    Operation operation = Operation.onTag("delete", image, tag);
    Sight sight = agree(operation, image, tag, options, look);
    if (options.isForced()) {
      requireAnother(operation, sight.othersHaveTags(tag));
      return whole.remove(operation, image, tag, sight.version(), null, look);
    }
    requireAnother(operation, sight.leavesATag(tag));
    Set<String> going = mayGo(tag, options, look);
    return mayGoWhole(tag, sight, going)
        ? whole(operation, image, tag, sight, going, options, look)
        : alone(image, tag, sight, options);
  }

  /** A sibling that may go stays nevertheless where the tag can go alone, unless it is to be deleted as well. */
  private Set<String> mayGo(String tag, DeleteOptions options, Look look) {
    Set<String> allowed = options.allowedSiblings();
    Set<String> going = new HashSet<>(
        way == StrictDeletion.WITHOUT_PLACEHOLDER ? allowed : look.alsoGoing(allowed));
    going.add(tag);
    return going;
  }

  /** Returns whether it may, as far as the list of versions tells. */
  private boolean mayGoWhole(String tag, Sight sight, Set<String> going) {
    return switch (way) {
      case BY_PLACEHOLDER -> false;
      case WHOLE_VERSION_IF_ALONE ->
        going.containsAll(sight.version().tags()) && (!keepsLastTag || sight.othersHaveTags(tag));
      case WITHOUT_PLACEHOLDER -> true;
    };
  }

  private DeleteResult whole(
      Operation operation,
      ImageRef image,
      String tag,
      Sight sight,
      Set<String> going,
      DeleteOptions options,
      Look look) {
    WholeVersions.requireAllowed(operation, going, sight.version().tags());
    requireAnother(operation, sight.othersHaveTags(tag));
    if (whole.isPlaceholder(operation, image, sight.version())) {
      return alone(image, tag, sight, options); // finishes another deletion
    }
    try {
      whole.requireFree(operation, image, sight.version(), going, look);
      return whole.remove(operation, image, tag, sight.version(), going, look);
    } catch (SharedDigestException | ManifestInUseException | DownloadLimitException e) {
      if (way == StrictDeletion.WITHOUT_PLACEHOLDER) {
        throw e;
      }
      return alone(image, tag, sight, options); // nothing was changed
    }
  }

  private DeleteResult alone(ImageRef image, String tag, Sight sight, DeleteOptions options) {
    List<String> staying = sight.version().tagsBeside(tag).stream()
        .filter(sibling -> !options.allowedSiblings().contains(sibling))
        .toList();
    return placeholders.remove(image, tag, sight.version(), staying);
  }

  /**
   * Waits until the list of versions has the tag where the registry has it. A digest that is required is compared
   * with the registry's.
   */
  private Sight agree(
      Operation operation, ImageRef image, String tag, DeleteOptions options, Look look) {
    boolean isWhole = options.isForced() || way != StrictDeletion.BY_PLACEHOLDER;
    List<Version> versions = listed(operation, image, tag, isWhole, look);
    @Nullable Sight sight = sight(versions, operation, image, tag, options);
    if (sight != null) {
      return sight;
    }
    Sight[] found = new Sight[1];
    boolean agrees = patience.isReached(operation.description(), () -> {
      List<Version> now = look.anew().versions(operation, image, tag, isWhole);
      found[0] = sight(now, operation, image, tag, options);
      return found[0] != null;
    });
    if (!agrees) {
      throw new ConflictException(
          operation.details("GitHub's list of versions does not have the tag where the registry has"
              + " it, after " + patience.limit().toSeconds() + " s; nothing has changed"));
    }
    return found[0];
  }

  /** GitHub's API says that there is no such image also to who may not see it, which the registry can tell. */
  private List<Version> listed(
      Operation operation, ImageRef image, String tag, boolean isWhole, Look look) {
    try {
      return look.versions(operation, image, tag, isWhole);
    } catch (ImageNotFoundException e) {
      if (manifests.find(operation, image, tag).isPresent()) {
        throw versions.unlisted(e);
      }
      throw e;
    }
  }

  private @Nullable Sight sight(
      List<Version> versions,
      Operation operation,
      ImageRef image,
      String tag,
      DeleteOptions options) {
    String digest = manifests.digestOf(operation, image, tag);
    requireDigest(operation, image, digest, options);
    return versions.stream()
        .filter(version -> version.digest().equals(digest) && version.tags().contains(tag))
        .findFirst()
        .map(version -> new Sight(
            version,
            versions.stream().filter(other -> other.id() != version.id()).toList()))
        .orElse(null);
  }

  /** A tag that a deletion left on a placeholder counts as what it pointed to; that costs a GET where it differs. */
  private void requireDigest(
      Operation operation, ImageRef image, String digest, DeleteOptions options) {
    Optional<String> required = options.requiredDigest();
    if (required.isPresent()
        && !required.get().equals(digest)
        && !required.equals(originalOf(operation, image, digest))) {
      throw new PreconditionFailedException(
          operation.details("it points to " + digest + ", not to " + required.get()));
    }
  }

  private Optional<String> originalOf(Operation operation, ImageRef image, String digest) {
    try {
      return Placeholder.originalOf(
          manifests.read(Operation.on(operation.description()), image, digest));
    } catch (NotFoundException | InvalidResponseException e) {
      return Optional.empty(); // whatever it is, it is none of ours
    }
  }

  private void requireAnother(Operation operation, boolean isAnotherTagged) {
    if (keepsLastTag && !isAnotherTagged) {
      throw new LastVersionException(
          operation.details("no other tag would be left, and " + LastVersionException.ADVICE));
    }
  }
}
