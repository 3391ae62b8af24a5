package dev.registrykit.blaxel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the vendor's file is read, and what an error about it says. */
class BlaxelConfigFileTest {

  private static final String SECRET = "bl_0123456789";

  @TempDir
  Path home;

  private Path file;

  @BeforeEach
  void makeTheDirectory() throws IOException {
    file = Files.createDirectories(home.resolve(".blaxel")).resolve("config.yaml");
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines));
  }

  private BlaxelSettings load() {
    return BlaxelSettings.load(Map.of("HOME", home.toString()), null);
  }

  private IllegalArgumentException refused() {
    return assertThrows(IllegalArgumentException.class, this::load);
  }

  @Test
  void noFileIsFine() {
    assertNull(load().apiKey());
  }

  @Test
  void aHomeThatIsNotThereIsFine() {
    assertNull(BlaxelSettings.load(Map.of("HOME", home.resolve("gone").toString()), null)
        .apiKey());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "~",
        "context:",
        "context: {}",
        "workspaces:",
        "workspaces: []",
        "workspaces: [{}]",
        "workspaces: [{name: a}]",
        "workspaces: [{name: a, credentials: ~}]",
        "tracking: true",
        "unknown: [1]"
      })
  void fileWithoutSettingsIsFine(String content) throws IOException {
    write(content);

    assertNull(load().apiKey());
  }

  @Test
  void theFileOfTheVendorsToolsIsRead() throws IOException {
    write(
        "context:",
        "    workspace: acme",
        "workspaces:",
        "    - name: other",
        "      credentials:",
        "        apiKey: no",
        "    - name: acme",
        "      id: 0123",
        "      env: prod",
        "      credentials:",
        "        apiKey: " + SECRET,
        "        access_token: \"\"",
        "        refresh_token: \"\"",
        "        expires_in: 0",
        "        device_code: \"\"",
        "        client_credentials: \"\"",
        "tracking: false");

    assertEquals(SECRET, load().apiKey());
    assertEquals("acme", load().workspace());
    assertEquals("https://api.blaxel.ai/v0", load().apiUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_credentials", "clientCredentials"})
  void bothSpellingsOfClientCredentialsAreRead(String key) throws IOException {
    write(
        "context: {workspace: acme}",
        "workspaces:",
        "- name: acme",
        "  credentials:",
        "    " + key + ": aWQ6c2VjcmV0");

    assertEquals("aWQ6c2VjcmV0", load().clientCredentials());
  }

  @Test
  void theSpellingThatTheVendorWritesWins() throws IOException {
    write(
        "context: {workspace: acme}",
        "workspaces:",
        "- {name: acme, credentials: {clientCredentials: old, client_credentials: new}}");

    assertEquals("new", load().clientCredentials());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | the file must be a mapping of keys to values | - a",
        "1 | context must be a mapping of keys to values | context: acme",
        "1 | workspace must be a single value | context: {workspace: [a]}",
        "1 | workspaces must be a sequence of items | workspaces: {a: b}",
        "1 | workspaces must be a sequence of items | workspaces: a",
        "2 | a workspace must be a mapping of keys to values | workspaces:\\n- a",
        "2 | name must be a single value | workspaces:\\n- name: {}",
        "3 | a workspace is there twice | workspaces:\\n- name: a\\n- name: a",
        "3 | credentials must be a mapping of keys to values | workspaces:\\n- name: a\\n  credentials: x",
        "2 | apiKey must be a single value | workspaces:\\n- {name: a, credentials: {apiKey: [x]}}",
        "2 | it is not valid YAML | a: 1\\n'b"
      })
  void whatCannotBeUnderstoodIsRefusedByLine(int line, String why, String content)
      throws IOException {
    write(content.replace("\\n", "\n"));

    assertEquals(
        "Tried to read " + file + ", but could not understand line " + line + ": " + why,
        refused().getMessage());
  }

  @Test
  void aPipeIsRefusedBeforeItCanHang() throws Exception {
    assumePosix();
    assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0);

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertEquals(
            "Tried to read " + file + ", but it is no regular file", refused().getMessage()));
  }

  @Test
  void anUnknownEnvironmentIsRefused() throws IOException {
    write("context: {workspace: a}", "workspaces: [{name: a, env: moon}]");

    assertEquals(
        "The env of a workspace in the configuration file must be prod, dev or local",
        refused().getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workspaces: [{name: a, credentials: {apiKey: S, apiKey: S}}]",
        "workspaces: [{name: a, credentials: {apiKey: [S]}}]",
        "workspaces: [{name: a, credentials: S}]",
        "workspaces: S",
        "- S",
        "'S"
      })
  void errorNeverQuotesTheFile(String content) throws IOException {
    write(content.replace("S", SECRET));

    StringWriter everything = new StringWriter();
    refused().printStackTrace(new PrintWriter(everything));

    assertFalse(everything.toString().contains(SECRET), everything::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apiKey",
        "client_credentials",
        "clientCredentials",
        "access_token",
        "refresh_token"
      })
  void aSecretThatOthersMayReadIsReported(String key) throws IOException {
    assumePosix();
    write("workspaces: [{name: a, credentials: {" + key + ": " + SECRET + "}}]");

    mode("rw-r-----");
    assertEquals(file, load().exposedFile());
    mode("rw-------");
    assertNull(load().exposedFile());
  }

  @Test
  void aFileWithoutASecretMayBeReadByAll() throws IOException {
    assumePosix();
    write("context: {workspace: a}", "workspaces: [{name: a, env: prod}]");
    mode("rw-r--r--");

    assertNull(load().exposedFile());
    assertTrue(Files.exists(file));
  }

  private static void assumePosix() {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
  }

  private void mode(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
