package dev.registrykit.testkit.internal.oci;

import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiAnswer.Header;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.Refusal;
import dev.registrykit.testkit.internal.oci.access.Access;
import dev.registrykit.testkit.internal.oci.access.AccessRules;
import dev.registrykit.testkit.internal.oci.access.TokenServer;
import dev.registrykit.testkit.internal.oci.kind.Case;
import dev.registrykit.testkit.internal.oci.kind.Trait;
import dev.registrykit.testkit.internal.oci.operations.BlobOperations;
import dev.registrykit.testkit.internal.oci.operations.ListOperations;
import dev.registrykit.testkit.internal.oci.operations.ManifestOperations;
import dev.registrykit.testkit.internal.oci.operations.ReferrerOperations;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.Switches.Redirect;
import dev.registrykit.testkit.internal.oci.wire.Grammar;
import dev.registrykit.testkit.internal.oci.wire.Paths;
import dev.registrykit.testkit.internal.oci.wire.QueryParameters;
import dev.registrykit.testkit.internal.oci.wire.Route;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Routes a request to what it asks for. Not thread-safe. */
final class OciApi {
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final RegistryState state;
  private final Access access;
  private final TokenServer tokenServer;
  private final ManifestOperations manifests;
  private final BlobOperations blobs;
  private final ListOperations lists;
  private final ReferrerOperations referrers;

  OciApi(RegistryState state, AccessRules rules) {
    this.state = state;
    this.access = new Access(rules, state);
    this.tokenServer = new TokenServer(rules, access);
    this.manifests = new ManifestOperations(state);
    this.blobs = new BlobOperations(state);
    this.lists = new ListOperations(state);
    this.referrers = new ReferrerOperations(state);
  }

  ApiAnswer handle(ApiRequest request) {
    return switch (request.rawPath()) {
      case Access.TOKEN_PATH -> tokenServer.answer(request);
      case "/" -> ApiAnswer.of(200, Map.of("Cache-Control", "no-cache"), "");
      default -> withCommonHeaders(routedOrRefused(request), namesVersion(request));
    };
  }

  private boolean namesVersion(ApiRequest request) {
    return !state.behaviour().has(Trait.EMPTY_BASE) || request.rawPath().equals("/v2/");
  }

  private ApiAnswer withCommonHeaders(ApiAnswer answer, boolean namesVersion) {
    ApiAnswer common = namesVersion
        ? answer.withHeader("Docker-Distribution-Api-Version", "registry/2.0")
        : answer;
    for (Header header : state.switches.extraHeaders) {
      common = common.withHeader(header.name(), header.value());
    }
    return common;
  }

  private ApiAnswer routedOrRefused(ApiRequest request) {
    try {
      return routed(request);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  private ApiAnswer routed(ApiRequest request) {
    String path = Paths.decoded(request.rawPath()).orElseThrow(this::noSuchRoute);
    Optional<ApiAnswer> elsewhere = cleanedPath(path, request);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    Route route = Route.of(path).filter(this::exists).orElseThrow(this::noSuchRoute);
    checkName(route);
    access.check(route, request);
    checkMethod(route, request.method());
    return redirected(request).orElseGet(() -> carriedOut(route, request));
  }

  /** A path that is not clean is sent to the clean one, whatever the method: recorded. */
  private static Optional<ApiAnswer> cleanedPath(String path, ApiRequest request) {
    String clean = Paths.cleaned(path);
    if (!clean.equals(path)) {
      String query = request.rawQuery() == null ? "" : "?" + request.rawQuery();
      return Optional.of(ApiAnswer.of(301, Map.of("Location", clean + query), ""));
    }
    if (path.equals("/v2")) {
      return Optional.of(movedPermanently("/v2/"));
    }
    if (path.endsWith("/tags/list/") || path.equals("/v2/_catalog/")) {
      return Optional.of(movedPermanently(path.substring(0, path.length() - 1)));
    }
    return Optional.empty();
  }

  private static ApiAnswer movedPermanently(String location) {
    String body = "<a href=\"" + location + "\">Moved Permanently</a>.\n\n";
    return ApiAnswer.text(301, "text/html; charset=utf-8", body).withHeader("Location", location);
  }

  private boolean exists(Route route) {
    return switch (route.kind()) {
      case CATALOG -> state.hasCatalog();
      case REFERRERS -> state.hasReferrers();
      default -> true;
    };
  }

  private void checkName(Route route) {
    String name = route.name();
    if (!name.isEmpty() && !Grammar.isName(name)) {
      throw state.refusal(Case.NAME_INVALID, name, route.reference());
    }
    if (name.length() > Grammar.MAX_NAME) {
      throw state.refusal(Case.NAME_TOO_LONG, name, route.reference());
    }
  }

  private void checkMethod(Route route, String method) {
    String allowed = route.kind().allowed(state.behaviour().has(Trait.READ_ONLY));
    if (!List.of(allowed.split(", ", -1)).contains(method)) {
      ApiAnswer answer =
          state.refusal(Case.METHOD_UNKNOWN, route.name(), method).answer();
      throw new Refusal(answer.withHeader("Allow", allowed));
    }
  }

  private Optional<ApiAnswer> redirected(ApiRequest request) {
    if (!READS.contains(request.method())) {
      return Optional.empty();
    }
    return state.switches.redirects.stream()
        .filter(redirect -> redirect.path().matcher(request.rawPath()).find())
        .findFirst()
        .map(redirect ->
            ApiAnswer.of(redirect.status(), Map.of("Location", location(redirect, request)), ""));
  }

  private static String location(Redirect redirect, ApiRequest request) {
    URI target = redirect.target();
    String path = target.getRawPath();
    return path == null || path.isEmpty() ? target + request.rawPath() : target.toString();
  }

  private ApiAnswer carriedOut(Route route, ApiRequest request) {
    QueryParameters query = new QueryParameters(request.rawQuery());
    return switch (route.kind()) {
      case BASE -> base();
      case CATALOG -> lists.catalog(query);
      case TAGS -> lists.tags(route.name(), query);
      case MANIFEST -> manifests.answer(route, request);
      case BLOB -> blobs.answer(route, request);
      case UPLOADS -> blobs.begin(route, query, request);
      case UPLOAD -> blobs.goOn(route, query, request);
      case REFERRERS -> referrers.list(route, query);
    };
  }

  private ApiAnswer base() {
    return state.behaviour().has(Trait.EMPTY_BASE)
        ? ApiAnswer.of(200, Map.of(), "")
        : ApiAnswer.text(200, state.behaviour().wire().listType(), "{}");
  }

  private Refusal noSuchRoute() {
    return state.refusal(Case.ROUTE_UNKNOWN, "", "");
  }
}
