package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.TagContent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening a registry by {@code scaleway://<region>}. */
class OpenByUriTest extends ScalewayTest {

  private static final String PROJECT = "0a0b0c0d-0000-4000-8000-00000000000a";

  @TempDir
  private Path directory;

  private Map<String, String> environment;

  @BeforeEach
  void setVariables() throws IOException {
    Path file = Files.createFile(directory.resolve("config.yaml"));
    environment = Map.of(
        "SCW_SECRET_KEY", emulator.secretKey(),
        "SCW_API_URL", emulator.baseUrl().toString(),
        "SCW_DEFAULT_REGION", "pl-waw",
        "SCW_CONFIG_PATH", file.toString());
  }

  private Registry open(String uri) {
    return open(uri, environment);
  }

  private Registry open(String uri, Map<String, String> variables) {
    return Registries.open(URI.create(uri), variables, httpOptions());
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(name, value);
    return variables;
  }

  @Test
  void theUriNamesTheRegionAndTheVariablesTheRest() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    try (Registry opened = open("scaleway://fr-par")) {
      assertEquals("1.0", opened.getTag(APP, "1.0").name());
      assertEquals("fr-par", assertInstanceOf(ScalewayRegistry.class, opened).region());
    }
  }

  @Test
  void parametersWinOverVariables() {
    Map<String, String> variables = with("SCW_API_URL", "http://localhost:1");
    String uri = "scaleway://fr-par?project-id=" + PROJECT + "&base-url=" + emulator.baseUrl();

    try (ScalewayRegistry opened = (ScalewayRegistry) open(uri, variables)) {
      ScalewayNamespace made = opened.createNamespace(CreateNamespaceOptions.named("shop"));

      assertEquals(Optional.of(PROJECT), made.projectId());
    }
  }

  @Test
  void theOrganizationIsAParameterToo() {
    String uri = "scaleway://fr-par?organization-id=" + PROJECT;

    try (ScalewayRegistry opened = (ScalewayRegistry) open(uri)) {
      ScalewayNamespace made = opened.createNamespace(CreateNamespaceOptions.named("shop"));

      assertEquals(Optional.of(PROJECT), made.organizationId());
    }
  }

  @Test
  void theProfileIsAParameterToo() throws IOException {
    Path file = Files.write(
        directory.resolve("profiles.yaml"),
        List.of(
            "profiles:",
            "  work: {secret_key: " + emulator.secretKey() + ", api_url: " + emulator.baseUrl()
                + "}",
            "  other: {secret_key: wrong}"));
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    Map<String, String> variables =
        Map.of("SCW_CONFIG_PATH", file.toString(), "SCW_PROFILE", "other");

    try (Registry opened = open("scaleway://fr-par?profile=work", variables)) {
      assertEquals("1.0", opened.getTag(APP, "1.0").name());
    }
  }

  /** Whoever gives variables gives all there is. */
  @Test
  void aFileInTheHomeOfTheProcessIsNotRead() throws IOException {
    Files.write(
        Files.createDirectories(directory.resolve(".config/scw")).resolve("config.yaml"),
        List.of("secret_key: " + emulator.secretKey(), "api_url: " + emulator.baseUrl()));
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    String homeOfTheProcess = System.setProperty("user.home", directory.toString());
    try {
      assertThrows(
          IllegalArgumentException.class, () -> open("scaleway://fr-par", Map.of("PATH", "/bin")));
      try (Registry opened = open("scaleway://fr-par", Map.of("HOME", directory.toString()))) {
        assertEquals("1.0", opened.getTag(APP, "1.0").name());
      }
    } finally {
      System.setProperty("user.home", homeOfTheProcess);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret-key=hush",
        "secretKey=hush",
        "SCW_SECRET_KEY=hush",
        "token=hush",
        "region=hush",
        "region",
        "project=hush",
        "project-id",
        "project-id=",
        "project-id=hush",
        "organization-id=../hush",
        "profile=hush",
        "profile=%20",
        "base-url=hush",
        "base-url=https://me:hush@example.org",
        "base-url=https://example.org&base-url=https://example.org/hush",
        ""
      })
  void aParameterThatIsNoneOrHoldsASecretIsRefusedWithoutBeingRepeated(String parameters) {
    var failure =
        assertThrows(IllegalArgumentException.class, () -> open("scaleway://fr-par?" + parameters));

    boolean isNoSecret = parameters.startsWith("profile");
    assertTrue(isNoSecret || !failure.getMessage().contains("hush"), failure.getMessage());
    assertNothingSent();
  }

  @Test
  void theSchemeMayBeInCapitals() {
    try (Registry opened = open("SCALEWAY://fr-par")) {
      assertEquals("scaleway", opened.provider());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scaleway:fr-par",
        "scaleway:///",
        "scaleway:///fr-par",
        "scaleway://fr-par/",
        "scaleway://fr-par/shop",
        "scaleway://fr-par?x=1",
        "scaleway://fr-par#x",
        "scaleway://fr-par:443",
        "scaleway://user@fr-par",
        "scaleway://fr",
        "scaleway://FR-PAR",
        "scaleway://api.scaleway.com",
        "scaleway://fr_par"
      })
  void anyOtherUriIsRefused(String uri) {
    assertThrows(IllegalArgumentException.class, () -> open(uri));
  }

  @Test
  void anotherSchemeIsRefusedWithTheOnesThereAre() {
    var failure = assertThrows(IllegalArgumentException.class, () -> open("docker://fr-par"));

    assertTrue(failure.getMessage().contains("scaleway"), failure.getMessage());
  }

  @Test
  void aMissingSecretIsNamed() {
    Map<String, String> without = Map.of("SCW_CONFIG_PATH", environment.get("SCW_CONFIG_PATH"));

    var failure = assertThrows(
        IllegalArgumentException.class,
        () -> Registries.open(URI.create("scaleway://fr-par"), without, HttpOptions.defaults()));

    assertTrue(failure.getMessage().contains("SCW_SECRET_KEY"), failure.getMessage());
  }
}
