package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening a registry by {@code blaxel://<workspace>}. */
class OpenByUriTest extends BlaxelTest {

  @TempDir
  private Path home;

  private Map<String, String> environment;

  @BeforeEach
  void setVariables() {
    environment = Map.of(
        "BL_API_KEY", emulator.apiKey(),
        "BL_API_URL", emulator.apiUrl().toString(),
        "BL_WORKSPACE", "other");
  }

  private Registry open(String uri) {
    return Registries.open(URI.create(uri), environment, httpOptions());
  }

  @Test
  void theUriNamesTheWorkspaceAndTheVariablesTheRest() {
    emulator.addTag("sandbox/app", "1.0");

    try (Registry opened = open("blaxel://acme")) {
      assertEquals("1.0", opened.getTag(APP, "1.0").name());
      assertEquals("acme", assertInstanceOf(BlaxelRegistry.class, opened).workspace());
    }
  }

  @Test
  void theUriSaysWhereTheApiIsAndInWhichVersionOverTheVariables() {
    emulator.addTag("sandbox/app", "1.0");
    environment = Map.of(
        "BL_API_KEY", emulator.apiKey(),
        "BL_API_URL", "http://localhost:1",
        "BL_API_VERSION", "2026-04-16");

    try (Registry opened =
        open("blaxel://acme?base-url=" + emulator.apiUrl() + "&api-version=" + OLDER)) {
      assertEquals("1.0", opened.getTag(APP, "1.0").name());
    }
    assertEquals(Optional.of(OLDER), lastRequest().header("Blaxel-Version"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api-key=hush",
        "client-secret=hush",
        "client-credentials=id:hush",
        "BL_API_KEY=hush",
        "token=hush",
        "base-url=https://id:hush@example.org"
      })
  void aSecretInTheUriIsRefusedWithoutBeingRepeated(String parameter) {
    var failure =
        assertThrows(IllegalArgumentException.class, () -> open("blaxel://acme?" + parameter));

    assertFalse(failure.toString().contains("hush"), failure.toString());
  }

  /** Of a home that the variables do not name, nothing is read. */
  @Test
  void aFileIsReadOnlyWhereTheVariablesNameTheHome() throws IOException {
    Path directory = Files.createDirectories(home.resolve(".blaxel"));
    Files.writeString(
        directory.resolve("config.yaml"),
        "workspaces: [{name: acme, credentials: {apiKey: " + emulator.apiKey() + "}}]");
    String uri = "blaxel://acme?base-url=" + emulator.apiUrl();

    environment = Map.of();
    assertThrows(IllegalArgumentException.class, () -> open(uri));

    environment = Map.of("HOME", home.toString());
    try (Registry opened = open(uri)) {
      assertEquals(List.of(), opened.listImages().toList());
    }
  }

  @Test
  void theSchemeMayBeInCapitals() {
    try (Registry opened = open("BLAXEL://acme")) {
      assertEquals("blaxel", opened.provider());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_workspace", "My-Workspace", "w", "123"})
  void aWorkspaceMayBeCalledWhatNoHostIs(String workspace) {
    try (Registry opened = open("blaxel://" + workspace)) {
      assertEquals(workspace, assertInstanceOf(BlaxelRegistry.class, opened).workspace());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blaxel:acme",
        "blaxel:///",
        "blaxel:///acme",
        "blaxel://acme/",
        "blaxel://acme/app",
        "blaxel://acme?x=1",
        "blaxel://acme?",
        "blaxel://acme?base-url=",
        "blaxel://acme?base-url=nowhere",
        "blaxel://acme?api-version=latest",
        "blaxel://acme?api-version=2026-09-22&api-version=2026-04-28",
        "blaxel://acme?workspace=other",
        "blaxel://acme#x",
        "blaxel://acme:443",
        "blaxel://user@acme",
        "blaxel://api.blaxel.ai",
        "blaxel://-acme"
      })
  void anyOtherUriIsRefused(String uri) {
    assertThrows(IllegalArgumentException.class, () -> open(uri));
  }

  @Test
  void anotherSchemeIsRefusedWithTheOnesThereAre() {
    var failure = assertThrows(IllegalArgumentException.class, () -> open("docker://acme"));

    assertTrue(failure.getMessage().contains("blaxel"), failure.getMessage());
  }

  @Test
  void aMalformedVariableIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Registries.open(
            URI.create("blaxel://acme"),
            Map.of("BL_API_KEY", "k", "BL_ENV", "moon"),
            HttpOptions.defaults()));
  }
}
