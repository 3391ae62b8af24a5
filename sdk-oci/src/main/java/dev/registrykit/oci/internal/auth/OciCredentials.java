package dev.registrykit.oci.internal.auth;

import dev.registrykit.AuthenticationException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.spi.config.HostAddress;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.Redactor;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Credentials;
import dev.registrykit.spi.transport.Transport;
import dev.registrykit.spi.transport.TransportResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Proves to one registry who is asking, in the way it demands. Whoever has a login asks first, once,
 * what the registry demands of everybody (see {@link Ping}), and shows who he is from the first
 * reading on: as a stranger he might be shown less. A password then goes with every request, and a
 * token with every request of its repository and kind; a bearer token that the caller gave is sent
 * unasked. Thread-safe.
 */
public final class OciCredentials implements Credentials {

  /** Repositories times kinds of access, of which each has a token. */
  private static final int MAX_TOKENS = 1_000;

  /** How long a refused login counts for calls that were under way, and are told so only now. */
  private static final Duration REFUSAL_SHARED = Duration.ofSeconds(1);

  private static final String AUTHORIZATION = "Authorization";

  private final URI baseUrl;
  private final String host;
  private final Logins logins;
  private final RealmPolicy policy;
  private final boolean refreshTokens;
  private final TimeSource time;
  private final RecentlyUsed<Access, Slot> slots = new RecentlyUsed<>(MAX_TOKENS);
  private final KnownSecrets secrets = new KnownSecrets();
  private final ReentrantLock openingLock = new ReentrantLock();
  private volatile @Nullable Ping opening;
  private volatile boolean wantsPasswords;
  private volatile @Nullable TokenEndpoint endpoint;
  private volatile @Nullable Transport unproved;

  private OciCredentials(Builder builder) {
    this.baseUrl = builder.baseUrl;
    this.host = HostAddress.normalized(baseUrl.getHost())
        + (baseUrl.getPort() < 0 ? "" : ":" + baseUrl.getPort());
    this.logins = builder.logins;
    this.policy = new RealmPolicy(baseUrl, builder.trustedRealmHosts);
    this.refreshTokens = builder.refreshTokens;
    this.time = builder.time;
    logins.atHand().ifPresent(secrets::add);
  }

  /** Starts the credentials for the registry at that URL, which has scheme and host. */
  public static Builder builder(URI baseUrl) {
    return new Builder(baseUrl);
  }

  /**
   * Says how tokens are fetched: by this transport, which has no credentials. To be called once,
   * before the first request.
   */
  public void bind(Transport transport) {
    unproved = transport;
    endpoint = new TokenEndpoint(transport, policy, secrets, refreshTokens);
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return proof(new Demand(attempt, Access.of(attempt.request(), baseUrl), false))
        .map(proof -> Map.of(AUTHORIZATION, proof))
        .orElse(Map.of());
  }

  @Override
  public Collection<String> secrets() {
    return secrets.all();
  }

  private Optional<String> proof(Demand demand) {
    Optional<Login> atHand = logins.atHand();
    if (atHand.isPresent() && atHand.get() instanceof Login.Bearer) {
      return atHand.get().authorization();
    }
    Slot slot = slots.get(demand.access);
    Token token = slot == null ? null : slot.token;
    if (slot != null && token != null) {
      return Optional.of(renewedIfDue(demand, slot, token).authorization());
    }
    Login login = find(demand);
    if (login instanceof Login.Bearer) {
      return login.authorization();
    }
    if (!login.isSecret() || wantsPasswords) {
      return basic(login);
    }
    return proofByOpening(demand, login);
  }

  /** Shows who asks before the registry demands it for this very thing, which it might not. */
  private Optional<String> proofByOpening(Demand demand, Login login) {
    Ping opened = opening(demand);
    Challenge challenge = opened.challenge().orElse(null);
    if (challenge == null) {
      return opened.isSilent() && mayHavePasswordUnasked() ? basic(login) : Optional.empty();
    }
    if (challenge.isBasic()) {
      wantsPasswords = true;
      return basic(login);
    }
    Optional<String> realm = challenge.parameter("realm");
    if (realm.isEmpty() || !demand.access.isReading()) {
      return Optional.empty();
    }
    TokenRequest wanted =
        tokenRequest(demand, realm.get(), challenge, demand.access.readingScopes());
    return Optional.of(
        renew(demand, slots.get(demand.access, Slot::new), wanted, null).authorization());
  }

  /** One thread asks, the others wait; a failure is not remembered. */
  private Ping opening(Demand demand) {
    Ping known = opening;
    if (known != null) {
      return known;
    }
    demand.lock(openingLock);
    try {
      known = opening;
      if (known == null) {
        known = Ping.ask(bound(unproved), baseUrl, secrets.all(), demand.what(), demand.left());
        opening = known;
      }
      return known;
    } finally {
      openingLock.unlock();
    }
  }

  /** Over plain http a password is sent on demand only, but to this machine. */
  private boolean mayHavePasswordUnasked() {
    return baseUrl.getScheme().equalsIgnoreCase("https") || HostAddress.isLocal(baseUrl.getHost());
  }

  private Token renewedIfDue(Demand demand, Slot slot, Token token) {
    TokenRequest wanted = token.wanted();
    return wanted == null || !token.isDue(time.nanoTime())
        ? token
        : renew(demand, slot, wanted, null);
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
    Demand demand = new Demand(attempt, Access.of(attempt.request(), baseUrl), true);
    String refused = sent.get(AUTHORIZATION);
    return challenge.get().isBasic()
        ? answerBasic(demand, refused)
        : answerBearer(demand, refused, challenge.get());
  }

  private boolean answerBasic(Demand demand, @Nullable String refused) {
    wantsPasswords = true;
    slots.remove(demand.access);
    return basic(findOtherThan(demand, refused))
        .filter(proof -> !proof.equals(refused))
        .isPresent();
  }

  private boolean answerBearer(Demand demand, @Nullable String refused, Challenge challenge) {
    Login login = find(demand);
    if (login instanceof Login.Bearer) {
      return answerWithConfiguredToken(demand, refused);
    }
    Optional<String> realm = challenge.parameter("realm");
    if (realm.isEmpty()) {
      return false;
    }
    for (String scope : challenge.scopes()) {
      if (demand.access.isForeign(scope)) {
        throw demand.refused("the registry wants a token for another repository, " + scope);
      }
    }
    TokenRequest wanted = tokenRequest(demand, realm.get(), challenge, challenge.scopes());
    renew(demand, slots.get(demand.access, Slot::new), wanted, refused);
    return true;
  }

  private static TokenRequest tokenRequest(
      Demand demand, String realm, Challenge challenge, List<String> scopes) {
    URI address = RealmPolicy.parse(realm)
        .orElseThrow(() -> demand.refused("the registry's token endpoint is no URL"));
    return new TokenRequest(address, challenge.parameter("service").orElse(null), scopes);
  }

  private boolean answerWithConfiguredToken(Demand demand, @Nullable String refused) {
    Login login = findOtherThan(demand, refused);
    String proof = login.authorization().orElse(null);
    if (!(login instanceof Login.Bearer) || proof == null || proof.equals(refused)) {
      return false;
    }
    slots.get(demand.access, Slot::new).token = Token.configured(proof);
    return true;
  }

  /** Finds the login, again if the one known is that which was refused: it may have changed. */
  private Login findOtherThan(Demand demand, @Nullable String refused) {
    Login login = find(demand);
    if (refused == null || !login.authorization().equals(Optional.of(refused))) {
      return login;
    }
    logins.forget(login);
    return find(demand);
  }

  private Login find(Demand demand) {
    try {
      Login login =
          logins.find(host, demand.access.repository(), demand.left()).orElseGet(Login::anonymous);
      secrets.add(login);
      return login;
    } catch (InterruptedException e) {
      throw demand.interrupted(e);
    } catch (LoginUnavailableException e) {
      if (demand.left().isZero()) {
        throw new RegistryTimeoutException(
            Operation.on(demand.what()).details(String.valueOf(e.getMessage())), e);
      }
      AuthenticationException unavailable = demand.refused(String.valueOf(e.getMessage()));
      unavailable.addSuppressed(e); // the class takes no cause
      throw unavailable;
    }
  }

  /**
   * Returns a token that is not the refused one and not due. One thread fetches it, the others of
   * the slot wait and take what it got, be it a token or a refusal: a wrong password sent fifty times
   * locks an account.
   */
  private Token renew(Demand demand, Slot slot, TokenRequest wanted, @Nullable String refused) {
    Refusal before = slot.refusal;
    demand.lock(slot.lock);
    try {
      Token current = slot.token;
      if (current != null && isGood(current, wanted, refused)) {
        return current;
      }
      Refusal refusal = slot.refusal;
      if (refusal != null && (refusal != before || refusal.isFresh(time.nanoTime()))) {
        throw demand.refusedAs(refusal.details);
      }
      return fetchInto(slot, demand, wanted, current);
    } finally {
      slot.lock.unlock();
    }
  }

  private boolean isGood(Token token, TokenRequest wanted, @Nullable String refused) {
    return wanted.equals(token.wanted())
        && !token.authorization().equals(refused)
        && !token.isDue(time.nanoTime());
  }

  private Token fetchInto(Slot slot, Demand demand, TokenRequest wanted, @Nullable Token current) {
    try {
      Token token = fetch(demand, wanted, current);
      slot.token = token;
      return token;
    } catch (RegistryServiceException e) {
      slot.refusal = new Refusal(e.details(), time.nanoTime());
      throw e;
    }
  }

  private Token fetch(Demand demand, TokenRequest wanted, @Nullable Token current) {
    Login login = find(demand);
    requireUnobjectionable(demand, wanted, login);
    try {
      return fetch(demand, wanted, current, login);
    } catch (AuthenticationException e) {
      logins.forget(login);
      Login other = find(demand);
      if (other.equals(login)) {
        throw e;
      }
      requireUnobjectionable(demand, wanted, other);
      return fetch(demand, wanted, current, other);
    }
  }

  private void requireUnobjectionable(Demand demand, TokenRequest wanted, Login login) {
    policy.objection(wanted.realm(), login).ifPresent(objection -> {
      throw demand.refused(objection);
    });
  }

  private Token fetch(Demand demand, TokenRequest wanted, @Nullable Token current, Login login) {
    TokenRequest granted = current != null && wanted.equals(current.wanted())
        ? Objects.requireNonNullElse(current.granted(), wanted)
        : wanted;
    if (demand.isChallenged && granted.scopes().isEmpty()) {
      granted = wanted; // the token that only says who asks was not enough
    }
    try {
      return fetched(demand, wanted, granted, login);
    } catch (RegistryServiceException e) {
      if (mayNotKnowDeletion(e) && granted.asksForDeletion()) {
        return fetchedInstead(demand, wanted, wanted.withPushForDeletion(), login, e);
      }
      if (mayNotKnowScope(e) && !demand.isChallenged && !granted.scopes().isEmpty()) {
        return fetchedInstead(demand, wanted, wanted.withoutScopes(), login, e);
      }
      throw e;
    }
  }

  /** Quay answers {@code registry:catalog:*} with 400, too, which it did not ask for. */
  private static boolean mayNotKnowScope(RegistryServiceException e) {
    return e.statusCode() == 400 && !(e instanceof AuthenticationException);
  }

  /**
   * Quay answers a scope with {@code delete} in it with 400 (its endpoints/v2/v2auth.py knows pull,
   * push and * alone), and the right to push lets delete there. Not after 401: that speaks of the
   * password, which would only be sent in vain once more. And only after a refusal: to ask Quay for
   * push creates a repository that is not there.
   */
  private static boolean mayNotKnowDeletion(RegistryServiceException e) {
    return mayNotKnowScope(e) || e.statusCode() == 403;
  }

  private Token fetchedInstead(
      Demand demand,
      TokenRequest wanted,
      TokenRequest instead,
      Login login,
      RegistryServiceException refusal) {
    try {
      return fetched(demand, wanted, instead, login);
    } catch (RegistryServiceException e) {
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  private Token fetched(Demand demand, TokenRequest wanted, TokenRequest granted, Login login) {
    long asked = time.nanoTime();
    TokenAnswer answer = bound(endpoint).fetch(demand.what(), granted, login, demand.left());
    long use = answer.lifetime().minus(Token.MARGIN).toNanos();
    return new Token("Bearer " + answer.token(), wanted, granted, asked + use);
  }

  private static <T> T bound(@Nullable T bound) {
    if (bound == null) {
      throw new IllegalStateException("bind was not called");
    }
    return bound;
  }

  @Override
  public String toString() {
    return "credentials for " + host;
  }

  /** The token of one access, and who may fetch it. */
  private static final class Slot {
    final ReentrantLock lock = new ReentrantLock();
    volatile @Nullable Token token;
    volatile @Nullable Refusal refusal;
  }

  /** That a token was refused. Compared by identity: each refusal is another. */
  private static final class Refusal {
    final ErrorDetails details;
    final long atNanos;

    Refusal(ErrorDetails details, long atNanos) {
      this.details = details;
      this.atNanos = atNanos;
    }

    boolean isFresh(long nowNanos) {
      boolean isOfLogin = details.statusCode() == 401 || details.statusCode() == 403;
      return isOfLogin && nowNanos - atNanos < REFUSAL_SHARED.toNanos();
    }
  }

  /** What an attempt needs a proof for, and by when. */
  private final class Demand {
    final Attempt attempt;
    final Access access;
    final boolean isChallenged;
    final long endNanos;

    /**
     * Makes a demand.
     *
     * @param isChallenged whether the registry itself makes it; else it is foreseen
     */
    Demand(Attempt attempt, Access access, boolean isChallenged) {
      this.attempt = attempt;
      this.access = access;
      this.isChallenged = isChallenged;
      this.endNanos = time.nanoTime() + attempt.left().toNanos();
    }

    String what() {
      return attempt.call().description();
    }

    Duration left() {
      return Duration.ofNanos(Math.max(0, endNanos - time.nanoTime()));
    }

    void lock(ReentrantLock lock) {
      try {
        if (!lock.tryLock(left().toNanos(), TimeUnit.NANOSECONDS)) {
          throw new RegistryTimeoutException(
              Operation.on(what()).details("no token within " + attempt.left().toMillis() + " ms"),
              null);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }

    RegistryInterruptedException interrupted(InterruptedException e) {
      return Operation.on(what()).interrupted(e);
    }

    /** Says that the registry demands a proof which is not given. */
    AuthenticationException refused(String why) {
      return new AuthenticationException(Operation.on(what()).details(why).toBuilder()
          .statusCode(401)
          .redactedBy(Redactor.of(secrets()))
          .build());
    }

    /** Says of this call what another one was told. */
    RegistryServiceException refusedAs(ErrorDetails other) {
      ErrorDetails details =
          Operation.on(what()).details(other.serverMessage().orElse("")).toBuilder()
              .statusCode(other.statusCode())
              .errorCode(other.errorCode().orElse(null))
              .requestId(other.requestId().orElse(null))
              .retryAfter(other.retryAfter().orElse(null))
              .headers(other.headers())
              .body(other.body().getBytes(StandardCharsets.UTF_8))
              .build();
      return TokenErrors.asException(details);
    }
  }

  /** Collects {@link OciCredentials}. Not thread-safe. */
  public static final class Builder {

    private final URI baseUrl;
    private final Set<String> trustedRealmHosts = new HashSet<>();
    private Logins logins = Logins.of(Login.anonymous());
    private boolean refreshTokens;
    private TimeSource time = TimeSource.system();

    private Builder(URI baseUrl) {
      this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
    }

    /** Sets where the login is found; by default there is none. */
    public Builder logins(Logins logins) {
      this.logins = Objects.requireNonNull(logins, "logins");
      return this;
    }

    /**
     * Adds a host that may have the login because the registry fetches its tokens there.
     *
     * @param host a host, with its port if that is not the scheme's own
     * @throws IllegalArgumentException if it is neither
     */
    public Builder trustedRealmHost(String host) {
      trustedRealmHosts.add(RealmPolicy.requireHost(host));
      return this;
    }

    /** Sets whether to use refresh tokens in the password's place; by default not. */
    public Builder refreshTokens(boolean refreshTokens) {
      this.refreshTokens = refreshTokens;
      return this;
    }

    /** Sets the clock. */
    public Builder time(TimeSource time) {
      this.time = Objects.requireNonNull(time, "time");
      return this;
    }

    /** Makes the credentials. */
    public OciCredentials build() {
      return new OciCredentials(this);
    }
  }
}
