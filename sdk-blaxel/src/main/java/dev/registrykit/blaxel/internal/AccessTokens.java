package dev.registrykit.blaxel.internal;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Credentials;
import dev.registrykit.spi.transport.TransportResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access tokens, got for a client's id and secret and renewed before they expire. However many calls
 * need one, a single request asks for it and the others wait for its answer. Thread-safe.
 */
final class AccessTokens implements Credentials {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.blaxel");

  private static final String SCHEME = "Bearer ";

  /** How long before its end a token is renewed, as the vendor's Python client does. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  /** Of a token that lives shorter, only this part of its life is kept in reserve. */
  private static final int MARGIN_DIVISOR = 5;

  /** How long a token that could not be renewed in time is used before the next try. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final URI tokenUrl;
  private final ClientSecret client;
  private final Map<String, String> clientHeaders;
  private final Function<Duration, Grant> endpoint;
  private final TimeSource time;
  private volatile @Nullable Token current;
  private @Nullable CompletableFuture<Token> underWay;

  /**
   * Makes credentials without a token.
   *
   * @param tokenUrl where tokens are got; requests there prove the client itself
   * @param endpoint asks for a token, within a time; its request comes back here for its headers
   */
  AccessTokens(
      URI tokenUrl, ClientSecret client, Function<Duration, Grant> endpoint, TimeSource time) {
    this.tokenUrl = tokenUrl;
    this.client = client;
    this.clientHeaders = Map.of("Authorization", client.basic());
    this.endpoint = endpoint;
    this.time = time;
  }

  /**
   * A token as the endpoint grants it.
   *
   * @param lifetime null where it does not say
   */
  record Grant(String token, @Nullable Duration lifetime) {}

  /** A token, with the moments of {@link TimeSource#nanoTime()} that matter; null for never. */
  private record Token(
      String header, @Nullable Long renewAt, @Nullable Long endAt) {

    boolean isDue(long now) {
      return renewAt != null && now - renewAt >= 0;
    }

    boolean isOver(long now) {
      return endAt != null && now - endAt >= 0;
    }

    Token dueAt(long renewAt) {
      return new Token(header, renewAt, endAt);
    }
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return isForToken(attempt.request())
        ? clientHeaders
        : Map.of("Authorization", token(attempt.left()).header());
  }

  @Override
  public Collection<String> secrets() {
    List<String> secrets = new ArrayList<>(client.secrets());
    Token held = current;
    if (held != null) {
      secrets.add(held.header().substring(SCHEME.length()));
    }
    return secrets;
  }

  private boolean isForToken(HttpRequest request) {
    return request.uri().equals(tokenUrl);
  }

  private Token token(Duration left) {
    Token held = current;
    if (held == null || held.isOver(time.nanoTime())) {
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
      return postpone(held);
    }
  }

  private synchronized Token postpone(Token held) {
    Token postponed = held.dueAt(time.nanoTime() + PAUSE.toNanos());
    Token now = current;
    if (now == null || now.header().equals(held.header())) {
      current = postponed;
    }
    return postponed;
  }

  @Override
  public boolean renewAfter(
      Attempt attempt, Map<String, String> sent, TransportResponse unauthorized) {
    if (isForToken(attempt.request())) {
      return false;
    }
    Token held = current;
    if (held == null || held.header().equals(sent.get("Authorization"))) {
      renew(held, attempt.left());
    }
    return true;
  }

  /** Returns a token other than this one, got by this thread or by one that began before. */
  private Token renew(@Nullable Token replaced, Duration limit) {
    long start = time.nanoTime();
    while (true) {
      Duration left = left(limit, start);
      CompletableFuture<Token> mine = new CompletableFuture<>();
      CompletableFuture<Token> others;
      synchronized (this) {
        Token held = current;
        if (held != null && (replaced == null || !held.header().equals(replaced.header()))) {
          return held;
        }
        others = underWay;
        if (others == null) {
          underWay = mine;
        }
      }
      if (others == null) {
        return ask(mine, left);
      }
      Token granted = await(others, left);
      if (granted != null) {
        return granted;
      }
    }
  }

  private Duration left(Duration limit, long start) {
    Duration left = limit.minusNanos(time.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Token ask(CompletableFuture<Token> answer, Duration left) {
    Token token = null;
    RuntimeException failure = null;
    try {
      token = granted(time.nanoTime(), left);
      return token;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    } finally {
      finish(answer, token, failure);
    }
  }

  private synchronized void finish(
      CompletableFuture<Token> answer, @Nullable Token token, @Nullable RuntimeException failure) {
    underWay = null;
    if (token == null) {
      answer.completeExceptionally(
          failure == null ? new IllegalStateException("asking for a token failed") : failure);
    } else {
      current = token;
      answer.complete(token);
    }
  }

  private Token granted(long now, Duration left) {
    Grant grant = endpoint.apply(left);
    String header = SCHEME + grant.token();
    if (grant.lifetime() == null) {
      return new Token(header, null, null);
    }
    Duration lifetime = grant.lifetime();
    Duration part = lifetime.dividedBy(MARGIN_DIVISOR);
    Duration margin = part.compareTo(MARGIN) < 0 ? part : MARGIN;
    return new Token(header, now + lifetime.minus(margin).toNanos(), now + lifetime.toNanos());
  }

  /**
   * Returns what another thread got; null if that thread was interrupted or had too little time, which
   * is not our affair.
   */
  private static @Nullable Token await(CompletableFuture<Token> others, Duration left) {
    try {
      return others.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new RegistryTimeoutException(
          Operation.on(BlaxelApi.GET_TOKEN).details("none within " + left.toMillis() + " ms"), e);
    } catch (InterruptedException e) {
      throw Operation.on(BlaxelApi.GET_TOKEN).interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure
          && !(failure instanceof RegistryInterruptedException)
          && !(failure instanceof RegistryTimeoutException)) {
        throw failure;
      }
      return null;
    }
  }
}
