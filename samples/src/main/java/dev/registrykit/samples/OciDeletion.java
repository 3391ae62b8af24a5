package dev.registrykit.samples;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.PlaceholderLeftException;
import java.util.ArrayList;
import java.util.List;

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

  /** Deletes all but the newest tags, each only if it still points to what was listed. */
  public static List<String> keepNewest(OciRegistry registry, ImageRef image, int keep) {
    List<String> deleted = new ArrayList<>();
    // snippet: oci-delete
    List<Tag> newestFirst = registry
        .listTags(image, ListTagsOptions.defaults().withOrder(TagOrder.CREATED_DESC))
        .toList();
    for (Tag tag : newestFirst.subList(Math.min(keep, newestFirst.size()), newestFirst.size())) {
      DeleteOptions unlessMoved =
          DeleteOptions.strict().onlyIfDigest(tag.digest().orElseThrow()).ignoringMissing();
      try {
        registry.deleteTag(image, tag.name(), unlessMoved); // its siblings stay
        deleted.add(tag.name());
      } catch (PlaceholderLeftException e) { // the registry failed half-way: put the tag back
        if (registry.resolveTag(e.image(), e.tag()).equals(e.placeholderDigest())) {
          registry.tagManifest(e.image(), e.originalDigest(), e.tag());
        }
      } catch (UnsupportedFeatureException e) { // deletion is disabled there, say
        System.out.println(e.getMessage());
        break;
      }
    }
    // end
    return deleted;
  }
}
