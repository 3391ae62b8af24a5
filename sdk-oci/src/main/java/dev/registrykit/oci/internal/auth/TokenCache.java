package dev.registrykit.oci.internal.auth;

import dev.registrykit.ErrorDetails;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.spi.support.LoadingCache;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.ErrorMapper;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The tokens in use, by repository and kind of access. One thread fetches a token, those that wait for
 * it take what it got, be it a token or a refusal: a wrong password sent fifty times locks an account.
 * Thread-safe.
 */
final class TokenCache {

  /** Repositories times kinds of access, of which each has a token. */
  private static final int MAX_TOKENS = 1_000;

  /** How long a refused login counts for calls that were under way, and are told so only now. */
  private static final Duration REFUSAL_SHARED = Duration.ofSeconds(1);

  private final TokenFetcher fetcher;
  private final TimeSource time;

  /** That no answer came, or that a thread was interrupted, is its own affair. */
  private final LoadingCache<Access, Token> tokens =
      new LoadingCache<>(MAX_TOKENS, RegistryServiceException.class::isInstance);

  private final LoadingCache<Access, Refusal> refusals = new LoadingCache<>(MAX_TOKENS);

  TokenCache(TokenFetcher fetcher, TimeSource time) {
    this.fetcher = fetcher;
    this.time = time;
  }

  /** That a token was refused, and when. */
  private record Refusal(ErrorDetails details, long atNanos) {

    boolean isFresh(long nowNanos) {
      boolean isOfLogin = details.statusCode() == 401 || details.statusCode() == 403;
      return isOfLogin && nowNanos - atNanos < REFUSAL_SHARED.toNanos();
    }
  }

  /** Returns the token that is in use for this request, renewed if it is about to end; null for none. */
  @Nullable
  Token inUse(AuthRequest request) {
    Token token = tokens.get(request.access());
    if (token == null) {
      return null;
    }
    TokenRequest wanted = token.wanted();
    return wanted == null || !token.isDue(time.nanoTime()) ? token : get(request, wanted, null);
  }

  /**
   * Returns a token as it is wanted, which is not about to end.
   *
   * @param refused the header that was refused, which it must not be; null for none
   */
  Token get(AuthRequest request, TokenRequest wanted, @Nullable String refused) {
    while (true) {
      Token current = tokens.get(request.access());
      if (current != null && isGood(current, wanted, refused)) {
        return current;
      }
      AtomicBoolean isMine = new AtomicBoolean();
      Token token = otherThan(current, request, wanted, isMine);
      if (isMine.get() || isGood(token, wanted, refused)) {
        return token;
      }
    }
  }

  private boolean isGood(Token token, TokenRequest wanted, @Nullable String refused) {
    return wanted.equals(token.wanted())
        && !token.authorization().equals(refused)
        && !token.isDue(time.nanoTime());
  }

  /** Each thread that waited is told of the refusal in an exception of its own call. */
  private Token otherThan(
      @Nullable Token current, AuthRequest request, TokenRequest wanted, AtomicBoolean isMine) {
    try {
      return request.inTime(() -> tokens.getOtherThan(current, request.access(), () -> {
        isMine.set(true);
        return fetch(request, wanted, current);
      }));
    } catch (RegistryServiceException e) {
      throw ErrorMapper.ofTokenEndpoint(isMine.get() ? e : request.refusedAs(e.details()));
    }
  }

  private Token fetch(AuthRequest request, TokenRequest wanted, @Nullable Token current) {
    request.requireTime();
    Refusal refusal = refusals.get(request.access());
    if (refusal != null && refusal.isFresh(time.nanoTime())) {
      throw request.refusedAs(refusal.details());
    }
    try {
      return fetcher.fetch(request, wanted, current);
    } catch (RegistryServiceException e) {
      refusals.put(request.access(), new Refusal(e.details(), time.nanoTime()));
      throw e;
    }
  }

  /** Keeps a token that was configured, where one for the registry itself was found later. */
  void put(Access access, Token token) {
    tokens.put(access, token);
  }

  /** Forgets the token of an access. */
  void remove(Access access) {
    tokens.remove(access);
  }
}
