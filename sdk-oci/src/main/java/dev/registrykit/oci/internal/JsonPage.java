package dev.registrykit.oci.internal;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing as it came.
 *
 * @param body what was on it
 * @param next where the next page is; null if this is the last
 */
record JsonPage<T>(T body, @Nullable URI next) {}
