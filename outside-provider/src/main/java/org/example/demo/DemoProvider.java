package org.example.demo;

import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.RegistryProvider;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.config.RegistryUri;
import java.net.URI;
import java.util.Map;

// snippet: provider
/** Opens {@code demo://<host>[:port]}. */
public final class DemoProvider implements RegistryProvider {

  /** For {@link java.util.ServiceLoader}. */
  public DemoProvider() {}

  @Override
  public String scheme() {
    return "demo";
  }

  @Override
  public Registry open(URI uri, Map<String, String> variables, HttpOptions options) {
    RegistryUri parsed = RegistryUri.parse(uri, "demo://<host>[:port]", "plain-http");
    String scheme = parsed.isTrue("plain-http", false) ? "http" : "https";
    return new DemoRegistry(
        BaseUrl.parse(scheme + "://" + parsed.authority()),
        required(variables, "DEMO_KEY_ID"),
        required(variables, "DEMO_SECRET_KEY"),
        options);
  }

  private static String required(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("the variable " + name + " is not set");
    }
    return value;
  }
}
// end
