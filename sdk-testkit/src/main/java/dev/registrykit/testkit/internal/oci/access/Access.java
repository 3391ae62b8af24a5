package dev.registrykit.testkit.internal.oci.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.Refusal;
import dev.registrykit.testkit.internal.oci.access.Tokens.Grant;
import dev.registrykit.testkit.internal.oci.kind.ErrorText;
import dev.registrykit.testkit.internal.oci.kind.Trait;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.wire.QueryParameters;
import dev.registrykit.testkit.internal.oci.wire.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who is let in. The challenges are recorded from docker-registry 2.8.2. */
public final class Access {
  public static final String TOKEN_PATH = "/token";

  private final AccessRules rules;
  private final RegistryState state;

  public Access(AccessRules rules, RegistryState state) {
    this.rules = rules;
    this.state = state;
  }

  public void check(Route route, ApiRequest request) {
    List<Scope> needed = needed(route, request);
    switch (rules.mode) {
      case ANYBODY -> {}
      case BASIC -> {
        if (!hasCredentials(request)) {
          String name = rules.realm == null ? "registrykit" : rules.realm;
          throw refused(needed, "Basic realm=\"" + name + "\"");
        }
      }
      case BEARER -> {
        Optional<String> problem = tokenProblem(request, needed);
        if (problem.isPresent()) {
          throw refused(needed, bearer(request, needed, problem.get()));
        }
      }
    }
  }

  /** Whether deleting is a right of its own in this kind of registry. */
  boolean knowsDeletion() {
    return !state.behaviour().has(Trait.DELETES_BY_PUSH_RIGHT);
  }

  boolean hasCredentials(ApiRequest request) {
    return credential(request, "basic")
        .map(Access::decoded)
        .filter((rules.user + ":" + rules.password)::equals)
        .isPresent();
  }

  /** The part after the scheme, if the request is authorized by that scheme. */
  static Optional<String> credential(ApiRequest request, String scheme) {
    String header = request.header("Authorization");
    return header != null && header.toLowerCase(Locale.ROOT).startsWith(scheme + " ")
        ? Optional.of(header.substring(scheme.length() + 1).strip())
        : Optional.empty();
  }

  /** What is wrong, as the parameter {@code error} of the challenge; empty text for no token. */
  private Optional<String> tokenProblem(ApiRequest request, List<Scope> needed) {
    Optional<String> token = credential(request, "bearer");
    if (token.isEmpty()) {
      return Optional.of("");
    }
    if (rules.staticTokens.contains(token.get())) {
      return Optional.empty();
    }
    Optional<Grant> grant = Tokens.read(token.get())
        .filter(read -> read.service().equals(rules.service))
        .filter(read -> read.expiresAt().isAfter(rules.clock.instant()));
    if (grant.isEmpty()) {
      return Optional.of("invalid_token");
    }
    boolean enough =
        needed.stream().allMatch(scope -> scope.isGrantedBy(grant.get().scopes()));
    return enough ? Optional.empty() : Optional.of("insufficient_scope");
  }

  private List<Scope> needed(Route route, ApiRequest request) {
    String name = route.name();
    return switch (route.kind()) {
      case BASE -> List.of();
      case CATALOG -> List.of(Scope.catalog());
      default ->
        switch (request.method()) {
          case "GET", "HEAD" -> List.of(Scope.repository(name, "pull"));
          case "DELETE" -> List.of(deletion(name));
          default -> pushing(name, new QueryParameters(request.rawQuery()));
        };
    };
  }

  private Scope deletion(String name) {
    return knowsDeletion()
        ? Scope.repository(name, "delete")
        : Scope.repository(name, "pull", "push");
  }

  private static List<Scope> pushing(String name, QueryParameters query) {
    List<Scope> scopes = new ArrayList<>();
    scopes.add(Scope.repository(name, "pull", "push"));
    query.first("from").ifPresent(source -> scopes.add(Scope.repository(source, "pull")));
    return scopes;
  }

  private String bearer(ApiRequest request, List<Scope> needed, String error) {
    String scopes = needed.stream().map(Scope::toString).collect(Collectors.joining(" "));
    String place =
        rules.realm == null ? "http://" + request.header("Host") + TOKEN_PATH : rules.realm;
    return "Bearer realm=\"" + place + "\",service=\"" + rules.service + "\""
        + (scopes.isEmpty() ? "" : ",scope=\"" + scopes + "\"")
        + (error.isEmpty() ? "" : ",error=\"" + error + "\"");
  }

  private Refusal refused(List<Scope> needed, String challenge) {
    ArrayNode detail = JsonNodeFactory.instance.arrayNode();
    for (Scope scope : needed) {
      for (String action : scope.actions()) {
        detail
            .addObject()
            .put("Type", scope.type())
            .put("Class", "")
            .put("Name", scope.name())
            .put("Action", action);
      }
    }
    ErrorText text = ErrorText.json(
        401,
        "UNAUTHORIZED",
        "authentication required",
        needed.isEmpty() ? "null" : detail.toString());
    ApiAnswer answer = text.answer(state.behaviour().wire(), "", "");
    List<String> given = rules.challenges == null ? List.of(challenge) : rules.challenges;
    for (String line : given) {
      answer = answer.withHeader("Www-Authenticate", line);
    }
    return new Refusal(answer);
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
