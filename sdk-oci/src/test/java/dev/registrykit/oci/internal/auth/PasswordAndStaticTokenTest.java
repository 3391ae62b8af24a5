package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordAndStaticTokenTest {

  private static final String TAGS = "/v2/team/app/tags/list";
  private static final String BASIC = TokenLab.LOGIN.authorization().get();

  private final TokenLab lab = new TokenLab();
  private final AtomicReference<Login> known = new AtomicReference<>(TokenLab.LOGIN);

  @AfterEach
  void close() {
    lab.close();
  }

  private LabReply demand(String proof, String challenge, LabRequest request) {
    return request.authorization().equals(proof)
        ? LabReply.json("{}")
        : TokenLab.unauthorized(challenge);
  }

  @Test
  void aPasswordIsSentOnceTheRegistrySaidThatItWantsOne() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> demand(BASIC, "Basic realm=\"lab-realm\"", request);

    lab.get(TAGS);
    lab.send("DELETE", "/v2/team/other/manifests/1.0");

    assertEquals(List.of("none", BASIC, BASIC), lab.authHeaders());
  }

  @Test
  void aWrongPasswordIsNotSentTwice() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> TokenLab.unauthorized("Basic realm=\"lab-realm\"");

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals(List.of("none", BASIC), lab.authHeaders());
    TokenLab.assertTellsNothing(e, TokenLab.PASSWORD, BASIC.substring(6));

    assertThrows(AuthenticationException.class, () -> lab.get(TAGS));
    assertEquals(List.of("none", BASIC, BASIC), lab.authHeaders());
  }

  @Test
  void aPasswordThatChangedMeanwhileIsSentInPlaceOfTheRefused() {
    AtomicInteger forgotten = new AtomicInteger();
    lab.credentials.logins(new Logins() {
      @Override
      public Optional<Login> find(String host, String repository, Duration limit) {
        return Optional.of(
            forgotten.get() == 0 ? Login.basic("AWS", "for-12-hours") : TokenLab.LOGIN);
      }

      @Override
      public void forget(Login refused) {
        forgotten.incrementAndGet();
      }
    });
    String old = Login.basic("AWS", "for-12-hours").authorization().get();
    lab.guard = request -> demand(old, "Basic realm=\"r\"", request);
    lab.get(TAGS);
    lab.guard = request -> demand(BASIC, "Basic realm=\"r\"", request);

    lab.get(TAGS);

    assertEquals(List.of("none", old, old, BASIC), lab.authHeaders());
    assertEquals(1, forgotten.get());
  }

  @Test
  void withoutAPasswordThereIsNoSecondRequest() {
    lab.guard = request -> TokenLab.unauthorized("Basic realm=\"lab-realm\"");

    assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals(List.of("none"), lab.authHeaders());
  }

  @Test
  void anIdentityTokenIsNoPasswordForTheRegistry() {
    lab.credentials.logins(Logins.of(Login.identityToken("id-token")));
    lab.guard = request -> TokenLab.unauthorized("Basic realm=\"lab-realm\"");

    assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals(List.of("none", "none"), lab.authHeaders());
  }

  @Test
  void aRegistryThatTurnsFromTokensToPasswordsIsFollowed() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.get(TAGS);
    lab.guard = request -> demand(BASIC, "Basic realm=\"r\"", request);
    lab.get(TAGS);
    lab.get(TAGS);

    assertEquals(
        List.of("none", "Bearer token-1", "Bearer token-1", BASIC, BASIC), lab.authHeaders());
  }

  @Test
  void andBack() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> demand(BASIC, "Basic realm=\"r\"", request);
    lab.get(TAGS);
    lab.guard = lab::demandToken;
    lab.get(TAGS);
    lab.get(TAGS);

    assertEquals(
        List.of("none", BASIC, BASIC, "Bearer token-1", "Bearer token-1"), lab.authHeaders());
  }

  @Test
  void aTokenThatTheCallerGaveIsSentAtOnce() {
    lab.credentials.logins(Logins.of(Login.bearer("given")));
    lab.guard = request -> demand("Bearer given", "Bearer realm=\"" + lab.realm + "\"", request);

    lab.get(TAGS);
    lab.send("DELETE", "/v2/team/other/manifests/1.0");

    assertEquals(List.of("Bearer given", "Bearer given"), lab.authHeaders());
    assertEquals(List.of(), lab.tokenRequests());
  }

  @Test
  void aGivenTokenThatIsRefusedIsNotExchangedForAnother() {
    lab.credentials.logins(Logins.of(Login.bearer("given-token")));

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals(List.of("Bearer given-token"), lab.authHeaders());
    assertEquals(List.of(), lab.tokenRequests());
    TokenLab.assertTellsNothing(e, "given-token");
  }

  @Test
  void aStoredTokenIsSentAtOnce() {
    lab.credentials.logins((host, repository, limit) -> Optional.of(Login.bearer("stored")));
    lab.guard = request -> demand("Bearer stored", "Bearer realm=\"x\"", request);

    lab.get(TAGS);
    lab.get(TAGS);

    assertEquals(List.of("Bearer stored", "Bearer stored"), lab.authHeaders());
  }

  @Test
  void aStoredTokenThatIsRefusedIsTheCallersRefusal() {
    lab.credentials.logins((host, repository, limit) -> Optional.of(Login.bearer("stored")));

    assertThrows(AuthenticationException.class, () -> lab.get(TAGS));
    assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals(List.of("Bearer stored", "Bearer stored"), lab.authHeaders());
    assertEquals(List.of(), lab.tokenRequests());
  }

  /** Some say no more than that a token was not good, for they give none themselves. */
  @ParameterizedTest
  @ValueSource(strings = {"Bearer realm=\"x\"", "Bearer error=\"invalid_token\""})
  void aStoredTokenThatChangedMeanwhileIsSentInPlaceOfTheRefused(String challenge) {
    lab.credentials.logins(changing(Login.bearer("old"), Login.bearer("new")));
    lab.guard = request -> demand("Bearer old", challenge, request);
    lab.get(TAGS);
    lab.guard = request -> demand("Bearer new", challenge, request);

    lab.get(TAGS);
    lab.get(TAGS);

    assertEquals(
        List.of("Bearer old", "Bearer old", "Bearer new", "Bearer new"), lab.authHeaders());
    assertEquals(List.of(), lab.tokenRequests());
  }

  @Test
  void aPasswordInPlaceOfARefusedTokenIsTriedByTheNextCall() {
    lab.credentials.logins(changing(Login.bearer("old"), TokenLab.LOGIN));

    assertThrows(AuthenticationException.class, () -> lab.get(TAGS));
    lab.get(TAGS);

    assertEquals(List.of("Bearer old", "none", "Bearer token-1"), lab.authHeaders());
  }

  @Test
  void aTokenForTheRegistryTakesThePlaceOfARevokedOne() {
    lab.credentials.logins((host, repository, limit) -> Optional.of(known.get()));
    lab.get(TAGS);
    lab.revokeTokens();
    known.set(Login.bearer("given"));
    lab.accept("given", "repository:team/app:pull");

    lab.get(TAGS);
    lab.get(TAGS);

    assertEquals(
        List.of("none", "Bearer token-1", "Bearer token-1", "Bearer given", "Bearer given"),
        lab.authHeaders());
    assertEquals(1, lab.tokenRequests().size());
  }

  @Test
  void aTokenForTheRegistryTakesThePlaceOfOneThatIsDue() {
    lab.credentials.logins((host, repository, limit) -> Optional.of(known.get()));
    lab.get(TAGS);
    lab.time.advance(Duration.ofHours(1));
    known.set(Login.bearer("given"));
    lab.accept("given", "repository:team/app:pull");

    lab.get(TAGS);
    lab.get(TAGS);

    assertEquals(
        List.of("none", "Bearer token-1", "Bearer given", "Bearer given"), lab.authHeaders());
    assertEquals(1, lab.tokenRequests().size());
  }

  @Test
  void aTokenForTheRegistryIsNotSentToTheEndpointThatRefusedThePassword() {
    lab.credentials.logins(changing(TokenLab.LOGIN, Login.bearer("given")));
    lab.accept("given", "repository:team/app:pull");
    lab.endpoint = request -> LabReply.of(401, "");

    lab.get(TAGS);

    assertEquals(List.of("none", "Bearer given"), lab.authHeaders());
    assertEquals(
        List.of(BASIC),
        lab.tokenRequests().stream().map(LabRequest::authorization).toList());
  }

  /** Finds the first until it is refused. */
  private Logins changing(Login first, Login then) {
    known.set(first);
    return new Logins() {
      @Override
      public Optional<Login> find(String host, String repository, Duration limit) {
        return Optional.of(known.get());
      }

      @Override
      public void forget(Login refused) {
        known.set(then);
      }
    };
  }

  @Test
  void aStoredTokenIsHiddenStillWhenAnotherIsSent() {
    lab.credentials.logins(changing(Login.bearer("old-token"), Login.bearer("new-token")));
    lab.guard = request -> LabReply.of(
        401,
        "{\"errors\":[{\"message\":\"neither old-token nor new-token\"}]}",
        "Www-Authenticate: Bearer realm=\"x\"");

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals(List.of("Bearer old-token", "Bearer new-token"), lab.authHeaders());
    TokenLab.assertTellsNothing(e, "old-token", "new-token");
    assertTrue(e.body().contains("neither (hidden) nor (hidden)"), e.body());
  }

  @Test
  void aStoredPasswordIsHiddenWhereItsTokenAloneWasSent() {
    lab.credentials.logins((host, repository, limit) -> Optional.of(TokenLab.LOGIN));
    lab.guard = request -> request.path().equals("/v2/")
        ? lab.demandToken(request)
        : LabReply.of(403, "{\"password\":\"" + TokenLab.PASSWORD + "\"}");

    RegistryServiceException e = assertThrows(RegistryServiceException.class, () -> lab.get(TAGS));

    assertEquals(List.of("none", "Bearer token-1"), lab.authHeaders());
    TokenLab.assertTellsNothing(e, TokenLab.PASSWORD);
  }

  @Test
  void aLoginThatTookAllTheTimeIsATimeout() {
    lab.credentials.logins((host, repository, limit) -> {
      lab.time.advance(limit);
      throw new LoginUnavailableException("docker-credential-x did not answer", null);
    });

    var failure = assertThrows(RegistryTimeoutException.class, () -> lab.get(TAGS));

    assertEquals(
        "list tags of team/app failed: docker-credential-x did not answer", failure.getMessage());
    assertEquals(List.of(), lab.authHeaders());
  }

  @Test
  void aLoginThatCannotBeHadIsTheReasonGiven() {
    lab.credentials.logins((host, repository, limit) -> {
      throw new LoginUnavailableException("the file of logins x is not JSON", null);
    });

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals(
        "list tags of team/app failed: HTTP 401: the file of logins x is not JSON", e.getMessage());
    assertTrue(e.getSuppressed()[0] instanceof LoginUnavailableException);
  }
}
