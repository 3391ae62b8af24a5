package dev.registrykit.spi;

import java.net.http.HttpRequest;
import java.util.Map;

/**
 * What proves to a registry who is asking. Thread-safe.
 *
 * <p>The transport asks for the headers before each request to the registry's own origin, and never
 * for a request to another.
 */
@FunctionalInterface
public interface Credentials {

  /** Returns the headers to set on this request, by name. */
  Map<String, String> headersFor(HttpRequest request);

  /**
   * Returns whether there are better credentials after this answer of status 401, so that the
   * request is worth sending once more.
   *
   * @param request the request as it was sent, with the headers that were refused
   */
  default boolean renewAfter(HttpRequest request, TransportResponse unauthorized) {
    return false;
  }

  /** Returns no credentials at all. */
  static Credentials none() {
    return request -> Map.of();
  }
}
