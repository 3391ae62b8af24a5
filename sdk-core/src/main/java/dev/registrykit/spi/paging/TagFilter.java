package dev.registrykit.spi.paging;

import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import java.util.function.Predicate;

/**
 * The tags that a listing is asked for, where the server cannot choose them itself.
 *
 * @since 0.1.0
 */
public final class TagFilter {

  private TagFilter() {}

  /** Returns whether a tag is one that these options ask for. */
  public static Predicate<Tag> of(ListTagsOptions options) {
    String name = options.name().orElse(null);
    String prefix = options.namePrefix().orElse("");
    boolean housekeeping = options.housekeepingTags();
    if (name == null && prefix.isEmpty() && housekeeping) {
      return tag -> true;
    }
    return tag -> (name == null || tag.name().equals(name))
        && tag.name().startsWith(prefix)
        && (housekeeping || !tag.isHousekeeping());
  }

  /** Returns whether a tag of this name stands for a signature, an attestation or another referrer. */
  public static boolean isHousekeeping(String name) {
    return Tag.isHousekeeping(name);
  }
}
