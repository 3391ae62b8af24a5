package dev.registrykit.github.internal.deletion;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.RegistryException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.github.internal.wire.Retold;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.spi.support.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the tagged indexes that a manifest is a part of, by reading every tagged manifest. Thread-safe. */
public final class TaggedIndexes {

  /** More indexes within indexes than this are nobody's image. */
  private static final int MAX_DEPTH = 8;

  private final OciRegistry registry;
  private final Manifests manifests;

  /** Makes one. */
  public TaggedIndexes(OciRegistry registry, Manifests manifests) {
    this.registry = registry;
    this.manifests = manifests;
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

  /** Returns the tags whose indexes list the digest, through other indexes too; a GET a manifest. */
  List<String> listing(
      Operation operation, ImageRef image, String digest, Map<String, String> digestsByTag) {
    Operation step = Operation.on(operation.description());
    Set<String> harmless = new HashSet<>();
    List<String> tags = new ArrayList<>();
    digestsByTag.forEach((tag, pointsTo) -> {
      if (!pointsTo.equals(digest) && lists(step, image, pointsTo, digest, harmless, 0)) {
        tags.add(tag);
      }
    });
    return tags;
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
    OciManifest manifest = manifests.read(step, image, index);
    for (OciDescriptor part : manifest.manifests()) {
      boolean isNested = OciManifest.isIndex(part.mediaType());
      if (part.digest().equals(digest)
          || (isNested && lists(step, image, part.digest(), digest, harmless, depth + 1))) {
        return true;
      }
    }
    harmless.add(index);
    return false;
  }
}
