package dev.registrykit.samples.recipes;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.javahttpclient.JavaHttpClientTelemetry;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;

/** A registry whose requests are spans. */
final class OpenTelemetryRecipe {

  private OpenTelemetryRecipe() {}

  static Registry traced(URI uri, Map<String, String> variables, OpenTelemetry telemetry) {
    // snippet: opentelemetry
    HttpClient client =
        JavaHttpClientTelemetry.create(telemetry).newHttpClient(HttpClient.newHttpClient());
    HttpOptions options = HttpOptions.defaults().withHttpClient(client);
    Registry registry = Registries.open(uri, variables, options);
    // end
    return registry;
  }
}
