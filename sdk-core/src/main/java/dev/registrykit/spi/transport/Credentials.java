package dev.registrykit.spi.transport;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Authenticates requests: makes the auth headers of each. Thread-safe.
 *
 * <p>The transport asks for them before each request to the registry's own origin, and never
 * for a request to another.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Credentials {

  /** Returns the auth headers to set on this request, by name; none leaves it as it is. */
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
   * Returns the secrets that the headers are made of, such as a password that is sent in Base64, and
   * those that are used to get them, such as that of a token request. They are hidden wherever a server
   * repeats them; the values of the headers are hidden in any case. Called before each request, once its
   * headers are made, so that it must neither wait nor send anything.
   */
  default Collection<String> secrets() {
    return List.of();
  }

  /** Returns no credentials at all. */
  static Credentials none() {
    return attempt -> Map.of();
  }
}
