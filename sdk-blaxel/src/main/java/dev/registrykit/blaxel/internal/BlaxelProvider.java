package dev.registrykit.blaxel.internal;

import dev.registrykit.Registry;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.RegistryProvider;
import java.net.URI;
import java.util.Map;

/** Opens {@code blaxel://<workspace>}. */
public final class BlaxelProvider implements RegistryProvider {

  /** The service loader's way in. */
  public BlaxelProvider() {}

  @Override
  public String scheme() {
    return DefaultBlaxelRegistry.PROVIDER;
  }

  @Override
  public Registry open(URI uri, Map<String, String> environment, HttpOptions options) {
    boolean hasMore = (uri.getRawPath() != null && !uri.getRawPath().isEmpty())
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null;
    // Not the host, which URI has none of where a workspace's name has an underscore.
    String workspace = uri.getRawAuthority();
    if (workspace == null || hasMore) {
      throw new IllegalArgumentException("a Blaxel registry is blaxel://<workspace>, nothing more");
    }
    return BlaxelRegistry.builder()
        .workspace(workspace)
        .environment(environment)
        .httpOptions(options)
        .build();
  }
}
