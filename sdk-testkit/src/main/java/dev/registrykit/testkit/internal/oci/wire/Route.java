package dev.registrykit.testkit.internal.oci.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path names.
 *
 * @param name the repository; empty where there is none
 * @param reference a tag, a digest or the id of an upload; empty where there is none
 */
public record Route(Kind kind, String name, String reference) {

  public enum Kind {
    BASE("GET, HEAD", "GET, HEAD"),
    CATALOG("GET", "GET"),
    TAGS("GET", "GET"),
    MANIFEST("DELETE, GET, HEAD, PUT", "GET, HEAD"),
    BLOB("DELETE, GET, HEAD", "GET, HEAD"),
    UPLOADS("POST", ""),
    UPLOAD("DELETE, GET, HEAD, PATCH, PUT", "GET, HEAD"),
    REFERRERS("GET", "GET");

    private final String methods;
    private final String readingMethods;

    Kind(String methods, String readingMethods) {
      this.methods = methods;
      this.readingMethods = readingMethods;
    }

    /** The value of the Allow header. */
    public String allowed(boolean readOnly) {
      return readOnly ? readingMethods : methods;
    }
  }

  private static final Pattern TAGS = Pattern.compile("/v2/(.+)/tags/list");
  private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
  private static final Pattern UPLOADS = Pattern.compile("/v2/(.+)/blobs/uploads/");
  private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]+)");
  private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/([^/]+)");
  private static final Pattern REFERRERS = Pattern.compile("/v2/(.+)/referrers/([^/]+)");

  /** Finds the route of a decoded path; empty when there is none. */
  public static Optional<Route> of(String path) {
    return switch (path) {
      case "/v2/" -> Optional.of(new Route(Kind.BASE, "", ""));
      case "/v2/_catalog" -> Optional.of(new Route(Kind.CATALOG, "", ""));
      default -> ofRepository(path);
    };
  }

  private static Optional<Route> ofRepository(String path) {
    return matched(Kind.TAGS, TAGS, path)
        .or(() -> matched(Kind.MANIFEST, MANIFEST, path)
            .filter(route -> Grammar.isReference(route.reference)))
        .or(() -> matched(Kind.UPLOADS, UPLOADS, path))
        .or(() -> matched(Kind.UPLOAD, UPLOAD, path))
        .or(() -> matched(Kind.BLOB, BLOB, path).filter(Route::hasDigest))
        .or(() -> matched(Kind.REFERRERS, REFERRERS, path).filter(Route::hasDigest));
  }

  private static Optional<Route> matched(Kind kind, Pattern pattern, String path) {
    Matcher matcher = pattern.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String reference = matcher.groupCount() > 1 ? matcher.group(2) : "";
    return Optional.of(new Route(kind, matcher.group(1), reference));
  }

  private boolean hasDigest() {
    return Grammar.isReference(reference) && !Grammar.isTag(reference);
  }
}
