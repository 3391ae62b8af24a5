package dev.registrykit.oci.internal.wire;

import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing as it came.
 *
 * @param body what was on it
 * @param next where the next page is, which is at the listing's own address; null if this is the last
 */
public record JsonPage<T>(T body, @Nullable URI next) {

  /** Returns the page with something else on it. */
  public <R> JsonPage<R> map(Function<T, R> mapping) {
    return new JsonPage<>(mapping.apply(body), next);
  }
}
