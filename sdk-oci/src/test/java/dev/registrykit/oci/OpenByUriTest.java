package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.OciEmulatorExtension;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ping a registry by {@code oci://<host>[:port]}. */
class OpenByUriTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  private static Registry open(String uri) {
    return open(uri, Map.of());
  }

  private static Registry open(String uri, Map<String, String> variables) {
    return Registries.open(URI.create(uri), variables, httpOptions());
  }

  @Test
  void theUriNamesTheRegistry() {
    push("1.0");

    try (Registry opened = open("oci://" + emulator.baseUrl().getAuthority())) {
      assertEquals("oci", opened.provider());
      assertEquals("1.0", opened.getTag(APP, "1.0").name());
      assertEquals(
          emulator.baseUrl(), assertInstanceOf(OciRegistry.class, opened).baseUrl());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OCI://ghcr.io, https://ghcr.io, GHCR",
    "oci://docker.io, https://registry-1.docker.io, DOCKER_HUB",
    "oci://registry.example.org, https://registry.example.org, GENERIC",
    "oci://registry.example.org:5000, https://registry.example.org:5000, GENERIC",
    "oci://localhost:5000, http://localhost:5000, GENERIC",
    "oci://[::1]:5000, http://[::1]:5000, GENERIC"
  })
  void theHostSaysWhereAndWhatItIs(String uri, URI baseUrl, OciPreset preset) {
    try (OciRegistry opened = assertInstanceOf(OciRegistry.class, open(uri))) {
      assertEquals(baseUrl, opened.baseUrl());
      assertEquals(preset, opened.preset());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci:ghcr.io",
        "oci:///",
        "oci:///ghcr.io",
        "oci://ghcr.io/",
        "oci://ghcr.io/shop/app",
        "oci://ghcr.io?x=1",
        "oci://ghcr.io#x",
        "oci://user@ghcr.io",
        "oci://user:hush@ghcr.io",
        "oci://my_registry:5000",
        "oci://ghcr.io:0",
        "oci://ghcr.io:70000",
        "oci://ghcr.io:"
      })
  void anyOtherUriIsRefusedWithoutRepeatingAPassword(String uri) {
    var failure = assertThrows(IllegalArgumentException.class, () -> open(uri));

    assertTrue(!failure.getMessage().contains("hush"), failure.getMessage());
  }

  @Test
  void whatTheBuilderCanSetTheUriCan() {
    String uri = "oci://registry.example:5000?preset=ecr&plain-http=true&placeholder=forbidden"
        + "&trusted-realm-host=one.example&trusted-realm-host=two.example:8443&refresh-tokens=true";
    try (OciRegistry opened = assertInstanceOf(OciRegistry.class, open(uri))) {
      assertEquals(URI.create("http://registry.example:5000"), opened.baseUrl());
      assertEquals(OciPreset.ECR, opened.preset());
    }
  }

  @ParameterizedTest
  @EnumSource(OciPreset.class)
  void everyPresetHasANameInTheUri(OciPreset preset) {
    String name = preset.name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (OciRegistry opened =
        assertInstanceOf(OciRegistry.class, open("oci://registry.example?preset=" + name))) {
      assertEquals(preset, opened.preset());
    }
  }

  @Test
  void aPlaceholderThatTheUriForbidsIsNotUsed() {
    push("1.0");
    String uri = "oci://" + emulator.baseUrl().getAuthority() + "?placeholder=";

    try (Registry opened = open(uri + "forbidden")) {
      assertThrows(UnsupportedFeatureException.class, () -> opened.deleteTag(APP, "1.0"));
    }
    try (Registry opened = open(uri + "as-preset")) {
      assertEquals(DeleteOutcome.DELETED, opened.deleteTag(APP, "1.0").outcome());
    }
  }

  @Test
  void refreshTokensAreAskedForIfTheUriSaysSo() {
    emulator.requireBearer("lisa", "hush");
    push("1.0");
    Map<String, String> login = Map.of("OCI_USERNAME", "lisa", "OCI_PASSWORD", "hush");
    String uri = "oci://" + emulator.baseUrl().getAuthority();

    for (boolean isAsked : new boolean[] {true, false}) {
      emulator.clearRequests();
      try (Registry opened = open(uri + "?refresh-tokens=" + isAsked, login)) {
        assertEquals("1.0", opened.getTag(APP, "1.0").name());
      }
      assertEquals(
          isAsked,
          emulator.requests().stream()
              .anyMatch(request -> request.toString().contains("offline_token=true")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preset=docker_hub",
        "preset=hush",
        "plain-http=yes",
        "placeholder=never",
        "refresh-tokens=1",
        "trusted-realm-host=https://hush/",
        "password=hush",
        "token=hush",
        "username=hush",
        "page-size=10",
        "preset=ecr&preset=ecr",
        "preset="
      })
  void aSettingThatIsUnknownMalformedOrASecretIsRefusedAndNotRepeated(String parameters) {
    var failure = assertThrows(
        IllegalArgumentException.class, () -> open("oci://registry.example?" + parameters));

    assertTrue(!failure.getMessage().contains("hush"), failure.getMessage());
  }

  @Test
  void theLoginOfTheVariablesWinsOverThoseThatAreStored(@TempDir Path home) throws Exception {
    emulator.requireBasic("lisa", "hush");
    push("1.0");
    String host = emulator.baseUrl().getAuthority();
    Files.createDirectory(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), "no JSON, so that reading it fails");
    Map<String, String> variables =
        Map.of("HOME", home.toString(), "OCI_USERNAME", "lisa", "OCI_PASSWORD", "hush");

    try (Registry opened = open("oci://" + host, variables)) {
      assertEquals("1.0", opened.getTag(APP, "1.0").name());
    }
  }

  @Test
  void noHomeDirectoryIsLookedIntoThatTheVariablesDoNotName(@TempDir Path home) throws Exception {
    push("1.0");
    String host = emulator.baseUrl().getAuthority();
    Files.createDirectory(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), "no JSON, so that reading it fails");
    String before = System.setProperty("user.home", home.toString());
    try (Registry named = open("oci://" + host, Map.of("HOME", home.toString()));
        Registry unnamed = open("oci://" + host)) {
      assertThrows(AuthenticationException.class, () -> named.getTag(APP, "1.0"));
      assertEquals("1.0", unnamed.getTag(APP, "1.0").name());
    } finally {
      System.setProperty("user.home", before);
    }
  }

  @Test
  void anotherSchemeIsRefusedWithTheOnesThereAre() {
    var failure = assertThrows(IllegalArgumentException.class, () -> open("docker://ghcr.io"));

    assertTrue(failure.getMessage().contains("oci"), failure.getMessage());
  }
}
