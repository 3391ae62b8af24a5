package dev.registrykit.samples;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.scaleway.ScalewayRegistry;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

/** How to make registries other than by default. */
public final class Tuning {

  private Tuning() {}

  /** Makes a registry that is less patient and tells a metrics library of each request. */
  public static Registry impatient(String secretKey) {
    // snippet: http-options
    Registry registry = ScalewayRegistry.builder()
        .region("fr-par")
        .secretKey(secretKey)
        .httpOptions(HttpOptions.defaults()
            .withAttemptTimeout(Duration.ofSeconds(20))
            .withCallTimeout(Duration.ofSeconds(45))
            .withRetryPolicy(RetryPolicy.standard().withMaxAttempts(5))
            .withRequestListener(
                event -> System.out.println(event.operation() + " took " + event.duration())))
        .build();
    // end
    return registry;
  }

  /** Makes a registry that sends through the caller's own client. */
  public static Registry behindProxy(String secretKey) {
    // snippet: http-client
    HttpClient client = HttpClient.newBuilder()
        .proxy(ProxySelector.of(InetSocketAddress.createUnresolved("proxy.example.org", 3128)))
        .connectTimeout(Duration.ofSeconds(5))
        .build();
    Registry registry = ScalewayRegistry.builder()
        .region("fr-par")
        .secretKey(secretKey)
        .httpClient(client) // close() leaves it alone
        .build();
    // end
    return registry;
  }

  /** Opens whatever registry a program's configuration names. */
  public static Registry byConfiguration(Map<String, String> variables) {
    // snippet: open
    Registry registry =
        Registries.open(URI.create("scaleway://fr-par"), variables, HttpOptions.defaults());
    // end
    return registry;
  }
}
