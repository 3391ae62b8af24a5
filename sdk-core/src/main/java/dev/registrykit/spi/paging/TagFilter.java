package dev.registrykit.spi.paging;

import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import java.util.function.Predicate;

/** The tags that a listing is asked for, where the server cannot choose them itself. */
public final class TagFilter {

  private TagFilter() {}

  /** Returns whether a tag is one that these options ask for. */
  public static Predicate<Tag> of(ListTagsOptions options) {
    return tag -> options.name().map(tag.name()::equals).orElse(true)
        && options.namePrefix().map(tag.name()::startsWith).orElse(true)
        && (options.housekeepingTags() || !tag.isHousekeeping());
  }

  /** Returns whether a tag of this name stands for a signature, an attestation or another referrer. */
  public static boolean isHousekeeping(String name) {
    return Tag.isHousekeeping(name);
  }
}
