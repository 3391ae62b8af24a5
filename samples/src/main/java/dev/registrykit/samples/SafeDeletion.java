package dev.registrykit.samples;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.Tag;

/** The ways to delete a tag. */
public final class SafeDeletion {

  private SafeDeletion() {}

  /** Deletes a tag unless it was moved since it was read; no error if it is gone by then. */
  public static DeleteResult deleteUnlessMoved(Registry registry, ImageRef image, String name) {
    // snippet: delete
    Tag tag = registry.getTag(image, name);
    DeleteResult result = registry.deleteTag(
        tag, DeleteOptions.strict().onlyIfDigest(tag.digest().orElseThrow()).ignoringMissing());
    // end
    return result;
  }
}
