package dev.registrykit.github.internal.deletion;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.github.internal.wire.Retold;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.spi.support.LoadingCache;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ParallelReads;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the tagged indexes that a manifest is a part of, by reading every tagged manifest; each of them once, for what
 * has this digest has these parts for ever. Thread-safe.
 */
public final class TaggedIndexes {

  /** More indexes within indexes than this are nobody's image. */
  private static final int MAX_DEPTH = 8;

  /** Of so many manifests their parts are kept, unless one has more than nearly all have. */
  private static final int MAX_KEPT = 10_000;

  private static final int MAX_PARTS_KEPT = 100;

  private static final int CONCURRENCY = 8;

  private final OciRegistry registry;
  private final Manifests manifests;
  private final ParallelReads reads;
  private final LoadingCache<String, List<OciDescriptor>> parts = new LoadingCache<>(MAX_KEPT);

  /** Makes one that sends several requests at a time. */
  public TaggedIndexes(OciRegistry registry, Manifests manifests, ParallelReads reads) {
    this.registry = registry;
    this.manifests = manifests;
    this.reads = reads;
  }

  /** Returns what every tag points to, as the registry says; a list of tags, and a HEAD a tag. */
  Map<String, String> digestsByTag(Operation operation, ImageRef image) {
    Map<String, String> digests = new TreeMap<>();
    try {
      ListTagsOptions withDigests = ListTagsOptions.defaults().withDetail(TagDetail.DIGEST);
      for (Tag tag : registry.listTags(image, withDigests)) {
        digests.put(
            tag.name(),
            tag.digest()
                .orElseThrow(
                    () -> operation.invalid("the digest of " + tag.name() + " is missing")));
      }
    } catch (RegistryException e) {
      throw Retold.as(operation.description(), e);
    }
    return digests;
  }

  /**
   * Returns the tags whose indexes list the digest, through other indexes too; a GET a manifest that was not read
   * before. Of an index that cannot be found nobody knows what it lists, so that its tags are among them.
   */
  List<String> listing(
      Operation operation, ImageRef image, String digest, Map<String, String> digestsByTag) {
    Operation step = Operation.on(operation.description());
    List<String> others = digestsByTag.values().stream()
        .filter(other -> !other.equals(digest))
        .distinct()
        .toList();
    Set<String> harmless = ConcurrentHashMap.newKeySet();
    Set<String> listing = new HashSet<>();
    reads
        .map(
            step,
            others,
            CONCURRENCY,
            other ->
                mayList(step, image, other, digest, harmless) ? List.of(other) : List.<String>of())
        .forEach(listing::addAll);
    return digestsByTag.entrySet().stream()
        .filter(tag -> listing.contains(tag.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean mayList(
      Operation step, ImageRef image, String index, String digest, Set<String> harmless) {
    try {
      return lists(step, image, index, digest, harmless, 0);
    } catch (NotFoundException e) {
      return true;
    }
  }

  private boolean lists(
      Operation step,
      ImageRef image,
      String index,
      String digest,
      Set<String> harmless,
      int depth) {
    if (harmless.contains(index)) {
      return false;
    }
    if (depth > MAX_DEPTH) {
      throw step.invalid("indexes are nested more than " + MAX_DEPTH + " deep");
    }
    for (OciDescriptor part : parts(step, image, index)) {
      boolean isNested = OciManifest.isIndex(part.mediaType());
      if (part.digest().equals(digest)
          || (isNested && lists(step, image, part.digest(), digest, harmless, depth + 1))) {
        return true;
      }
    }
    harmless.add(index);
    return false;
  }

  private List<OciDescriptor> parts(Operation step, ImageRef image, String digest) {
    List<OciDescriptor> known = parts.get(key(image, digest));
    return known != null ? known : read(step, image, digest).manifests();
  }

  /** Reads a manifest; its parts are known from then on, be it deleted or not. */
  OciManifest read(Operation step, ImageRef image, String digest) {
    OciManifest manifest = manifests.read(step, image, digest);
    if (manifest.manifests().size() <= MAX_PARTS_KEPT) {
      parts.put(key(image, digest), manifest.manifests());
    }
    return manifest;
  }

  private static String key(ImageRef image, String digest) {
    return image.path() + "@" + digest;
  }
}
