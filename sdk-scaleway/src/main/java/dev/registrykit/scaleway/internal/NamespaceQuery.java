package dev.registrykit.scaleway.internal;

import org.jspecify.annotations.Nullable;

/** Which namespaces to list, in the API's own words. */
record NamespaceQuery(
    int pageSize,
    String orderBy,
    @Nullable String organizationId,
    @Nullable String projectId,
    @Nullable String name) {

  /** Returns the query for the namespace of that name, or for all. */
  static NamespaceQuery named(@Nullable String name) {
    return new NamespaceQuery(
        PageNumbers.MAX_PAGE_SIZE, PageNumbers.DEFAULT_ORDER, null, null, name);
  }
}
