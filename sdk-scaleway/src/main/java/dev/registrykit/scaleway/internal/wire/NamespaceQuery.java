package dev.registrykit.scaleway.internal.wire;

import org.jspecify.annotations.Nullable;

/** Which namespaces to list, in the API's own words. */
public record NamespaceQuery(
    int pageSize,
    String orderBy,
    @Nullable String organizationId,
    @Nullable String projectId,
    @Nullable String name) {

  /** Returns the query for the namespace of that name. */
  public static NamespaceQuery named(String name) {
    return new NamespaceQuery(
        ListingDefaults.MAX_PAGE_SIZE, ListingDefaults.ORDER, null, null, name);
  }
}
