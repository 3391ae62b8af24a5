package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.http.RetryPolicy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {

  private static final String TAGS = "/v2/team/app/tags/list";
  private static final String OTHER = "/v2/team/other/tags/list";

  private final TokenLab lab = new TokenLab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void anIdentityTokenIsExchangedByPost() {
    lab.credentials.logins(Logins.of(Login.identityToken("id+token&1")));

    lab.get(TAGS);

    LabRequest token = lab.tokenRequests().get(0);
    assertEquals("POST /token", token.line());
    assertEquals(
        "application/x-www-form-urlencoded", token.header("content-type").get());
    assertEquals("none", token.authorization());
    assertEquals(
        "grant_type=refresh_token&service=lab-service&client_id=registrykit"
            + "&scope=repository%3Ateam%2Fapp%3Apull&refresh_token=id%2Btoken%261",
        token.body());
    assertEquals(List.of("none", "Bearer token-1"), lab.authHeaders());
  }

  @Test
  void severalScopesAreOneParameterOfAPost() {
    lab.credentials.logins(Logins.of(Login.identityToken("id-token")));
    lab.guard = request -> request.authorization().equals("none")
        ? TokenLab.unauthorized("Bearer realm=\"" + lab.realm + "\",scope=\"a:b:pull a:c:pull\"")
        : LabReply.json("{}");

    lab.send("PUT", "/v2/team/app/manifests/1.0");

    assertEquals(List.of("a:b:pull a:c:pull"), lab.tokenRequests().get(0).parameter("scope"));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void anEndpointWithoutOauthIsAskedByGet(int status) {
    lab.credentials.logins(Logins.of(Login.identityToken("id-token")));
    lab.endpoint = request -> request.method().equals("POST")
        ? LabReply.of(status, "404 page not found\n")
        : lab.issue(request);

    lab.get(TAGS);

    assertEquals(
        List.of("POST", "GET"),
        lab.tokenRequests().stream().map(LabRequest::method).toList());
    assertEquals(
        Login.basic("<token>", "id-token").authorization().get(),
        lab.tokenRequests().get(1).authorization());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 500})
  void anIdentityTokenThatIsRefusedIsNotSentAgain(int status) {
    lab.credentials.logins(Logins.of(Login.identityToken("id-token")));
    lab.endpoint = request -> LabReply.of(
        status, "{\"error\":\"invalid_grant\",\"error_description\":\"id-token is expired\"}");

    RegistryServiceException e = assertThrows(RegistryServiceException.class, () -> lab.get(TAGS));

    assertEquals(1, lab.tokenRequests().size());
    TokenLab.assertTellsNothing(e, "id-token");
    assertTrue(e.getMessage().contains("(hidden) is expired"), e.getMessage());
  }

  @Test
  void anExpiredGrantIsAFailureOfAuthenticationWhateverItsStatus() { // RFC 6749 §5.2: 400
    lab.credentials.logins(Logins.of(Login.identityToken("id-token")));
    lab.endpoint = request -> LabReply.of(400, "{\"error\":\"invalid_grant\"}");

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals("invalid_grant", e.errorCode().get());
  }

  @Test
  void refreshTokensAreNeitherAskedForNorUsedByDefault() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.extraInAnswer = ",\"refresh_token\":\"refresh-1\"";

    lab.get(TAGS);
    lab.get(OTHER);

    assertEquals(
        List.of("GET", "GET"),
        lab.tokenRequests().stream().map(LabRequest::method).toList());
    assertFalse(lab.tokenRequests().toString().contains("offline"));
  }

  @Test
  void ifConfiguredTheyTakeThePasswordsPlace() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN)).refreshTokens(true);
    lab.extraInAnswer = ",\"refresh_token\":\"refresh-1\"";

    lab.get(TAGS);
    lab.get(OTHER);

    LabRequest first = lab.tokenRequests().get(0);
    LabRequest second = lab.tokenRequests().get(1);
    assertEquals(List.of("true"), first.parameter("offline_token"));
    assertEquals("POST", second.method());
    assertEquals("none", second.authorization());
    assertEquals(List.of("refresh-1"), second.parameter("refresh_token"));
    assertEquals(List.of("offline"), second.parameter("access_type"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 405})
  void aRefreshTokenThatIsRefusedGivesWayToThePassword(int status) {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN)).refreshTokens(true);
    lab.extraInAnswer = ",\"refresh_token\":\"refresh-1\"";
    lab.get(TAGS);
    lab.extraInAnswer = "";
    lab.endpoint =
        request -> request.method().equals("POST") ? LabReply.of(status, "") : lab.issue(request);

    lab.get(OTHER);
    lab.get("/v2/team/third/tags/list");

    assertEquals(
        List.of("GET", "POST", "GET", "GET"),
        lab.tokenRequests().stream().map(LabRequest::method).toList());
  }

  /** It may be good for one use, and have been used by a request whose answer is lost. */
  @Test
  void aRefreshTokenIsNotPostedTwiceUnlikeAPassword() {
    lab.retryPolicy = RetryPolicy.standard();
    lab.credentials.logins(Logins.of(TokenLab.LOGIN)).refreshTokens(true);
    lab.extraInAnswer = ",\"refresh_token\":\"refresh-1\"";
    lab.get(TAGS);
    lab.endpoint = request -> LabReply.of(503, "{\"message\":\"refresh-1 is one too many\"}");

    RegistryServiceException e = assertThrows(RegistryServiceException.class, () -> lab.get(OTHER));
    assertThrows(RegistryServiceException.class, () -> lab.get(OTHER));

    assertEquals(
        List.of("GET", "POST", "GET", "GET", "GET"),
        lab.tokenRequests().stream().map(LabRequest::method).toList());
    assertTrue(e.getMessage().endsWith(": (hidden) is one too many"), e.getMessage());
    TokenLab.assertTellsNothing(e, "refresh-1");
  }

  @Test
  void nobodyAsksForARefreshTokenWithoutALogin() {
    lab.credentials.refreshTokens(true);

    lab.get(TAGS);

    assertEquals(List.of(), lab.tokenRequests().get(0).parameter("offline_token"));
  }
}
