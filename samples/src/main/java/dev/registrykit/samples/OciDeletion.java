package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.TagOrder;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.PlaceholderLeftException;
import java.util.List;
import java.util.Set;

/** Newest-first listing and safe deletion on an OCI registry. */
public final class OciDeletion {

  private OciDeletion() {}

  /** Makes a registry with a login. */
  public static OciRegistry withLogin(String password) {
    // snippet: oci
    OciRegistry registry = OciRegistry.builder()
        .registry("registry.example.org") // a host, or a URL; http for this machine's own addresses
        .basic("ci", password)
        .build();
    // end
    return registry;
  }

  /** Prints the ten newest tags of an image. */
  public static void printNewest(OciRegistry registry, ImageRef image) {
    // snippet: oci-newest
    registry.listTags(image, ListTagsOptions.defaults().withOrder(TagOrder.CREATED_DESC)).stream()
        .limit(10)
        .forEach(tag -> System.out.println(
            tag.name() + " " + tag.createdAt().map(Object::toString).orElse("no date")));
    // end
  }

  /**
   * Deletes all but the newest tags, as {@link PruneOldTags#prune} does everywhere, and puts a tag back
   * that was left on a placeholder.
   */
  public static List<String> prune(
      OciRegistry registry, ImageRef image, int keep, Set<String> spared) {
    // snippet: oci-delete
    try {
      return PruneOldTags.prune(registry, image, keep, spared); // the loop above
    } catch (PlaceholderLeftException e) { // the registry failed half-way: put the tag back
      System.out.println(e.getMessage()); // names the tag and its digest
      registry.restoreTag(e.image(), e.tag());
      throw e;
    }
    // end
  }
}
