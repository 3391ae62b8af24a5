package dev.registrykit.oci.internal.auth;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.spi.support.TimeSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fetches a token with the login, with another login or other scopes where the first are refused. */
final class TokenFetcher {

  private final TokenEndpoint endpoint;
  private final RealmPolicy policy;
  private final LoginLookup logins;
  private final TimeSource time;

  TokenFetcher(TokenEndpoint endpoint, RealmPolicy policy, LoginLookup logins, TimeSource time) {
    this.endpoint = endpoint;
    this.policy = policy;
    this.logins = logins;
    this.time = time;
  }

  /**
   * Fetches one.
   *
   * @param current the token in use, which knows what the endpoint agreed to; null for none
   */
  Token fetch(AuthRequest request, TokenRequest wanted, @Nullable Token current) {
    Login login = logins.find(request);
    requireUnobjectionable(request, wanted, login);
    try {
      return fetch(request, wanted, current, login);
    } catch (AuthenticationException e) {
      Login other = logins.findAfterRefusal(request, login);
      if (other.equals(login)) {
        throw e;
      }
      requireUnobjectionable(request, wanted, other);
      return fetch(request, wanted, current, other);
    }
  }

  private void requireUnobjectionable(AuthRequest request, TokenRequest wanted, Login login) {
    if (login instanceof Login.Bearer) {
      return; // which is not sent there
    }
    policy.objection(wanted.realm(), login).ifPresent(objection -> {
      throw request.refused(objection);
    });
  }

  private Token fetch(
      AuthRequest request, TokenRequest wanted, @Nullable Token current, Login login) {
    if (login instanceof Login.Bearer bearer) {
      return Token.configured(bearer);
    }
    TokenRequest granted = current != null && wanted.equals(current.wanted())
        ? Objects.requireNonNullElse(current.granted(), wanted)
        : wanted;
    if (request.isChallenged() && granted.scopes().isEmpty()) {
      granted = wanted; // the token that only says who asks was not enough
    }
    try {
      return fetched(request, wanted, granted, login);
    } catch (RegistryServiceException e) {
      if (mayNotKnowDeletion(e) && granted.asksForDeletion()) {
        return fetchedInstead(request, wanted, wanted.withPushForDeletion(), login, e);
      }
      if (mayNotKnowScope(e) && !request.isChallenged() && !granted.scopes().isEmpty()) {
        return fetchedInstead(request, wanted, wanted.withoutScopes(), login, e);
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
      AuthRequest request,
      TokenRequest wanted,
      TokenRequest instead,
      Login login,
      RegistryServiceException refusal) {
    try {
      return fetched(request, wanted, instead, login);
    } catch (RegistryServiceException e) {
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  private Token fetched(
      AuthRequest request, TokenRequest wanted, TokenRequest granted, Login login) {
    long asked = time.nanoTime();
    TokenAnswer answer = endpoint.fetch(request.what(), granted, login, request.left());
    long use = answer.lifetime().minus(Token.MARGIN).toNanos();
    return new Token("Bearer " + answer.token(), wanted, granted, asked + use);
  }
}
