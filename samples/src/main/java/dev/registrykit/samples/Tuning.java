package dev.registrykit.samples;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** How to open registries, and make them other than by default. */
public final class Tuning {

  private Tuning() {}

  /** Opens whatever registry a program's configuration names. */
  public static Registry byConfiguration(URI uri, Map<String, String> variables) {
    // snippet: open
    // uri: scaleway://fr-par, blaxel://my-workspace, github://my-org, oci://registry.example.org
    Registry registry = Registries.open(uri, variables, HttpOptions.defaults());
    // end
    return registry;
  }

  /** Makes a registry that is less patient. */
  public static Registry impatient(URI uri, Map<String, String> variables) {
    // snippet: http-options
    HttpOptions options = HttpOptions.defaults()
        .withAttemptTimeout(Duration.ofSeconds(20))
        .withCallTimeout(Duration.ofSeconds(45))
        .withRetryPolicy(RetryPolicy.standard().withMaxAttempts(5));
    Registry registry = Registries.open(uri, variables, options);
    // end
    return registry;
  }

  /** Makes a registry that tells of each request. */
  public static Registry heard(URI uri, Map<String, String> variables) {
    // snippet: listener
    HttpOptions options = HttpOptions.defaults()
        .withRequestListener(event -> System.out.println(event.operation()
            + (event.status().isPresent() ? " " + event.status().getAsInt() : " failed")
            + (event.attempt() > 1 ? ", attempt " + event.attempt() : "")));
    Registry registry = Registries.open(uri, variables, options);
    // end
    return registry;
  }
}
