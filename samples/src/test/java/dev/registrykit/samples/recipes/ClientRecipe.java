package dev.registrykit.samples.recipes;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Registries that send through the caller's own client. */
final class ClientRecipe {

  private ClientRecipe() {}

  static Registry behindProxy(
      URI uri, Map<String, String> variables, InetSocketAddress proxyAddress) {
    // snippet: proxy
    HttpClient client = HttpClient.newBuilder()
        .proxy(ProxySelector.of(proxyAddress)) // createUnresolved("proxy.example.org", 3128)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
    HttpOptions options = HttpOptions.defaults().withHttpClient(client);
    Registry registry = Registries.open(uri, variables, options); // close() leaves the client alone
    // end
    return registry;
  }

  static Registry trusting(
      URI uri, Map<String, String> variables, Path trustStoreFile, char[] password)
      throws IOException, GeneralSecurityException {
    // snippet: truststore
    KeyStore trustStore = KeyStore.getInstance(trustStoreFile.toFile(), password);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trustStore);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);

    HttpClient client = HttpClient.newBuilder().sslContext(context).build();
    HttpOptions options = HttpOptions.defaults().withHttpClient(client);
    Registry registry = Registries.open(uri, variables, options);
    // end
    return registry;
  }
}
