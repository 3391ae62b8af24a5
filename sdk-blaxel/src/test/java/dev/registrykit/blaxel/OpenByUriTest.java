package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening a registry by {@code blaxel://<workspace>}. */
class OpenByUriTest extends BlaxelTest {

  @TempDir
  private Path home;

  private String realHome;
  private Map<String, String> environment;

  @BeforeEach
  void setVariables() {
    realHome = System.setProperty("user.home", home.toString());
    environment = Map.of(
        "BL_API_KEY", emulator.apiKey(),
        "BL_API_URL", emulator.apiUrl().toString(),
        "BL_WORKSPACE", "other");
  }

  @AfterEach
  void moveBack() {
    System.setProperty("user.home", realHome);
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
