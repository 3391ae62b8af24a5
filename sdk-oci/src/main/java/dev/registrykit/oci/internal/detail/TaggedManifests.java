package dev.registrykit.oci.internal.detail;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.oci.internal.wire.Absence;
import dev.registrykit.oci.internal.wire.Digests;
import dev.registrykit.oci.internal.wire.ManifestHead;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.oci.internal.wire.Referrers;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ParallelReads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at all the tags of an image: the only way to see which of them share a digest. */
public final class TaggedManifests {

  private static final int CONCURRENCY = 16;

  private static final Duration GOOD_FOR = Duration.ofMinutes(1);

  /** Indexes that no tag points to, but another index: real images have a handful. */
  private static final int MAX_INDEXES_IN_INDEXES = 1_000;

  /** What fits into memory easily; real indexes list a dozen manifests each. */
  private static final int MAX_PARTS = 200_000;

  /** So that no more than these are in memory before they are counted. */
  private static final int INDEXES_AT_A_TIME = 64;

  private final OciConfiguration configuration;
  private final OciApi api;
  private final ParallelReads reads;
  private final @Nullable Memory memory;

  public TaggedManifests(OciConfiguration configuration, OciApi api, ParallelReads reads) {
    this(configuration, api, reads, null);
  }

  private TaggedManifests(
      OciConfiguration configuration, OciApi api, ParallelReads reads, @Nullable Memory memory) {
    this.configuration = configuration;
    this.api = api;
    this.reads = reads;
    this.memory = memory;
  }

  /** Returns one that can remember for a minute what it saw of one image, for a run over its tags. */
  public TaggedManifests remembering() {
    return new TaggedManifests(configuration, api, reads, new Memory());
  }

  /** What was seen of an image. Guarded by itself: one thread looks, the others wait. */
  private static final class Memory {
    private @Nullable Map<String, ManifestHead> heads;
    private @Nullable Map<String, Set<String>> partsByIndex;
    private long endNanos;
  }

  /** Returns whether the image has a tag: one request, but for pages of nothing. */
  public boolean hasAny(Operation operation, ImageRef image) {
    return tags(operation, image, 1).iterator().hasNext();
  }

  /** Returns the names of all tags, housekeeping included; none if the registry knows no such image. */
  public List<String> namesIfAny(Operation operation, ImageRef image) {
    try {
      return names(operation, image);
    } catch (ImageNotFoundException e) {
      return List.of();
    }
  }

  /** Returns whether a tag is listed; a request a page, until it is found. */
  public boolean lists(Operation operation, ImageRef image, String name) {
    try {
      for (Tag tag : tags(operation, image, configuration.preset().maxPageSize())) {
        if (tag.name().equals(name)) {
          return true;
        }
      }
    } catch (ImageNotFoundException e) {
      return false;
    }
    return false;
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
    return Pages.of(new Listing<>(
        operation.description(),
        api.tagPages(onImage, image, pageSize),
        null,
        Tag::name,
        tag -> true,
        configuration.httpOptions().maxPages(),
        api.operations()));
  }

  /** Returns what every tag points to: a request a page and one a tag. */
  public Map<String, ManifestHead> heads(Operation operation, ImageRef image) {
    return heads(operation, image, names(operation, image));
  }

  /** Returns what these tags point to, without those that are gone by now; a request a tag. */
  public Map<String, ManifestHead> heads(Operation operation, ImageRef image, List<String> names) {
    List<Optional<ManifestHead>> heads =
        reads.map(operation, names, CONCURRENCY, name -> head(operation, image, name));
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

  /** Returns what every tag but one points to: a request a page and one a tag. */
  public Map<String, ManifestHead> headsBut(String except, Operation operation, ImageRef image) {
    List<String> others =
        names(operation, image).stream().filter(name -> !name.equals(except)).toList();
    return heads(operation, image, others);
  }

  /** Returns what {@link #headsBut} does; without a request if it is remembered. */
  public Map<String, ManifestHead> rememberedHeadsBut(
      String except, Operation operation, ImageRef image) {
    if (memory == null) {
      return headsBut(except, operation, image);
    }
    synchronized (memory) {
      long now = configuration.time().nanoTime();
      if (memory.heads == null || memory.endNanos - now < 0) {
        memory.heads = heads(operation, image);
        memory.partsByIndex = null;
        memory.endNanos = now + GOOD_FOR.toNanos();
      }
      Map<String, ManifestHead> others = new LinkedHashMap<>(memory.heads);
      others.remove(except);
      return others;
    }
  }

  /** Returns whether it is remembered that no other tag points to what this one does. */
  public boolean isRememberedAlone(String tag) {
    if (memory == null) {
      return false;
    }
    synchronized (memory) {
      if (memory.heads == null || memory.endNanos - configuration.time().nanoTime() < 0) {
        return false;
      }
      ManifestHead head = memory.heads.get(tag);
      return head != null && pointingTo(head.digest(), memory.heads).size() == 1;
    }
  }

  /** Returns one tag of each digest that is remembered, and those of which none is. */
  public List<String> oneOfEachDigest(List<String> tags) {
    if (memory == null) {
      return tags;
    }
    synchronized (memory) {
      if (memory.heads == null) {
        return tags;
      }
      Map<String, ManifestHead> heads = memory.heads;
      Set<String> digests = new HashSet<>();
      return tags.stream()
          .filter(tag -> !heads.containsKey(tag) || digests.add(heads.get(tag).digest()))
          .toList();
    }
  }

  public static List<String> pointingTo(String digest, Map<String, ManifestHead> heads) {
    return heads.entrySet().stream()
        .filter(entry -> entry.getValue().digest().equals(digest))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /**
   * Returns what the indexes among the manifests list, and the indexes in those, by the digest of the
   * index: a request an index.
   *
   * @throws InvalidResponseException if indexes list more than anybody asks for: one that was pushed
   *     can list tens of thousands of others
   */
  public Map<String, Set<String>> partsByIndex(
      Operation operation, ImageRef image, Map<String, ManifestHead> heads) {
    Map<String, Set<String>> partsByIndex = new LinkedHashMap<>();
    Set<String> level = new LinkedHashSet<>();
    heads.values().stream().filter(ManifestHead::isIndex).forEach(head -> level.add(head.digest()));
    int mostIndexes = level.size() + MAX_INDEXES_IN_INDEXES;
    int parts = 0;
    while (!level.isEmpty()) {
      List<String> indexes = List.copyOf(level);
      requireFew(operation, "indexes", partsByIndex.size() + indexes.size(), mostIndexes);
      for (int from = 0; from < indexes.size(); from += INDEXES_AT_A_TIME) {
        List<String> some =
            indexes.subList(from, Math.min(indexes.size(), from + INDEXES_AT_A_TIME));
        List<List<OciDescriptor>> listed =
            reads.map(operation, some, CONCURRENCY, index -> manifestsOf(operation, image, index));
        for (int i = 0; i < some.size(); i++) {
          Set<String> digests = digests(listed.get(i).stream());
          parts += digests.size();
          requireFew(operation, "manifests in indexes", parts, MAX_PARTS);
          partsByIndex.put(some.get(i), digests);
          level.addAll(digests(
              listed.get(i).stream().filter(part -> OciManifest.isIndex(part.mediaType()))));
        }
      }
      level.removeAll(partsByIndex.keySet());
    }
    return partsByIndex;
  }

  private static void requireFew(Operation operation, String what, int count, int most) {
    if (count > most) {
      throw operation.invalid(
          "the image has more than " + most + " " + what + ", which are too many to look at");
    }
  }

  /**
   * Returns the tags of the indexes that list a manifest, or an index that does, all levels up, in
   * order: a request an index.
   */
  public List<String> indexTags(
      Operation operation,
      ImageRef image,
      OciManifest manifest,
      Map<String, ManifestHead> allHeads) {
    Map<String, ManifestHead> heads = new LinkedHashMap<>(allHeads);
    // The index of its subject's referrers lists it, too, but is none that would break without it.
    manifest.subject().ifPresent(of -> heads.remove(Referrers.fallbackTag(of.digest())));
    return tagsAbove(manifest.digest(), heads, partsByIndex(operation, image, heads));
  }

  /**
   * Returns what {@link #indexTags} does, by what {@link #rememberedHeadsBut} saw; without a request if
   * it is remembered.
   */
  public List<String> rememberedIndexTags(
      Operation operation,
      ImageRef image,
      OciManifest manifest,
      Map<String, ManifestHead> allHeads) {
    if (memory == null) {
      return indexTags(operation, image, manifest, allHeads);
    }
    Map<String, ManifestHead> heads = new LinkedHashMap<>(allHeads);
    manifest.subject().ifPresent(of -> heads.remove(Referrers.fallbackTag(of.digest())));
    synchronized (memory) {
      if (memory.heads == null) {
        return indexTags(operation, image, manifest, allHeads);
      }
      if (memory.partsByIndex == null) {
        memory.partsByIndex = partsByIndex(operation, image, memory.heads);
      }
      return tagsAbove(manifest.digest(), heads, memory.partsByIndex);
    }
  }

  private static List<String> tagsAbove(
      String digest, Map<String, ManifestHead> heads, Map<String, Set<String>> partsByIndex) {
    Set<String> above = indexesAbove(digest, partsByIndex);
    return heads.entrySet().stream()
        .filter(entry -> above.contains(entry.getValue().digest()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Set<String> digests(Stream<OciDescriptor> parts) {
    Set<String> digests = new LinkedHashSet<>();
    parts.map(OciDescriptor::digest).filter(Digests::isVerifiable).forEach(digests::add);
    return digests;
  }

  /** Returns the indexes that list a manifest, or an index that does, all levels up. */
  private static Set<String> indexesAbove(String digest, Map<String, Set<String>> partsByIndex) {
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
      if (!Absence.isProved(e)) {
        throw e; // its parts would not be seen, and so not be spared
      }
      return List.of(); // gone since it was seen, and its parts are no parts any more
    }
  }
}
