package dev.registrykit.oci.internal.deletion;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.oci.ImagePartlyDeletedException;
import dev.registrykit.oci.internal.detail.TaggedManifests;
import dev.registrykit.oci.internal.wire.ManifestHead;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes all manifests of an image that tags lead to, and all its tags with them, or, where tags
 * stay without their manifest, after them.
 */
public final class ImageDeletion {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.oci");

  /** Google's registry, and zot's where it is set up so, want the tags gone first. */
  private static final Set<String> TAGS_FIRST =
      Set.of("GOOGLE_MANIFEST_DANGLING_TAG", "MANIFEST_INVALID");

  private final OciApi api;
  private final TaggedManifests tagged;
  private final ManifestDeletion manifests;
  private final DeletionCheck deletionCheck;
  private final PlaceholderRemoval ghosts;

  public ImageDeletion(
      OciApi api,
      TaggedManifests tagged,
      ManifestDeletion manifests,
      DeletionCheck deletionCheck,
      PlaceholderRemoval ghosts) {
    this.api = api;
    this.tagged = tagged;
    this.manifests = manifests;
    this.deletionCheck = deletionCheck;
    this.ghosts = ghosts;
  }

  public DeleteResult remove(ImageRef image) {
    Operation operation = Operation.onImage("delete image " + image, image);
    Map<String, ManifestHead> heads = tagged.heads(operation, image);
    if (heads.isEmpty()) {
      throw operation.missing("it has no tags");
    }
    Set<String> digests = inOrder(heads, tagged.partsByIndex(operation, image, heads));
    manifests.requireOffered(operation, image);
    Progress progress = new Progress(image, heads, Operation.on(operation.description()));
    progress.delete(digests);
    return DeleteResult.of(progress.outcome(), null);
  }

  /** Indexes go before what they list, all levels down: some registries protect their parts. */
  private static Set<String> inOrder(
      Map<String, ManifestHead> heads, Map<String, Set<String>> partsByIndex) {
    Set<String> left = new LinkedHashSet<>();
    heads.values().forEach(head -> left.add(head.digest()));
    partsByIndex.values().forEach(left::addAll);
    Set<String> ordered = new LinkedHashSet<>();
    while (!left.isEmpty()) {
      Set<String> next = new LinkedHashSet<>(left);
      left.forEach(index -> next.removeAll(partsByIndex.getOrDefault(index, Set.of())));
      ordered.addAll(next); // never none: no bytes hold their own digest, at no level
      left.removeAll(next);
    }
    return ordered;
  }

  private static boolean isSame(@Nullable ManifestHead before, @Nullable ManifestHead now) {
    return before != null && now != null && before.digest().equals(now.digest());
  }

  /** One image on its way. Belongs to one thread. */
  private final class Progress {

    private final ImageRef image;
    private final Map<String, ManifestHead> heads;
    private final Operation step;
    private final List<String> deleted = new ArrayList<>();
    private final Set<String> remaining;
    private boolean hasChanged;

    Progress(ImageRef image, Map<String, ManifestHead> heads, Operation step) {
      this.image = image;
      this.heads = heads;
      this.step = step;
      this.remaining = new LinkedHashSet<>(heads.keySet());
    }

    void delete(Set<String> digests) {
      orSayWhatIsGone(() -> digests.forEach(this::delete));
    }

    private void orSayWhatIsGone(Runnable deletion) {
      try {
        deletion.run();
      } catch (RegistryException e) {
        throw hasChanged
            ? new ImagePartlyDeletedException(image, deleted, List.copyOf(remaining), e)
            : e;
      }
    }

    /** Looks at once, deletes what tags are left, and looks for some seconds whether all is gone. */
    DeleteOutcome outcome() {
      Set<String> left = new LinkedHashSet<>(heads.keySet());
      DeleteOutcome first = deletionCheck.outcomeAtOnce(step, () -> isGone(left));
      if (first == DeleteOutcome.DELETED) {
        return first;
      }
      orSayWhatIsGone(() -> deleteTags(left));
      DeleteOutcome outcome = deletionCheck.outcome(step, () -> isGone(left));
      if (outcome != DeleteOutcome.DELETED) {
        LOG.warn("{}: accepted, but these tags are listed still: {}", step.description(), left);
      }
      return outcome;
    }

    /** Takes those tags out of the set that are not listed any more, or point elsewhere by now. */
    private boolean isGone(Set<String> left) {
      left.retainAll(tagged.namesIfAny(step, image));
      Map<String, ManifestHead> now = tagged.heads(step, image, List.copyOf(left));
      left.removeIf(tag -> now.containsKey(tag) && !isSame(heads.get(tag), now.get(tag)));
      remaining.clear(); // what was seen says more than what was answered
      remaining.addAll(left);
      return left.isEmpty();
    }

    /** A registry that deletes tags may leave them without their manifest, or make them ghosts. */
    private void deleteTags(Set<String> left) {
      for (String tag : left) {
        try {
          deleteTag(tag);
        } catch (RegistryServiceException e) {
          if (DeletionAnswer.of(e) == DeletionAnswer.REFUSED) {
            throw e;
          }
          break; // it deletes no tags, which go with their manifest, late, or stay as ghosts
        }
      }
      ghosts.areGhostsGone(step, image, left);
    }

    private void delete(String digest) {
      try {
        deleteManifest(digest);
      } catch (ConflictException e) {
        if (!TAGS_FIRST.contains(e.errorCode().orElse(""))) {
          throw e;
        }
        TaggedManifests.pointingTo(digest, heads).forEach(this::deleteTag);
        deleteManifest(digest);
      }
    }

    private void deleteManifest(String digest) {
      try {
        manifests.delete(step, image, digest);
      } catch (NotFoundException e) {
        return; // gone with another, or Quay's, which forgets a manifest with its last tag
      }
      hasChanged = true;
      deleted.add(digest);
      remaining.removeAll(TaggedManifests.pointingTo(digest, heads));
    }

    private void deleteTag(String tag) {
      try {
        api.deleteManifest(step, image, tag);
        hasChanged = true;
        remaining.remove(tag);
      } catch (NotFoundException e) {
        // which is what was wanted
      }
    }
  }
}
