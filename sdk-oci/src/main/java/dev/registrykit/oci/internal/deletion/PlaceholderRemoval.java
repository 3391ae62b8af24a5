package dev.registrykit.oci.internal.deletion;

import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.oci.internal.deletion.ReplacedTag.TagState;
import dev.registrykit.oci.internal.detail.TaggedManifests;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.Operation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes placeholders with their tags. docker-registry 2.8.2 deletes a manifest first and then, if
 * nothing is pushed in that repository meanwhile, its tags: what it leaves is listed and leads
 * nowhere, a ghost, until a manifest is put on it again and deleted.
 */
public final class PlaceholderRemoval {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.oci");

  /** How often a ghost is deleted: with 24 threads at work one deletion of five was seen to leave one. */
  private static final int MAX_TRIES = 8;

  private final OciConfiguration configuration;
  private final OciApi api;
  private final TaggedManifests tagged;
  private final ManifestDeletion manifests;
  private final DeletionCheck deletionCheck;
  private final RepositoryTurns turns;

  public PlaceholderRemoval(
      OciConfiguration configuration,
      OciApi api,
      TaggedManifests tagged,
      ManifestDeletion manifests,
      DeletionCheck deletionCheck,
      RepositoryTurns turns) {
    this.configuration = configuration;
    this.api = api;
    this.tagged = tagged;
    this.manifests = manifests;
    this.deletionCheck = deletionCheck;
    this.turns = turns;
  }

  /**
   * Deletes the placeholder that the tag points to, and looks until the tag is gone, for some seconds:
   * two requests. Returns what was seen last, which is no ghost.
   */
  TagState remove(ReplacedTag way) {
    TagState sight = look(way, isDeletionInDoubt(way));
    return sight == TagState.GHOST ? removeGhost(way) : sight;
  }

  /** Deletes the placeholder, and returns whether the tag may be listed still. */
  private boolean isDeletionInDoubt(ReplacedTag way) {
    try {
      return manifests.delete(way.step(), way.image(), way.placeholder().digest());
    } catch (NotFoundException e) {
      return true; // gone all the same, by whomever; a look at the tag decides
    }
  }

  private TagState look(ReplacedTag way, boolean isInDoubt) {
    TagState[] last = {TagState.PLACEHOLDER}; // if there is no time for a look
    deletionCheck.pollUntil(way.step(), () -> {
      last[0] = way.look(isInDoubt);
      return last[0].isEnd() || last[0] == TagState.GHOST;
    });
    return last[0];
  }

  private TagState removeGhost(ReplacedTag way) {
    for (int tries = 1; ; tries++) {
      api.putManifest(way.step(), way.image(), way.tag(), way.placeholder().manifest());
      TagState sight = look(way, isDeletionInDoubt(way));
      if (sight != TagState.GHOST) {
        return sight;
      }
      if (tries == MAX_TRIES) {
        throw way.step().invalid("the registry deletes the manifest but goes on listing the tag");
      }
    }
  }

  /**
   * Deletes those of the tags that are ghosts: a listing, and a handful of requests for each that there
   * is.
   *
   * @return whether none is left
   */
  public boolean areGhostsGone(Operation operation, ImageRef image, Collection<String> tags) {
    try {
      Set<String> listed = new LinkedHashSet<>(tags);
      listed.retainAll(tagged.namesIfAny(operation, image));
      boolean areGone = true;
      for (String tag : listed) {
        areGone &= turns.inTurn(operation, image, () -> isGhostGone(operation, image, tag));
      }
      return areGone;
    } catch (RegistryException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn(
          "{}: accepted, but tags may be listed still that lead nowhere",
          operation.description(),
          e);
      return false;
    }
  }

  /**
   * Deletes a tag whose 404 was seen just before, if it is listed all the same: a ghost, as a deletion
   * leaves it that was killed. A listing, and a handful of requests if it is one.
   */
  boolean removesGhost(Operation operation, ImageRef image, String tag) {
    if (!tagged.lists(operation, image, tag)) {
      return false;
    }
    ReplacedTag way = ghost(operation, image, tag);
    return turns.inTurn(
        operation,
        image,
        () -> way.look(true) == TagState.GHOST && removeGhost(way).isEnd());
  }

  private ReplacedTag ghost(Operation operation, ImageRef image, String tag) {
    Operation step = Operation.on(operation.description()); // whose 404 does not mean the tag
    return new ReplacedTag(api, tagged, step, image, tag, null, Placeholder.index(tag, null));
  }

  private boolean isGhostGone(Operation operation, ImageRef image, String tag) {
    ReplacedTag way = ghost(operation, image, tag);
    return way.look(true) != TagState.GHOST
        || isDeletedByName(way)
        || (configuration.usesPlaceholder() && removeGhost(way).isEnd());
  }

  /** Where tags can be deleted, as on ocimem, whose manifests go without them. */
  private boolean isDeletedByName(ReplacedTag way) {
    try {
      api.deleteManifest(way.step(), way.image(), way.tag());
    } catch (RegistryServiceException e) {
      if (DeletionAnswer.of(e) == DeletionAnswer.REFUSED) {
        throw e;
      }
    }
    return look(way, true).isEnd();
  }
}
