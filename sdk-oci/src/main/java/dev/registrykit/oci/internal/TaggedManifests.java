package dev.registrykit.oci.internal;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.RegistryException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.spi.Listing;
import dev.registrykit.spi.Operation;
import dev.registrykit.spi.PageFetcher;
import dev.registrykit.spi.Pages;
import dev.registrykit.spi.ParallelReads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all the tags of an image: the only way to see which of them share a digest. */
final class TaggedManifests {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.oci");

  private static final int CONCURRENCY = 8;

  private final OciConfiguration configuration;
  private final OciApi api;

  TaggedManifests(OciConfiguration configuration, OciApi api) {
    this.configuration = configuration;
    this.api = api;
  }

  /** Returns whether the image has a tag: one request, but for pages of nothing. */
  boolean hasAny(Operation operation, ImageRef image) {
    return tags(operation, image, 1).iterator().hasNext();
  }

  /** Returns the names of all tags, housekeeping included: one request a page. */
  private List<String> names(Operation operation, ImageRef image) {
    Set<String> names = new LinkedHashSet<>();
    tags(operation, image, configuration.preset().maxPageSize())
        .forEach(tag -> names.add(tag.name()));
    return List.copyOf(names);
  }

  private PagedIterable<Tag> tags(Operation operation, ImageRef image, int pageSize) {
    Operation onImage = Operation.onImage(operation.description(), image);
    PageFetcher<Tag> pages = new LinkedPages<>(
        onImage,
        PageLinks.ofTags(configuration.baseUrl(), image),
        Tag::name,
        configuration.httpOptions().maxPages(),
        page -> api.listTags(onImage, image, pageSize, page)
            .map(list -> OciMapper.tags(image, list, true)));
    return Pages.of(new Listing<>(
        operation.description(),
        pages,
        null,
        Tag::name,
        tag -> true,
        configuration.httpOptions().maxPages(),
        api.operations()));
  }

  /** Returns what every tag points to: a request a page and one a tag. */
  Map<String, ManifestHead> heads(Operation operation, ImageRef image) {
    return listedHeads(operation, image, names(operation, image));
  }

  /** Asks twice for what is not there although it was listed: deletions hang on it. */
  private Map<String, ManifestHead> listedHeads(
      Operation operation, ImageRef image, List<String> names) {
    Map<String, ManifestHead> heads = heads(operation, image, names);
    for (String name : names) {
      if (!heads.containsKey(name)) {
        byManifest(operation, image, name).ifPresent(head -> heads.put(name, head));
      }
    }
    return heads;
  }

  /** A HEAD that is answered with 404 says neither who looked nor why. */
  private Optional<ManifestHead> byManifest(Operation operation, ImageRef image, String name) {
    try {
      OciManifest manifest = api.getManifest(onTag(operation, image, name), image, name);
      return Optional.of(new ManifestHead(manifest.digest(), manifest.mediaType()));
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return Optional.empty(); // deleted since it was listed
    }
  }

  Map<String, ManifestHead> heads(Operation operation, ImageRef image, List<String> names) {
    List<Optional<ManifestHead>> heads =
        ParallelReads.map(operation, names, CONCURRENCY, name -> head(operation, image, name));
    Map<String, ManifestHead> byTag = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      heads.get(i).ifPresent(head -> byTag.put(name, head));
    }
    return byTag;
  }

  private Optional<ManifestHead> head(Operation operation, ImageRef image, String name) {
    try {
      return Optional.of(api.headManifest(onTag(operation, image, name), image, name));
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return Optional.empty(); // deleted since it was listed
    }
  }

  private static Operation onTag(Operation operation, ImageRef image, String name) {
    return new Operation(
        operation.description(), details -> new TagNotFoundException(image, name, details));
  }

  /** Returns the tags that point to the digest, but for one, in order of their names. */
  List<String> siblings(Operation operation, ImageRef image, String digest, String except) {
    List<String> others =
        names(operation, image).stream().filter(name -> !name.equals(except)).toList();
    return pointingTo(digest, listedHeads(operation, image, others));
  }

  static List<String> pointingTo(String digest, Map<String, ManifestHead> heads) {
    return heads.entrySet().stream()
        .filter(entry -> entry.getValue().digest().equals(digest))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /**
   * Returns those that do not point to the digest any more, in their order: not every registry takes
   * the tags of a manifest along. A request a tag; where they cannot be looked at, the registry's
   * word that the manifest is deleted counts.
   */
  List<String> gone(Operation operation, ImageRef image, List<String> names, String digest) {
    Set<String> left;
    try {
      left = Set.copyOf(pointingTo(digest, heads(operation, image, names)));
    } catch (RegistryException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn("{}: done, but which tags went could not be seen", operation.description(), e);
      return names;
    }
    return names.stream().filter(name -> !left.contains(name)).toList();
  }

  /**
   * Returns what the indexes among the manifests list, and the indexes in those, by the digest of the
   * index: a request an index.
   */
  Map<String, Set<String>> partsByIndex(
      Operation operation, ImageRef image, Map<String, ManifestHead> heads) {
    Map<String, Set<String>> partsByIndex = new LinkedHashMap<>();
    Set<String> level = new LinkedHashSet<>();
    heads.values().stream().filter(ManifestHead::isIndex).forEach(head -> level.add(head.digest()));
    while (!level.isEmpty()) {
      List<String> indexes = List.copyOf(level);
      level.clear();
      List<List<OciDescriptor>> parts = ParallelReads.map(
          operation, indexes, CONCURRENCY, index -> manifestsOf(operation, image, index));
      for (int i = 0; i < indexes.size(); i++) {
        partsByIndex.put(indexes.get(i), digests(parts.get(i).stream()));
        level.addAll(
            digests(parts.get(i).stream().filter(part -> OciManifest.isIndex(part.mediaType()))));
      }
      level.removeAll(partsByIndex.keySet());
    }
    return partsByIndex;
  }

  private static Set<String> digests(Stream<OciDescriptor> parts) {
    Set<String> digests = new LinkedHashSet<>();
    parts.map(OciDescriptor::digest).filter(Digests::isVerifiable).forEach(digests::add);
    return digests;
  }

  /** Returns the indexes that list a manifest, or an index that does, all levels up. */
  static Set<String> indexesAbove(String digest, Map<String, Set<String>> partsByIndex) {
    Set<String> above = new LinkedHashSet<>();
    Deque<String> listed = new ArrayDeque<>(List.of(digest));
    while (!listed.isEmpty()) {
      String part = listed.remove();
      partsByIndex.forEach((index, parts) -> {
        if (parts.contains(part) && above.add(index)) {
          listed.add(index);
        }
      });
    }
    return above;
  }

  private List<OciDescriptor> manifestsOf(Operation operation, ImageRef image, String index) {
    Operation onIndex = Operation.on(operation.description());
    try {
      return api.getManifest(onIndex, image, index).manifests();
    } catch (NotFoundException e) {
      return List.of(); // gone since it was seen, and its parts are no parts any more
    }
  }
}
