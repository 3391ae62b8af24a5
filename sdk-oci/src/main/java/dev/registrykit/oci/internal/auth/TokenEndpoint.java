package dev.registrykit.oci.internal.auth;

import dev.registrykit.ErrorDetails;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.support.LoadingCache;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.transport.Call;
import dev.registrykit.spi.transport.Transport;
import dev.registrykit.spi.transport.TransportResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens, as distribution's docs/content/spec/auth (token.md, oauth.md) describe it: with GET
 * and the password, or with POST and a refresh token. Thread-safe.
 */
final class TokenEndpoint {

  /** What it is called towards the endpoint, which may show it to the user. */
  private static final String CLIENT_ID = "registrykit";

  private static final int MAX_REFRESH_TOKENS = 100;

  /** How endpoints that know no OAuth 2 answer a POST. */
  private static final Set<Integer> NO_OAUTH = Set.of(404, 405);

  /** How endpoints answer a refresh token that is not good any more, or a POST. */
  private static final Set<Integer> NO_REFRESH = Set.of(400, 401, 403, 404, 405);

  /** The most bytes of a token's answer. */
  private static final long MAX_TOKEN_BYTES = 128 * 1024;

  private final Transport transport;
  private final RealmPolicy policy;
  private final KnownSecrets secrets;
  private final boolean refreshes;

  private final LoadingCache<RefreshKey, String> refreshTokens =
      new LoadingCache<>(MAX_REFRESH_TOKENS);

  /**
   * Makes an endpoint.
   *
   * @param transport one without credentials
   * @param secrets what is hidden wherever the endpoint says it back, and is told what it gives
   * @param refreshes whether to ask for refresh tokens, and to use them in the password's place
   */
  TokenEndpoint(Transport transport, RealmPolicy policy, KnownSecrets secrets, boolean refreshes) {
    this.transport = transport;
    this.policy = policy;
    this.secrets = secrets;
    this.refreshes = refreshes;
  }

  /**
   * Fetches a token; the realm must have been found harmless.
   *
   * @param what the call that needs it, in words
   * @param limit how long it may take
   */
  TokenAnswer fetch(String what, TokenRequest request, Login login, Duration limit) {
    if (login instanceof Login.IdentityToken identity) {
      return exchange(what, request, identity, limit);
    }
    RefreshKey key = new RefreshKey(request.realm(), request.service(), login);
    String refreshToken = refreshes ? refreshTokens.get(key) : null;
    if (refreshToken != null) {
      try {
        return kept(key, post(what, request, refreshToken, limit));
      } catch (RegistryServiceException e) {
        refreshTokens.remove(key);
        if (!NO_REFRESH.contains(e.statusCode())) {
          throw e;
        }
      }
    }
    return kept(key, get(what, request, login, limit));
  }

  private TokenAnswer exchange(
      String what, TokenRequest request, Login.IdentityToken identity, Duration limit) {
    try {
      return post(what, request, identity.token(), limit);
    } catch (RegistryServiceException e) {
      if (!NO_OAUTH.contains(e.statusCode())) {
        throw e;
      }
      return get(what, request, identity.asBasic(), limit);
    }
  }

  private TokenAnswer kept(RefreshKey key, TokenAnswer answer) {
    if (refreshes && answer.refreshToken() != null) {
      refreshTokens.put(key, answer.refreshToken());
    }
    return answer;
  }

  private TokenAnswer get(String what, TokenRequest request, Login login, Duration limit) {
    List<Map.Entry<String, String>> query = new ArrayList<>();
    addService(query, request);
    query.add(Map.entry("client_id", CLIENT_ID));
    if (login instanceof Login.Basic basic) {
      query.add(Map.entry("account", basic.user()));
    }
    if (refreshes && login.isSecret()) {
      query.add(Map.entry("offline_token", "true"));
    }
    request.scopes().forEach(scope -> query.add(Map.entry("scope", scope)));
    HttpRequest.Builder get = HttpRequest.newBuilder(withQuery(request.realm(), query));
    login.authorization().ifPresent(value -> get.header("Authorization", value));
    return send(what, get, request.scopes(), login.isSecret(), limit);
  }

  private TokenAnswer post(String what, TokenRequest request, String refreshToken, Duration limit) {
    List<Map.Entry<String, String>> form = new ArrayList<>();
    form.add(Map.entry("grant_type", "refresh_token"));
    addService(form, request);
    form.add(Map.entry("client_id", CLIENT_ID));
    if (refreshes) {
      form.add(Map.entry("access_type", "offline"));
    }
    if (!request.scopes().isEmpty()) {
      form.add(Map.entry("scope", String.join(" ", request.scopes())));
    }
    form.add(Map.entry("refresh_token", refreshToken));
    HttpRequest.Builder post = HttpRequest.newBuilder(request.realm())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(encoded(form), StandardCharsets.UTF_8));
    return send(what, post, request.scopes(), true, limit);
  }

  private static void addService(List<Map.Entry<String, String>> to, TokenRequest request) {
    if (request.service() != null) {
      to.add(Map.entry("service", request.service()));
    }
  }

  private TokenAnswer send(
      String what,
      HttpRequest.Builder builder,
      List<String> scopes,
      boolean hasLogin,
      Duration limit) {
    HttpRequest request = builder.header("Accept", "application/json").build();
    String endpoint = RealmPolicy.shown(request.uri());
    TokenErrors errors = new TokenErrors(endpoint, scopes, hasLogin);
    Call call = Call.reading("GetToken", what, errors::map)
        .withMaxResponseBytes(MAX_TOKEN_BYTES)
        .withLimit(limit)
        .hiding(secrets.all());
    boolean isForm = request.method().equals("POST"); // its refresh token may be good for one use
    TransportResponse response;
    try {
      response = transport.send(isForm ? call.notIdempotent() : call, request);
    } catch (RegistryException e) {
      throw named(e, endpoint);
    }
    requireHarmless(response.uri(), request.uri(), call, endpoint);
    try {
      return known(TokenAnswer.of(response));
    } catch (IllegalArgumentException e) {
      throw Operation.on(what).invalid(noToken(endpoint) + e.getMessage());
    }
  }

  private TokenAnswer known(TokenAnswer answer) {
    secrets.addToken(answer.token());
    if (answer.refreshToken() != null) {
      secrets.addToken(answer.refreshToken());
    }
    return answer;
  }

  /** A redirect to another origin took no secret along; but what it found is not for the registry. */
  private void requireHarmless(URI answered, URI asked, Call call, String endpoint) {
    if (BaseUrl.isSameOrigin(answered, asked)) {
      return;
    }
    policy.objection(answered, Login.anonymous()).ifPresent(objection -> {
      throw Operation.on(call.description())
          .invalid(noToken(endpoint) + "redirected: " + objection);
    });
  }

  /** The transport's own failures do not say that it was the token endpoint which failed. */
  private static RegistryException named(RegistryException e, String endpoint) {
    ErrorDetails named = e.details().toBuilder()
        .serverMessage(noToken(endpoint) + e.details().serverMessage().orElse(""))
        .build();
    if (e instanceof RegistryTimeoutException) {
      return new RegistryTimeoutException(named, e.getCause());
    }
    if (e instanceof RegistryIOException) {
      return new RegistryIOException(named, e.getCause());
    }
    if (e instanceof InvalidResponseException) {
      return new InvalidResponseException(named, e.getCause());
    }
    return e;
  }

  private static String noToken(String endpoint) {
    return "no token from " + endpoint + ": ";
  }

  /** Some realms have a query of their own. */
  private static URI withQuery(URI realm, List<Map.Entry<String, String>> query) {
    char separator = realm.getRawQuery() == null ? '?' : '&';
    return URI.create(realm.toString() + separator + encoded(query));
  }

  private static String encoded(List<Map.Entry<String, String>> pairs) {
    return pairs.stream()
        .map(pair ->
            pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Whose refresh token it is: never another's. */
  private record RefreshKey(URI realm, @Nullable String service, Login login) {}
}
