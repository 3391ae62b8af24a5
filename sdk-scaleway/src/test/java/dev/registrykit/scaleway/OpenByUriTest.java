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
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening a registry by {@code scaleway://<region>}. */
class OpenByUriTest extends ScalewayTest {

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
    return Registries.open(URI.create(uri), environment, httpOptions());
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
