package dev.registrykit.testkit.internal.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.Refusal;

/** Refusals in the form of GitHub's API. */
final class Refusals {
  private static final String DOCUMENTATION = "https://docs.github.com/rest";

  private Refusals() {}

  static Refusal of(int status, String message, String page) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("message", message)
        .put("documentation_url", DOCUMENTATION + page)
        .put("status", String.valueOf(status));
    return new Refusal(ApiAnswer.text(status, "application/json; charset=utf-8", body.toString()));
  }

  static Refusal unauthorized(boolean hasToken) {
    return of(401, hasToken ? "Bad credentials" : "Requires authentication", "");
  }

  static Refusal noSuchRoute() {
    return of(404, "Not Found", "");
  }

  static Refusal noSuchAccount() {
    return of(404, "Not Found", "/users/users#get-a-user");
  }

  /** Also what GitHub says to who may not delete. */
  static Refusal noSuchPackage() {
    return of(404, "Package not found.", "/packages/packages");
  }

  static Refusal noSuchVersion() {
    return of(404, "Package version not found.", "/packages/packages");
  }

  static Refusal notForIntegrations() {
    return of(403, "Resource not accessible by integration", "/packages/packages");
  }

  static Refusal lacksScope() {
    return of(
        403,
        "You must have the delete:packages and read:packages scopes to delete a package.",
        "/packages/packages");
  }

  static Refusal invalidArgument() {
    return of(400, "Invalid argument.", "/packages/packages");
  }

  static Refusal lastTagged() {
    return of(
        400,
        "You cannot delete the last tagged version of a package. You must delete the package instead.",
        "/packages/packages");
  }

  static Refusal downloads(String what) {
    return of(
        400,
        "Publicly visible " + what + " with more than 5000 downloads cannot be deleted. Contact"
            + " GitHub support for further assistance.",
        "/packages/packages");
  }
}
