package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of the OCI emulator share: one emulator a class, and a plain HTTP client. */
@ResourceLock("the one emulator of all that extend this")
abstract class OciEmulatorTest {
  static final String APP = "team/app";
  static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
  static final String NO_SUCH_DIGEST = "sha256:" + "0".repeat(64);
  static final String DELETED = "202";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  static OciEmulator emulator() {
    return OCI.emulator();
  }

  static HttpRequest.Builder request(String method, String pathAndQuery, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(OCI.baseUrl() + pathAndQuery))
        .method(method, BodyPublishers.noBody());
    return headers.length == 0 ? request : request.headers(headers);
  }

  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  static HttpResponse<String> send(String method, String pathAndQuery, String... headers)
      throws IOException, InterruptedException {
    return send(request(method, pathAndQuery, headers));
  }

  static HttpResponse<String> get(String pathAndQuery, String... headers)
      throws IOException, InterruptedException {
    return send("GET", pathAndQuery, headers);
  }

  static HttpResponse<String> head(String pathAndQuery, String... headers)
      throws IOException, InterruptedException {
    return send("HEAD", pathAndQuery, headers);
  }

  static HttpResponse<String> delete(String pathAndQuery) throws IOException, InterruptedException {
    return send("DELETE", pathAndQuery);
  }

  static HttpResponse<String> put(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return send(request("PUT", path, "Content-Type", contentType)
        .method("PUT", BodyPublishers.ofString(body)));
  }

  static HttpResponse<String> post(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return send(request("POST", path, "Content-Type", contentType)
        .method("POST", BodyPublishers.ofString(body)));
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return MAPPER.readTree(response.body());
  }

  /** Status and, for an error, its code. */
  static String outcome(HttpResponse<String> response) throws IOException {
    if (!response.body().startsWith("{") || response.statusCode() < 400) {
      return Integer.toString(response.statusCode());
    }
    JsonNode error = json(response).path("errors").path(0);
    return response.statusCode() + " " + error.path("code").asText();
  }

  /** The first value of a header, or an empty text. */
  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  static List<String> tagsOf(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    List<String> names = new ArrayList<>();
    json(response).path("tags").forEach(tag -> names.add(tag.asText()));
    return names;
  }

  /**
   * Compares an answer with one recorded by curl: status, all headers but the date, body. The order
   * and the case of the headers do not count.
   */
  static void assertRecorded(String recorded, HttpResponse<String> response) {
    String[] headAndBody = recorded.split("\n\n", 2);
    Collection<String> expected = new TreeSet<>();
    headAndBody[0].lines().skip(1).map(OciEmulatorTest::normalized).forEach(expected::add);
    expected.removeIf(line -> line.startsWith("date:"));
    String status = headAndBody[0].split(" ", 3)[1];
    assertEquals(status + "\n" + String.join("\n", expected), headOf(response), response.body());
    String body = headAndBody.length < 2 ? "" : headAndBody[1];
    assertEquals(body.stripTrailing(), response.body().stripTrailing());
  }

  private static String headOf(HttpResponse<String> response) {
    Collection<String> lines = new TreeSet<>();
    for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
      header.getValue().forEach(value -> lines.add(normalized(header.getKey() + ": " + value)));
    }
    assertTrue(lines.removeIf(line -> line.startsWith("date:")), "without a date");
    return response.statusCode() + "\n" + String.join("\n", lines);
  }

  private static String normalized(String line) {
    int colon = line.indexOf(':');
    String host = OCI.baseUrl().getAuthority();
    return line.substring(0, colon).toLowerCase(Locale.ROOT)
        + line.substring(colon).replace("127.0.0.1:5801", host).replace("127.0.0.1:5802", host);
  }
}
