package dev.registrykit.testkit.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it came over the wire. */
public final class ApiRequest {
  private final String method;
  private final String rawPath;
  private final @Nullable String rawQuery;
  private final Map<String, List<String>> headers;
  private final byte[] bytes;

  /**
   * Makes a request.
   *
   * @param headers looked up without regard to case
   */
  public ApiRequest(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Map<String, List<String>> headers,
      byte[] bytes) {
    this.method = method;
    this.rawPath = rawPath;
    this.rawQuery = rawQuery;
    this.headers = headers;
    this.bytes = bytes;
  }

  /** Returns the same request with a map of headers that equals its own. */
  ApiRequest sharing(Map<String, List<String>> equalHeaders) {
    return new ApiRequest(method, rawPath, rawQuery, equalHeaders, bytes);
  }

  public String method() {
    return method;
  }

  public String rawPath() {
    return rawPath;
  }

  public @Nullable String rawQuery() {
    return rawQuery;
  }

  public Map<String, List<String>> headers() {
    return headers;
  }

  /** Returns the first value of a header, or null. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the body read as UTF-8; malformed bytes become replacement characters. */
  public String body() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
