package dev.registrykit.samples;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps the newest tags of an image and deletes the others. */
public final class PruneOldTags {

  private PruneOldTags() {}

  /**
   * Deletes all but the newest tags, on every provider.
   *
   * <p>Kept are the newest, the spared, those that share a digest with a kept one, and those without a
   * date or with one before 1990, which do not count among the newest. One that was moved meanwhile,
   * is in use, or is refused for its state is kept too. Any other failure ends it: nothing is deleted
   * if the list cannot be read to its end.
   *
   * @param keep how many of the newest stay
   * @param spared names that stay, whatever their age
   * @return the names of the tags that were deleted, in no order
   * @throws RegistryException at the first failure that is not about one tag alone
   */
  public static List<String> prune(
      Registry registry, ImageRef image, int keep, Set<String> spared) {
    List<String> deleted = new ArrayList<>();
    // snippet: prune
    Instant year1990 = Instant.parse("1990-01-01T00:00:00Z"); // before it: a reproducible build
    ListTagsOptions newestFirst =
        ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC).withDetail(TagDetail.FULL);
    List<Tag> tags = registry.listTags(image, newestFirst).stream()
        .filter(tag -> !tag.status().equals(Status.DELETING))
        .toList(); // to its end before anything is deleted: deleting shifts the pages
    Set<Tag> old = tags.stream()
        .filter(tag -> tag.changedAt().filter(year1990::isBefore).isPresent()) // the others stay
        .skip(keep)
        .filter(tag -> !spared.contains(tag.name()))
        .collect(Collectors.toSet());
    Map<String, List<Tag>> byDigest =
        tags.stream().collect(Collectors.groupingBy(tag -> tag.digest().orElse(tag.name())));
    byDigest.values().removeIf(siblings -> !old.containsAll(siblings)); // one of them is kept
    for (List<Tag> siblings : byDigest.values()) {
      List<String> names = siblings.stream().map(Tag::name).toList();
      DeleteOptions careful = DeleteOptions.defaults().ignoringMissing().allowingSiblings(names);
      for (Tag tag : siblings) {
        try {
          registry.deleteTag(tag, tag.digest().map(careful::onlyIfDigest).orElse(careful));
          deleted.add(tag.name());
        } catch (ConflictException | PreconditionFailedException | TagInUseException e) {
          System.out.println("kept " + tag.name() + ": " + e.getMessage());
        } // any other failure, such as 403, 429 or no answer, ends it
      }
    }
    // end
    return deleted;
  }

  /**
   * Deletes as {@link #prune} does, and repairs a tag that was left half-way, as on OCI registries that
   * delete manifests only.
   *
   * @throws RegistryException as {@link #prune} does; an {@link IncompleteDeletionException} after the
   *     repair, too
   */
  public static List<String> pruneAndRepair(
      Registry registry, ImageRef image, int keep, Set<String> spared) {
    // snippet: repair
    try {
      return PruneOldTags.prune(registry, image, keep, spared); // the loop above
    } catch (IncompleteDeletionException e) { // the registry failed half-way
      System.out.println(e.getMessage()); // says what is left
      e.tag().ifPresent(tag -> registry.restoreTag(e.image(), tag));
      throw e;
    }
    // end
  }
}
