package dev.registrykit.oci.internal.auth.stored;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.oci.internal.auth.Login;
import dev.registrykit.oci.internal.auth.LoginUnavailableException;
import dev.registrykit.oci.internal.auth.TokenLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the helpers are shell scripts")
class CredentialHelperTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String SERVER = "registry.example.org";

  @TempDir
  Path home;

  private StoredFiles files;
  private Path configuration;

  @BeforeEach
  void start() {
    files = new StoredFiles(home);
    configuration = home.resolve("config.json");
  }

  private Optional<Login> ask(Duration limit) throws InterruptedException {
    return new CredentialHelper("lab", configuration, files.environment).get(SERVER, limit);
  }

  @Test
  void itIsAskedByNameAndAnswersInJson() throws Exception {
    files.helperGiving("lab", "lisa", "s3cr3t");

    assertEquals(Optional.of(Login.basic("lisa", "s3cr3t")), ask(LIMIT));
    assertEquals("get registry.example.org\n", files.asked());
  }

  @Test
  void theUserOfATokenMakesItAnIdentityToken() throws Exception {
    files.helperGiving("lab", "<token>", "id-token");

    assertEquals(Optional.of(Login.identityToken("id-token")), ask(LIMIT));
  }

  @Test
  void itsEnvironmentIsTheGivenOneAlone() throws Exception {
    files.environment.remove("HOME");
    files.environment.put("LAB", "given");
    files.helper(
        "lab", "echo \"{\\\"Username\\\":\\\"lisa\\\",\\\"Secret\\\":\\\"$LAB-$HOME\\\"}\"");

    assertEquals(Optional.of(Login.basic("lisa", "given-")), ask(LIMIT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 'credentials not found in native keychain'; exit 1",
        "echo '{\"ServerURL\":\"\",\"Username\":\"\",\"Secret\":\"\"}'",
      })
  void thatItHasNothingIsNoError(String script) throws Exception {
    files.helper("lab", script);

    assertEquals(Optional.empty(), ask(LIMIT));
  }

  @Test
  void itNeedNotReadTheQuestion() throws Exception {
    files.helper("lab", "exec <&-", "echo '{\"Username\":\"lisa\",\"Secret\":\"x\"}'");

    assertEquals(Optional.of(Login.basic("lisa", "x")), ask(LIMIT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 's3cr3t'; echo 's3cr3t' >&2; exit 1",
        "echo 'credentials not found in native keychain, s3cr3t'; exit 1",
        "echo 's3cr3t'",
        "echo '{\"Username\":\"lisa\",\"Secret\":\"s3cr3t\"'",
        "echo '{\"Username\":\"li:sa\",\"Secret\":\"s3cr3t\"}'",
        "echo '{\"Username\":\"<token>\",\"Secret\":\"s3cr3t\\r\\nX: y\"}'",
        "echo '{\"Username\":\"\",\"Secret\":\"s3cr3t\"}'",
        "echo '{\"Username\":\"<token>\",\"Secret\":\"\"}'",
        "kill -9 $$",
      })
  void nonsenseIsAnErrorThatNamesProgramAndFileAndRepeatsNothing(String script) {
    files.helper("lab", script);

    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, () -> ask(LIMIT));

    assertTrue(
        e.getMessage().startsWith("docker-credential-lab, which " + configuration + " names, "),
        e.getMessage());
    TokenLab.assertTellsNothing(e, "s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example.org", "https://index.docker.io/v1/", "example.org"})
  void theLoginForAnotherServerIsNotTaken(String answered) {
    files.helper(
        "lab",
        "echo '{\"ServerURL\":\"" + answered + "\",\"Username\":\"lisa\",\"Secret\":\"s3cr3t\"}'");

    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, () -> ask(LIMIT));

    assertTrue(e.getMessage().contains("another server"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://registry.example.org", "REGISTRY.example.org:443"})
  void theSameServerMayBeSpelledOtherwise(String answered) throws Exception {
    files.helper(
        "lab",
        "echo '{\"ServerURL\":\"" + answered + "\",\"Username\":\"lisa\",\"Secret\":\"x\"}'");

    assertEquals(Optional.of(Login.basic("lisa", "x")), ask(LIMIT));
  }

  @Test
  void anAnswerMayHave64Kibibytes() throws Exception {
    String padded = "printf '%65536s' '{\"Username\":\"lisa\",\"Secret\":\"x\"}'";
    files.helper("lab", padded);
    assertEquals(Optional.of(Login.basic("lisa", "x")), ask(LIMIT));

    files.helper("lab", padded, "echo");
    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, () -> ask(LIMIT));
    assertTrue(e.getMessage().endsWith("answered more than 64 KiB"), e.getMessage());
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    files.helper("lab", "yes s3cr3t");

    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, () -> ask(LIMIT));

    assertTrue(e.getMessage().endsWith("answered more than 64 KiB"), e.getMessage());
  }

  @Test
  void aHelperThatHangsIsEndedWithAllItStarted() throws Exception {
    files.helper("lab", "echo $$ > " + home.resolve("pid"), "sleep 60", "echo late");

    LoginUnavailableException e =
        assertThrows(LoginUnavailableException.class, () -> ask(Duration.ofMillis(300)));

    assertTrue(e.getMessage().endsWith("did not answer within 300 ms"), e.getMessage());
    assertEnded();
  }

  @Test
  void aHelperThatClosesItsOutputAndDoesNotEndIsLate() throws Exception {
    files.helper("lab", "echo $$ > " + home.resolve("pid"), "exec sleep 60 >&-");

    LoginUnavailableException e =
        assertThrows(LoginUnavailableException.class, () -> ask(Duration.ofMillis(300)));

    assertTrue(e.getMessage().endsWith("did not answer within 300 ms"), e.getMessage());
    assertEnded();
  }

  @Test
  void aHelperEndsWithTheThreadThatIsInterrupted() throws Exception {
    files.helper("lab", "echo $$ > " + home.resolve("pid"), "sleep 60");
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(() -> {
      try {
        ask(LIMIT);
      } catch (InterruptedException | RuntimeException e) {
        failure.set(e);
      }
    });
    thread.start();
    while (thread.isAlive() && !isWritten(home.resolve("pid"))) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join(3000);

    assertInstanceOf(InterruptedException.class, failure.get());
    assertEnded();
  }

  private static boolean isWritten(Path file) throws RuntimeException {
    return file.toFile().length() > 0;
  }

  private void assertEnded() throws Exception {
    long pid = Long.parseLong(Files.readString(home.resolve("pid")).strip());
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(3, TimeUnit.SECONDS);
    }
    // The one that reads ends when the last process has let go of the pipe.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("registrykit-credential-helper")) {
        thread.join(3000);
        assertFalse(thread.isAlive());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../lab",
        "/bin/lab",
        "lab/../x",
        "a b",
        "lab;id",
        "$(id)",
        "lab\n",
        "l\u00e4b",
        "lab.exe",
        "a\\b"
      })
  void aNameThatCouldBeAPathIsRefusedAndNotRepeated(String suffix) {
    LoginUnavailableException e = assertThrows(
        LoginUnavailableException.class,
        () -> new CredentialHelper(suffix, configuration, files.environment));

    assertTrue(e.getMessage().startsWith(configuration + " names a credential helper with"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b"})
  void aServerWithALineBreakIsNotAskedFor(String server) {
    files.helperGiving("lab", "lisa", "x");
    CredentialHelper helper = new CredentialHelper("lab", configuration, files.environment);

    assertThrows(IllegalArgumentException.class, () -> helper.get(server, LIMIT));
    assertEquals("", files.asked());
  }

  @Test
  void aHelperThatIsNotOnThePathIsNamed() {
    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, () -> ask(LIMIT));

    assertTrue(e.getMessage().endsWith("is not on the PATH"), e.getMessage());
  }

  @Test
  void aFolderThatDependsOnTheCurrentOneIsNotSearched() {
    files.helperGiving("lab", "lisa", "x");
    Path relative = Path.of("").toAbsolutePath().relativize(home.resolve("bin"));
    files.environment.put("PATH", relative + "::.");

    assertThrows(LoginUnavailableException.class, () -> ask(LIMIT));
    assertEquals("", files.asked());
  }

  @Test
  void aFileThatIsNoProgramIsNotRun() throws Exception {
    files.write("bin/docker-credential-lab", "#!/bin/sh\n");
    assertThrows(LoginUnavailableException.class, () -> ask(LIMIT));

    Files.delete(home.resolve("bin/docker-credential-lab"));
    files.helper("lab", "");
    files.write("bin/docker-credential-lab", "#!" + home + "/no-such-interpreter\n");
    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, () -> ask(LIMIT));
    assertTrue(e.getMessage().endsWith("cannot be run"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"none\"", "{} and more"})
  void anAnswerThatIsNoObjectIsNotTakenForNothing(String answer) throws Exception {
    files.helper("lab", "printf '%s' '" + answer + "'");

    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, () -> ask(LIMIT));

    assertTrue(e.getMessage().contains("did not answer with"), e.getMessage());
  }
}
