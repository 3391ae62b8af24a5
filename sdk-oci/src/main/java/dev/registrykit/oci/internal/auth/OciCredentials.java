package dev.registrykit.oci.internal.auth;

import dev.registrykit.oci.internal.auth.challenge.Challenge;
import dev.registrykit.oci.internal.auth.challenge.Challenges;
import dev.registrykit.spi.config.HostAddress;
import dev.registrykit.spi.support.LoadingCache;
import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Credentials;
import dev.registrykit.spi.transport.Transport;
import dev.registrykit.spi.transport.TransportResponse;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates requests to one registry in the way it demands. Whoever has a login asks first, once,
 * what the registry demands of everybody (see {@link Ping}), and authenticates from the first reading
 * on: as a stranger he might be shown less. A password then goes with every request, and a token with
 * every request of its repository and kind; a bearer token that the caller gave is sent unasked.
 * Thread-safe.
 */
public final class OciCredentials implements Credentials {

  private static final String AUTHORIZATION = "Authorization";

  /** There is one registry to ask. */
  private static final String REGISTRY = "registry";

  private final AuthSettings settings;
  private final Transport anonymous;
  private final KnownSecrets secrets = new KnownSecrets();
  private final LoginLookup logins;
  private final TokenCache tokens;
  private final LoadingCache<String, Ping> pings = new LoadingCache<>(1);
  private volatile boolean wantsPasswords;

  /**
   * Makes credentials. Sends nothing.
   *
   * @param anonymous fetches tokens, and so has no credentials
   */
  public OciCredentials(AuthSettings settings, Transport anonymous) {
    this.settings = settings;
    this.anonymous = anonymous;
    this.logins = new LoginLookup(settings.baseUrl(), settings.logins(), secrets);
    RealmPolicy policy = new RealmPolicy(settings.baseUrl(), settings.trustedRealmHosts());
    TokenEndpoint endpoint =
        new TokenEndpoint(anonymous, policy, secrets, settings.refreshTokens());
    this.tokens = new TokenCache(
        new TokenFetcher(endpoint, policy, logins, settings.time()), settings.time());
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return authorization(request(attempt, false))
        .map(value -> Map.of(AUTHORIZATION, value))
        .orElse(Map.of());
  }

  @Override
  public Collection<String> secrets() {
    return secrets.all();
  }

  private AuthRequest request(Attempt attempt, boolean isChallenged) {
    Access access = Access.of(attempt.request(), settings.baseUrl());
    return new AuthRequest(attempt, access, isChallenged, secrets, settings.time());
  }

  private Optional<String> authorization(AuthRequest request) {
    Optional<Login> configured = logins.bearerAtHand();
    if (configured.isPresent()) {
      return configured.get().authorization();
    }
    Token token = tokens.inUse(request);
    if (token != null) {
      return Optional.of(token.authorization());
    }
    Login login = logins.find(request);
    if (login instanceof Login.Bearer) {
      return login.authorization();
    }
    if (!login.isSecret() || wantsPasswords) {
      return basic(login);
    }
    return authorizationByPing(request, login);
  }

  /** Authenticates before the registry demands it for this very request, which it might not. */
  private Optional<String> authorizationByPing(AuthRequest request, Login login) {
    Ping ping = request.inTime(() -> pings.get(REGISTRY, () -> ping(request)));
    Challenge challenge = ping.challenge().orElse(null);
    if (challenge == null) {
      return ping.isSilent() && mayHavePasswordUnasked() ? basic(login) : Optional.empty();
    }
    if (challenge.isBasic()) {
      wantsPasswords = true;
      return basic(login);
    }
    Optional<String> realm = challenge.parameter("realm");
    if (realm.isEmpty() || !request.access().isReading()) {
      return Optional.empty();
    }
    TokenRequest wanted =
        tokenRequest(request, realm.get(), challenge, request.access().readingScopes());
    return Optional.of(tokens.get(request, wanted, null).authorization());
  }

  /** A failure is not remembered. */
  private Ping ping(AuthRequest request) {
    request.requireTime();
    return Ping.ask(anonymous, settings.baseUrl(), secrets.all(), request.what(), request.left());
  }

  /** Over plain http a password is sent on demand only, but to this machine. */
  private boolean mayHavePasswordUnasked() {
    URI baseUrl = settings.baseUrl();
    return baseUrl.getScheme().equalsIgnoreCase("https") || HostAddress.isLocal(baseUrl.getHost());
  }

  private static Optional<String> basic(Login login) {
    return login instanceof Login.Basic ? login.authorization() : Optional.empty();
  }

  @Override
  public boolean renewAfter(
      Attempt attempt, Map<String, String> sent, TransportResponse unauthorized) {
    Optional<Challenge> challenge =
        Challenges.preferred(Challenges.of(unauthorized.headers().allValues("www-authenticate")));
    if (challenge.isEmpty()) {
      return false;
    }
    AuthRequest request = request(attempt, true);
    String refused = sent.get(AUTHORIZATION);
    return challenge.get().isBasic()
        ? answerBasic(request, refused)
        : answerBearer(request, refused, challenge.get());
  }

  private boolean answerBasic(AuthRequest request, @Nullable String refused) {
    wantsPasswords = true;
    tokens.remove(request.access());
    return basic(logins.findOtherThan(request, refused))
        .filter(value -> !value.equals(refused))
        .isPresent();
  }

  private boolean answerBearer(AuthRequest request, @Nullable String refused, Challenge challenge) {
    Login login = logins.find(request);
    if (login instanceof Login.Bearer) {
      return answerWithConfiguredToken(request, refused);
    }
    Optional<String> realm = challenge.parameter("realm");
    if (realm.isEmpty()) {
      return false;
    }
    for (String scope : challenge.scopes()) {
      if (request.access().isForeign(scope)) {
        throw request.refused("the registry wants a token for another repository, " + scope);
      }
    }
    tokens.get(request, tokenRequest(request, realm.get(), challenge, challenge.scopes()), refused);
    return true;
  }

  private static TokenRequest tokenRequest(
      AuthRequest request, String realm, Challenge challenge, List<String> scopes) {
    URI address = RealmPolicy.parse(realm)
        .orElseThrow(() -> request.refused("the registry's token endpoint is no URL"));
    return new TokenRequest(address, challenge.parameter("service").orElse(null), scopes);
  }

  private boolean answerWithConfiguredToken(AuthRequest request, @Nullable String refused) {
    if (!(logins.findOtherThan(request, refused) instanceof Login.Bearer login)) {
      return false;
    }
    Token token = Token.configured(login);
    if (token.authorization().equals(refused)) {
      return false;
    }
    tokens.put(request.access(), token);
    return true;
  }

  @Override
  public String toString() {
    return "credentials for " + logins;
  }
}
