package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps the newest tags of an image and deletes the others. */
public final class PruneOldTags {

  private PruneOldTags() {}

  /**
   * Deletes all but the newest tags.
   *
   * @param keep how many of the newest stay
   * @param spared names that stay, whatever their age
   * @return the names of the tags that were deleted
   */
  public static List<String> prune(
      Registry registry, ImageRef image, int keep, Set<String> spared) {
    List<String> deleted = new ArrayList<>();
    // snippet: prune
    // Deleting shifts the pages, so the list is read to its end before anything is deleted.
    List<Tag> newestFirst = registry
        .listTags(image, ListTagsOptions.defaults().withOrder(TagOrder.CREATED_DESC))
        .toList();
    for (Tag tag : newestFirst.subList(Math.min(keep, newestFirst.size()), newestFirst.size())) {
      if (spared.contains(tag.name())) {
        continue;
      }
      try {
        registry.deleteTag(image, tag.name());
        deleted.add(tag.name());
      } catch (SharedDigestException e) {
        System.out.println("kept " + tag.name() + ", it shares its digest with " + e.siblings());
      } catch (TagNotFoundException e) {
        System.out.println(tag.name() + " was deleted by somebody else");
      }
    }
    // end
    return deleted;
  }
}
