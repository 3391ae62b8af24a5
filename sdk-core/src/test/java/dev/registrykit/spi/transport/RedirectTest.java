package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.spi.support.Redactor;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {

  private final TransportFixture fixture = new TransportFixture();
  private final ScriptedServer elsewhere = ScriptedServer.start();

  @AfterEach
  void close() throws Exception {
    fixture.close();
    elsewhere.close();
  }

  @ParameterizedTest
  @CsvSource({"GET,301", "GET,302", "GET,303", "GET,307", "GET,308", "HEAD,302", "HEAD,307"})
  void readingIsFollowedOnTheSameOriginWithCredentials(String method, int status) {
    fixture.replies(Reply.status(status, "Location: /new?page=2"), Reply.status(200));

    TransportResponse response = fixture.send(method, "/old");

    assertEquals(fixture.server.uri("/new?page=2"), response.uri());
    assertEquals(method + " /new?page=2 HTTP/1.1", fixture.server.requestLines().get(1));
    assertEquals(
        List.of(TransportFixture.TOKEN), fixture.server.requests().get(1).header("X-Auth-Token"));
  }

  @Test
  void aLocationIsResolvedAgainstTheRequest() {
    fixture.replies(Reply.status(307, "Location: c?n=1"), Reply.status(200));

    assertEquals(fixture.server.uri("/a/c?n=1"), fixture.get("/a/b").uri());
  }

  @Test
  void aLocationOfAQueryAloneKeepsThePath() {
    fixture.replies(Reply.status(307, "Location: ?n=1"), Reply.status(200));

    assertEquals(fixture.server.uri("/a/b?n=1"), fixture.get("/a/b").uri());
  }

  @Test
  void anotherOriginGetsNoCredential() {
    fixture.replies(Reply.status(307, "Location: " + elsewhere.uri("/blob")));
    elsewhere.replies(Reply.body(200, "blob"));
    HttpRequest request = HttpRequest.newBuilder(fixture.server.uri("/x"))
        .header("Authorization", "Bearer " + TransportFixture.TOKEN)
        .header("Cookie", "session=" + TransportFixture.TOKEN)
        .header("X-Registry-Auth", TransportFixture.TOKEN)
        .header("Accept", "application/json")
        .build();

    assertEquals("blob", new String(fixture.send(request).body()));

    ReceivedRequest received = elsewhere.requests().get(0);
    assertFalse(received.contains(TransportFixture.TOKEN), received.toString());
    assertEquals(List.of(), received.header("X-Auth-Token"));
    assertEquals(List.of("application/json"), received.header("Accept"));
    assertTrue(fixture.server.requests().get(0).contains(TransportFixture.TOKEN));
  }

  @Test
  void anotherOriginIsNotAskedForBetterCredentials() {
    fixture
        .with(new CountingCredentials())
        .replies(Reply.status(307, "Location: " + elsewhere.uri("/blob")));
    elsewhere.replies(Reply.status(401));

    assertThrows(RegistryServiceException.class, () -> fixture.get("/x"));
    assertEquals(1, elsewhere.requests().size());
  }

  @Test
  void aRedirectAfterTheOriginWasLeftDoesNotBringCredentialsAlong() {
    fixture.replies(Reply.status(307, "Location: " + elsewhere.uri("/1")));
    elsewhere.replies(Reply.status(307, "Location: /2"), Reply.status(200));

    fixture.get("/x");

    assertFalse(elsewhere.requests().get(1).contains(TransportFixture.TOKEN));
  }

  @Test
  void tenHopsAreFollowed() {
    for (int hop = 1; hop <= 10; hop++) {
      fixture.replies(Reply.status(302, "Location: /" + hop));
    }
    fixture.replies(Reply.status(200));

    assertEquals(fixture.server.uri("/10"), fixture.get("/0").uri());
  }

  @Test
  void theEleventhHopIsRefused() {
    fixture.server.always(Reply.status(302, "Location: /x"));

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> fixture.get("/x"));

    assertEquals("list tags of ns/app failed: more than 10 redirects", e.getMessage());
    assertEquals(11, fixture.server.requests().size());
  }

  @Test
  void aRedirectWithoutLocationIsRefused() {
    fixture.replies(Reply.status(302));

    assertLeadsNowhere();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "file:///etc/passwd",
        "mailto:root@example.org",
        "http://",
        "http://user:pw@127.0.0.1/x",
        "http://127.0.0.1:99999/x",
        "http://127.0.0.1:0/x",
        "http://[",
        "jar:file:/x!/y",
        "http://127.0.0.1 /x",
        "http://localhost./x",
        "https://localhost./x",
        "https://[::1%25lo]/x",
        "https://storage..example/x",
        "https://storage_1.example/x",
        "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example/x"
      })
  void aLocationThatIsNoAddressIsRefused(String location) {
    fixture.replies(Reply.status(302, "Location: " + location));

    assertLeadsNowhere();
  }

  private void assertLeadsNowhere() {
    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> fixture.get("/x"));
    assertEquals(
        "list tags of ns/app failed: redirected without a usable Location", e.getMessage());
    assertNull(e.getCause(), "it would repeat what the server sent");
    assertEquals(1, fixture.server.requests().size());
  }

  @ParameterizedTest
  @CsvSource({"DELETE,307", "DELETE,302", "PUT,308", "PATCH,307", "POST,303", "POST,307"})
  void changesAreNotFollowed(String method, int status) {
    fixture.replies(Reply.status(status, "Location: /new"));

    RegistryServiceException e =
        assertThrows(RegistryServiceException.class, () -> fixture.send(method, "/x"));

    assertEquals(status, e.statusCode());
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void httpsIsNotLeftForHttp() {
    InvalidResponseException e = assertThrows(
        InvalidResponseException.class,
        () -> next("https://registry.example/x", "http://registry.example/x"));

    assertEquals("list tags of ns/app failed: redirected from https to http", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "https://registry.example:443/y, secret",
    "https://REGISTRY.example/y,     secret",
    "https://registry.example:444/y, ",
    "https://sub.registry.example/y, ",
    "https://registry.example.evil/, ",
  })
  void anOriginIsSchemeHostAndPort(String location, String token) {
    HttpRequest next = next("https://registry.example/x", location);

    assertEquals(token, next.headers().firstValue("X-Auth-Token").orElse(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://login.example/?return=11111111-2222-4333",
        "https://login.example/11111111-2222-4333/",
        "https://login.example/#11111111-2222-4333",
        "https://11111111-2222-4333.example/",
        "https://login.example/?token=1%31111111%252D2222-4333",
        "https://login.example/?authorization=Basic%20MTExMTExMTEtMjIyMi00MzMz",
      })
  void anotherOriginIsNotToldASecretInTheAddress(String location) {
    Redactor redactor = Redactor.of(List.of("11111111-2222-4333"));

    InvalidResponseException e = assertThrows(
        InvalidResponseException.class,
        () -> next("https://registry.example/x", location, redactor));

    assertEquals(
        "list tags of ns/app failed: redirected to another origin with a secret in the address",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "11111111-2222-4333, https://registry.example/x?token=11111111-2222-4333",
    "registry,           https://storage.example/docker/registry/v2/blobs",
    "11111111-2222-4333, https://storage.example/11111111-2222-4334",
  })
  void theOwnOriginAndWordsInAnAddressAreNoSecret(String secret, String location) {
    Redactor redactor = Redactor.of(List.of(secret));

    assertEquals(
        URI.create(location),
        next("https://registry.example/x", location, redactor).uri());
  }

  @Test
  void theSecretOfAnAuthHeaderThatWasSentReachesNoOtherOrigin() {
    String token = "a-token-of-some-length";
    fixture
        .with(attempt -> Map.of("Authorization", "Bearer " + token))
        .replies(Reply.status(307, "Location: " + elsewhere.uri("/?token=" + token)));

    assertThrows(InvalidResponseException.class, () -> fixture.get("/x"));

    assertEquals(List.of(), elsewhere.requests());
  }

  private static HttpRequest next(String from, String location) {
    return next(from, location, Redactor.none());
  }

  private static HttpRequest next(String from, String location, Redactor redactor) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(from))
        .header("X-Auth-Token", "secret")
        .build();
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Location", List.of(location)), (name, value) -> true);
    TransportResponse redirect =
        new TransportResponse(request.uri(), 302, headers, new byte[0], redactor);
    return Redirects.next(request, redirect, 0, TransportFixture.LIST_TAGS);
  }
}
