package dev.registrykit.scaleway.internal.wire;

import org.jspecify.annotations.Nullable;

/** Which tags to list, in the API's own words. */
public record TagQuery(
    int pageSize, String orderBy, @Nullable String name) {

  /** Returns the query for one tag by its name. */
  public static TagQuery named(String name) {
    return new TagQuery(ListingDefaults.MAX_PAGE_SIZE, ListingDefaults.ORDER, name);
  }

  /** Returns the query for all tags. */
  public static TagQuery all() {
    return new TagQuery(ListingDefaults.MAX_PAGE_SIZE, ListingDefaults.ORDER, null);
  }
}
