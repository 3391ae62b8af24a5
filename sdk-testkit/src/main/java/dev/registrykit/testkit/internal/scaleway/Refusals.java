package dev.registrykit.testkit.internal.scaleway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.Refusal;

/** The error answers of the service. */
final class Refusals {
  private Refusals() {}

  static Refusal of(ApiAnswer answer) {
    return new Refusal(answer);
  }

  /** The recorded shape of a registry error: a message and nothing else. */
  static Refusal message(int status, String message) {
    return new Refusal(ApiAnswer.json(status, json().put("message", message)));
  }

  /** Recorded for namespaces; for images and tags the wording is synthetic. */
  static Refusal notFound(String thing) {
    return message(404, thing + " was not found");
  }

  /** Recorded for a duplicate name, reported for an illegal character. */
  static Refusal namespaceExists() {
    return message(400, "Namespace already exist");
  }

  /**
   * Synthetic: the shape is recorded from other products of the vendor.
   *
   * @param reason required, format or constraint
   */
  static Refusal invalidArgument(String argument, String reason) {
    ObjectNode body = json();
    body.putArray("details").addObject().put("argument_name", argument).put("reason", reason);
    body.put("message", "invalid argument(s)").put("type", "invalid_arguments");
    return new Refusal(ApiAnswer.json(400, body));
  }

  /** Synthetic: the shape is recorded from other products of the vendor. */
  static Refusal unauthenticated() {
    ObjectNode body = json()
        .put("message", "authentication is denied")
        .put("method", "api_key")
        .put("reason", "invalid_argument")
        .put("type", "denied_authentication");
    return new Refusal(ApiAnswer.json(401, body));
  }

  /** Synthetic: an empty text answer, recorded from another product of the vendor. */
  static Refusal noSuchRoute() {
    return new Refusal(ApiAnswer.text(404, "text/plain", ""));
  }

  /** Synthetic. */
  static Refusal methodNotAllowed() {
    return message(405, "Method not allowed");
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
