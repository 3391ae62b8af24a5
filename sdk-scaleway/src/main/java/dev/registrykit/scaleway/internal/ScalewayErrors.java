package dev.registrykit.scaleway.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.registrykit.ErrorDetails;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.spi.ErrorMapper;
import dev.registrykit.spi.FailedResponse;
import dev.registrykit.spi.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads refusals. The registry mostly sends a message and nothing else, so the status decides; other
 * services of the vendor, whose gateway this one shares, add a type and details. Bodies may as well
 * be empty, text or HTML.
 */
final class ScalewayErrors {

  /** They get here from methods that change something only; the transport follows the others. */
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final ObjectMapper json;

  ScalewayErrors(ObjectMapper json) {
    this.json = json;
  }

  RegistryServiceException map(FailedResponse failure, Operation operation) {
    JsonNode body = parse(failure.response().body());
    ErrorDetails details = failure
        .details()
        .errorCode(text(body, "type"))
        .serverMessage(message(body, failure.response().status()))
        .build();
    return details.statusCode() == 404
        ? operation.notFound().apply(details)
        : ErrorMapper.byStatus(details);
  }

  /** Reads UTF-8, for of raw bytes the parser guesses the encoding, and fails in other ways. */
  private JsonNode parse(byte[] body) {
    try {
      JsonNode node = json.readTree(new String(body, StandardCharsets.UTF_8));
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // text or HTML of a gateway, which the status stands for
    }
  }

  private static @Nullable String message(JsonNode body, int status) {
    List<String> parts = new ArrayList<>();
    add(parts, text(body, "message"));
    add(parts, text(body, "help_message"));
    for (JsonNode detail : body.path("details")) {
      add(parts, describe(detail));
    }
    if (parts.isEmpty() && REDIRECTS.contains(status)) {
      return "redirects are followed for reading only";
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  /** Words one detail: an argument's with its reason, or a missing permission's. */
  private static @Nullable String describe(JsonNode detail) {
    String what = first(detail, "argument_name", "field", "resource");
    String why = first(detail, "help_message", "message", "reason", "action");
    return what == null ? why : what + (why == null ? "" : " " + why);
  }

  private static @Nullable String first(JsonNode node, String... names) {
    for (String name : names) {
      String text = text(node, name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static void add(List<String> parts, @Nullable String part) {
    if (part != null && !part.isBlank()) {
      parts.add(part);
    }
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? value.textValue() : null;
  }
}
