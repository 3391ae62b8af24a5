package dev.registrykit.blaxel.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * Which images to list, in the API's own words.
 *
 * @param prefix what their names begin with; the API has no filter by resource type or exact name
 */
public record ImageQuery(
    int pageSize, String sort, @Nullable String prefix) {}
