package dev.registrykit.github.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * When a 404 says that a package is missing: it is in the form of GitHub's API, with a pointer to its
 * documentation. To a reader GitHub says the same of a package that the token may not see, on purpose. To a
 * deletion it says the same where the token may not delete, so that there it proves nothing.
 */
final class Absence {

  private static final Set<String> WORDS = Set.of("Package not found.", "Not Found");

  private Absence() {}

  static boolean isSaidBy(JsonNode body) {
    return body.isObject()
        && WORDS.contains(body.path("message").asText(""))
        && body.path("documentation_url").asText("").startsWith("https://docs.github.com/");
  }
}
