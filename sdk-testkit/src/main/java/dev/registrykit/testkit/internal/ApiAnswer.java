package dev.registrykit.testkit.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole answer: status, headers of its own, body. */
public final class ApiAnswer {
  private static final String JSON = "application/json";

  /** One line of the head; a name may come more than once. */
  public record Header(String name, String value) {}

  private final int status;
  private final List<Header> headers;
  private final byte[] body;

  private ApiAnswer(int status, List<Header> headers, byte[] body) {
    this.status = status;
    this.headers = List.copyOf(headers);
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
    List<Header> lines = new ArrayList<>();
    headers.forEach((name, value) -> lines.add(new Header(name, value)));
    return new ApiAnswer(status, lines, body.clone());
  }

  /** Returns the same answer with one more header, after any of that name. */
  public ApiAnswer withHeader(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new ApiAnswer(status, more, body);
  }

  public int status() {
    return status;
  }

  public List<Header> headers() {
    return headers;
  }

  public byte[] body() {
    return body.clone();
  }
}
