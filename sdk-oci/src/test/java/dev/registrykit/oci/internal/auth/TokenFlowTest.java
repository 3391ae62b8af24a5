package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryServiceException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFlowTest {

  private static final String TAGS = "/v2/team/app/tags/list";
  private static final String MANIFEST = "/v2/team/app/manifests/1.0";

  private final TokenLab lab = new TokenLab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void theTokenIsFetchedForTheScopeOfTheChallengeAndSentWithEveryFurtherRequest() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));

    lab.get(TAGS);
    lab.get(MANIFEST);

    assertEquals(List.of("none", "Bearer token-1", "Bearer token-1"), lab.authHeaders());
    LabRequest token = lab.tokenRequests().get(0);
    assertEquals(
        "GET /token?service=lab-service&client_id=registrykit&account=lisa"
            + "&scope=repository%3Ateam%2Fapp%3Apull",
        token.line());
    assertEquals(TokenLab.LOGIN.authorization().get(), token.authorization());
    assertEquals("application/json", token.header("accept").get());
    assertEquals(1, lab.tokenRequests().size());
  }

  @Test
  void withoutALoginTheTokenIsAskedForAnonymously() {
    lab.get(TAGS);

    LabRequest token = lab.tokenRequests().get(0);
    assertEquals("none", token.authorization());
    assertEquals(List.of(), token.parameter("account"));
    assertEquals(List.of("none", "Bearer token-1"), lab.authHeaders());
  }

  @Test
  void aRegistryThatAsksForNothingGetsThePasswordAllTheSame() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> LabReply.json("{}");
    String basic = TokenLab.LOGIN.authorization().get();

    lab.get(TAGS);
    lab.get(TAGS);

    assertEquals(List.of("none", basic, basic), lab.authHeaders());
    assertEquals(List.of(), lab.tokenRequests());
  }

  @Test
  void eachRepositoryAndKindOfAccessHasATokenOfItsOwn() {
    for (int i = 0; i < 2; i++) {
      lab.get(TAGS);
      lab.send("HEAD", MANIFEST);
      lab.send("PUT", MANIFEST);
      lab.send("DELETE", MANIFEST);
      lab.get("/v2/team/other/tags/list");
      lab.get("/v2/_catalog");
    }

    assertEquals(
        List.of(
            "repository:team/app:pull",
            "repository:team/app:pull,push",
            "repository:team/app:delete",
            "repository:team/other:pull",
            "registry:catalog:*"),
        lab.tokenRequests().stream().flatMap(r -> r.parameter("scope").stream()).toList());
    assertEquals(12 + 5, lab.registryRequests().size());
  }

  @Test
  void eachScopeIsAParameterOfItsOwn() {
    lab.guard = TokenFlowTest::demandTwoScopes;

    lab.send("POST", "/v2/team/app/blobs/uploads/");

    assertEquals(
        List.of("repository:team/app:pull,push", "registry:catalog:*"),
        lab.tokenRequests().get(0).parameter("scope"));
  }

  private static LabReply demandTwoScopes(LabRequest request) {
    return request.authorization().equals("none")
        ? TokenLab.unauthorized("Bearer scope=\"repository:team/app:pull,push"
            + " registry:catalog:*\",realm=\"http://"
            + request.headers().get("host")
            + "/token\"")
        : LabReply.of(202, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",service=\"\",scope=\"\""})
  void whatTheChallengeLeavesOutIsNotSent(String rest) {
    lab.guard = request -> request.authorization().equals("none")
        ? TokenLab.unauthorized("Bearer realm=\"" + lab.realm + "\"" + rest)
        : LabReply.json("{}");

    lab.get("/v2/");

    assertEquals("GET /token?client_id=registrykit", lab.tokenRequests().get(0).line());
  }

  @Test
  void aRealmKeepsItsOwnQuery() {
    lab.realm = lab.registry.uri("/token?tenant=a%20b").toString();

    lab.get(TAGS);

    assertTrue(
        lab.tokenRequests().get(0).target().startsWith("/token?tenant=a%20b&service=lab-service&"),
        lab.tokenRequests().get(0).target());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":\"t1\"}",
        "{\"access_token\":\"t1\"}",
        "{\"token\":\"t1\",\"access_token\":\"t1\",\"refresh_token\":\"r\",\"x\":{}}",
        "{\"token\":\"\",\"access_token\":\"t1\",\"expires_in\":null,\"issued_at\":17}",
      })
  void theAnswerMayNameTheTokenInTwoWays(String answer) {
    lab.accept("t1", "repository:team/app:pull");
    lab.endpoint = request -> LabReply.json(answer);

    lab.get(TAGS);

    assertEquals(List.of("none", "Bearer t1"), lab.authHeaders());
  }

  @Test
  void aRevokedTokenIsRenewedOnce() {
    lab.get(TAGS);
    lab.revokeTokens();
    lab.get(TAGS);

    assertEquals(
        List.of("none", "Bearer token-1", "Bearer token-1", "Bearer token-2"), lab.authHeaders());
  }

  @Test
  void fewerRightsThanAskedForAreNoErrorUntilTheRegistrySaysSo() {
    lab.endpoint = request -> LabReply.json("{\"token\":\"powerless\"}");

    AuthenticationException e =
        assertThrows(AuthenticationException.class, () -> lab.send("DELETE", MANIFEST));

    assertEquals(401, e.statusCode());
    assertEquals(List.of("none", "Bearer powerless"), lab.authHeaders());
    assertEquals(1, lab.tokenRequests().size());
  }

  @Test
  void ofSeveralOffersTheTokenIsTaken() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> request.authorization().startsWith("Bearer ")
        ? LabReply.json("{}")
        : TokenLab.unauthorized(
            "Negotiate", "Basic realm=\"x\", Bearer realm=\"" + lab.realm + "\",service=\"s\"");

    lab.get(TAGS);

    assertEquals(List.of("none", "Bearer token-1"), lab.authHeaders());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Negotiate", "NTLM TlRM", "Bearer", "Bearer service=\"s\"", "", "\"\u00e4"})
  void aChallengeThatCannotBeAnsweredIsTheCallersRefusal(String challenge) {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> TokenLab.unauthorized(challenge);

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertTrue(e.getMessage().startsWith("list tags of team/app failed: HTTP 401"), e.getMessage());
    assertEquals(List.of("none", "none"), lab.authHeaders());
    assertEquals(List.of(), lab.tokenRequests());
  }

  /** Whoever holds such a token could read there with the application's login. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "repository:team/secret:pull",
        "repository:secret:pull",
        "repository:am/app:pull",
        "repository:team/app:pull repository:team/secret:pull",
        "repository:",
        "repository:pull"
      })
  void aTokenForAnotherRepositoryIsNotFetched(String scope) {
    lab.guard = request ->
        TokenLab.unauthorized("Bearer realm=\"" + lab.realm + "\",scope=\"" + scope + "\"");

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertTrue(e.getMessage().contains("a token for another repository"), e.getMessage());
    assertEquals(List.of(), lab.tokenRequests());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repository:team/app:pull",
        "repository:app:pull",
        "repository:mirror/team/app:pull,push",
        "repository:host:5000/team/app:pull",
        "registry:catalog:*",
        "*"
      })
  void aTokenForTheRepositoryUnderAnotherNameIsFetched(String scope) {
    lab.guard = request -> request.authorization().equals("none")
        ? TokenLab.unauthorized("Bearer realm=\"" + lab.realm + "\",scope=\"" + scope + "\"")
        : LabReply.json("{}");

    lab.get(TAGS);

    assertEquals(List.of(scope), lab.tokenRequests().get(0).parameter("scope"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 54, 56", // 60 s by default, renewed 5 s early
    "',\"expires_in\":300', 294, 296",
    "',\"expires_in\":\"300\"', 294, 296",
    "',\"expires_in\":10', 54, 56", // never below 60 s, says the specification
    "',\"expires_in\":-1', 54, 56",
    "',\"expires_in\":\"soon\"', 54, 56",
    "',\"expires_in\":99999999999999', 86394, 86396",
  })
  void aTokenIsRenewedSomeSecondsBeforeItsEnd(String extra, long stillGood, long due) {
    lab.extraInAnswer = extra;
    lab.get(TAGS);

    lab.time.advance(Duration.ofSeconds(stillGood));
    lab.get(TAGS);
    assertEquals(1, lab.tokenRequests().size());

    lab.time.advance(Duration.ofSeconds(due - stillGood));
    lab.get(TAGS);
    assertEquals(2, lab.tokenRequests().size());
    assertEquals(
        List.of("none", "Bearer token-1", "Bearer token-1", "Bearer token-2"), lab.authHeaders());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T16:48:34Z, 295", // new
    "2026-11-20T16:47:34.123456789Z, 235", // a minute old
    "2026-11-20T17:47:34+01:00, 235",
    "2026-11-20T16:49:34Z, 295", // from the future
    "2026-11-20T16:43:34Z, 295", // over
    "2020-01-01T00:00:00Z, 295", // older than it can be
    "yesterday, 295",
  })
  void theAgeOfATokenIsToldByTheServersOwnClock(String issuedAt, long due) {
    lab.extraInAnswer = ",\"expires_in\":300,\"issued_at\":\"" + issuedAt + "\"";
    lab.endpoint = request -> {
      LabReply reply = lab.issue(request);
      return new LabReply(
          200, List.of("Date: Fri, 20 Nov 2026 16:48:34 GMT"), reply.body(), reply.length());
    };
    lab.get(TAGS);

    lab.time.advance(Duration.ofSeconds(due - 2));
    lab.get(TAGS);
    assertEquals(1, lab.tokenRequests().size());

    lab.time.advance(Duration.ofSeconds(3));
    lab.get(TAGS);
    assertEquals(2, lab.tokenRequests().size());
  }

  @Test
  void aTokenThatIsNearlyOverWhenItComesIsStillUsed() {
    lab.extraInAnswer = ",\"expires_in\":60,\"issued_at\":\"2026-11-20T16:47:35Z\"";
    lab.endpoint = request -> {
      LabReply reply = lab.issue(request);
      return new LabReply(
          200, List.of("Date: Fri, 20 Nov 2026 16:48:34 GMT"), reply.body(), reply.length());
    };

    lab.get(TAGS);
    lab.get(TAGS);

    assertEquals(1, lab.tokenRequests().size());
  }

  @Test
  void aChallengeThatChangesIsFollowed() {
    lab.get(TAGS);
    lab.revokeTokens();
    lab.realm = lab.registry.uri("/another").toString();
    lab.get(TAGS);

    assertEquals(
        List.of("/token", "/another"),
        lab.tokenRequests().stream().map(LabRequest::path).toList());
  }

  @Test
  void aServerThatKnowsNoDeletionIsAskedForTheRightToPushAndRememberedSo() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.accept("for-push", "repository:team/app:delete");
    lab.endpoint = request -> request.parameter("scope").get(0).endsWith(":delete")
        ? LabReply.of(400, "{\"errors\":[{\"message\":\"Unable to decode\"}]}")
        : LabReply.json("{\"token\":\"for-push\"}");

    lab.send("DELETE", MANIFEST);
    lab.time.advance(Duration.ofMinutes(2));
    lab.send("DELETE", MANIFEST);

    assertEquals(
        List.of(
            "repository:team/app:delete",
            "repository:team/app:pull,push",
            "repository:team/app:pull,push"),
        lab.tokenRequests().stream().map(r -> r.parameter("scope").get(0)).toList());
    assertEquals(List.of("none", "none", "Bearer for-push", "Bearer for-push"), lab.authHeaders());
  }

  @Test
  void ifThatDoesNotHelpEitherTheFirstRefusalCounts() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    AtomicInteger count = new AtomicInteger();
    lab.endpoint =
        request -> LabReply.of(403, "{\"message\":\"refusal " + count.incrementAndGet() + "\"}");

    RegistryServiceException e =
        assertThrows(RegistryServiceException.class, () -> lab.send("DELETE", MANIFEST));

    assertTrue(e.getMessage().contains("refusal 1"), e.getMessage());
    String second = e.getSuppressed()[0].getMessage();
    assertTrue(second.contains("refusal 2"), second);
    assertEquals(2, lab.tokenRequests().size());
  }

  @ParameterizedTest
  @CsvSource({"DELETE, 401", "DELETE, 404", "GET, 404", "GET, 403"})
  void otherRefusalsAreNotAskedTwice(String method, int status) {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.endpoint = request -> LabReply.of(status, "");

    assertThrows(RegistryServiceException.class, () -> lab.send(method, MANIFEST));

    assertEquals(1, lab.tokenRequests().size());
  }

  /** For the calls that were under way, and do not know of it yet: an account may be locked. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusedLoginIsNotSentAgainForASecond(int status) {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.endpoint = request -> LabReply.of(status, "{\"message\":\"wrong\"}");
    lab.time.advance(Duration.ofHours(1));
    String said = refusal().getMessage();

    lab.time.advance(Duration.ofMillis(999));
    assertEquals(said, refusal().getMessage());
    assertEquals(1, lab.tokenRequests().size());

    lab.time.advance(Duration.ofMillis(1));
    assertEquals(said, refusal().getMessage());
    assertEquals(2, lab.tokenRequests().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 429, 503})
  void anyOtherRefusalCountsForOneCallAlone(int status) {
    lab.endpoint = request -> LabReply.of(status, "");

    refusal();
    refusal();

    assertEquals(2, lab.tokenRequests().size());
  }

  private RegistryServiceException refusal() {
    return assertThrows(RegistryServiceException.class, () -> lab.get(TAGS));
  }

  @Test
  void aTokenThatAnotherCallFetchedMeanwhileIsUsed() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    lab.credentials.logins((host, repository, limit) -> {
      if (isFirst.getAndSet(false)) {
        CompletableFuture.runAsync(() -> lab.get(TAGS)).join();
      }
      return Optional.of(TokenLab.LOGIN);
    });

    lab.get(TAGS);

    assertEquals(List.of("none", "Bearer token-1", "Bearer token-1"), lab.authHeaders());
    assertEquals(1, lab.tokenRequests().size());
  }

  @Test
  void theRightToPushTakesThePlaceOfThatToDeleteAlone() {
    TokenRequest request = new TokenRequest(
        lab.registry.uri("/token"),
        null,
        List.of("repository:host:5000/a:pull,delete", "repository:b:pull", "registry:catalog:*"));

    assertTrue(request.asksForDeletion());
    assertEquals(
        List.of("repository:host:5000/a:pull,push", "repository:b:pull", "registry:catalog:*"),
        request.withPushForDeletion().scopes());
    assertFalse(request.withPushForDeletion().asksForDeletion());
  }

  @Test
  void aLoginThatChangedMeanwhileIsTriedInPlaceOfTheRefused() {
    AtomicReference<Login> known = new AtomicReference<>(Login.basic("lisa", "old-password"));
    List<Login> forgotten = new CopyOnWriteArrayList<>();
    lab.credentials.logins(new Logins() {
      @Override
      public Optional<Login> find(String host, String repository, Duration limit) {
        return Optional.of(known.get());
      }

      @Override
      public void forget(Login refused) {
        forgotten.add(refused);
        known.set(TokenLab.LOGIN);
      }
    });
    lab.endpoint =
        request -> request.authorization().equals(TokenLab.LOGIN.authorization().get())
            ? lab.issue(request)
            : LabReply.of(401, "");

    lab.get(TAGS);

    assertEquals(List.of(Login.basic("lisa", "old-password")), forgotten);
    assertEquals(2, lab.tokenRequests().size());
  }

  @Test
  void theLoginIsLookedForByHostAndRepository() {
    List<String> asked = new CopyOnWriteArrayList<>();
    lab.credentials.logins((host, repository, limit) -> {
      asked.add(host + " " + repository + " " + (limit.toMillis() > 1000));
      return Optional.empty();
    });

    lab.get(TAGS);
    lab.get("/v2/_catalog");

    String host = lab.registry.authority();
    assertTrue(asked.contains(host + " team/app true"), asked.toString());
    assertTrue(asked.contains(host + "  true"), asked.toString());
  }

  @Test
  void theLoginIsLookedForBeforeTheFirstRequest() {
    List<String> asked = new CopyOnWriteArrayList<>();
    lab.credentials.logins((host, repository, limit) -> {
      asked.add(repository + " " + lab.registry.requests().size());
      return Optional.empty();
    });
    lab.guard = request -> LabReply.json("{}");

    lab.get(TAGS);

    assertEquals(List.of("team/app 0"), asked);
    assertEquals(List.of("none"), lab.authHeaders());
  }

  @Test
  void nothingShowsATokenOrPassword() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    AuthSettings settings = lab.credentials.build();
    OciCredentials credentials = new OciCredentials(settings, lab.transport());
    Token token = Token.configured(new Login.Bearer("s3cr3t"));
    TokenAnswer answer = new TokenAnswer("s3cr3t", Duration.ZERO, "s3cr3t");

    KnownSecrets secrets = new KnownSecrets();
    secrets.addToken("s3cr3t");

    String host = lab.registry.authority();
    assertEquals("AuthSettings[baseUrl=http://" + host + "]", settings.toString());
    assertEquals("credentials for " + host, credentials.toString());
    assertEquals("token(hidden)", token.toString());
    assertEquals("token answer(hidden)", answer.toString());
    assertEquals("secrets(hidden)", secrets.toString());
  }
}
