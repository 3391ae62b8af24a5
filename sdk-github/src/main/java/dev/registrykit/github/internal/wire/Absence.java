package dev.registrykit.github.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.NotFoundException;
import dev.registrykit.github.internal.generated.JsonTrees;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * When a 404 says that a package is missing: it is in the form of GitHub's API, and points to the documentation of
 * packages. One that points to no page is about the address. To a reader GitHub says the same of a package that the
 * token may not see, on purpose. To a deletion it says the same where the token may not delete, so that there it proves
 * nothing.
 */
public final class Absence {

  private static final Set<String> OF_A_PACKAGE = Set.of("Package not found.", "Not Found");

  private static final String OF_A_VERSION = "Package version not found.";

  private static final Pattern PAGE =
      Pattern.compile("https://docs\\.github\\.com/[^#]*/packages(?:/.*|#.*)?");

  private Absence() {}

  static boolean isSaidBy(JsonNode body) {
    return isOfPackages(body) && OF_A_PACKAGE.contains(body.path("message").asText(""));
  }

  /** Returns whether GitHub itself answered a 404 about a package or a version, and not a gateway. */
  public static boolean isGithubsWord(NotFoundException e) {
    JsonNode body = JsonTrees.readRefusal(e.body());
    return isSaidBy(body)
        || (isOfPackages(body) && body.path("message").asText("").equals(OF_A_VERSION));
  }

  private static boolean isOfPackages(JsonNode body) {
    return body.isObject()
        && PAGE.matcher(body.path("documentation_url").asText("")).matches();
  }
}
