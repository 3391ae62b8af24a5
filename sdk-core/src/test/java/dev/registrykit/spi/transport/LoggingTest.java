package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.ServerException;
import dev.registrykit.http.HttpOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class LoggingTest {

  private final TransportFixture fixture = new TransportFixture();
  private final CapturedLog log = new CapturedLog("TRACE");

  @AfterEach
  void close() throws Exception {
    log.close();
    fixture.close();
  }

  @Test
  void anAttemptIsOneLineAtDebug() {
    fixture.replies(Reply.status(503), Reply.status(200));

    fixture.get("/v1/tags");

    List<String> lines = log.at("DEBUG").stream()
        .map(line -> line.replaceFirst("in \\d+", "in N"))
        .toList();
    String uri = fixture.server.uri("/v1/tags").toString();
    assertEquals(
        List.of(
            "GET " + uri + " -> 503 in N ms (ListTags, attempt 1)",
            "GET " + uri + " -> 200 in N ms (ListTags, attempt 2)"),
        lines);
  }

  @Test
  void headersAreShownAtTraceIfTheyAreKnownToBeHarmless() {
    fixture.replies(
        Reply.status(200, "X-Request-Id: r1", "Set-Cookie: a=5ecret", "Www-Authenticate: 5ecret"));

    fixture.get("/x");

    assertEquals(
        List.of("GET answered with {content-length=[0], set-cookie=hidden, www-authenticate=hidden,"
            + " x-request-id=[r1]}"),
        log.at("TRACE"));
  }

  @Test
  void debugShowsNoHeaders() {
    try (CapturedLog debug = new CapturedLog("DEBUG")) {
      fixture.replies(Reply.status(200, "X-Request-Id: r1"));

      fixture.get("/x");

      assertEquals(List.of(), debug.at("TRACE"));
    }
  }

  @Test
  void bodiesAndSecretsAreNotLogged() {
    fixture.replies(Reply.body(503, "b0dy"), Reply.body(400, "b0dy"));

    RegistryException e =
        assertThrows(RegistryException.class, () -> fixture.send("PUT", "/x?sig=5ecret"));

    for (String secret : List.of("b0dy", "{}", TransportFixture.TOKEN, "5ecret")) {
      assertFalse(log.text().contains(secret), log.text());
      assertFalse(e.toString().contains(secret), e.toString());
    }
  }

  @Test
  void whatIsThrownIsNotLoggedToo() {
    fixture.server.always(Reply.status(503));
    assertThrows(ServerException.class, () -> fixture.get("/x"));
    fixture.server.always(Reply.reset());
    assertThrows(RegistryIOException.class, () -> fixture.send("DELETE", "/x"));

    for (String level : List.of("INFO", "WARN", "ERROR")) {
      assertEquals(List.of(), log.at(level));
    }
  }

  @Test
  void aListenerThatThrowsIsAWarning() {
    fixture
        .with(HttpOptions.defaults().withRequestListener(event -> {
          throw new IllegalStateException("broken metrics");
        }))
        .replies(Reply.status(200));

    fixture.get("/x");

    assertEquals(List.of("the request listener failed"), log.at("WARN"));
    assertTrue(log.text().contains("broken metrics"));
  }

  @Test
  void nothingThatHoldsASecretShowsIt() {
    Transport transport = fixture.transport();

    for (Object holder : List.of(
        transport,
        transport.options(),
        transport.clientFor(TransportFixture.LIST_TAGS),
        TransportFixture.LIST_TAGS)) {
      assertFalse(holder.toString().contains(TransportFixture.TOKEN), holder.toString());
    }
  }
}
