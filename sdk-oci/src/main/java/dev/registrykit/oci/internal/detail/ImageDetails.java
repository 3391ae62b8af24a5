package dev.registrykit.oci.internal.detail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest and its configuration tell of an image.
 *
 * @param createdAt when it was built; null if nothing says so
 * @param sizeBytes configuration and layers, compressed; null for an index
 */
public record ImageDetails(
    @Nullable Instant createdAt, @Nullable Long sizeBytes) {}
