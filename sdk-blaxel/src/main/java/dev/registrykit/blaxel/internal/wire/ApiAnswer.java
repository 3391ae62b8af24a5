package dev.registrykit.blaxel.internal.wire;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a request was answered.
 *
 * @param body what stands in it; null if nothing does
 */
public record ApiAnswer<T>(
    int status, HttpHeaders headers, @Nullable T body) {}
