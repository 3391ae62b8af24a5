package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that show strangers less, and say nothing of it: zot, Quay. Synthetic answers. */
class PingTest {

  private static final String CATALOGUE = "/v2/_catalog";
  private static final String TAGS = "/v2/team/app/tags/list";
  private static final String BASIC = TokenLab.LOGIN.authorization().get();
  private static final String ZOTS = "Www-Authenticate: basic realm=zot";

  private final TokenLab lab = new TokenLab();
  private final LabServer other = new LabServer(request -> TokenLab.unauthorized("Basic realm=x"));

  @AfterEach
  void close() {
    lab.close();
    other.close();
  }

  private String body(String path) {
    return new String(lab.get(path).body(), StandardCharsets.UTF_8);
  }

  private List<String> lines() {
    return lab.registry.requests().stream()
        .map(request -> request.line() + " " + request.authorization())
        .toList();
  }

  /** Its source, pkg/api/routes.go and authn.go: an anonymous policy lets everybody in at /v2/. */
  private LabReply zot(LabRequest request) {
    if (!request.authorization().equals("none") && !request.authorization().equals(BASIC)) {
      return TokenLab.unauthorized("basic realm=zot");
    }
    if (request.path().equals("/v2/")) {
      return LabReply.of(200, "{}", ZOTS);
    }
    return LabReply.json(request.authorization().equals("none") ? "public" : "all");
  }

  @Test
  void zotShowsALoginEverythingFromTheFirstRequestOn() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = this::zot;

    assertEquals("all", body(CATALOGUE));
    assertEquals("all", body(TAGS));
    assertEquals(
        List.of("GET /v2/ none", "GET " + CATALOGUE + " " + BASIC, "GET " + TAGS + " " + BASIC),
        lines());
  }

  @Test
  void aWrongPasswordIsNoticedWhereStrangersAreLetIn() {
    lab.credentials.logins(Logins.of(Login.basic(TokenLab.USER, "wrong-password")));
    lab.guard = this::zot;

    assertThrows(AuthenticationException.class, () -> lab.get(CATALOGUE));
  }

  /** Its source, endpoints/v2: everybody is asked for a token at /v2/, and shown what is public. */
  private LabReply quay(LabRequest request) {
    if (request.path().equals("/v2/")) {
      return TokenLab.unauthorized("Bearer realm=\"" + lab.realm + "\",service=\"quay\"");
    }
    return LabReply.json(request.authorization().equals("none") ? "public" : "all");
  }

  @Test
  void quayShowsALoginEverythingFromTheFirstRequestOn() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = this::quay;

    assertEquals("all", body(TAGS));
    assertEquals("all", body(TAGS));
    assertEquals(List.of("none", "Bearer token-1", "Bearer token-1"), lab.authHeaders());
    assertEquals(
        List.of("repository:team/app:pull"), lab.tokenRequests().get(0).parameter("scope"));
  }

  /** It knows no scope but those of repositories (SCOPE_REGEX_TEMPLATE in endpoints/v2/v2auth.py). */
  @Test
  void anEndpointThatDoesNotKnowTheScopeIsAskedForATokenThatSaysWhoAsks() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = this::quay;
    lab.endpoint = request -> request.parameter("scope").isEmpty()
        ? lab.issue(request)
        : LabReply.of(400, "{\"errors\":[{\"message\":\"Unable to decode repository\"}]}");

    assertEquals("all", body(CATALOGUE));
    assertEquals("all", body(CATALOGUE));
    assertEquals(
        List.of(List.of("registry:catalog:*"), List.of()),
        lab.tokenRequests().stream().map(request -> request.parameter("scope")).toList());
  }

  @Test
  void whereThatIsNotEnoughTheRegistrysDemandIsFollowed() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.endpoint = request -> request.parameter("scope").equals(List.of("registry:catalog:*"))
            && lab.tokenRequests().size() == 1
        ? LabReply.of(400, "")
        : lab.issue(request);

    lab.get(CATALOGUE);

    assertEquals(
        List.of(List.of("registry:catalog:*"), List.of(), List.of("registry:catalog:*")),
        lab.tokenRequests().stream().map(request -> request.parameter("scope")).toList());
    assertEquals(List.of("none", "Bearer token-1", "Bearer token-2"), lab.authHeaders());
  }

  @Test
  void aWrongPasswordIsNoticedByTheTokenEndpoint() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = this::quay;
    lab.endpoint = request -> LabReply.of(403, "{\"message\":\"Invalid password\"}");

    AuthenticationException e =
        assertThrows(AuthenticationException.class, () -> lab.get(CATALOGUE));

    assertTrue(e.getMessage().endsWith("for registry:catalog:*: Invalid password"), e.toString());
    assertEquals(List.of("none"), lab.authHeaders());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 403, 404, 405})
  void aRegistryThatDemandsNothingIsShownThePassword(int status) {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> request.path().equals("/v2/")
        ? LabReply.of(status, "")
        : LabReply.json(request.authorization());

    assertEquals(BASIC, body(CATALOGUE));
    assertEquals(List.of("none", BASIC), lab.authHeaders());
  }

  /** A plain line may be listened to, so that nobody sends a password there who is not asked. */
  @ParameterizedTest
  @CsvSource({"'', none", "basic realm=zot, basic"})
  void overPlainHttpToElsewhereAPasswordIsSentOnDemandOnly(String challenge, String expected) {
    URI elsewhere = URI.create("http://registry.example");
    lab.guard = request -> challenge.isEmpty() || !request.path().equals("/v2/")
        ? LabReply.json("{}")
        : LabReply.of(200, "{}", "Www-Authenticate: " + challenge);

    lab.getElsewhere(
        AuthSettings.builder(elsewhere).logins(Logins.of(TokenLab.LOGIN)).build(), CATALOGUE);

    assertEquals(
        List.of("none", expected),
        lab.registry.requests().stream()
            .map(request -> request.authorization().replace(BASIC, "basic"))
            .toList());
  }

  @Test
  void whatAnotherHostDemandsAfterARedirectIsNotAnswered() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> request.path().equals("/v2/")
        ? LabReply.of(307, "", "Location: " + other.uri("/v2/"))
        : LabReply.json("{}");

    lab.get(TAGS);

    assertEquals(
        List.of("none"),
        other.requests().stream().map(LabRequest::authorization).toList());
  }

  @Test
  void nobodyIsAskedWithoutALogin() {
    lab.guard = this::zot;

    assertEquals("public", body(CATALOGUE));
    assertEquals(List.of("GET " + CATALOGUE + " none"), lines());
  }

  @Test
  void writingIsAskedForInTheRegistrysOwnWords() {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));

    lab.send("DELETE", "/v2/team/app/manifests/1.0");

    assertEquals(List.of("none", "none", "Bearer token-1"), lab.authHeaders());
    assertEquals(
        List.of("repository:team/app:delete"), lab.tokenRequests().get(0).parameter("scope"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void aServerInTroubleIsAFailureAndNotRemembered(int status) {
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> LabReply.of(status, "");

    RegistryServiceException failure =
        assertThrows(RegistryServiceException.class, () -> lab.get(CATALOGUE));

    assertEquals(
        "list tags of team/app failed: HTTP " + status
            + ": the registry did not say, at /v2/, which login it wants",
        failure.getMessage());
    lab.guard = this::zot;
    assertEquals("all", body(CATALOGUE));
    assertEquals(
        List.of("GET /v2/ none", "GET /v2/ none", "GET " + CATALOGUE + " " + BASIC), lines());
  }

  @Test
  void manyThreadsAskOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(50);
    lab.credentials.logins((host, repository, limit) -> {
      all.countDown();
      return Optional.of(TokenLab.LOGIN);
    });
    lab.guard = request -> {
      try {
        assertTrue(all.await(4, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return zot(request);
    };
    lab.transport();
    ExecutorService threads = Executors.newFixedThreadPool(50);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(threads.submit(() -> lab.get(TAGS)));
    }
    for (Future<?> call : calls) {
      call.get(10, TimeUnit.SECONDS);
    }
    threads.shutdownNow();

    assertEquals(
        1, lines().stream().filter(line -> line.startsWith("GET /v2/ ")).count());
    assertEquals(1 + 50, lines().size());
  }

  @Test
  void aThreadWhoseTimeIsUpAsksNothingItself() throws Exception {
    AtomicInteger looked = new AtomicInteger();
    lab.credentials.logins((host, repository, limit) -> {
      if (looked.incrementAndGet() == 2) {
        lab.time.advance(lab.attemptTimeout);
      }
      return Optional.of(TokenLab.LOGIN);
    });
    CountDownLatch asked = new CountDownLatch(1);
    lab.guard = request -> {
      asked.countDown();
      return LabReply.never();
    };
    Thread first = new Thread(() -> assertThrows(RegistryException.class, () -> lab.get(TAGS)));
    first.start();
    assertTrue(asked.await(4, TimeUnit.SECONDS));

    var failure = assertThrows(RegistryTimeoutException.class, () -> lab.get(TAGS));

    assertEquals("list tags of team/app failed: no token within 5000 ms", failure.getMessage());
    assertEquals(List.of("GET /v2/ none"), lines());
    first.interrupt();
    first.join(3000);
  }

  @Test
  void theQuestionTakesNoLongerThanTheAttempt() {
    lab.attemptTimeout = Duration.ofSeconds(1); // enough to get to the endpoint on a busy machine
    lab.credentials.logins(Logins.of(TokenLab.LOGIN));
    lab.guard = request -> LabReply.never();

    assertThrows(RegistryTimeoutException.class, () -> lab.get(TAGS));
    assertEquals(List.of("GET /v2/ none"), lines());
  }
}
