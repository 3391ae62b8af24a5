package dev.registrykit.scaleway.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the file is looked for, how it is read, and what an error about it says. */
class ScalewayConfigFileTest {

  private static final String SECRET = "11111111-2222-3333-4444-555555555555";

  @TempDir
  Path home;

  private Path file;

  @BeforeEach
  void makeTheDefaultDirectory() throws IOException {
    file = Files.createDirectories(home.resolve(".config/scw")).resolve("config.yaml");
  }

  @Test
  void fileThatTheVariableNamesWins() throws IOException {
    write("default_region: fr-par");
    Path named = Files.writeString(home.resolve("other.conf"), "default_region: pl-waw");

    assertEquals("pl-waw", load(Map.of("SCW_CONFIG_PATH", named.toString())).region());
  }

  @Test
  void xdgDirectoryWinsOverHome() throws IOException {
    write("default_region: fr-par");
    Path xdg = Files.createDirectories(home.resolve("xdg/scw"));
    Files.writeString(xdg.resolve("config.yaml"), "default_region: pl-waw");

    assertEquals(
        "pl-waw",
        load(Map.of("XDG_CONFIG_HOME", home.resolve("xdg").toString())).region());
  }

  @Test
  void homeMayHaveItsNameOnWindows() throws IOException {
    write("default_region: fr-par");

    assertEquals(
        "fr-par",
        ScalewaySettings.load(Map.of("USERPROFILE", home.toString()), null).region());
  }

  /** Whoever gives variables gives all there is: the user that the process runs as has no say. */
  @Test
  void withoutAHomeAmongTheVariablesNoFileIsLookedFor() throws IOException {
    write("default_region: fr-par", "profiles:", "  work: {}");
    Path named = Files.writeString(home.resolve("other.conf"), "default_region: pl-waw");
    String homeOfTheProcess = System.setProperty("user.home", home.toString());
    try {
      assertNull(ScalewaySettings.load(Map.of(), null).region());
      assertEquals(
          "pl-waw",
          ScalewaySettings.load(Map.of("SCW_CONFIG_PATH", named.toString()), null)
              .region());
      var refused = assertThrows(
          IllegalArgumentException.class, () -> ScalewaySettings.load(Map.of(), "work"));
      assertEquals(
          "Tried to use the Scaleway profile \"work\", but no variable says where the configuration"
              + " file is, such as HOME",
          refused.getMessage());
    } finally {
      System.setProperty("user.home", homeOfTheProcess);
    }
  }

  @Test
  void ymlIsReadWhereThereIsNoYaml() throws IOException {
    Files.writeString(file.resolveSibling("config.yml"), "default_region: pl-waw");
    assertEquals("pl-waw", load().region());

    write("default_region: fr-par");
    assertEquals("fr-par", load().region());
  }

  @Test
  void missingFileThatTheVariableNamesIsRefused() {
    Path named = home.resolve("gone.yaml");

    IllegalArgumentException e = assertThrows(
        IllegalArgumentException.class, () -> load(Map.of("SCW_CONFIG_PATH", named.toString())));

    assertEquals("Tried to read " + named + ", but there is no such file", e.getMessage());
  }

  @Test
  void variableThatHoldsNoPathIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> load(Map.of("SCW_CONFIG_PATH", "a\u0000b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n", "# only a comment\n", "---\n", "~", "profiles:\n", "unknown: [1]"})
  void fileWithoutSettingsIsFine(String content) throws IOException {
    write(content);

    assertNull(load().secretKey());
  }

  @Test
  void everyKeyIsRead() throws IOException {
    write(
        "access_key: SCW00000000000000000",
        "secret_key: " + SECRET,
        "default_organization_id: organization",
        "default_project_id: project",
        "default_region: nl-ams",
        "default_zone: nl-ams-1",
        "api_url: https://api.example",
        "insecure: yes",
        "send_telemetry: false");
    makePrivate();

    assertEquals(
        new ScalewaySettings(
            SECRET, "nl-ams", "project", "organization", "https://api.example", true, null),
        load());
  }

  @ParameterizedTest
  @CsvSource({
    "0123, 0123",
    "1e3, 1e3",
    "0x10, 0x10",
    "true, true",
    "1_000, 1_000",
    "2020-01-01, 2020-01-01"
  })
  void numberOrTruthValueIsTakenByItsText(String written, String read) throws IOException {
    write("default_project_id: " + written);

    assertEquals(read, load().projectId());
  }

  @Test
  void quotedTextKeepsItsWhitespace() throws IOException {
    write("secret_key: \" a\\nb \"", "default_project_id: ' '");

    assertEquals(" a\nb ", load().secretKey());
    assertEquals(" ", load().projectId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "\"\"", "''"})
  void emptyValueCountsAsUnset(String written) throws IOException {
    write("secret_key: root", "profiles:", "  a:", "    secret_key: " + written, "  b: " + "~");

    assertEquals("root", load(Map.of(), "a").secretKey());
    assertEquals("root", load(Map.of(), "b").secretKey());
  }

  @Test
  void quotedNullIsText() throws IOException {
    write("default_project_id: 'null'");

    assertEquals("null", load().projectId());
  }

  @Test
  void aliasesAreFollowed() throws IOException {
    write("default_project_id: &id same", "default_organization_id: *id");

    assertEquals("same", load().organizationId());
  }

  @Test
  void textOutsideAsciiAndAByteOrderMarkAreRead() throws IOException {
    write("\uFEFFdefault_project_id: pr\u00F6j\u0131\uD83D\uDE00");

    assertEquals("pr\u00F6j\u0131\uD83D\uDE00", load().projectId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | it is not valid YAML | a: 1\\n'b",
        "1 | it is not valid YAML | {a: 1",
        "3 | it is not valid YAML | a: 1\\nb:\\n\\tc: 1",
        "1 | it is not valid YAML | a: *nowhere",
        "2 | it is not valid YAML | a: 1\\n---\\nb: 2",
        "2 | it, or what follows it, is not valid YAML | a: 1\\nb: \"\\UFFFFFFFF\"",
        "1 | it, or what follows it, is not valid YAML | a: !<%20> 1",
        "2 | a key is there twice | secret_key: 1\\nsecret_key: 2",
        "3 | a key is there twice | profiles:\\n  a: {}\\n  a: {}",
        "4 | a key is there twice | profiles:\\n  a:\\n    insecure: 1\\n    insecure: 1",
        "1 | the file must be a mapping of keys to values | - a",
        "1 | the file must be a mapping of keys to values | text",
        "2 | profiles must be a mapping of keys to values | profiles:\\n  - a",
        "2 | a profile must be a mapping of keys to values | profiles:\\n  a: text",
        "2 | secret_key must be a single value | a: 1\\nsecret_key: [1]",
        "1 | secret_key must be a single value | secret_key: {a: 1}",
        "1 | active_profile must be a single value | active_profile: [a]",
        "2 | insecure must be true or false | a: 1\\ninsecure: maybe",
        "3 | merge keys (<<) are not supported | profiles:\\n  a: &a {}\\n  b: {<<: *a}",
      })
  void whatCannotBeUnderstoodIsRefusedByLine(int line, String why, String content)
      throws IOException {
    write(content.replace("\\n", "\n").replace("\\t", "\t"));

    assertEquals(understood(line, why), refused().getMessage());
  }

  @Test
  void controlCharacterIsRefusedByLine() throws IOException {
    write("a: 1", "b: \u0007");

    assertEquals(understood(2, "it has a control character"), refused().getMessage());
  }

  @Test
  void textThatIsNotUtf8IsRefusedByLine() throws IOException {
    Files.write(file, "a: 1\nb: \u00E9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(understood(2, "it is not UTF-8 text"), refused().getMessage());

    Files.write(file, "secret_key: a".getBytes(StandardCharsets.UTF_16));
    assertEquals(understood(1, "it is not UTF-8 text"), refused().getMessage());
  }

  @Test
  void characterThatTheEndOfTheFileCutsIsRefused() throws IOException {
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xC3});

    assertEquals(understood(1, "it is not UTF-8 text"), refused().getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{", "- ", "? ", "{a: "})
  void deepNestingIsRefusedSoon(String opening) throws IOException {
    write(opening.repeat((1 << 20) / opening.length()));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertEquals(
            understood(1, "it is nested too deep, or has too many aliases"),
            refused().getMessage()));
  }

  @Test
  void manyAliasesAreRefused() throws IOException {
    write("a: &a [1]", "b: [" + "*a,".repeat(51) + "]");

    assertEquals(
        understood(2, "it is nested too deep, or has too many aliases"),
        refused().getMessage());
  }

  @Test
  void fileOverOneMebibyteIsRefused() throws IOException {
    String padding = "\n#" + "x".repeat((1 << 20) - 24);
    write("default_region: fr-par" + padding);
    assertEquals("fr-par", load().region());

    write("default_region: fr-par" + padding + "y");
    assertEquals(
        "Tried to read " + file + ", but it is longer than 1048576 bytes",
        refused().getMessage());
  }

  @Test
  void pipeIsRefusedBeforeItCanHang() throws Exception {
    assumePosix();
    assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0);

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertEquals(
            "Tried to read " + file + ", but it is no regular file", refused().getMessage()));
  }

  @Test
  void directoryIsRefused() throws IOException {
    Files.createDirectory(file);

    assertEquals("Tried to read " + file + ", but it is a directory", refused().getMessage());
  }

  @Test
  void fileThatMayNotBeReadIsAnIoError() throws IOException {
    assumePosix();
    write("secret_key: " + SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "root reads everything");

    UncheckedIOException e = assertThrows(UncheckedIOException.class, this::load);

    assertEquals("Tried to read " + file + ", but could not", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret_key: S\nsecret_key: S",
        "secret_key: [S]",
        "secret_key: 'S",
        "secret_key: S: S",
        "secret_key: *S",
        "secret_key: !<%S> S",
        "S: a\nS: b",
        "insecure: S",
        "- S",
        "S",
        "profiles: S",
        "profiles:\n  a: S",
        "secret_key: \"\\US\"",
        "active_profile: {S: S}",
        "secret_key: S\n\tS",
        "secret_key: S\u0001"
      })
  void errorNeverQuotesTheFile(String content) throws IOException {
    write(content.replace("S", SECRET));

    StringWriter everything = new StringWriter();
    refused().printStackTrace(new PrintWriter(everything));

    assertFalse(everything.toString().contains(SECRET.substring(0, 8)), everything::toString);
  }

  @Test
  void garbageIsReadOrRefusedButNeverAnythingElse() throws IOException {
    Random random = new Random(1);
    String letters = "ab:-?[]{},&*!|>'\"%@`#\n \t\\<~ux0";
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder("secret_key: " + SECRET + "\n");
      for (int length = random.nextInt(20); length >= 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      write(text.toString());
      try {
        load();
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().startsWith("Tried to read " + file), e.getMessage());
      }
    }
  }

  @Test
  void secretThatOthersMayReadIsReported() throws IOException {
    assumePosix();
    write("secret_key: " + SECRET);

    mode("rw-r-----");
    assertEquals(file, load().exposedFile());
    mode("rw----r--");
    assertEquals(file, load().exposedFile());
    mode("rw-------");
    assertNull(load().exposedFile());
  }

  @Test
  void secretInAnyProfileIsReported() throws IOException {
    assumePosix();
    write("profiles:", "  work: {secret_key: " + SECRET + "}");
    mode("rw-r--r--");

    assertEquals(file, load(Map.of("SCW_SECRET_KEY", "other")).exposedFile());
  }

  @Test
  void fileWithoutASecretMayBeReadByAll() throws IOException {
    assumePosix();
    write("default_region: fr-par", "profiles:", "  work: {default_region: nl-ams}");
    mode("rw-r--r--");

    assertNull(load().exposedFile());
  }

  private ScalewaySettings load() {
    return load(Map.of());
  }

  private ScalewaySettings load(Map<String, String> environment) {
    return load(environment, null);
  }

  private ScalewaySettings load(Map<String, String> environment, String profile) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("HOME", home.toString());
    return ScalewaySettings.load(variables, profile);
  }

  private IllegalArgumentException refused() {
    return assertThrows(IllegalArgumentException.class, this::load);
  }

  private String understood(int line, String why) {
    return "Tried to read " + file + ", but could not understand line " + line + ": " + why;
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines));
  }

  private static void assumePosix() {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
  }

  private void makePrivate() throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      mode("rw-------");
    }
  }

  private void mode(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void anErrorAboutAProfileStaysOnOneLineAndShort() throws IOException {
    write(
        "active_profile: \"a\\nb\"",
        "profiles:",
        "  \"c\\e[2J\": {}",
        "  " + "d".repeat(900) + ": {}");

    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> load(Map.of()));

    assertTrue(e.getMessage().contains("\"a?b\""), e.getMessage());
    assertTrue(e.getMessage().contains("c?[2J, ddd"), e.getMessage());
    assertTrue(e.getMessage().length() < 800, e.getMessage());
  }
}
