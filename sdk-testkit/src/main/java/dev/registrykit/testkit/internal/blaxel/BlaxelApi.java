package dev.registrykit.testkit.internal.blaxel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Routes a request to one of the operations. Not thread-safe. */
final class BlaxelApi {
  private static final List<String> VERSIONS = List.of("2026-04-16", "2026-04-28", "2026-09-22");

  private static final String PREFIX = "/v0/";
  private static final String PAGED_SINCE = "2026-09-22";

  private final String workspace;
  private final Tokens tokens;
  private final ImageOperations images;
  private final ShareOperations shares;

  BlaxelApi(String workspace, Tokens tokens, ImageOperations images, ShareOperations shares) {
    this.workspace = workspace;
    this.tokens = tokens;
    this.images = images;
    this.shares = shares;
  }

  ApiAnswer handle(ApiRequest request) {
    try {
      List<String> path = segments(request.rawPath());
      if (path.equals(List.of("oauth", "token")) && request.method().equals("POST")) {
        return tokens.give(request);
      }
      tokens.require(request);
      requireWorkspace(request);
      return route(request, path, isPaged(request));
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  private void requireWorkspace(ApiRequest request) {
    String asked = request.header("X-Blaxel-Workspace");
    if (asked == null) {
      throw Refusals.platform(
          400, "WORKSPACE_REQUIRED", "The credential reaches several workspaces", false);
    }
    if (!asked.equals(workspace)) {
      throw Refusals.platform(
          403, "UNAUTHORIZED_WORKSPACE", "No access to workspace " + asked, false);
    }
  }

  private static boolean isPaged(ApiRequest request) {
    String asked = request.header("Blaxel-Version");
    String version = asked == null ? VERSIONS.get(0) : asked;
    if (!VERSIONS.contains(version)) {
      throw Refusals.unknownVersion(version, VERSIONS);
    }
    return version.compareTo(PAGED_SINCE) >= 0;
  }

  private ApiAnswer route(ApiRequest request, List<String> path, boolean isPaged) {
    Query query = new Query(request.rawQuery());
    String collection = path.isEmpty() ? "" : path.get(0);
    return switch (collection) {
      case "images" -> onImages(request, path, query, isPaged);
      case "pending-image-shares" -> onPendingShares(request, path, query);
      default -> throw Refusals.noSuchRoute();
    };
  }

  private ApiAnswer onImages(ApiRequest request, List<String> path, Query query, boolean isPaged) {
    if (path.size() == 1) {
      return switch (request.method()) {
        case "GET" -> ok(isPaged ? images.list(query) : images.listWhole());
        case "POST" -> images.create(WireJson.parse(request.body()), query);
        case "DELETE" -> images.purge();
        default -> throw Refusals.noSuchRoute();
      };
    }
    if (path.size() == 2) {
      throw Refusals.noSuchRoute();
    }
    String owner = isPaged ? query.value("sourceWorkspace").orElse("") : "";
    ImageKey shown = new ImageKey(path.get(1), path.get(2), owner);
    ImageKey own = ImageKey.own(path.get(1), path.get(2));
    String rest = request.method() + " " + String.join("/", path.subList(3, path.size()));
    if (rest.equals("GET ")) {
      return ok(images.get(shown, isPaged));
    }
    if (rest.equals("DELETE ")) {
      return deleteImageOrTag(own);
    }
    if (rest.equals("GET tags") && isPaged) {
      return ok(images.listTags(shown, query));
    }
    if (rest.startsWith("DELETE tags/") && path.size() == 5) {
      return images.deleteTag(own, path.get(4));
    }
    if (rest.equals("GET share")) {
      return ok(shares.list(own));
    }
    if (rest.equals("POST share")) {
      return shares.share(own, WireJson.parse(request.body()));
    }
    if (rest.startsWith("DELETE share/") && path.size() == 5) {
      return ok(shares.unshare(own, path.get(4)));
    }
    throw Refusals.noSuchRoute();
  }

  /** The vendor's command line deletes a tag by putting it behind the image's name. */
  private ApiAnswer deleteImageOrTag(ImageKey key) {
    int colon = key.name().indexOf(':');
    return colon < 0
        ? images.delete(key)
        : images.deleteTag(
            ImageKey.own(key.resourceType(), key.name().substring(0, colon)),
            key.name().substring(colon + 1));
  }

  private ApiAnswer onPendingShares(ApiRequest request, List<String> path, Query query) {
    if (path.size() == 1 && request.method().equals("GET")) {
      return ok(shares.listPending(query.value("direction").orElse(null)));
    }
    if (path.size() == 3 && request.method().equals("POST")) {
      return switch (path.get(2)) {
        case "accept" -> ok(shares.accept(path.get(1), query.flag("force")));
        case "decline" -> shares.decline(path.get(1));
        default -> throw Refusals.noSuchRoute();
      };
    }
    throw Refusals.noSuchRoute();
  }

  private static ApiAnswer ok(JsonNode body) {
    return ApiAnswer.json(200, body);
  }

  /**
   * The decoded segments after the prefix. Empty ones and dots are dropped as a server may do, so
   * that a client which sends them reaches the purge here too.
   */
  private static List<String> segments(String rawPath) {
    if (!rawPath.startsWith(PREFIX)) {
      throw Refusals.noSuchRoute();
    }
    List<String> segments = new ArrayList<>();
    for (String raw : rawPath.substring(PREFIX.length()).split("/", -1)) {
      String segment = decode(raw);
      if (segment.equals("..") && !segments.isEmpty()) {
        segments.remove(segments.size() - 1);
      } else if (!segment.isBlank() && !segment.equals(".") && !segment.equals("..")) {
        segments.add(segment);
      }
    }
    return segments;
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusals.noSuchRoute();
    }
  }
}
