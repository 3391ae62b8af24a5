package dev.registrykit.oci.internal.auth;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/**
 * What a request wants to do where: requests that agree in it are good with the same token. Immutable.
 *
 * @param repository the repository's name; empty for what concerns none
 */
record Access(String repository, Kind kind) {

  private static final String REPOSITORY = "repository:";

  private static final List<String> BEHIND_NAMES =
      List.of("/manifests/", "/blobs/", "/tags/", "/referrers/");

  /** The kinds that registries ask different rights for. */
  enum Kind {
    PULL,
    PUSH,
    DELETE,
    CATALOG
  }

  /** Reads it from the request's method and path. */
  static Access of(HttpRequest request, URI baseUrl) {
    String path = request.uri().getRawPath();
    String base = baseUrl.getRawPath();
    String below = path.startsWith(base) ? path.substring(base.length()) : path;
    if (!below.startsWith("/v2/")) {
      return new Access("", kindOf(request.method()));
    }
    String rest = below.substring("/v2/".length());
    return rest.equals("_catalog")
        ? new Access("", Kind.CATALOG)
        : new Access(repositoryIn(rest), kindOf(request.method()));
  }

  /**
   * Returns what a token is good for that grants this reading, as registries name it; none for the
   * registry's root. Writing and deleting are asked for in other words by each.
   */
  List<String> readingScopes() {
    return switch (kind) {
      case CATALOG -> List.of("registry:catalog:*");
      case PULL -> repository.isEmpty() ? List.of() : List.of("repository:" + repository + ":pull");
      case PUSH, DELETE -> List.of();
    };
  }

  boolean isReading() {
    return kind == Kind.PULL || kind == Kind.CATALOG;
  }

  /** Returns whether a token of that scope is one for another repository. */
  boolean isForeign(String scope) {
    if (!scope.startsWith(REPOSITORY)) {
      return false;
    }
    int end = scope.lastIndexOf(':'); // a name may have a colon, of a host and its port
    String named = end < REPOSITORY.length() ? "" : scope.substring(REPOSITORY.length(), end);
    return repository.isEmpty() || !RepositoryAlias.isOf(repository, named);
  }

  /** What follows a name holds no more than one of these, so the last one ends the name. */
  private static String repositoryIn(String path) {
    int end = 0;
    for (String what : BEHIND_NAMES) {
      end = Math.max(end, path.lastIndexOf(what));
    }
    return path.substring(0, end);
  }

  private static Kind kindOf(String method) {
    return switch (method) {
      case "GET", "HEAD" -> Kind.PULL;
      case "DELETE" -> Kind.DELETE;
      default -> Kind.PUSH;
    };
  }
}
