package dev.registrykit.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request as an emulator received it.
 *
 * <p>Immutable and thread-safe.
 */
public final class RecordedRequest {
  private final String method;
  private final String rawPath;
  private final @Nullable String rawQuery;
  private final Map<String, List<String>> headers;
  private final String body;

  /** The map must be unmodifiable and look names up without regard to case. */
  RecordedRequest(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Map<String, List<String>> headers,
      String body) {
    this.method = method;
    this.rawPath = rawPath;
    this.rawQuery = rawQuery;
    this.headers = headers;
    this.body = body;
  }

  /**
   * The HTTP method in upper case.
   *
   * @return for example {@code DELETE}
   */
  public String method() {
    return method;
  }

  /**
   * The path as sent, with its percent escapes and without the query.
   *
   * @return for example {@code /registry/v1/regions/fr-par/images}
   */
  public String rawPath() {
    return rawPath;
  }

  /**
   * The query as sent, with its percent escapes and without the question mark.
   *
   * @return the query, or null when the request had none
   */
  public @Nullable String rawQuery() {
    return rawQuery;
  }

  /**
   * All headers; names are looked up without regard to case.
   *
   * @return an unmodifiable map of all values by name
   */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /**
   * The first value of a header.
   *
   * @param name in any case
   * @return the value, or empty when the request did not have the header
   */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /**
   * The body read as UTF-8.
   *
   * @return the body; an empty string when the request had none
   */
  public String body() {
    return body;
  }

  /** The request line; headers and body, which may hold credentials, are left out. */
  @Override
  public String toString() {
    return method + " " + rawPath + (rawQuery == null ? "" : "?" + rawQuery);
  }
}
