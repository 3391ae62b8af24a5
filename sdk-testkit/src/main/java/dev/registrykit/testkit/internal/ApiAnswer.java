package dev.registrykit.testkit.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A whole answer: status, headers of its own, body. */
public final class ApiAnswer {
  private static final String JSON = "application/json";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private ApiAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  public static ApiAnswer json(int status, JsonNode body) {
    return json(status, body.toString());
  }

  public static ApiAnswer json(int status, String body) {
    return text(status, JSON, body);
  }

  public static ApiAnswer text(int status, String contentType, String body) {
    return of(status, Map.of("Content-Type", contentType), body);
  }

  public static ApiAnswer of(int status, Map<String, String> headers, String body) {
    return of(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  public static ApiAnswer of(int status, Map<String, String> headers, byte[] body) {
    return new ApiAnswer(status, headers, body.clone());
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body.clone();
  }
}
