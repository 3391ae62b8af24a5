package dev.registrykit.scaleway.internal;

import org.jspecify.annotations.Nullable;

/** Which tags to list, in the API's own words. */
record TagQuery(int pageSize, String orderBy, @Nullable String name) {

  /** Returns the query for one tag by its name. */
  static TagQuery named(String name) {
    return new TagQuery(PageNumbers.MAX_PAGE_SIZE, PageNumbers.DEFAULT_ORDER, name);
  }

  /** Returns the query for all tags. */
  static TagQuery all() {
    return new TagQuery(PageNumbers.MAX_PAGE_SIZE, PageNumbers.DEFAULT_ORDER, null);
  }
}
