package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RequestEvent;
import dev.registrykit.http.RetryPolicy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A server may say back what it was sent; an exception must not. */
@Isolated
class RedactionTest {

  private static final String SECRET = "0000-very-secret";

  private final TransportFixture fixture =
      new TransportFixture().with(request -> Map.of("Authorization", "Bearer " + SECRET));

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void aCredentialThatARefusalEchoesIsHidden() {
    fixture.replies(
        Reply.body(401, "Zoë, unknown token " + SECRET + "!", "X-Request-Id: " + SECRET));

    AuthenticationException e =
        assertThrows(AuthenticationException.class, () -> fixture.get("/x"));

    assertEquals("Zoë, unknown token (hidden)!", e.body());
    assertFalse((e.getMessage() + e.requestId() + e.headers()).contains(SECRET), e.getMessage());
  }

  @Test
  void whatARegistryAnswersToASuccessIsLeftAlone() {
    fixture.replies(Reply.body(200, SECRET));

    assertEquals(SECRET, new String(fixture.get("/x").body(), StandardCharsets.UTF_8));
  }

  @Test
  void shortValuesAreNoSecrets() {
    fixture
        .with(request -> Map.of("X-Mode", "to", "X-Empty", ""))
        .replies(Reply.body(401, "unknown token"));

    assertEquals(
        "unknown token",
        assertThrows(AuthenticationException.class, () -> fixture.get("/x")).body());
  }

  @Test
  void aPasswordThatIsSentInBase64IsHiddenAsItIs() {
    fixture
        .with(request -> Map.of("Authorization", "Basic cm9ib3Q6aHVudGVyMi0y")) // robot:hunter2-2
        .replies(Reply.body(401, "wrong password hunter2-2 of robot"));

    assertEquals(
        "wrong password (hidden) of robot",
        assertThrows(AuthenticationException.class, () -> fixture.get("/x")).body());
  }

  @Test
  void whatCredentialsCallSecretIsHidden() {
    fixture
        .with(new Credentials() {
          @Override
          public Map<String, String> headersFor(Attempt attempt) {
            return Map.of("Authorization", "Bearer of-the-day");
          }

          @Override
          public Collection<String> secrets() {
            return List.of("the/client+secret");
          }
        })
        .replies(Reply.body(401, "{\"e\":\"the\\/client\\u002bsecret\"}"));

    assertEquals(
        "{\"e\":\"(hidden)\"}",
        assertThrows(AuthenticationException.class, () -> fixture.get("/x")).body());
  }

  @Test
  void whatBecomesKnownWithTheHeadersIsHiddenInTheFirstAnswer() {
    List<String> known = new ArrayList<>();
    fixture
        .with(new Credentials() {
          @Override
          public Map<String, String> headersFor(Attempt attempt) {
            known.add("stored-password");
            return Map.of("Authorization", "Bearer of-the-day");
          }

          @Override
          public Collection<String> secrets() {
            return known;
          }
        })
        .replies(Reply.body(401, "no: stored-password"));

    assertEquals(
        "no: (hidden)",
        assertThrows(AuthenticationException.class, () -> fixture.get("/x")).body());
  }

  @Test
  void whatACallHidesIsHiddenThere() {
    fixture.replies(Reply.body(401, "no: pass word"), Reply.body(401, "no: pass word"));
    HttpRequest request = TransportFixture.request("POST", fixture.server.uri("/token"));
    Call call = TransportFixture.CHANGE_TAGS.notIdempotent().hiding(List.of("pass word"));
    Transport transport = fixture.transport().with(Credentials.none());

    AuthenticationException hidden =
        assertThrows(AuthenticationException.class, () -> transport.send(call, request));
    AuthenticationException other = assertThrows(
        AuthenticationException.class, () -> transport.send(TransportFixture.LIST_TAGS, request));

    assertEquals("no: (hidden)", hidden.body());
    assertEquals("no: pass word", other.body());
    assertFalse(call.toString().contains("pass word"), call.toString());
  }

  @Test
  void whatAProviderReadsFromTheAnswerIsHiddenAfterIt() {
    Call call = Call.reading(
        "GetTag",
        "read tag",
        failure -> ErrorMapper.byStatus(failure
            .details()
            .serverMessage("you sent 0000-" + "very-secret")
            .errorCode(SECRET)
            .build()));
    fixture.replies(Reply.body(403, "0000\\u002dvery-secret"));

    RegistryServiceException e = assertThrows(
        RegistryServiceException.class,
        () -> fixture
            .transport()
            .send(call, TransportFixture.request("GET", fixture.server.uri("/x"))));

    assertEquals("read tag failed: HTTP 403 (hidden): you sent (hidden)", e.getMessage());
    assertEquals("(hidden)", e.errorCode().orElseThrow());
    assertEquals("(hidden)", e.body());
  }

  @Test
  void noHalfOfASecretIsLeftWhereABodyIsCut() {
    fixture.replies(Reply.body(401, "x".repeat(8 * 1024 - 10) + SECRET));

    String body =
        assertThrows(AuthenticationException.class, () -> fixture.get("/x")).body();

    assertFalse(body.contains("0000"), body.substring(8000));
  }

  @Test
  void whatTheTransportItselfReadsIsNotChanged() {
    CountingCredentials credentials = new CountingCredentials();
    String challenge = "Bearer realm=\"http://a.example/t\",scope=\"repository:token-1:pull\"";
    fixture.with(credentials).replies(Reply.status(401, "WWW-Authenticate: " + challenge));
    fixture.replies(Reply.status(200));

    fixture.get("/x");

    assertEquals(
        challenge,
        credentials.lastUnauthorized().headers().firstValue("WWW-Authenticate").orElseThrow());
  }

  @Test
  void aMalformedAnswerThatSaysItIsHiddenInEveryCause() {
    List<RequestEvent> events = new ArrayList<>();
    fixture
        .with(HttpOptions.defaults()
            .withRetryPolicy(RetryPolicy.none())
            .withRequestListener(events::add))
        .replies((socket, closing) -> socket
            .getOutputStream()
            .write(("HTTP/1.1 " + SECRET + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)));

    RegistryIOException e =
        assertThrows(RegistryIOException.class, () -> fixture.send("DELETE", "/x"));

    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      assertFalse(cause.toString().contains(SECRET), cause.toString());
    }
    assertFalse(events.get(0).failure().orElseThrow().toString().contains(SECRET));
  }

  @Test
  void anAddressWhoseSchemeIsTheSecretIsHiddenWhole() {
    List<RequestEvent> events = new ArrayList<>();
    fixture
        .with(HttpOptions.defaults().withRequestListener(events::add))
        .with(request -> Map.of("Authorization", "Bearer http"))
        .replies(Reply.status(200));

    fixture.get("/x");

    assertEquals(URI.create("http://hidden"), events.get(0).uri());
  }

  @Test
  void aRedirectToAPathThatSaysItIsHiddenFromLogAndListener() {
    List<RequestEvent> events = new ArrayList<>();
    try (CapturedLog log = new CapturedLog("TRACE")) {
      fixture
          .with(HttpOptions.defaults().withRequestListener(events::add))
          .replies(
              Reply.status(302, "Location: /a/0000%2Dvery-secret/b?name=" + SECRET),
              Reply.status(200, "X-Request-Id: " + SECRET));

      fixture.get("/x");

      assertEquals(
          fixture.server.uri("/a/(hidden)/b?name=(hidden)"), events.get(1).uri());
      assertFalse(log.text().contains(SECRET), log.text());
      assertFalse(log.text().contains("0000"), log.text());
    }
  }
}
