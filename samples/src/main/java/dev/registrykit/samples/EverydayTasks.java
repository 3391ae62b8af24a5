package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import java.util.List;

/** What most programs ask a registry. */
public final class EverydayTasks {

  private EverydayTasks() {}

  /** Returns the ten tags that were changed last, the newest first. */
  public static List<Tag> newest(Registry registry, ImageRef image) {
    // snippet: newest
    ListTagsOptions newestFirst = ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC);
    List<Tag> newest = registry.listTags(image, newestFirst).stream().limit(10).toList();
    // end
    return newest;
  }

  /** Returns the digest that the tag {@code prod} points to, or what is known instead. */
  public static String digestOfProd(Registry registry, ImageRef image) {
    // snippet: read
    String running = registry
        .findTag(image, "prod") // empty only if the registry itself says that it is not there
        .map(tag -> tag.digest().orElse("a tag without a digest"))
        .orElse("nothing");
    // end
    return running;
  }

  /** Reads one tag; every call goes the same way. */
  public static Tag one(Registry registry) {
    // snippet: one-call
    Tag tag = registry.getTag(ImageRef.of("shop/web"), "1.2");
    // end
    return tag;
  }
}
