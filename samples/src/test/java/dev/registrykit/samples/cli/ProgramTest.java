package dev.registrykit.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Registries;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.ScalewayEmulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common: help, logins, errors and exit codes. */
class ProgramTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  private static final Runner NOWHERE =
      new Runner("oci://127.0.0.1:1?plain-http=true", Map.of(), Registries::open, "", false, false);

  @ParameterizedTest
  @ValueSource(strings = {"", "tags", "show", "delete", "prune"})
  void everyCommandHasHelpThatSaysTheExitCodes(String command) {
    Ran ran = NOWHERE.run(
        Stream.of(command, "--help").filter(text -> !text.isEmpty()).toArray(String[]::new));

    assertEquals(ExitCode.DONE, ran.exitCode());
    assertTrue(ran.out().startsWith("Usage: registrykit " + command), ran.out());
    for (String code : List.of("0  ", "1  ", "2  ", "3  ", "4  ", "130")) {
      assertTrue(ran.out().contains("\n  " + code + "   "), ran.out());
    }
    assertTrue(ran.out().lines().allMatch(line -> line.length() <= 100), ran.out());
    assertEquals("", ran.err());
  }

  @Test
  void theVersionIsOneLine() {
    Ran ran = NOWHERE.run("--version");

    assertEquals(ExitCode.DONE, ran.exitCode());
    assertTrue(ran.out().startsWith("registrykit "), ran.out());
    assertEquals(1, ran.out().lines().count());
  }

  static Stream<List<String>> wrongCommands() {
    return Stream.of(
        List.of(),
        List.of("list"),
        List.of("tags"),
        List.of("tags", "URI"),
        List.of("tags", "URI", "shop/web", "more"),
        List.of("tags", "URI", "shop/web", "--unknown"),
        List.of("tags", "URI", "shop/web", "--order", "random"),
        List.of("tags", "URI", "shop/web", "--limit", "0"),
        List.of("tags", "URI", "shop/web", "--limit", "many"),
        List.of("tags", "URI", "shop/web", "--names", "--json"),
        List.of("tags", "URI", "shop/web:1.0"),
        List.of("tags", "URI", "shop//web"),
        List.of("tags", "URI", "elsewhere.example.org/shop/web"),
        List.of("tags", "nowhere", "shop/web"),
        List.of("tags", "ftp://host", "shop/web"),
        List.of("tags", "oci://host:x y", "shop/web"),
        List.of("tags", "oci://host?colour=blue", "shop/web"),
        List.of("show", "URI", "shop/web@sha256:" + "0".repeat(64)),
        List.of("delete", "URI", "shop/web"),
        List.of("delete", "URI", "shop/web", "not a tag"),
        List.of("delete", "URI", "shop/web:1.0", "1.0"),
        List.of("tags", "URI", "shop/web", "--username", "ci"),
        List.of("tags", "URI", "shop/web", "--password-stdin"),
        List.of("tags", "URI", "shop/web", "--token-stdin"),
        List.of("tags", "URI", "shop/web", "--password-stdin", "--token-stdin"),
        List.of("tags", "scaleway://fr-par", "shop/web", "--password-stdin"),
        List.of("tags", "other://host", "shop/web", "--token-stdin"));
  }

  @ParameterizedTest
  @MethodSource("wrongCommands")
  void aWrongCommandIsOneLineBeforeAnythingIsSent(List<String> arguments) {
    OciEmulator emulator = OCI.emulator();
    Shop.fill(emulator, "shop/web");
    Ran ran = Runner.on(emulator).run(arguments.toArray(String[]::new));

    assertEquals(ExitCode.USAGE, ran.exitCode(), ran.out() + ran.err());
    assertTrue(ran.message().startsWith("registrykit: "), ran.err());
    assertEquals("", ran.out());
    assertEquals(0, emulator.requestCount());
  }

  @Test
  void aSecretInAUriIsNotRepeated() {
    for (String uri :
        List.of("oci://ci:hunter2@host", "oci://host?password=hunter2", "oci://ci:hunter2 @host")) {
      Ran ran = NOWHERE.run("tags", uri, "shop/web");

      assertEquals(ExitCode.USAGE, ran.exitCode());
      assertFalse(ran.err().contains("hunter2"), ran.err());
    }
  }

  @Test
  void aRegistryThatCannotBeReachedHasItsOwnCode() {
    Ran ran = NOWHERE.run("tags", "URI", "shop/web");

    assertEquals(ExitCode.NO_ACCESS, ran.exitCode());
    assertTrue(ran.message().startsWith("registrykit: list tags of shop/web"), ran.err());
  }

  @ParameterizedTest
  @EnumSource
  void wrongCredentialsHaveTheSameCode(Shop shop) {
    try (Emulator emulator = shop.open()) {
      if (emulator instanceof OciEmulator oci) {
        oci.requireBasic("ci", "right");
      }
      Map<String, String> wrong = new HashMap<>(emulator.environment());
      wrong.putAll(Map.of(
          "SCW_SECRET_KEY", "00000000-0000-0000-0000-00000000dead",
          "BL_API_KEY", "wrong",
          "GITHUB_TOKEN", "wrong",
          "OCI_PASSWORD", "wrong"));
      Ran ran = Runner.on(emulator).with(wrong).run("tags", "URI", shop.image);

      assertEquals(ExitCode.NO_ACCESS, ran.exitCode(), ran.err());
      assertFalse(ran.err().contains("dead"), ran.err());
    }
  }

  @Test
  void aFailingServerIsAFailure() {
    try (Emulator emulator = Shop.OCI.open()) {
      emulator.failAll(Fault.status(500));

      assertEquals(
          ExitCode.FAILED, Runner.on(emulator).run("tags", "URI", "shop/web").exitCode());
    }
  }

  @Test
  void anInterruptEndsWithTheCodeOfCtrlC() {
    try (Emulator emulator = Shop.OCI.open()) {
      Thread.currentThread().interrupt();
      Ran ran = Runner.on(emulator).run("tags", "URI", "shop/web");

      assertTrue(Thread.interrupted());
      assertEquals(ExitCode.INTERRUPTED, ran.exitCode(), ran.err());
    }
  }

  @Test
  void theStackTraceIsShownOnlyWhenAskedFor() {
    assertFalse(NOWHERE.run("tags", "URI", "shop/web").err().contains("    at "));
    assertTrue(NOWHERE.run("tags", "URI", "shop/web", "--debug").err().contains("    at "));
    assertTrue(NOWHERE.run("--debug", "tags", "URI", "shop/web").err().contains("    at "));
  }

  @Test
  void aPasswordComesFromTheInput() {
    try (Emulator emulator = Shop.OCI.open()) {
      ((OciEmulator) emulator).requireBasic("ci", "right");
      Ran ran = Runner.on(emulator)
          .with(Map.of("OCI_TOKEN", "another login"))
          .withInput("right\n")
          .run("tags", "URI", "shop/web", "--username", "ci", "--password-stdin");

      assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
    }
  }

  @Test
  void aTokenComesFromTheInput() {
    try (ScalewayEmulator scaleway = (ScalewayEmulator) Shop.SCALEWAY.open();
        BlaxelEmulator blaxel = (BlaxelEmulator) Shop.BLAXEL.open();
        GithubEmulator github = (GithubEmulator) Shop.GITHUB.open()) {
      Ran onScaleway = Runner.on(scaleway)
          .with(Map.of())
          .withInput(scaleway.secretKey() + "\n")
          .run("tags", "URI", "shop/web", "--token-stdin");
      Ran onBlaxel = Runner.on(blaxel)
          .with(Map.of())
          .withInput(blaxel.apiKey())
          .run("tags", "URI", "sandbox/web", "--token-stdin");
      Ran onGithub = Runner.on(github)
          .with(Map.of())
          .withInput(github.token(TokenKind.CLASSIC))
          .run("tags", "URI", "octo-org/web", "--token-stdin");

      assertEquals(ExitCode.DONE, onScaleway.exitCode(), onScaleway.err());
      assertEquals(ExitCode.DONE, onBlaxel.exitCode(), onBlaxel.err());
      assertEquals(ExitCode.DONE, onGithub.exitCode(), onGithub.err());
    }
  }

  @Test
  void noOptionTakesASecretAsItsValue() {
    for (String command : List.of("tags", "show", "delete", "prune")) {
      assertFalse(NOWHERE
          .run(command, "--help")
          .out()
          .matches("(?s).*--(password|token|secret|key)[a-z-]*=.*"));
    }
  }
}
