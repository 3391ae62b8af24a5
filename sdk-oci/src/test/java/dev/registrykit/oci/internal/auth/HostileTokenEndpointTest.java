package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTokenEndpointTest {

  private static final String TAGS = "/v2/team/app/tags/list";
  private static final String BASIC = TokenLab.LOGIN.authorization().get();

  private final TokenLab lab = new TokenLab();
  private final LabServer other = new LabServer(lab::issue);

  @AfterEach
  void close() {
    lab.close();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/iam",
        "http://metadata.google.internal/computeMetadata/v1/token",
        "http://[fd00:ec2::254]/latest",
        "http://2852039166/latest",
        "https://attacker.example.com/token",
        "http://lisa@127.0.0.1/token",
        "not a url",
        "//127.0.0.1/token",
        "https://registry.127.0.0.1./token",
        "http://127.0.0.1:99999999999/token",
        "http://127.0.0.1:0/token",
        "http://%20/token",
        "http:///token",
      })
  void nothingIsSentToARealmThatIsRefused(String realm) {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.realm = realm;

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertTrue(
        e.getMessage().startsWith("list tags of team/app failed: HTTP 401: the registry's token"),
        e.getMessage());
    assertEquals(List.of("none"), lab.authHeaders());
    assertEquals(List.of(), lab.tokenRequests());
  }

  @Test
  void anotherPortOfThisMachineIsNotAskedUnlessItIsTrusted() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.realm = other.uri("/token?secret=1").toString();

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals(List.of(), other.requests());
    assertTrue(
        e.getMessage().contains("trustedRealmHost(\"" + other.authority() + "\")"), e.getMessage());
    TokenLab.assertTellsNothing(e, "secret", TokenLab.PASSWORD);
  }

  @Test
  void aTrustedHostIsAskedWithTheLogin() {
    lab.credentials.trustedRealmHost(other.authority()).logins(Logins.of(TokenLab.LOGIN));
    lab.realm = other.uri("/token").toString();

    lab.get(TAGS);

    assertEquals(BASIC, other.requests().get(0).authorization());
    assertEquals(List.of("none", "Bearer token-1"), lab.authHeaders());
  }

  /** Without a login anybody's host may be asked; the login that is found after that is not for it. */
  @Test
  void aLoginThatIsFoundAfterARefusalIsNotForAnothersHostEither() {
    AtomicReference<Login> known = new AtomicReference<>(Login.anonymous());
    Logins logins = new Logins() {
      @Override
      public Optional<Login> find(String host, String repository, Duration limit) {
        return Optional.of(known.get());
      }

      @Override
      public void forget(Login refused) {
        known.set(TokenLab.LOGIN);
      }
    };
    lab.realm = "http://attacker.example/token";
    lab.endpoint = request -> LabReply.of(401, "");
    AuthSettings settings = AuthSettings.builder(URI.create("http://registry.example"))
        .logins(logins)
        .build();

    AuthenticationException e =
        assertThrows(AuthenticationException.class, () -> lab.getElsewhere(settings, TAGS));

    assertTrue(e.getMessage().contains("attacker.example is another's host"), e.getMessage());
    assertEquals(
        List.of("none"),
        lab.tokenRequests().stream().map(LabRequest::authorization).toList());
  }

  @Test
  void aRedirectToAnotherOriginTakesNoLoginAlong() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN)).trustedRealmHost(other.authority());
    lab.endpoint = request -> LabReply.of(302, "", "Location: " + other.uri("/token?scope=x"));

    assertThrows(AuthenticationException.class, () -> lab.get(TAGS)); // its token is for x

    assertEquals(BASIC, lab.tokenRequests().get(0).authorization());
    assertEquals("none", other.requests().get(0).authorization());
    assertFalse(other.requests().toString().contains(TokenLab.USER));
  }

  @Test
  void whatARedirectFoundInsideIsNotForTheRegistry() {
    lab.endpoint = request -> LabReply.of(302, "", "Location: " + other.uri("/inside"));

    InvalidResponseException e = assertThrows(InvalidResponseException.class, () -> lab.get(TAGS));

    assertTrue(e.getMessage().contains("redirected"), e.getMessage());
    assertEquals(List.of("none"), lab.authHeaders());
  }

  @Test
  void aRedirectOnTheSameHostIsFollowed() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.endpoint = request -> request.path().equals("/token")
        ? LabReply.of(307, "", "Location: " + request.target().replace("/token", "/moved"))
        : lab.issue(request);

    lab.get(TAGS);

    assertEquals(BASIC, lab.tokenRequests().get(1).authorization());
  }

  @Test
  void anIdentityTokenIsNeverPostedAlongARedirect() {
    lab.credentials.logins(Logins.of(Login.identityToken("id-token")));
    lab.endpoint = request -> LabReply.of(307, "", "Location: " + other.uri("/token"));

    assertThrows(RegistryServiceException.class, () -> lab.get(TAGS));

    assertEquals(List.of(), other.requests());
  }

  @Test
  void aDemandOfTheTokenEndpointIsNotAnsweredWithCredentials() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.endpoint = request ->
        TokenLab.unauthorized("Bearer realm=\"" + other.uri("/token") + "\"", "Basic realm=\"x\"");

    assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertEquals(1, lab.tokenRequests().size());
    assertEquals(List.of(), other.requests());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>Please log in, s3cr3t</body></html>",
        "",
        "{}",
        "[]",
        "null",
        "\"s3cr3t\"",
        "{\"token\":null}",
        "{\"token\":\"\"}",
        "{\"token\":{\"s3cr3t\":1}}",
        "{\"token\":17}",
        "{\"token\":\"s3cr3t\"} trailing",
        "{\"token\":\"s3cr3t",
        "{\"token\":\"s3cr3t\\r\\nX-Injected: 1\"}",
        "{\"token\":\"s3cr3t\\u0000\"}",
        "{\"token\":\"s3cr3t\u00e4\"}",
        "{\"token\":\" s3cr3t\"}",
      })
  void anAnswerWithoutAUsableTokenIsInvalidAndNotQuoted(String answer) {
    lab.endpoint = request -> LabReply.of(200, answer, "Content-Type: text/html");

    InvalidResponseException e = assertThrows(InvalidResponseException.class, () -> lab.get(TAGS));

    assertTrue(
        e.getMessage()
            .startsWith("list tags of team/app failed: no token from " + lab.registry.authority()
                + ": its "),
        e.getMessage());
    TokenLab.assertTellsNothing(e, "s3cr3t", "Please log in");
    assertEquals(List.of("none"), lab.authHeaders());
  }

  @Test
  void anAnswerNestedWithoutEndIsInvalid() {
    lab.endpoint = request -> LabReply.json("[".repeat(100_000));

    assertThrows(InvalidResponseException.class, () -> lab.get(TAGS));
  }

  @Test
  void anAnswerOf300MegabytesIsCutOff() {
    lab.endpoint = request -> LabReply.huge(300L * 1024 * 1024);

    InvalidResponseException e = assertThrows(InvalidResponseException.class, () -> lab.get(TAGS));

    assertTrue(e.getMessage().contains("no token from "), e.getMessage());
    assertTrue(e.getMessage().contains("131072"), e.getMessage());
  }

  @Test
  void anEndpointThatNeverAnswersTakesNoLongerThanTheAttempt() {
    lab.attemptTimeout = Duration.ofSeconds(1); // enough to get to the endpoint on a busy machine
    lab.endpoint = request -> LabReply.never();

    RegistryTimeoutException e = assertThrows(RegistryTimeoutException.class, () -> lab.get(TAGS));

    assertTrue(
        e.getMessage().startsWith("list tags of team/app failed: no token from "), e.getMessage());
  }

  @Test
  void anEndpointThatIsNotThereIsNamed() {
    lab.credentials.trustedRealmHost(other.authority());
    lab.realm = other.uri("/token").toString();
    other.close();

    RegistryIOException e = assertThrows(RegistryIOException.class, () -> lab.get(TAGS));

    assertTrue(e.getMessage().contains("no token from " + other.authority()), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "401, refused the login for repository:team/app:delete",
    "403, refused the login for repository:team/app:delete",
    "429, was asked too often",
    "503, gave no token for repository:team/app:delete",
  })
  void aRefusalSaysThatTheTokenEndpointRefused(int status, String words) {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.endpoint = request -> LabReply.of(status, "{\"details\":\"incorrect\\nusername\"}");

    RegistryServiceException e = assertThrows(
        RegistryServiceException.class, () -> lab.send("DELETE", "/v2/team/app/manifests/1.0"));

    assertEquals(
        "list tags of team/app failed: HTTP %d: the token endpoint %s %s: incorrect username"
            .formatted(status, lab.registry.authority(), words),
        e.getMessage());
    assertEquals(List.of("none", "none"), lab.authHeaders());
  }

  /** The registry itself said 401; 404 or 405 in its place would be taken for its word on the image. */
  @ParameterizedTest
  @CsvSource({
    "400, did not accept the request for repository:team/app:delete",
    "404, gave no token for repository:team/app:delete",
    "405, gave no token for repository:team/app:delete",
    "409, gave no token for repository:team/app:delete",
    "501, gave no token for repository:team/app:delete",
  })
  void anyOtherRefusalIsNoWordOfTheRegistrys(int status, String words) {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.endpoint = request -> LabReply.of(status, "");

    AuthenticationException e = assertThrows(
        AuthenticationException.class, () -> lab.send("DELETE", "/v2/team/app/manifests/1.0"));

    assertEquals(401, e.statusCode());
    assertEquals(
        "list tags of team/app failed: HTTP 401: the token endpoint %s %s (HTTP %d there)"
            .formatted(lab.registry.authority(), words, status),
        e.getMessage());
  }

  @Test
  void theExceptionIsThatOfTheStatusSaveWhereItWouldMeanTheImage() {
    for (int status : new int[] {400, 401, 403, 404, 405, 409, 410, 412, 422, 423, 501}) {
      assertInstanceOf(AuthenticationException.class, refusal(status));
    }
    assertInstanceOf(RateLimitException.class, refusal(429));
    assertInstanceOf(ServerException.class, refusal(500));
  }

  private RegistryException refusal(int status) {
    lab.time.advance(Duration.ofSeconds(2)); // a refused login counts for a second
    lab.endpoint = request -> LabReply.of(status, "");
    return assertThrows(RegistryException.class, () -> lab.get(TAGS));
  }

  @Test
  void withoutALoginItSaysThatOneIsMissing() {
    lab.endpoint = request -> LabReply.of(401, "<html>");

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    assertTrue(
        e.getMessage().endsWith(" gives no token without a login for repository:team/app:pull"),
        e.getMessage());
  }

  @Test
  void retryAfterIsHandedOn() {
    lab.endpoint = request -> LabReply.of(429, "", "Retry-After: 7");

    assertEquals(
        Duration.ofSeconds(7),
        assertThrows(RateLimitException.class, () -> lab.get(TAGS)).retryAfter().get());
  }

  @Test
  void whatTheServerSaysBackOfTheLoginIsHidden() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    String encoded = URLEncoder.encode(TokenLab.PASSWORD, StandardCharsets.UTF_8);
    lab.endpoint = request -> LabReply.of(
        401,
        "{\"errors\":[{\"code\":\"X " + TokenLab.PASSWORD + "\",\"message\":\"no "
            + request.authorization().replace("/", "\\/") + " " + encoded + " "
            + TokenLab.PASSWORD.replace("\u00e4", "\\u00e4") + " " + TokenLab.PASSWORD
            + "\"}]}",
        "X-Request-Id: " + request.authorization().substring(6),
        "Warning: " + request.authorization());

    AuthenticationException e = assertThrows(AuthenticationException.class, () -> lab.get(TAGS));

    TokenLab.assertTellsNothing(e, TokenLab.PASSWORD, encoded, BASIC.substring(6));
    assertTrue(e.getMessage().contains("(hidden)"), e.getMessage());
  }

  /** Raw exceptions of the JDK lie behind these, even if the caller trusts the host. */
  @ParameterizedTest
  @ValueSource(strings = {"auth.example.org.", "a..b", "LONG.example.org"})
  void aRealmToWhichNoRequestCanBeSentIsRefused(String host) {
    RealmPolicy policy = new RealmPolicy(lab.registry.uri(""), Set.of());
    String realm = "http://" + host.replace("LONG", "a".repeat(64)) + "/token";

    for (Login login : List.of(TokenLab.LOGIN, Login.anonymous())) {
      assertEquals(
          Optional.of("the registry's token endpoint has no valid host"),
          RealmPolicy.parse(realm).flatMap(address -> policy.objection(address, login)));
    }
  }

  @Test
  void aRealmWithoutAHostIsNoCrash() {
    RealmPolicy policy = new RealmPolicy(lab.registry.uri(""), Set.of());

    assertTrue(
        policy.objection(RealmPolicy.parse("mailto:a@b").get(), TokenLab.LOGIN).isPresent());
  }
}
