package dev.registrykit.oci.internal.auth.stored;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.oci.internal.auth.Login;
import dev.registrykit.oci.internal.auth.LoginUnavailableException;
import dev.registrykit.oci.internal.auth.TokenLab;
import dev.registrykit.testsupport.FakeTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How helpers and files work together. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the helpers are shell scripts")
class StoredLoginsTest {

  private static final String HOST = "registry.example.org";
  private static final Login FROM_FILE = Login.basic("file", "1");

  @TempDir
  Path home;

  private final FakeTime time = FakeTime.standingStill();
  private StoredFiles files;
  private StoredLogins logins;

  @BeforeEach
  void start() {
    files = new StoredFiles(home);
  }

  private Optional<Login> find(String host) throws InterruptedException {
    if (logins == null) {
      logins = new StoredLogins(files.environment, home, Duration.ofSeconds(5), time);
    }
    return logins.find(host, "team/app", Duration.ofSeconds(30));
  }

  private String config(String helper, String store) {
    return "{\"credHelpers\":{\"" + HOST + "\":\"" + helper + "\"},\"credsStore\":\"" + store
        + "\",\"auths\":{\"" + HOST + "\":" + StoredFiles.auth("file:1") + ",\"docker.io\":"
        + StoredFiles.auth("hub:2") + "}}";
  }

  @Test
  void theRegistrysOwnHelperComesBeforeTheCommonOneAndTheFile() throws Exception {
    files.docker(config("own", "common"));
    files.helperGiving("own", "own", "x");
    files.helperGiving("common", "common", "x");

    assertEquals(Optional.of(Login.basic("own", "x")), find(HOST));
    assertEquals("get registry.example.org\n", files.asked());
  }

  @Test
  void theCommonHelperComesBeforeTheFile() throws Exception {
    files.docker(config("", "common"));
    files.helperGiving("common", "common", "x");

    assertEquals(Optional.of(Login.basic("common", "x")), find(HOST));
  }

  @Test
  void helpersThatHaveNothingArePassedOver() throws Exception {
    files.docker(config("own", "common"));
    for (String suffix : new String[] {"own", "common"}) {
      files.helper(suffix, "echo 'credentials not found in native keychain'", "exit 1");
    }

    assertEquals(Optional.of(FROM_FILE), find(HOST));
  }

  @Test
  void aHelperThatFailsIsNoReasonToSendAnotherLogin() { // CVE-2021-41092
    files.docker(config("missing", ""));

    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, () -> find(HOST));

    assertTrue(e.getMessage().contains("docker-credential-missing"), e.getMessage());
  }

  @Test
  void aHelperNamedByAPathIsAnErrorAndIsNotRun() {
    files.docker(config("../bin/docker-credential-own", ""));
    files.helperGiving("own", "own", "x");

    assertThrows(LoginUnavailableException.class, () -> find(HOST));
    assertEquals("", files.asked());
  }

  @Test
  void theHelperOfOneRegistryIsNotAskedForAnother() throws Exception {
    files.docker(config("own", ""));
    files.helperGiving("own", "own", "x");

    assertEquals(Optional.of(Login.basic("hub", "2")), find("registry-1.docker.io"));
    assertEquals(Optional.empty(), find("other.example.org"));
    assertEquals("", files.asked());
  }

  @Test
  void dockerHubHasANameOfItsOwnForHelpers() throws Exception {
    files.docker("{\"credHelpers\":{\"docker.io\":\"own\"}}");
    files.helperGiving("own", "own", "x");

    assertEquals(Optional.of(Login.basic("own", "x")), find("registry-1.docker.io"));
    assertEquals("get https://index.docker.io/v1/\n", files.asked());
  }

  @Test
  void aHelperIsRunOnceForAllThatAskAtOnce() throws Exception {
    files.docker(config("own", ""));
    files.helperGiving("own", "own", "x");
    find("other.example.org"); // makes the logins
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      List<Future<Optional<Login>>> found = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        found.add(threads.submit(() -> find(HOST)));
      }
      for (Future<Optional<Login>> login : found) {
        assertEquals(Optional.of(Login.basic("own", "x")), login.get(10, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals("get registry.example.org\n", files.asked());
  }

  @Test
  void aRefusedLoginIsLookedForAgainIfItIsNotFresh() throws Exception {
    files.docker(config("own", ""));
    files.helperGiving("own", "own", "for-12-hours");
    time.advance(Duration.ofHours(1));
    Login first = find(HOST).get();
    files.helperGiving("own", "own", "for-12-hours-more");

    time.advance(Duration.ofSeconds(29));
    logins.forget(first);
    assertEquals(Optional.of(first), find(HOST));

    time.advance(Duration.ofSeconds(1));
    logins.forget(first);
    assertEquals(Optional.of(Login.basic("own", "for-12-hours-more")), find(HOST));
    assertEquals(2, files.asked().lines().count());
  }

  @Test
  void aFileThatChangedIsReadAgainAfterARefusal() throws Exception {
    files.docker(StoredFiles.auths(HOST, "lisa:old"));
    Login first = find(HOST).get();
    files.docker(StoredFiles.auths(HOST, "lisa:new"));
    time.advance(Duration.ofMinutes(1));

    assertEquals(Optional.of(first), find(HOST));
    logins.forget(first);
    assertEquals(Optional.of(Login.basic("lisa", "new")), find(HOST));
  }

  @Test
  void aHelperThatFailsIsNotRunForEveryCall() throws Exception {
    files.docker(config("own", ""));
    files.helper("own", "cat >> " + home.resolve("asked"), "exit 3");
    time.advance(Duration.ofHours(1));

    assertThrows(LoginUnavailableException.class, () -> find(HOST));
    assertThrows(LoginUnavailableException.class, () -> find(HOST));
    assertEquals("registry.example.org", files.asked());

    files.helperGiving("own", "own", "x");
    time.advance(Duration.ofSeconds(29));
    assertThrows(LoginUnavailableException.class, () -> find(HOST));
    time.advance(Duration.ofSeconds(1));
    assertEquals(Optional.of(Login.basic("own", "x")), find(HOST));
  }

  @Test
  void aHelperTakesNoLongerThanTheCallHas() {
    files.docker(config("own", ""));
    files.helper("own", "sleep 60");
    logins = new StoredLogins(files.environment, home, Duration.ofSeconds(5), time);

    LoginUnavailableException e = assertThrows(
        LoginUnavailableException.class,
        () -> logins.find(HOST, "team/app", Duration.ofMillis(200)));

    assertTrue(e.getMessage().endsWith("did not answer within 200 ms"), e.getMessage());
  }

  @Test
  void onlyAFailureOfTheCallsOwnHurryIsNotThatOfOthers() throws Exception {
    files.docker(config("own", ""));
    files.helper("own", "exit 3");
    logins = new StoredLogins(files.environment, home, Duration.ofSeconds(5), time);

    assertThrows(
        LoginUnavailableException.class,
        () -> logins.find(HOST, "team/app", Duration.ofMillis(4999)));
    files.helper("own", "exit 4");
    assertThrows(
        LoginUnavailableException.class,
        () -> logins.find(HOST, "team/app", Duration.ofSeconds(5)));
    files.helperGiving("own", "own", "x");

    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, () -> find(HOST));
    assertTrue(e.getMessage().endsWith("failed with status 4"), e.getMessage());
  }

  @Test
  void aStoredLoginIsGoodForAToken() {
    try (TokenLab lab = new TokenLab()) {
      files.docker(StoredFiles.auths(lab.registry.authority(), "lisa:secret"));
      lab.credentials.logins(StoredLogins.of(files.environment));

      lab.get("/v2/team/app/tags/list");

      assertEquals(
          Login.basic("lisa", "secret").authorization().get(),
          lab.tokenRequests().get(0).authorization());
    }
  }

  @Test
  void aHelperThatFailsIsTheReasonTheCallerIsGiven() {
    try (TokenLab lab = new TokenLab()) {
      files.docker("{\"credsStore\":\"desktop\"}");
      lab.credentials.logins(StoredLogins.of(files.environment));

      AuthenticationException e =
          assertThrows(AuthenticationException.class, () -> lab.get("/v2/team/app/tags/list"));

      assertEquals(
          "list tags of team/app failed: HTTP 401: docker-credential-desktop, which "
              + home.resolve(".docker/config.json") + " names, is not on the PATH",
          e.getMessage());
    }
  }
}
