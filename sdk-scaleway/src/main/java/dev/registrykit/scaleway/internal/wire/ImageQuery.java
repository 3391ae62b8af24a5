package dev.registrykit.scaleway.internal.wire;

import org.jspecify.annotations.Nullable;

/** Which images to list, in the API's own words. */
public record ImageQuery(
    int pageSize,
    String orderBy,
    @Nullable String namespaceId,
    @Nullable String name,
    @Nullable String organizationId,
    @Nullable String projectId) {

  /** Returns the query for the images of a namespace, or for the one of that name. */
  public static ImageQuery in(@Nullable String namespaceId, @Nullable String name, int pageSize) {
    return new ImageQuery(pageSize, ListingDefaults.ORDER, namespaceId, name, null, null);
  }
}
