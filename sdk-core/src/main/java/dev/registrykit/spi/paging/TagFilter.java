package dev.registrykit.spi.paging;

import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The tags that a listing is asked for, where the server cannot choose them itself. */
public final class TagFilter {

  /**
   * The tag schema of referrers, an algorithm and a digest cut to 64, maybe with cosign's endings. The
   * algorithms are named and the length exact, because people tag by branch and commit.
   */
  private static final Pattern HOUSEKEEPING =
      Pattern.compile("sha(?:256|384|512)-[0-9a-f]{64}(?:\\.[a-z]+)*");

  private TagFilter() {}

  /** Returns whether a tag is one that these options ask for. */
  public static Predicate<Tag> of(ListTagsOptions options) {
    return tag -> options.name().map(tag.name()::equals).orElse(true)
        && options.namePrefix().map(tag.name()::startsWith).orElse(true)
        && (options.housekeepingTags() || !isHousekeeping(tag.name()));
  }

  /** Returns whether a tag of this name stands for a signature, an attestation or another referrer. */
  public static boolean isHousekeeping(String name) {
    return HOUSEKEEPING.matcher(name).matches();
  }
}
