package dev.registrykit.oci.internal;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.generated.model.TagList;
import dev.registrykit.spi.FetchedPage;
import dev.registrykit.spi.Intent;
import dev.registrykit.spi.Listing;
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

/** Looks at all the tags of an image: the only way to see which of them share a digest. */
final class TaggedManifests {

  private static final int CONCURRENCY = 8;

  private final OciConfiguration configuration;
  private final OciApi api;

  TaggedManifests(OciConfiguration configuration, OciApi api) {
    this.configuration = configuration;
    this.api = api;
  }

  /** Returns whether the image has a tag: one request, but for pages of nothing. */
  boolean hasAny(Intent intent, ImageRef image) {
    return tags(intent, image, 1).iterator().hasNext();
  }

  /** Returns the names of all tags, housekeeping included: one request a page. */
  private List<String> names(Intent intent, ImageRef image) {
    Set<String> names = new LinkedHashSet<>();
    tags(intent, image, configuration.preset().maxPageSize()).forEach(tag -> names.add(tag.name()));
    return List.copyOf(names);
  }

  private PagedIterable<Tag> tags(Intent intent, ImageRef image, int pageSize) {
    PageLinks links = new PageLinks(configuration.baseUrl(), "tags of " + image);
    Intent onImage = Intent.onImage(intent.description(), image).within(intent.limit());
    PageFetcher<Tag> pages = cursor -> {
      JsonPage<TagList> page =
          api.listTags(onImage, image, pageSize, cursor == null ? null : links.parse(cursor));
      return new FetchedPage<>(
          OciMapper.tags(image, page.body(), true), links.format(page.next()), null);
    };
    return Pages.of(new Listing<>(
        intent.description(),
        pages,
        null,
        Tag::name,
        tag -> true,
        configuration.httpOptions().maxPages()));
  }

  /** Returns what every tag points to: a request a page and one a tag. */
  Map<String, ManifestHead> heads(Intent intent, ImageRef image) {
    return heads(intent, image, names(intent, image));
  }

  Map<String, ManifestHead> heads(Intent intent, ImageRef image, List<String> names) {
    List<Optional<ManifestHead>> heads =
        ParallelReads.map(names, CONCURRENCY, name -> head(intent, image, name));
    Map<String, ManifestHead> byTag = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      heads.get(i).ifPresent(head -> byTag.put(name, head));
    }
    return byTag;
  }

  private Optional<ManifestHead> head(Intent intent, ImageRef image, String name) {
    Intent onTag = new Intent(
        intent.description(),
        details -> new TagNotFoundException(image, name, details),
        intent.limit());
    try {
      return Optional.of(api.headManifest(onTag, image, name));
    } catch (TagNotFoundException | ImageNotFoundException e) {
      return Optional.empty(); // deleted since it was listed
    }
  }

  /** Returns the tags that point to the digest, but for one, in order of their names. */
  List<String> siblings(Intent intent, ImageRef image, String digest, String except) {
    List<String> others =
        names(intent, image).stream().filter(name -> !name.equals(except)).toList();
    return pointingTo(digest, heads(intent, image, others));
  }

  static List<String> pointingTo(String digest, Map<String, ManifestHead> heads) {
    return heads.entrySet().stream()
        .filter(entry -> entry.getValue().digest().equals(digest))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /**
   * Returns the manifests that indexes list, all levels down, by the digest of the index that is
   * tagged: a request an index.
   */
  Map<String, Set<String>> partsOfIndexes(
      Intent intent, ImageRef image, Map<String, ManifestHead> heads) {
    Set<String> indexes = new LinkedHashSet<>();
    heads.values().stream()
        .filter(ManifestHead::isIndex)
        .forEach(head -> indexes.add(head.digest()));
    List<String> digests = List.copyOf(indexes);
    List<Set<String>> parts =
        ParallelReads.map(digests, CONCURRENCY, digest -> parts(intent, image, digest));
    Map<String, Set<String>> byIndex = new LinkedHashMap<>();
    for (int i = 0; i < digests.size(); i++) {
      byIndex.put(digests.get(i), parts.get(i));
    }
    return byIndex;
  }

  private Set<String> parts(Intent intent, ImageRef image, String index) {
    Set<String> parts = new LinkedHashSet<>();
    Deque<String> indexes = new ArrayDeque<>(List.of(index));
    while (!indexes.isEmpty()) {
      for (OciDescriptor part : manifestsOf(intent, image, indexes.remove())) {
        boolean isNew = Digests.isVerifiable(part.digest()) && parts.add(part.digest());
        if (isNew && OciManifest.isIndex(part.mediaType())) {
          indexes.add(part.digest());
        }
      }
    }
    return parts;
  }

  private List<OciDescriptor> manifestsOf(Intent intent, ImageRef image, String index) {
    Intent onIndex = Intent.on(intent.description()).within(intent.limit());
    try {
      return api.getManifest(onIndex, image, index).manifests();
    } catch (NotFoundException e) {
      return List.of(); // gone since it was seen, and its parts are no parts any more
    }
  }
}
