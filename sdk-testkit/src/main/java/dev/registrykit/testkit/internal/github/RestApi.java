package dev.registrykit.testkit.internal.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.Refusal;
import dev.registrykit.testkit.internal.github.VersionRow.View;
import dev.registrykit.testkit.internal.oci.wire.QueryParameters;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Routes a request of the REST API to one of the 26 operations. Not thread-safe. */
final class RestApi {
  private static final int MAX_ITEMS = 10_000;
  private static final long MAX_DOWNLOADS = 5_000;
  private static final int HOUR = 3_600;

  /** Who asks for anything else hears so whoever it is. */
  private static final Pattern ROUTE = Pattern.compile("^/(?:orgs|users)/[^/]+|^/user(?:/|$)");

  private final PackagesState state;
  private final Settings settings;
  private final Map<String, Token> tokens;

  RestApi(PackagesState state, Settings settings, Map<String, Token> tokens) {
    this.state = state;
    this.settings = settings;
    this.tokens = tokens;
  }

  ApiAnswer handle(ApiRequest request) {
    Optional<Token> token = token(request);
    try {
      if (!ROUTE.matcher(request.rawPath()).find()) {
        throw Refusals.noSuchRoute();
      }
      Token known =
          token.orElseThrow(() -> Refusals.unauthorized(request.header("Authorization") != null));
      if (settings.remaining == 0) {
        throw Refusals.of(403, "API rate limit exceeded for user ID 1.", "/overview/rate-limits");
      }
      settings.remaining--;
      return limited(route(request, known), token);
    } catch (Refusal refusal) {
      return limited(refusal.answer(), token);
    }
  }

  private Optional<Token> token(ApiRequest request) {
    String header = request.header("Authorization");
    return header == null || !header.startsWith("Bearer ")
        ? Optional.empty()
        : Optional.ofNullable(tokens.get(header.substring("Bearer ".length())));
  }

  /** Those of an installation were seen without these headers. */
  private ApiAnswer limited(ApiAnswer answer, Optional<Token> token) {
    if (token.filter(Token::isInstallation).isPresent()) {
      return answer;
    }
    ApiAnswer limited = answer
        .withHeader("X-RateLimit-Limit", "5000")
        .withHeader("X-RateLimit-Remaining", String.valueOf(settings.remaining))
        .withHeader("X-RateLimit-Used", String.valueOf(Math.max(0, 5_000 - settings.remaining)))
        .withHeader(
            "X-RateLimit-Reset", String.valueOf(settings.clock.instant().getEpochSecond() + HOUR))
        .withHeader("X-RateLimit-Resource", "core");
    return token
        .map(known -> limited.withHeader("X-OAuth-Scopes", known.scopes()))
        .orElse(limited);
  }

  private ApiAnswer route(ApiRequest request, Token token) {
    List<String> path = Arrays.stream(request.rawPath().substring(1).split("/", -1))
        .map(piece -> URLDecoder.decode(piece, StandardCharsets.UTF_8))
        .toList();
    if (path.get(0).equals("user")) {
      if (token.isInstallation()) {
        throw Refusals.notForIntegrations();
      }
      return path.size() == 1
          ? json(200, account(token.user()))
          : below(path.subList(1, path.size()), token.user(), request, token);
    }
    if (path.size() == 2 && path.get(0).equals("users")) {
      return json(200, account(path.get(1)));
    }
    boolean isOrganization = path.get(0).equals("orgs");
    if (path.size() < 3 || !(isOrganization || path.get(0).equals("users"))) {
      throw Refusals.noSuchRoute();
    }
    Boolean is = state.isOrganization(path.get(1));
    if (is == null || is != isOrganization) {
      throw Refusals.noSuchAccount();
    }
    return below(
        path.subList(2, path.size()), path.get(1).toLowerCase(Locale.ROOT), request, token);
  }

  private ObjectNode account(String login) {
    Boolean isOrganization = state.isOrganization(login);
    if (isOrganization == null) {
      throw Refusals.noSuchAccount();
    }
    return WireJson.account(login, login.hashCode() & 0xffffffL, isOrganization);
  }

  /** What comes after the owner: packages, their kind and name, versions, an identifier, restore. */
  private ApiAnswer below(List<String> path, String owner, ApiRequest request, Token token) {
    QueryParameters query = new QueryParameters(request.rawQuery());
    if (!path.get(0).equals("packages")) {
      throw Refusals.noSuchRoute();
    }
    if (path.size() == 1) {
      requireMethod(request, "GET");
      return packages(owner, query, request, token);
    }
    if (path.size() < 3 || !path.get(1).equals("container")) {
      throw Refusals.noSuchRoute();
    }
    String name = owner + "/" + path.get(2);
    List<String> rest = path.subList(3, path.size());
    if (rest.isEmpty() || rest.equals(List.of("restore"))) {
      return onPackage(request.method() + " " + String.join("/", rest), name, owner, token);
    }
    if (!rest.get(0).equals("versions") || rest.size() > 3) {
      throw Refusals.noSuchRoute();
    }
    PackageRow row = state.find(name).orElseThrow(Refusals::noSuchPackage);
    if (rest.size() == 1) {
      requireMethod(request, "GET");
      return versions(row, query, request);
    }
    String action = rest.size() == 3 ? "/" + rest.get(2) : "";
    return onVersion(request.method() + action, row, Long.parseLong(rest.get(1)), token);
  }

  private static void requireMethod(ApiRequest request, String method) {
    if (!request.method().equals(method)) {
      throw Refusals.noSuchRoute();
    }
  }

  private ApiAnswer packages(String owner, QueryParameters query, ApiRequest request, Token token) {
    boolean isContainer =
        query.first("package_type").filter("container"::equals).isPresent();
    if (token.isInstallation() || !isContainer) {
      throw Refusals.invalidArgument();
    }
    if (number(query, "page", 1) * pageSize(query) > MAX_ITEMS) {
      throw Refusals.invalidArgument();
    }
    return page(state.of(owner), query, request, row -> packageJson(row, owner));
  }

  private ObjectNode packageJson(PackageRow row, String owner) {
    Instant updatedAt = row.live().stream()
        .map(View::updatedAt)
        .max(Comparator.naturalOrder())
        .orElse(row.createdAt);
    return WireJson.packageOf(row, updatedAt, account(owner));
  }

  private ApiAnswer onPackage(String action, String name, String owner, Token token) {
    switch (action) {
      case "GET " -> {
        PackageRow row = state.find(name).orElseThrow(Refusals::noSuchPackage);
        return json(200, packageJson(row, owner));
      }
      case "DELETE " -> {
        requireAdmin(token);
        PackageRow row = state.find(name).orElseThrow(Refusals::noSuchPackage);
        boolean isPopular =
            row.versions.values().stream().anyMatch(version -> version.downloads > MAX_DOWNLOADS);
        if (row.isPublic && isPopular) {
          throw Refusals.downloads("packages");
        }
        state.delete(row);
      }
      case "POST restore" -> {
        requireAdmin(token);
        if (!state.restore(name)) {
          throw Refusals.noSuchPackage();
        }
      }
      default -> throw Refusals.noSuchRoute();
    }
    return done();
  }

  private ApiAnswer versions(PackageRow row, QueryParameters query, ApiRequest request) {
    boolean isDeleted = query.first("state").filter("deleted"::equals).isPresent();
    List<View> all = new ArrayList<>(
        isDeleted
            ? row.deleted.stream().map(each -> each.shown(each.tagsAtDeletion)).toList()
            : row.listedAt(settings.clock.instant().minus(settings.lag)));
    Comparator<View> order = Comparator.comparing(View::createdAt).thenComparing(View::id);
    all.sort(settings.isOldestFirst ? order : order.reversed());
    return page(all, query, request, version -> WireJson.version(row, version));
  }

  private ApiAnswer onVersion(String action, PackageRow row, long id, Token token) {
    switch (action) {
      case "GET" -> {
        View view = row.live().stream()
            .filter(version -> version.id() == id)
            .findFirst()
            .orElseThrow(Refusals::noSuchVersion);
        return json(200, WireJson.version(row, view));
      }
      case "DELETE" -> {
        requireAdmin(token);
        VersionRow version = row.versions.values().stream()
            .filter(each -> each.id == id)
            .findFirst()
            .orElseThrow(Refusals::noSuchVersion);
        requireDeletable(row, version);
        state.delete(row, version);
      }
      case "POST/restore" -> {
        requireAdmin(token);
        VersionRow version = row.deleted.stream()
            .filter(each -> each.id == id)
            .findFirst()
            .orElseThrow(Refusals::noSuchVersion);
        state.restore(row, version);
      }
      default -> throw Refusals.noSuchRoute();
    }
    return done();
  }

  private void requireDeletable(PackageRow row, VersionRow version) {
    if (row.isPublic && version.downloads > MAX_DOWNLOADS) {
      throw Refusals.downloads("package versions");
    }
    boolean isTagged = !row.tagsOf(version).isEmpty();
    boolean isAnotherTagged = row.versions.values().stream()
        .anyMatch(other -> other != version && !row.tagsOf(other).isEmpty());
    if (settings.keepsLastTagged && isTagged && !isAnotherTagged) {
      throw Refusals.lastTagged();
    }
  }

  /** Who may delete by scope but not by role hears that there is nothing, as users report. */
  private static void requireAdmin(Token token) {
    if (token.isInstallation() && !(token.mayDelete() && token.isAdmin())) {
      throw Refusals.notForIntegrations();
    }
    if (!token.mayDelete()) {
      throw Refusals.lacksScope();
    }
    if (!token.isAdmin()) {
      throw Refusals.noSuchPackage();
    }
  }

  private <T> ApiAnswer page(
      List<T> all, QueryParameters query, ApiRequest request, Function<T, ObjectNode> shown) {
    int size = pageSize(query);
    int page = settings.ignoresPageNumbers ? 1 : number(query, "page", 1);
    int from = Math.min((page - 1) * size, all.size());
    int to = Math.min(from + size, all.size());
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    all.subList(from, to).forEach(item -> items.add(shown.apply(item)));
    ApiAnswer answer = ApiAnswer.text(200, "application/json; charset=utf-8", items.toString());
    String links = links(request, page, size, all.size());
    return settings.hasLinks && !links.isEmpty() ? answer.withHeader("Link", links) : answer;
  }

  private static String links(ApiRequest request, int page, int size, int total) {
    int last = Math.max(1, (total + size - 1) / size);
    List<String> links = new ArrayList<>();
    if (page > 1) {
      links.add(link(request, page - 1, size, "prev"));
    }
    if (page < last) {
      links.add(link(request, page + 1, size, "next"));
      links.add(link(request, last, size, "last"));
    }
    if (page > 1) {
      links.add(link(request, 1, size, "first"));
    }
    return String.join(", ", links);
  }

  private static String link(ApiRequest request, int page, int size, String relation) {
    return "<http://" + request.header("Host") + request.rawPath() + "?package_type=container&page="
        + page + "&per_page=" + size + ">; rel=\"" + relation + "\"";
  }

  private int pageSize(QueryParameters query) {
    return Math.max(1, Math.min(number(query, "per_page", 30), settings.maxPageSize));
  }

  private static int number(QueryParameters query, String name, int otherwise) {
    return query
        .first(name)
        .filter(text -> text.matches("[1-9][0-9]{0,6}"))
        .map(Integer::parseInt)
        .orElse(otherwise);
  }

  private static ApiAnswer json(int status, ObjectNode body) {
    return ApiAnswer.text(status, "application/json; charset=utf-8", body.toString());
  }

  private static ApiAnswer done() {
    return ApiAnswer.of(204, Map.of(), "");
  }
}
