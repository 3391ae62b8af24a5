package dev.registrykit.github.internal;

import dev.registrykit.ConflictException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import dev.registrykit.github.internal.deletion.Patience;
import dev.registrykit.github.internal.deletion.Versions;
import dev.registrykit.github.internal.generated.model.VersionDocument;
import dev.registrykit.github.internal.wire.GithubApi.State;
import dev.registrykit.github.internal.wire.GithubMapper;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.github.internal.wire.PageNumbers;
import dev.registrykit.github.internal.wire.Version;
import dev.registrykit.github.internal.wire.VersionLists;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.Waiting;
import java.util.List;
import java.util.Optional;

/** What can be done with tags, but for their deletion. */
final class TagOperations {

  private final VersionLists lists;
  private final Versions versions;
  private final Manifests manifests;
  private final Patience patience;
  private final OperationRunner operations;

  TagOperations(
      VersionLists lists,
      Versions versions,
      Manifests manifests,
      Patience patience,
      OperationRunner operations) {
    this.lists = lists;
    this.versions = versions;
    this.manifests = manifests;
    this.patience = patience;
    this.operations = operations;
  }

  PageFetcher<Tag> pages(ImageRef image, ListTagsOptions options, int pageSize) {
    Operation operation = Operation.onImage("list tags of " + image, image);
    PageNumbers<VersionDocument, Tag> pages =
        lists.pages(operation, image, pageSize, State.ACTIVE, read -> tags(image, read));
    return pages.startingAt(options.cursor());
  }

  private static List<Tag> tags(ImageRef image, List<Version> versions) {
    return versions.stream()
        .flatMap(
            version -> version.tags().stream().map(name -> GithubMapper.tag(image, version, name)))
        .toList();
  }

  /**
   * Reads a tag: its version is looked for in the list, and the registry is asked where the tag is now, for the list
   * may be some seconds old. Where they differ, the registry is right and the list is waited for.
   */
  Tag read(ImageRef image, String name) {
    Operation operation = Operation.onTag("get", image, name);
    Optional<Version> listed = find(operation, image, name);
    String digest = manifests.digestOf(operation, image, name);
    if (listed.filter(version -> version.digest().equals(digest)).isPresent()) {
      return GithubMapper.tag(image, listed.get(), name);
    }
    return GithubMapper.tag(image, awaitListed(operation, image, digest), name);
  }

  /** GitHub's API says that there is no such image also to who may not see it, which the registry can tell. */
  private Optional<Version> find(Operation operation, ImageRef image, String name) {
    try {
      return lists.find(operation, image, version -> version.tags().contains(name));
    } catch (ImageNotFoundException e) {
      if (manifests.find(operation, image, name).isPresent()) {
        throw versions.unlisted(e);
      }
      throw e;
    }
  }

  private Version awaitListed(Operation operation, ImageRef image, String digest) {
    Version[] found = new Version[1];
    boolean isListed = patience.isReached(operation.description(), () -> {
      Optional<Version> listed =
          lists.find(operation, image, version -> version.digest().equals(digest));
      listed.ifPresent(version -> found[0] = version);
      return listed.isPresent();
    });
    if (!isListed) {
      throw new ConflictException(operation.details("the tag points to " + digest
          + ", which GitHub's list of versions does not have after "
          + patience.limit().toSeconds() + " s"));
    }
    return found[0];
  }

  /** Waits by the registry alone, which knows first; a HEAD a look. */
  void awaitGone(ImageRef image, String name, WaitOptions options) {
    Operation operation = Operation.onTag("get", image, name);
    Waiting.until(
        () -> operations.run(() -> manifests.find(operation, image, name).isEmpty()),
        "wait until tag " + name + " of " + image + " is gone",
        options,
        patience.time());
  }
}
