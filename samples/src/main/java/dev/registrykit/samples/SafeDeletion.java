package dev.registrykit.samples;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Tag;
import java.util.List;

/** The ways to delete a tag. */
public final class SafeDeletion {

  private SafeDeletion() {}

  /**
   * Deletes a tag unless it was moved since it was read, which shows where tags have digests; no error
   * if it is gone by then.
   */
  public static DeleteResult deleteUnlessMoved(Registry registry, ImageRef image, String name) {
    // snippet: delete
    Tag tag = registry.getTag(image, name);
    DeleteOptions strict = DeleteOptions.defaults().ignoringMissing();
    DeleteResult result =
        registry.deleteTag(tag, tag.digest().map(strict::onlyIfDigest).orElse(strict));
    // end
    return result;
  }

  /** Deletes a tag, and those that share its digest if all of them are builds. */
  public static String deleteBuild(Registry registry, ImageRef image, String name) {
    // snippet: siblings
    try {
      registry.deleteTag(image, name);
      return "deleted alone";
    } catch (SharedDigestException e) { // nothing has changed
      if (!e.siblings().stream().allMatch(tag -> tag.startsWith("build-"))) {
        return "kept, for it is also " + e.siblings();
      }
      DeleteOptions together = DeleteOptions.defaults().allowingSiblings(e.siblings());
      return "deleted with " + registry.deleteTag(image, name, together).deletedWith();
    }
    // end
  }

  /** Deletes many tags, and says what became of them. */
  public static BulkDeleteResult deleteMany(Registry registry, ImageRef image, List<String> names) {
    // snippet: many
    BulkDeleteResult result =
        registry.deleteTags(image, names, DeleteOptions.defaults().ignoringMissing());
    result.failures().forEach((tag, e) -> System.out.println(tag + ": " + e.getMessage()));
    result.stoppedBy().ifPresent(e -> System.out.println("ended early: " + e.getMessage()));
    // end
    return result;
  }

  /** Deletes a tag, and puts it back if that stops half-way. */
  public static void deleteOrPutBack(Registry registry, ImageRef image, String name) {
    // snippet: put-back
    try {
      registry.deleteTag(image, name);
    } catch (IncompleteDeletionException e) {
      if (e.remedy() == IncompleteDeletionException.Remedy.RESTORE_TAG) {
        registry.restoreTag(e.image(), e.tag().orElseThrow());
      }
      throw e;
    }
    // end
  }

  /** Deletes a tag, and says what is known of it afterwards. */
  public static String deleteAndSayWhatIsKnown(Registry registry, ImageRef image, String name) {
    // snippet: known
    try {
      return registry.deleteTag(image, name).outcome().name();
    } catch (RegistryException e) {
      if (!e.mayHaveTakenEffect()) {
        return "nothing has changed: " + e.getMessage();
      }
      return registry.findTag(image, name).isPresent() ? "still there" : "gone all the same";
    }
    // end
  }
}
