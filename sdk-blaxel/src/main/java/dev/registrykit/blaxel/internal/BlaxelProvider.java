package dev.registrykit.blaxel.internal;

import dev.registrykit.Registry;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.blaxel.BlaxelRegistryBuilder;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.RegistryProvider;
import dev.registrykit.spi.config.RegistryUri;
import java.net.URI;
import java.util.Map;

/**
 * Opens {@code blaxel://<workspace>}, with the parameters {@code base-url} and {@code api-version}, which
 * win over variables as the builder does.
 */
public final class BlaxelProvider implements RegistryProvider {

  /** The service loader's way in. */
  public BlaxelProvider() {}

  @Override
  public String scheme() {
    return DefaultBlaxelRegistry.PROVIDER;
  }

  @Override
  public Registry open(URI uri, Map<String, String> environment, HttpOptions options) {
    RegistryUri registry =
        RegistryUri.parse(uri, "blaxel://<workspace>", "base-url", "api-version");
    BlaxelRegistryBuilder builder = BlaxelRegistry.builder()
        .workspace(registry.authority())
        .environment(environment)
        .httpOptions(options);
    registry.parameter("base-url").ifPresent(builder::baseUrl);
    registry.parameter("api-version").ifPresent(builder::apiVersion);
    return builder.build();
  }
}
