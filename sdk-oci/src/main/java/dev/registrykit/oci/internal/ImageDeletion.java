package dev.registrykit.oci.internal;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.oci.ImagePartlyDeletedException;
import dev.registrykit.spi.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes all manifests of an image that tags lead to, and all its tags with them. */
final class ImageDeletion {

  /** Google's registry, and zot's where it is set up so, want the tags gone first. */
  private static final Set<String> TAGS_FIRST =
      Set.of("GOOGLE_MANIFEST_DANGLING_TAG", "MANIFEST_INVALID");

  private final OciApi api;
  private final TaggedManifests tagged;
  private final ManifestDeletion manifests;
  private final Disappearance disappearance;

  ImageDeletion(
      OciApi api, TaggedManifests tagged, ManifestDeletion manifests, Disappearance disappearance) {
    this.api = api;
    this.tagged = tagged;
    this.manifests = manifests;
    this.disappearance = disappearance;
  }

  DeleteResult remove(ImageRef image) {
    Operation operation = Operation.onImage("delete image " + image, image);
    Map<String, ManifestHead> heads = tagged.heads(operation, image);
    if (heads.isEmpty()) {
      throw operation.missing("it has no tags");
    }
    Set<String> digests = inOrder(heads, tagged.partsByIndex(operation, image, heads));
    manifests.requireOffered(operation, image);
    new Progress(image, heads, Operation.on(operation.description())).delete(digests);
    return DeleteResult.of(outcome(operation, image, heads), null);
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

  private DeleteOutcome outcome(
      Operation operation, ImageRef image, Map<String, ManifestHead> heads) {
    Set<String> left = new LinkedHashSet<>(heads.keySet());
    return disappearance.outcome(operation, () -> {
      Map<String, ManifestHead> now = tagged.heads(operation, image, List.copyOf(left));
      left.removeIf(tag -> !isSame(heads.get(tag), now.get(tag)));
      return left.isEmpty();
    });
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
    private boolean hasChanged;

    Progress(ImageRef image, Map<String, ManifestHead> heads, Operation step) {
      this.image = image;
      this.heads = heads;
      this.step = step;
    }

    void delete(Set<String> digests) {
      try {
        digests.forEach(this::delete);
      } catch (RegistryException e) {
        throw hasChanged ? new ImagePartlyDeletedException(image, deleted, e) : e;
      }
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
    }

    private void deleteTag(String tag) {
      try {
        api.deleteManifest(step, image, tag);
        hasChanged = true;
      } catch (NotFoundException e) {
        // which is what was wanted
      }
    }
  }
}
