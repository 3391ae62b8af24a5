package dev.registrykit.github.internal.deletion;

import dev.registrykit.ConflictException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.github.internal.wire.GithubApi;
import dev.registrykit.github.internal.wire.GithubApi.State;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.github.internal.wire.Owners;
import dev.registrykit.github.internal.wire.Version;
import dev.registrykit.github.internal.wire.VersionLists;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.spi.support.Operation;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes deletions of the past 30 days. Whether GitHub brings tags back with a version is not documented, so that
 * each is looked at, and put back where it is missing. Thread-safe.
 */
public final class Restoration {

  private final GithubApi api;
  private final Owners owners;
  private final VersionLists lists;
  private final Versions versions;
  private final Manifests manifests;
  private final Patience patience;

  /** Makes one. */
  public Restoration(
      GithubApi api,
      Owners owners,
      VersionLists lists,
      Versions versions,
      Manifests manifests,
      Patience patience) {
    this.api = api;
    this.owners = owners;
    this.lists = lists;
    this.versions = versions;
    this.manifests = manifests;
    this.patience = patience;
  }

  /** Brings a tag back and returns the digest that it points to. */
  public String restoreTag(ImageRef image, String tag) {
    Operation operation = Operation.onTag("restore", image, tag);
    Optional<String> now = manifests.find(operation, image, tag);
    if (now.isPresent()) {
      throw new ConflictException(
          operation.details("the tag is there, and points to " + now.get()));
    }
    Version deleted = lists.all(operation, image, State.DELETED).stream()
        .filter(version -> version.tags().contains(tag))
        .max(Comparator.comparing(
            version -> Objects.requireNonNullElse(version.deletedAt(), Instant.EPOCH)))
        .orElseThrow(
            () -> operation.missing("no version of the past 30 days that had it is listed"));
    Operation step = Operation.on(operation.description());
    Map<String, @Nullable String> before = digestsOf(step, image, deleted);
    api.restoreVersion(step, owners.owner(step), image, deleted.id());
    OciManifest manifest = awaitManifest(step, image, deleted.digest());
    Optional<String> original = Placeholder.originalOf(manifest);
    original.ifPresent(digest -> requireThere(step, image, tag, digest, deleted));
    String target = original.orElse(deleted.digest());
    before.forEach((name, digest) -> point(step, image, name, digest != null ? digest : target));
    return target;
  }

  /** What was restored is a placeholder: without what it stands for, it is deleted again. */
  private void requireThere(
      Operation step, ImageRef image, String tag, String digest, Version placeholder) {
    try {
      manifests.read(step, image, digest);
    } catch (NotFoundException e) {
      if (!lists.get(step, image, placeholder.id()).hasTagsBeside(tag)) {
        versions.delete(
            step,
            image,
            placeholder.id(),
            () -> manifests.find(step, image, tag).isEmpty());
      }
      throw new NotFoundException(step.details("the tag pointed to " + digest
          + ", which is not there any more; restore that version first"));
    }
  }

  /** Returns what the tags that a version had point to now, since others may have pushed them again. */
  private Map<String, @Nullable String> digestsOf(Operation step, ImageRef image, Version version) {
    Map<String, @Nullable String> digests = new LinkedHashMap<>();
    for (String tag : version.tags()) {
      digests.put(tag, manifests.find(step, image, tag).orElse(null));
    }
    return digests;
  }

  private OciManifest awaitManifest(Operation step, ImageRef image, String digest) {
    OciManifest[] read = new OciManifest[1];
    NotFoundException[] missing = new NotFoundException[1];
    boolean isThere = patience.isReached(step.description(), () -> {
      try {
        read[0] = manifests.read(step, image, digest);
        return true;
      } catch (NotFoundException e) {
        missing[0] = e;
        return false;
      }
    });
    if (!isThere) {
      throw step.invalid(
          "GitHub restored the version, but its manifest cannot be read", missing[0]);
    }
    return read[0];
  }

  private void point(Operation step, ImageRef image, String tag, String digest) {
    if (!manifests.find(step, image, tag).equals(Optional.of(digest))) {
      manifests.tag(step, image, digest, tag);
    }
  }

  /** Brings an image back with all its versions. */
  public void restoreImage(ImageRef image) {
    Operation operation = Operation.onImage("restore image " + image, image);
    Operation step = Operation.on(operation.description());
    try {
      api.restorePackage(step, owners.owner(step), image);
    } catch (RegistryException e) {
      boolean isThere = isThere(operation, image);
      if (isThere && e.mayHaveTakenEffect()) {
        return;
      }
      if (!(e instanceof NotFoundException)) {
        throw e;
      }
      if (isThere) {
        throw new ConflictException(operation.details("the image is there"));
      }
      throw operation.missing(
          "no image that was deleted in the past 30 days is there to be restored"
              + " by this token: " + api.tokenKind().whatRestoringTakes());
    }
  }

  private boolean isThere(Operation operation, ImageRef image) {
    try {
      api.getPackage(operation, owners.owner(operation), image);
      return true;
    } catch (ImageNotFoundException e) {
      return false;
    }
  }
}
