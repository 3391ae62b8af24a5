package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.testkit.OciEmulatorExtension;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ping a registry by {@code oci://<host>[:port]}. */
class OpenByUriTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  private static Registry open(String uri) {
    return Registries.open(URI.create(uri), Map.of(), httpOptions());
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
  void anotherSchemeIsRefusedWithTheOnesThereAre() {
    var failure = assertThrows(IllegalArgumentException.class, () -> open("docker://ghcr.io"));

    assertTrue(failure.getMessage().contains("oci"), failure.getMessage());
  }
}
