package dev.registrykit.blaxel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which source wins, and under which names. How the file is read: {@link BlaxelConfigFileTest}. */
class BlaxelSettingsTest {

  private static final String FILE = """
      context:
        workspace: current
      workspaces:
        - name: current
          env: dev
          credentials: {apiKey: key-of-file}
        - name: other
          credentials: {client_credentials: "client:of-file"}
      """;

  @TempDir
  Path home;

  private BlaxelSettings load(Map<String, String> environment, String workspace) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", home.toString());
    return BlaxelSettings.load(all, workspace);
  }

  private void writeFile() throws IOException {
    Path directory = Files.createDirectories(home.resolve(".blaxel"));
    Files.writeString(directory.resolve("config.yaml"), FILE);
  }

  @Test
  void nothingGivenMeansNothingSet() {
    assertEquals(new BlaxelSettings(null, null, null, null, null, null), load(Map.of(), null));
  }

  @Test
  void environmentAloneIsEnough() {
    assertEquals(
        new BlaxelSettings("ws", "key", null, "https://api.example", "2026-04-28", null),
        load(
            Map.of(
                "BL_WORKSPACE", "ws",
                "BL_API_KEY", "key",
                "BL_CLIENT_CREDENTIALS", "a:b",
                "BL_API_URL", "https://api.example",
                "BL_ENV", "dev",
                "BL_API_VERSION", "2026-04-28"),
            null));
  }

  @Test
  void aClientStandsInForAKey() {
    assertEquals("a:b", load(Map.of("BL_CLIENT_CREDENTIALS", "a:b"), null).clientCredentials());
  }

  @Test
  void theFilesCurrentWorkspaceIsTakenUnlessAnotherIsNamed() throws IOException {
    writeFile();

    assertEquals("key-of-file", load(Map.of(), null).apiKey());
    assertEquals("current", load(Map.of(), null).workspace());
    assertEquals("client:of-file", load(Map.of("BL_WORKSPACE", "other"), null).clientCredentials());
    assertEquals("client:of-file", load(Map.of(), "other").clientCredentials());
    assertEquals("key-of-file", load(Map.of("BL_WORKSPACE", "other"), "current").apiKey());
  }

  @Test
  void withoutAHomeAmongTheVariablesThereIsNoFile() throws IOException {
    writeFile();
    BlaxelSettings nothing = new BlaxelSettings(null, null, null, null, null, null);

    assertEquals(nothing, BlaxelSettings.load(Map.of(), null));
    assertEquals(nothing, BlaxelSettings.load(Map.of("HOME", ""), null));
    assertEquals(
        "key-of-file",
        BlaxelSettings.load(Map.of("USERPROFILE", home.toString()), null).apiKey());
  }

  @Test
  void credentialsOfAVariableAreNotMixedWithTheFiles() throws IOException {
    writeFile();

    BlaxelSettings settings = load(Map.of("BL_CLIENT_CREDENTIALS", "a:b"), null);

    assertNull(settings.apiKey());
    assertEquals("a:b", settings.clientCredentials());
    assertEquals("current", settings.workspace());
  }

  @Test
  void aWorkspaceThatTheFileDoesNotHaveHasNothing() throws IOException {
    writeFile();

    BlaxelSettings settings = load(Map.of(), "third");

    assertNull(settings.apiKey());
    assertNull(settings.apiUrl());
    assertEquals("third", settings.workspace());
  }

  @ParameterizedTest
  @CsvSource({
    "prod, https://api.blaxel.ai/v0",
    "dev, https://api.blaxel.dev/v0",
    "local, http://localhost:8080/v0"
  })
  void theEnvironmentHasAnAddress(String environment, String url) {
    assertEquals(url, load(Map.of("BL_ENV", environment), null).apiUrl());
  }

  @Test
  void theAddressWinsOverTheEnvironmentAndThatOverTheFiles() throws IOException {
    writeFile();

    assertEquals("https://api.blaxel.dev/v0", load(Map.of(), null).apiUrl());
    assertEquals(
        "https://api.blaxel.ai/v0", load(Map.of("BL_ENV", "prod"), null).apiUrl());
    assertEquals(
        "http://x",
        load(Map.of("BL_ENV", "prod", "BL_API_URL", "http://x"), null).apiUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROD", "production", "moon", " "})
  void anUnknownEnvironmentIsRefused(String environment) {
    var failure = assertThrows(
        IllegalArgumentException.class, () -> load(Map.of("BL_ENV", environment), null));

    assertEquals("BL_ENV must be prod, dev or local", failure.getMessage());
  }

  @Test
  void emptyVariableCountsAsUnset() throws IOException {
    writeFile();

    BlaxelSettings settings = load(
        Map.of(
            "BL_WORKSPACE", "",
            "BL_API_KEY", "",
            "BL_CLIENT_CREDENTIALS", "",
            "BL_API_URL", "",
            "BL_ENV", "",
            "BL_API_VERSION", ""),
        null);

    assertEquals("key-of-file", settings.apiKey());
    assertEquals("https://api.blaxel.dev/v0", settings.apiUrl());
    assertNull(settings.apiVersion());
  }

  @Test
  void variablesThatNoneOfTheVendorsToolsReadAreNotRead() {
    BlaxelSettings settings = load(
        Map.of("BL_CLIENT_ID", "a", "BL_CLIENT_SECRET", "b", "BLAXEL_BASE_URL", "http://x"), null);

    assertEquals(new BlaxelSettings(null, null, null, null, null, null), settings);
  }

  @Test
  void toStringHidesSecrets() {
    String shown =
        new BlaxelSettings("ws", "hush", "a:hush", "http://u:hush@x", "v", null).toString();

    assertFalse(shown.contains("hush"), shown);
  }
}
