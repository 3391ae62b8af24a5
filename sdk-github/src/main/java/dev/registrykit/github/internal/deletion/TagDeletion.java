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
import dev.registrykit.github.LastVersionException;
import dev.registrykit.github.StrictDeletion;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.github.internal.wire.Version;
import dev.registrykit.github.internal.wire.VersionLists;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a tag where only versions can be deleted: first the list of versions and the registry have to agree
 * where the tag is, then it goes by a placeholder, or its version goes whole. Thread-safe.
 */
public final class TagDeletion {

  private final VersionLists lists;
  private final Versions versions;
  private final Manifests manifests;
  private final Patience patience;
  private final PlaceholderDeletion placeholders;
  private final WholeVersions whole;
  private final StrictDeletion way;
  private final boolean keepsLastTag;

  /** Makes one that deletes in this way. */
  public TagDeletion(
      VersionLists lists,
      Versions versions,
      Manifests manifests,
      Patience patience,
      PlaceholderDeletion placeholders,
      WholeVersions whole,
      StrictDeletion way,
      boolean keepsLastTag) {
    this.lists = lists;
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
      return whole.remove(operation, image, tag, sight.version());
    }
    requireAnother(operation, sight.leavesATag(tag));
    List<String> siblings = sight.version().tagsBeside(tag);
    if (way == StrictDeletion.BY_PLACEHOLDER || (mayPush() && !siblings.isEmpty())) {
      return alone(image, tag, sight, options);
    }
    requireAllowed(operation, siblings, options);
    if (!siblings.isEmpty()) {
      requireAnother(operation, sight.othersHaveTags(tag));
    }
    Optional<RuntimeException> hindrance =
        whole.hindrance(operation, image, tag, sight.version(), options.allowedSiblings());
    if (hindrance.isEmpty()) {
      return whole.remove(operation, image, tag, sight.version());
    }
    if (mayPush()) {
      return alone(image, tag, sight, options);
    }
    throw hindrance.get();
  }

  private boolean mayPush() {
    return way != StrictDeletion.WITHOUT_PLACEHOLDER;
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
      List<Version> now = Look.forOne(lists).versions(operation, image, tag, isWhole);
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

  private static void requireAllowed(
      Operation operation, List<String> siblings, DeleteOptions options) {
    List<String> spared = siblings.stream()
        .filter(sibling -> !options.allowedSiblings().contains(sibling))
        .toList();
    if (!spared.isEmpty()) {
      throw new SharedDigestException(
          spared,
          operation.details("the digest is shared with " + String.join(", ", spared)
              + ", and no placeholder may be pushed"));
    }
  }
}
