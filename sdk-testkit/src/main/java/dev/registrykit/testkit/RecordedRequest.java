package dev.registrykit.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request as an emulator received it.
 *
 * <p>Immutable and thread-safe. Two are equal if they were sent alike, whenever that was.
 *
 * @since 0.1.0
 */
public final class RecordedRequest {
  private record Parts(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Map<String, List<String>> headers,
      String body) {}

  private final Parts parts;

  /** The map must be unmodifiable and look names up without regard to case. */
  RecordedRequest(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Map<String, List<String>> headers,
      String body) {
    this.parts = new Parts(method, rawPath, rawQuery, headers, body);
  }

  /**
   * The HTTP method in upper case.
   *
   * @return for example {@code DELETE}
   */
  public String method() {
    return parts.method;
  }

  /**
   * The path as sent, with its percent escapes and without the query.
   *
   * @return for example {@code /registry/v1/regions/fr-par/images}
   */
  public String rawPath() {
    return parts.rawPath;
  }

  /**
   * The query as sent, with its percent escapes and without the question mark.
   *
   * @return the query, or null when the request had none
   */
  public @Nullable String rawQuery() {
    return parts.rawQuery;
  }

  /**
   * All headers; names are looked up without regard to case.
   *
   * @return an unmodifiable map of all values by name
   */
  public Map<String, List<String>> headers() {
    return parts.headers;
  }

  /**
   * The first value of a header.
   *
   * @param name in any case
   * @return the value, or empty when the request did not have the header
   */
  public Optional<String> header(String name) {
    return parts.headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /**
   * The body read as UTF-8.
   *
   * @return the body; an empty string when the request had none
   */
  public String body() {
    return parts.body;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordedRequest that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** The request line; headers and body, which may hold credentials, are left out. */
  @Override
  public String toString() {
    return method() + " " + rawPath() + (rawQuery() == null ? "" : "?" + rawQuery());
  }
}
