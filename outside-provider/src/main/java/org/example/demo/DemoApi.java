package org.example.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.registrykit.ImageRef;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.Call;
import dev.registrykit.spi.transport.Credentials;
import dev.registrykit.spi.transport.ServiceTraits;
import dev.registrykit.spi.transport.Transport;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The service's operations over the transport. Thread-safe. */
final class DemoApi {

  /** Takes one whole document, and quotes none of it when it fails. */
  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
      .build();

  private final URI baseUrl;
  private final Transport transport;

  // snippet: transport
  DemoApi(URI baseUrl, Credentials credentials, HttpOptions options) {
    ServiceTraits service = ServiceTraits.of(baseUrl, "demo-provider")
        .withRequestIdHeader("Demo-Request")
        .showingHeaders("Demo-Node")
        .showingParameters("image", "tag", "after", "limit");
    this.baseUrl = baseUrl;
    this.transport = new Transport(service, options, TimeSource.system()).with(credentials);
  }

  // end

  Transport transport() {
    return transport;
  }

  // snippet: calls
  JsonNode get(
      String name, Operation operation, @Nullable ImageRef image, Map<String, String> query) {
    Call call = Call.reading(name, operation.description(), new DemoErrors(operation, image));
    return send(
        call, operation, HttpRequest.newBuilder(address("/" + name, query)).build());
  }

  /** A deletion by POST: it may be repeated because it is idempotent, whatever its method. */
  JsonNode delete(Operation operation, ImageRef image, Map<String, String> body) {
    Call call = Call.changing("delete", operation.description(), new DemoErrors(operation, image));
    return send(call, operation, post("/delete", body));
  }

  /** Each request makes another token, so that it is repeated only if none was made. */
  JsonNode createToken(Operation operation, ImageRef image) {
    Call call = Call.changing(
            "createToken", operation.description(), new DemoErrors(operation, image))
        .notIdempotent();
    return send(call, operation, post("/tokens", Map.of("image", image.path())));
  }

  private JsonNode send(Call call, Operation operation, HttpRequest request) {
    JsonNode answer = tree(transport.send(call, request).body());
    if (!answer.isObject()) {
      throw operation.invalid("the answer is no JSON object");
    }
    return answer;
  }

  // end

  private HttpRequest post(String path, Map<String, String> body) {
    return HttpRequest.newBuilder(address(path, Map.of()))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.valueToTree(body).toString()))
        .build();
  }

  private URI address(String path, Map<String, String> query) {
    String parameters = query.entrySet().stream()
        .map(each ->
            each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return URI.create(baseUrl + path + (parameters.isEmpty() ? "" : "?" + parameters));
  }

  /** Reads a body; what is not JSON is a missing node. */
  static JsonNode tree(byte[] body) {
    try {
      JsonNode node = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
