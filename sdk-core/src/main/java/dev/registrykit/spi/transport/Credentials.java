package dev.registrykit.spi.transport;

import java.util.Collection;
import java.util.List;
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
  Map<String, String> headersFor(Attempt attempt);

  /**
   * Returns whether there are better credentials after this answer of status 401, so that the
   * request is worth sending once more.
   *
   * @param sent the headers that were refused: another thread may have renewed them since
   */
  default boolean renewAfter(
      Attempt attempt, Map<String, String> sent, TransportResponse unauthorized) {
    return false;
  }

  /**
   * Returns what must never be said to anybody but the registry: the secrets that the headers are made
   * of, such as a password that is sent in Base64, and others that are used to get them. They are
   * hidden wherever a server says them back; the values of the headers are in any case. Asked before
   * each request, so that it must neither wait nor send anything.
   */
  default Collection<String> secrets() {
    return List.of();
  }

  /** Returns no credentials at all. */
  static Credentials none() {
    return attempt -> Map.of();
  }
}
