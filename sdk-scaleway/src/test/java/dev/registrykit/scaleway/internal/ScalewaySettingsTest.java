package dev.registrykit.scaleway.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which source wins, and under which names. How a file is read: {@link ScalewayConfigFileTest}. */
class ScalewaySettingsTest {

  private static final String SECRET = "11111111-2222-3333-4444-555555555555";

  @TempDir
  Path home;

  private Path file;

  @BeforeEach
  void makeTheDefaultDirectory() throws IOException {
    file = Files.createDirectories(home.resolve(".config/scw")).resolve("config.yaml");
  }

  @Test
  void nothingGivenMeansNothingSet() {
    assertEquals(
        new ScalewaySettings(null, null, null, null, null, false, null), load(Map.of(), null));
  }

  @Test
  void environmentAloneIsEnough() {
    ScalewaySettings settings = load(
        Map.of(
            "SCW_SECRET_KEY", SECRET,
            "SCW_DEFAULT_REGION", "pl-waw",
            "SCW_DEFAULT_PROJECT_ID", "project",
            "SCW_DEFAULT_ORGANIZATION_ID", "organization",
            "SCW_API_URL", "https://api.example",
            "SCW_INSECURE", "true"),
        null);

    assertEquals(
        new ScalewaySettings(
            SECRET, "pl-waw", "project", "organization", "https://api.example", true, null),
        settings);
  }

  @Test
  void environmentWinsOverFile() throws IOException {
    write("default_region: fr-par", "default_project_id: from-file", "insecure: true");

    ScalewaySettings settings =
        load(Map.of("SCW_DEFAULT_REGION", "nl-ams", "SCW_INSECURE", "false"), null);

    assertEquals("nl-ams", settings.region());
    assertEquals("from-file", settings.projectId());
    assertFalse(settings.insecure());
  }

  @Test
  void environmentWinsOverNamedProfile() throws IOException {
    write("profiles:", "  work: {default_region: fr-par}");

    assertEquals("nl-ams", load(Map.of("SCW_DEFAULT_REGION", "nl-ams"), "work").region());
  }

  @Test
  void emptyVariableCountsAsUnset() throws IOException {
    write("default_region: fr-par", "insecure: true");

    ScalewaySettings settings = load(
        Map.of(
            "SCW_DEFAULT_REGION", "",
            "SCW_INSECURE", "",
            "SCW_PROFILE", "",
            "SCW_CONFIG_PATH", "",
            "XDG_CONFIG_HOME", ""),
        null);

    assertEquals("fr-par", settings.region());
    assertTrue(settings.insecure());
  }

  @Test
  void whitespaceInAVariableIsKept() {
    assertEquals(" a\n", load(Map.of("SCW_SECRET_KEY", " a\n"), null).secretKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCW_TOKEN", "SCALEWAY_TOKEN", "SCALEWAY_ACCESS_KEY"})
  void olderNamesOfTheSecretAreRead(String name) {
    assertEquals("old", load(Map.of(name, "old"), null).secretKey());
    assertEquals("new", load(Map.of(name, "old", "SCW_SECRET_KEY", "new"), null).secretKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCW_ORGANIZATION", "SCALEWAY_ORGANIZATION"})
  void olderNamesOfTheOrganizationAreRead(String name) {
    assertEquals("old", load(Map.of(name, "old"), null).organizationId());
  }

  @ParameterizedTest
  @CsvSource({
    "SCW_REGION, par1, fr-par",
    "SCW_REGION, ams1, nl-ams",
    "SCALEWAY_REGION, par1, fr-par",
    "SCW_DEFAULT_REGION, ams1, nl-ams",
    "SCW_REGION, pl-waw, pl-waw"
  })
  void olderNamesOfRegionsAreTranslated(String name, String value, String region) {
    assertEquals(region, load(Map.of(name, value), null).region());
  }

  @Test
  void accessKeyIsNoSecret() {
    assertNull(load(Map.of("SCW_ACCESS_KEY", "SCW00000000000000000"), null).secretKey());
  }

  @ParameterizedTest
  @CsvSource({"false, true", "1, false", "TRUE, false"})
  void olderTlsverifyIsTheInverseOfInsecure(String verify, boolean insecure) {
    assertEquals(insecure, load(Map.of("SCW_TLSVERIFY", verify), null).insecure());
  }

  @ParameterizedTest
  @CsvSource({"T, true", "YES, true", "I, refused", "maybe, refused", "FALSE, false", "0, false"})
  void truthIsOneOfTheVendorsWords(String word, String meaning) {
    Map<String, String> environment = Map.of("SCW_INSECURE", word);
    if (!meaning.equals("refused")) {
      assertEquals(Boolean.parseBoolean(meaning), load(environment, null).insecure());
      return;
    }
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> load(environment, null));
    assertEquals("The variable SCW_INSECURE must be true or false", e.getMessage());
  }

  @Test
  void profileIsTheArgumentsThenTheVariablesThenTheFilesThenTheRoot() throws IOException {
    String[] profiles = {
      "default_region: root",
      "profiles:",
      "  a: {default_region: argument}",
      "  v: {default_region: variable}",
      "  f: {default_region: file}"
    };
    write(profiles);
    assertEquals("root", load(Map.of(), null).region());
    write("active_profile: f\n" + String.join("\n", profiles));
    assertEquals("file", load(Map.of(), null).region());
    assertEquals("variable", load(Map.of("SCW_PROFILE", "v"), null).region());
    assertEquals("argument", load(Map.of("SCW_PROFILE", "v"), "a").region());
  }

  @Test
  void namedProfileIsLaidOverTheRoot() throws IOException {
    write(
        "secret_key: root-secret",
        "default_region: fr-par",
        "insecure: true",
        "profiles:",
        "  work:",
        "    default_region: pl-waw",
        "    insecure: false");

    ScalewaySettings settings = load(Map.of(), "work");

    assertEquals("root-secret", settings.secretKey());
    assertEquals("pl-waw", settings.region());
    assertFalse(settings.insecure());
  }

  @Test
  void profileCalledDefaultIsTheRoot() throws IOException {
    write(
        "active_profile: work",
        "default_region: fr-par",
        "profiles:",
        "  work: {default_region: pl-waw}",
        "  default: {default_region: never}");

    assertEquals("fr-par", load(Map.of(), "default").region());
  }

  @Test
  void unknownProfileIsRefusedWithTheFileAndTheProfilesThereAre() throws IOException {
    write("secret_key: " + SECRET, "profiles:", "  work: {}", "  home: {}");

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> load(Map.of(), "wrok"));

    assertEquals(
        "Tried to use the Scaleway profile \"wrok\", but "
            + file
            + " does not have it; profiles there: home, work",
        e.getMessage());
  }

  @Test
  void unknownActiveProfileIsRefused() throws IOException {
    write("active_profile: gone");

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> load(Map.of(), null));

    assertTrue(e.getMessage().contains("\"gone\""), e.getMessage());
  }

  @Test
  void profileWithoutAnyFileIsRefused() {
    IllegalArgumentException e = assertThrows(
        IllegalArgumentException.class, () -> load(Map.of("SCW_PROFILE", "work"), null));

    assertTrue(e.getMessage().contains(file + " does not have it; profiles there: none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void blankProfileIsRefused(String profile) {
    assertThrows(IllegalArgumentException.class, () -> load(Map.of(), profile));
  }

  @Test
  void textOfTheSettingsHidesTheSecret() {
    String text = load(
            Map.of(
                "SCW_SECRET_KEY", SECRET, "SCW_API_URL", "https://me:" + SECRET + "@api.example"),
            null)
        .toString();

    assertFalse(text.contains(SECRET), text);
    assertTrue(text.startsWith("ScalewaySettings[secretKey=<redacted>, region=null,"), text);
  }

  private ScalewaySettings load(Map<String, String> environment, String profile) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("HOME", home.toString());
    return ScalewaySettings.load(variables, profile);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines));
  }
}
