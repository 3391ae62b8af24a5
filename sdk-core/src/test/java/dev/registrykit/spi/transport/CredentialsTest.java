package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.AuthenticationException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  private final TransportFixture fixture = new TransportFixture().with(new CountingCredentials());

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "POST"})
  void aRefusedRequestIsSentOnceMoreWithRenewedCredentials(String method) {
    fixture.replies(Reply.status(401), Reply.status(200));

    fixture.send(method, "/x");

    assertEquals(List.of("Bearer token-1", "Bearer token-2"), sentTokens());
  }

  @Test
  void whoRenewsThemSeesWhatWasRefused() throws Exception {
    List<String> refused = new ArrayList<>();
    Credentials noting = new Credentials() {
      @Override
      public Map<String, String> headersFor(Attempt attempt) {
        return Map.of("Authorization", "Bearer token-" + refused.size());
      }

      @Override
      public boolean renewAfter(
          Attempt attempt, Map<String, String> sent, TransportResponse unauthorized) {
        return refused.add(sent.getOrDefault("Authorization", "none"));
      }
    };
    try (TransportFixture noted = new TransportFixture().with(noting)) {
      noted.replies(Reply.status(401), Reply.status(200));
      noted.get("/x");
    }

    assertEquals(List.of("Bearer token-0"), refused);
  }

  @Test
  void credentialsAreRenewedOnlyOnce() {
    fixture.server.always(Reply.status(401));

    assertThrows(AuthenticationException.class, () -> fixture.get("/x"));
    assertEquals(List.of("Bearer token-1", "Bearer token-2"), sentTokens());
  }

  @Test
  void credentialsThatCannotBeRenewedAreRefusedAtOnce() {
    fixture.with(Credentials.none()).replies(Reply.status(401));

    assertThrows(AuthenticationException.class, () -> fixture.get("/x"));
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void credentialsReplaceThoseOfTheRequest() {
    fixture.replies(Reply.status(200));

    fixture.send(HttpRequest.newBuilder(fixture.server.uri("/x"))
        .header("Authorization", "Basic old")
        .build());

    assertEquals(List.of("Bearer token-1"), sentTokens());
  }

  @Test
  void credentialsReplaceTheUserAgentHoweverTheyWriteIt() throws Exception {
    try (TransportFixture signed =
        new TransportFixture().with(attempt -> Map.of("user-agent", "signed/1.0"))) {
      signed.replies(Reply.status(200));

      signed.get("/x");

      assertEquals(List.of("signed/1.0"), signed.server.requests().get(0).header("User-Agent"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer a\r\nX-Forged: b",
        "Bearer a\nb",
        "Bearer a\0",
        "Bearer a\u007f",
        "Bearer a\u00ff"
      })
  void whatCannotStandInAHeaderIsNotSent(String value) throws Exception {
    try (TransportFixture broken =
        new TransportFixture().with(attempt -> Map.of("Authorization", value))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> broken.get("/x"));

      assertEquals(List.of(), broken.server.requests());
      assertFalse(e.getMessage().contains("Bearer a"), e.getMessage());
    }
  }

  @Test
  void aRequestToAnotherOriginGetsNone() throws Exception {
    try (ScriptedServer other = ScriptedServer.start().always(Reply.status(401))) {
      assertThrows(
          AuthenticationException.class,
          () -> fixture.send(TransportFixture.request("GET", other.uri("/x"))));

      assertEquals(1, other.requests().size());
      assertEquals(List.of(), other.requests().get(0).header("Authorization"));
    }
  }

  private List<String> sentTokens() {
    return fixture.server.requests().stream()
        .flatMap(request -> request.header("Authorization").stream())
        .toList();
  }
}
