package dev.registrykit.blaxel.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * Which tags to list, in the API's own words.
 *
 * @param prefix what their names begin with; not together with {@code name}
 * @param sourceWorkspace who owns the image, where it is shared from elsewhere
 */
public record TagQuery(
    int pageSize,
    String sort,
    @Nullable String name,
    @Nullable String prefix,
    @Nullable String sourceWorkspace) {

  public static final String BY_NAME = "name:asc";

  /** Returns the query for one tag by its name. */
  public static TagQuery named(String name) {
    return new TagQuery(CursorPages.MAX_PAGE_SIZE, BY_NAME, name, null, null);
  }
}
