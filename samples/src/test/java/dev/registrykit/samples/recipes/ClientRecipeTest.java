package dev.registrykit.samples.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.RegistryIOException;
import dev.registrykit.Tag;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ClientRecipeTest {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  private static final String PASSWORD = "only for tests";

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  @BeforeEach
  void fill() {
    OCI.emulator().addTag("shop/web", "1.0");
  }

  private static List<String> names(Registry registry) {
    return registry.listTags(IMAGE).stream().map(Tag::name).toList();
  }

  @Test
  void everyRequestGoesThroughTheProxy() throws Exception {
    OciEmulator emulator = OCI.emulator();
    try (ForwardingServer proxy = ForwardingServer.proxyOf(emulator.baseUrl());
        Registry registry =
            ClientRecipe.behindProxy(emulator.uri(), emulator.environment(), proxy.address())) {
      assertEquals(List.of("1.0"), names(registry));
      assertEquals(emulator.requestCount(), proxy.handled().size());
      assertEquals(emulator.baseUrl().getAuthority(), proxy.handled().get(0).getAuthority());
    }
  }

  @Test
  void aServerWhoseCertificateIsInTheTrustStoreIsTrustedAndNoOther(@TempDir Path folder)
      throws Exception {
    Path file = selfSigned(folder.resolve("trust.p12"));
    try (ForwardingServer server =
        ForwardingServer.withTls(OCI.emulator().baseUrl(), contextOf(file))) {
      URI uri = URI.create("oci://127.0.0.1:" + server.address().getPort() + "?plain-http=false");

      try (Registry registry = ClientRecipe.trusting(uri, Map.of(), file, PASSWORD.toCharArray())) {
        assertEquals(List.of("1.0"), names(registry));
      }
      HttpOptions once = HttpOptions.defaults().withRetryPolicy(RetryPolicy.none());
      try (Registry registry = Registries.open(uri, Map.of(), once)) {
        assertThrows(RegistryIOException.class, () -> names(registry));
      }
    }
  }

  private static Path selfSigned(Path file) throws Exception {
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "server",
            "-dname",
            "CN=registry",
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD)
        .redirectErrorStream(true)
        .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertEquals(0, keytool.waitFor(), said);
    return file;
  }

  private static SSLContext contextOf(Path file) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
