package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.TestRegistryProvider;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistriesTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("TEST_SECRET_KEY", "k");

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @BeforeEach
  void putTheProviderOnAClassPathOfItsOwn() throws Exception {
    Thread.currentThread().setContextClassLoader(new ProviderClassPath(before));
  }

  @AfterEach
  void takeItAway() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"test://fr-par", "TEST://fr-par"})
  void theSchemeChoosesTheProvider(String uri) {
    try (Registry registry = open(uri)) {
      assertEquals(uri + " {TEST_SECRET_KEY=k} maxPages=7", registry.provider());
    }
  }

  @Test
  void theProcessEnvironmentIsTheDefault() {
    try (Registry registry = Registries.open(URI.create("test://fr-par"))) {
      assertEquals(
          "test://fr-par " + new TreeMap<>(System.getenv()) + " maxPages=10000",
          registry.provider());
    }
  }

  @Test
  void parametersAreTheProvidersToRead() {
    try (Registry registry = open("test://fr-par?project-id=p&refresh-tokens=true")) {
      assertEquals(
          "test://fr-par?project-id=p&refresh-tokens=true {TEST_SECRET_KEY=k} maxPages=7",
          registry.provider());
    }
  }

  @Test
  void anUnknownSchemeIsRefusedWithThoseThereAre() {
    assertEquals("no provider module for docker://, only for [test]", refusalOf("docker://x"));
  }

  @Test
  void aUriWithoutSchemeIsRefused() {
    assertEquals("a registry URI begins with a scheme: scaleway://fr-par", refusalOf("fr-par"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test://key:5ecret@fr-par",
        "test://5ecret@fr-par",
        "test://5ecret@x_y",
        "test://fr-par?password=5ecret",
        "test://fr-par?base-url=x&secret-key=5ecret",
        "test://fr-par?ToKeN=5ecret",
        "test://fr-par?pass%77ord=5ecret",
        "unknown://fr-par?api-key=5ecret"
      })
  void credentialsInTheUriAreRefusedAndNeverRepeated(String uri) {
    assertTrue(refusalOf(uri).startsWith("a registry URI holds no credentials"), refusalOf(uri));
    assertFalse(refusalOf(uri).contains("5ecret"));
  }

  @Test
  void nullIsANullPointerException() {
    URI uri = URI.create("test://fr-par");
    HttpOptions options = HttpOptions.defaults();

    assertThrows(NullPointerException.class, () -> Registries.open(null));
    assertThrows(NullPointerException.class, () -> Registries.open(uri, null, options));
    assertThrows(NullPointerException.class, () -> Registries.open(uri, ENVIRONMENT, null));
  }

  private static String refusalOf(String uri) {
    return assertThrows(IllegalArgumentException.class, () -> open(uri)).getMessage();
  }

  private static Registry open(String uri) {
    return Registries.open(URI.create(uri), ENVIRONMENT, HttpOptions.defaults().withMaxPages(7));
  }

  /**
   * Defines the provider outside the module under test: a module names its services in its
   * descriptor alone, so that the tests, which run inside, could not add one.
   */
  private static final class ProviderClassPath extends ClassLoader {

    private static final String PROVIDER = TestRegistryProvider.class.getName();

    private final Class<?> provider;

    ProviderClassPath(ClassLoader parent) throws Exception {
      super(parent);
      URL classFile = TestRegistryProvider.class.getResource("TestRegistryProvider.class");
      byte[] bytes = classFile.openStream().readAllBytes();
      provider = defineClass(PROVIDER, bytes, 0, bytes.length);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(PROVIDER) ? provider : super.loadClass(name, resolve);
    }
  }
}
