package dev.registrykit.testkit.internal.oci.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.oci.access.Tokens.Grant;
import dev.registrykit.testkit.internal.oci.kind.ErrorText;
import dev.registrykit.testkit.internal.oci.wire.QueryParameters;
import dev.registrykit.testkit.internal.oci.wire.WireJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens as distribution's token specification says: by GET with Basic or without, and by
 * OAuth2's POST. Nothing of it is recorded.
 */
public final class TokenServer {
  private static final String JSON = "application/json";

  private final AccessRules rules;
  private final Access access;

  public TokenServer(AccessRules rules, Access access) {
    this.rules = rules;
    this.access = access;
  }

  public ApiAnswer answer(ApiRequest request) {
    rules.tokenRequests++;
    return switch (request.method()) {
      case "GET" -> byGet(request);
      case "POST" -> byPost(request);
      default -> ErrorText.plainAnswer(405, "Method not allowed");
    };
  }

  private ApiAnswer byGet(ApiRequest request) {
    QueryParameters query = new QueryParameters(request.rawQuery());
    boolean offline = query.first("offline_token").filter("true"::equals).isPresent();
    if (access.hasCredentials(request)) {
      return token(query, rules.grantedActions, offline);
    }
    if (request.header("Authorization") != null || rules.anonymousActions.isEmpty()) {
      return refused(401, "incorrect username or password");
    }
    return token(query, rules.anonymousActions, false);
  }

  private ApiAnswer byPost(ApiRequest request) {
    if (rules.postRefusal != 0) {
      return refused(rules.postRefusal, "no such method");
    }
    QueryParameters form = new QueryParameters(request.body());
    boolean known = switch (form.first("grant_type").orElse("")) {
      case "password" ->
        form.first("username").filter(rules.user::equals).isPresent()
            && form.first("password").filter(rules.password::equals).isPresent();
      case "refresh_token" ->
        form.first("refresh_token").filter(AccessRules.REFRESH_TOKEN::equals).isPresent();
      default -> false;
    };
    boolean offline = form.first("access_type").filter("offline"::equals).isPresent();
    return known
        ? token(form, rules.grantedActions, offline)
        : refused(401, "incorrect credentials");
  }

  /** Actions that are not allowed are left out of the token without a word. */
  private ApiAnswer token(QueryParameters asked, @Nullable Set<String> allowed, boolean offline) {
    List<Scope> granted = new ArrayList<>();
    for (String texts : asked.all("scope")) {
      for (String text : texts.split(" ", -1)) {
        Scope scope = Scope.parse(text).orElse(null);
        if (scope == null) {
          continue;
        }
        if (scope.actions().contains("delete") && !access.knowsDeletion()) {
          return refused(400, "Unable to decode scope " + text);
        }
        granted.add(allowed == null ? scope : scope.limitedTo(allowed));
      }
    }
    return answer(asked.first("service").orElse(""), granted, offline);
  }

  private ApiAnswer answer(String service, List<Scope> granted, boolean offline) {
    Instant now = rules.clock.instant();
    String token = Tokens.issue(new Grant(service, now.plus(rules.tokenLifetime), granted));
    ObjectNode json = WireJson.object();
    for (String field : rules.tokenFields) {
      switch (field) {
        case "token", "access_token" -> json.put(field, token);
        case "expires_in" -> json.put(field, rules.tokenLifetime.toSeconds());
        case "issued_at" -> json.put(field, now.truncatedTo(ChronoUnit.SECONDS).toString());
        case "refresh_token" -> json.put(field, AccessRules.REFRESH_TOKEN);
        default -> throw new IllegalStateException("no field of a token: " + field);
      }
    }
    if (offline) {
      json.put("refresh_token", AccessRules.REFRESH_TOKEN);
    }
    return ApiAnswer.json(200, json);
  }

  private static ApiAnswer refused(int status, String details) {
    return ApiAnswer.text(status, JSON, "{\"details\":" + ErrorText.quoted(details) + "}");
  }
}
