package dev.registrykit.testkit.internal.blaxel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.Refusal;
import java.util.List;
import java.util.Map;

/**
 * The error answers of the service. The shapes are those of the vendor's documentation and of its
 * clients' tests; which of them images answer with was never seen, and all wording but that of the
 * version is synthetic.
 */
final class Refusals {
  private Refusals() {}

  static Refusal json(int status, String body) {
    return new Refusal(ApiAnswer.json(status, body));
  }

  /** The shape of most operations: the status again, as a number. */
  static Refusal generic(int status, String error) {
    return new Refusal(ApiAnswer.json(status, object().put("error", error).put("code", status)));
  }

  static Refusal notFound(String thing) {
    return generic(404, thing + " not found");
  }

  static Refusal unknownVersion(String version, List<String> valid) {
    ObjectNode body = object()
        .put("error", "invalid_api_version")
        .put(
            "message",
            "Unknown API version \"" + version + "\". Valid versions: " + String.join(", ", valid)
                + ".");
    return new Refusal(ApiAnswer.json(400, body));
  }

  /** The shape of what stands before the control plane. */
  static Refusal platform(int status, String code, String message, boolean isRetryable) {
    ObjectNode body = object();
    body.putObject("error")
        .put("code", code)
        .put("message", message)
        .put("origin", "platform")
        .put("retryable", isRetryable)
        .put("status", status);
    return new Refusal(ApiAnswer.of(
        status,
        Map.of(
            "Content-Type", "application/json",
            "X-Blaxel-Source", "platform",
            "X-Blaxel-Error-Code", code),
        body.toString()));
  }

  static Refusal noSuchRoute() {
    return platform(404, "ROUTE_NOT_FOUND", "Route not found", false);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
