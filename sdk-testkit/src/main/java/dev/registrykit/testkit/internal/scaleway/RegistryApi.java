package dev.registrykit.testkit.internal.scaleway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.Refusal;
import dev.registrykit.testkit.internal.scaleway.state.AnsweredDeletions;
import dev.registrykit.testkit.internal.scaleway.state.Ids;
import dev.registrykit.testkit.internal.scaleway.state.RegionState;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Routes a request to one of the twelve operations. Not thread-safe. */
final class RegistryApi {
  private static final String PREFIX = "/registry/v1/regions/";
  private static final Pattern REGION = Pattern.compile("[a-z]{2}-[a-z]{3,7}");

  private final String secretKey;
  private final Function<String, RegionState> regions;
  private final NamespaceOperations namespaces;
  private final ImageOperations images;
  private final TagOperations tags;

  RegistryApi(
      String secretKey,
      Function<String, RegionState> regions,
      NamespaceOperations namespaces,
      ImageOperations images,
      TagOperations tags) {
    this.secretKey = secretKey;
    this.regions = regions;
    this.namespaces = namespaces;
    this.images = images;
    this.tags = tags;
  }

  ApiAnswer handle(ApiRequest request) {
    AnsweredDeletions deletions = new AnsweredDeletions();
    try {
      authenticate(request);
      ApiAnswer answer = ApiAnswer.json(200, route(request, deletions));
      deletions.settle();
      return answer;
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  private void authenticate(ApiRequest request) {
    if (!secretKey.equals(request.header("X-Auth-Token"))) {
      throw Refusals.unauthenticated();
    }
  }

  private ObjectNode route(ApiRequest request, AnsweredDeletions deletions) {
    List<String> path = segments(request.rawPath());
    RegionState state = regions.apply(region(path));
    Query query = new Query(request.rawQuery());
    String collection = path.get(1);
    return switch (path.size()) {
      case 2 -> onCollection(state, collection, request, query, deletions);
      case 3 -> onItem(state, collection, uuid(path.get(2)), request, query, deletions);
      default -> onTagsOfImage(state, uuid(path.get(2)), request, query, deletions);
    };
  }

  private ObjectNode onCollection(
      RegionState state,
      String collection,
      ApiRequest request,
      Query query,
      AnsweredDeletions deletions) {
    return switch (request.method() + " " + collection) {
      case "GET namespaces" -> namespaces.list(state, query, deletions);
      case "POST namespaces" -> namespaces.create(state, WireJson.parse(request.body()));
      case "GET images" -> images.list(state, query, deletions);
      default -> throw Refusals.methodNotAllowed();
    };
  }

  private ObjectNode onItem(
      RegionState state,
      String collection,
      String id,
      ApiRequest request,
      Query query,
      AnsweredDeletions deletions) {
    return switch (request.method() + " " + collection) {
      case "GET namespaces" -> namespaces.get(state, id, deletions);
      case "PATCH namespaces" ->
        namespaces.update(state, id, WireJson.parse(request.body()), deletions);
      case "DELETE namespaces" -> namespaces.delete(state, id, deletions);
      case "GET images" -> images.get(state, id, deletions);
      case "PATCH images" -> images.update(state, id, WireJson.parse(request.body()), deletions);
      case "DELETE images" -> images.delete(state, id, deletions);
      case "GET tags" -> tags.get(state, id, deletions);
      case "DELETE tags" -> tags.delete(state, id, query, deletions);
      default -> throw Refusals.methodNotAllowed();
    };
  }

  private ObjectNode onTagsOfImage(
      RegionState state, String id, ApiRequest request, Query query, AnsweredDeletions deletions) {
    if (!request.method().equals("GET")) {
      throw Refusals.methodNotAllowed();
    }
    return tags.list(state, id, query, deletions);
  }

  /** The decoded segments after the prefix, of a path that names one of the six routes. */
  private static List<String> segments(String rawPath) {
    if (!rawPath.startsWith(PREFIX)) {
      throw Refusals.noSuchRoute();
    }
    List<String> segments = new ArrayList<>();
    for (String raw : rawPath.substring(PREFIX.length()).split("/", -1)) {
      segments.add(decode(raw));
    }
    if (!isRoute(segments)) {
      throw Refusals.noSuchRoute();
    }
    return segments;
  }

  private static boolean isRoute(List<String> segments) {
    if (segments.contains("")) {
      return false;
    }
    return switch (segments.size()) {
      case 2 -> List.of("namespaces", "images").contains(segments.get(1));
      case 3 -> List.of("namespaces", "images", "tags").contains(segments.get(1));
      case 4 -> segments.get(1).equals("images") && segments.get(3).equals("tags");
      default -> false;
    };
  }

  private static String region(List<String> path) {
    String region = path.get(0);
    if (!REGION.matcher(region).matches()) {
      throw Refusals.invalidArgument("region", "format");
    }
    return region;
  }

  private static String uuid(String id) {
    if (!Ids.isUuid(id)) {
      throw Refusals.invalidArgument("id", "format");
    }
    return id;
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusals.noSuchRoute();
    }
  }
}
