package dev.registrykit.samples;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.Tag;

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
}
