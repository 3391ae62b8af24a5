package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the tests of the emulator share: an emulator each, and a plain HTTP client. */
abstract class ScalewayEmulatorTest {
  static final String DIGEST_A = ScalewayEmulator.digestOf("a");
  static final String DIGEST_B = ScalewayEmulator.digestOf("b");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @RegisterExtension
  final ScalewayEmulatorExtension scaleway = new ScalewayEmulatorExtension();

  ScalewayEmulator emulator() {
    return scaleway.emulator();
  }

  HttpRequest.Builder request(String method, String pathAndQuery, String body) {
    return HttpRequest.newBuilder(
            URI.create(scaleway.baseUrl() + "/registry/v1/regions/fr-par" + pathAndQuery))
        .header("X-Auth-Token", scaleway.secretKey())
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(String method, String pathAndQuery, String body)
      throws IOException, InterruptedException {
    return send(request(method, pathAndQuery, body));
  }

  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
    return send("GET", pathAndQuery, "");
  }

  HttpResponse<String> delete(String pathAndQuery) throws IOException, InterruptedException {
    return send("DELETE", pathAndQuery, "");
  }

  /** A GET that must succeed. */
  JsonNode read(String pathAndQuery) throws IOException, InterruptedException {
    return ok(get(pathAndQuery));
  }

  static JsonNode ok(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    return json(response);
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    assertEquals(
        "application/json", response.headers().firstValue("content-type").orElse(""));
    return MAPPER.readTree(response.body());
  }

  static List<String> names(JsonNode items) {
    List<String> names = new ArrayList<>();
    items.forEach(
        item -> names.add(item.isTextual() ? item.asText() : item.get("name").asText()));
    return names;
  }

  static List<String> fields(JsonNode object) {
    List<String> fields = new ArrayList<>();
    object.fieldNames().forEachRemaining(fields::add);
    return fields;
  }
}
