package dev.registrykit.blaxel.internal.auth;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.blaxel.internal.wire.TokenGrant;
import dev.registrykit.spi.support.LoadingCache;
import dev.registrykit.spi.support.OperationContext;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Credentials;
import dev.registrykit.spi.transport.TransportResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access tokens, requested with a client's id and secret and renewed before they expire. However many
 * calls need one, a single request asks for it and the others wait for its answer. Thread-safe.
 */
public final class AccessTokens implements Credentials {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.blaxel");

  private static final String SCHEME = "Bearer ";

  /** The key of the only token in the cache. */
  private static final String CURRENT = "current";

  /** How long before its end a token is renewed, as the vendor's Python client does. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  /** A token that lives shorter is renewed in the last fifth of its life. */
  private static final int MARGIN_DIVISOR = 5;

  /** How long a token that could not be renewed in time is used before the next try. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final ClientSecret client;
  private final Supplier<TokenGrant> endpoint;
  private final TimeSource time;
  private final LoadingCache<String, Token> tokens =
      new LoadingCache<>(1, AccessTokens::isSharedFailure);

  /**
   * Makes credentials without a token.
   *
   * @param client whose secrets must never be shown
   * @param endpoint requests a token, through a transport that has the client's own credentials
   */
  public AccessTokens(ClientSecret client, Supplier<TokenGrant> endpoint, TimeSource time) {
    this.client = client;
    this.endpoint = endpoint;
    this.time = time;
  }

  /** That a thread was interrupted, or had too little time, is not the affair of those that wait. */
  private static boolean isSharedFailure(RuntimeException failure) {
    return !(failure instanceof RegistryInterruptedException)
        && !(failure instanceof RegistryTimeoutException);
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return Map.of("Authorization", token(attempt.left()).header);
  }

  @Override
  public Collection<String> secrets() {
    List<String> secrets = new ArrayList<>(client.secrets());
    Token held = tokens.get(CURRENT);
    if (held != null) {
      secrets.add(held.header.substring(SCHEME.length()));
    }
    return secrets;
  }

  private Token token(Duration left) {
    Token held = tokens.get(CURRENT);
    if (held == null || held.isExpired(time.nanoTime())) {
      return renew(held, left);
    }
    return held.isDue(time.nanoTime()) ? renewInTime(held, left) : held;
  }

  private Token renewInTime(Token held, Duration left) {
    try {
      return renew(held, left);
    } catch (AuthenticationException | RegistryInterruptedException e) {
      throw e;
    } catch (RegistryException e) {
      LOG.warn("the access token could not be renewed and is used until it expires", e);
      held.renewAt = time.nanoTime() + PAUSE.toNanos();
      return held;
    }
  }

  @Override
  public boolean renewAfter(
      Attempt attempt, Map<String, String> sent, TransportResponse unauthorized) {
    Token held = tokens.get(CURRENT);
    if (held == null || held.header.equals(sent.get("Authorization"))) {
      renew(held, attempt.left());
    }
    return true;
  }

  /** Returns a token other than this one, within the time that the attempt has left. */
  private Token renew(@Nullable Token stale, Duration left) {
    return OperationContext.within(
        left, time, () -> tokens.getOtherThan(stale, CURRENT, this::requestToken));
  }

  private Token requestToken() {
    long now = time.nanoTime();
    TokenGrant grant = endpoint.get();
    return new Token(SCHEME + grant.token(), grant.lifetime(), now);
  }

  /**
   * A token, with the moments of {@link TimeSource#nanoTime()} that matter; null for never. Each is
   * equal to itself alone, even if the service grants the same text twice.
   */
  private static final class Token {

    private final String header;
    private final @Nullable Long expiresAt;
    private volatile @Nullable Long renewAt;

    private Token(String header, @Nullable Duration lifetime, long now) {
      this.header = header;
      if (lifetime == null) {
        this.expiresAt = null;
      } else {
        Duration part = lifetime.dividedBy(MARGIN_DIVISOR);
        Duration margin = part.compareTo(MARGIN) < 0 ? part : MARGIN;
        this.expiresAt = now + lifetime.toNanos();
        this.renewAt = now + lifetime.minus(margin).toNanos();
      }
    }

    private boolean isDue(long now) {
      Long due = renewAt;
      return due != null && now - due >= 0;
    }

    private boolean isExpired(long now) {
      return expiresAt != null && now - expiresAt >= 0;
    }
  }
}
