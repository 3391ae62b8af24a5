package dev.registrykit.scaleway.internal;

import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.spi.RegistryProvider;
import java.net.URI;
import java.util.Map;

/** Opens {@code scaleway://<region>}. */
public final class ScalewayProvider implements RegistryProvider {

  /** The service loader's way in. */
  public ScalewayProvider() {}

  @Override
  public String scheme() {
    return DefaultScalewayRegistry.PROVIDER;
  }

  @Override
  public Registry open(URI uri, Map<String, String> environment, HttpOptions options) {
    boolean hasMore = (uri.getRawPath() != null && !uri.getRawPath().isEmpty())
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getPort() >= 0;
    if (uri.getHost() == null || hasMore) {
      throw new IllegalArgumentException(
          "a Scaleway registry is scaleway://<region>, nothing more");
    }
    return ScalewayRegistry.builder()
        .region(uri.getHost())
        .environment(environment)
        .httpOptions(options)
        .build();
  }
}
