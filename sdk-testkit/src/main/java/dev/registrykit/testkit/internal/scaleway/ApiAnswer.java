package dev.registrykit.testkit.internal.scaleway;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A whole answer: status, headers of its own, body. */
record ApiAnswer(int status, Map<String, String> headers, String body) {
  private static final String JSON = "application/json";

  static ApiAnswer json(int status, JsonNode body) {
    return json(status, body.toString());
  }

  static ApiAnswer json(int status, String body) {
    return text(status, JSON, body);
  }

  static ApiAnswer text(int status, String contentType, String body) {
    return new ApiAnswer(status, Map.of("Content-Type", contentType), body);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
