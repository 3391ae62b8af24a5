package dev.registrykit.oci.internal;

import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.spi.RegistryProvider;
import java.net.URI;
import java.util.Map;

/** Opens {@code oci://<host>[:port]}. */
public final class OciProvider implements RegistryProvider {

  /** The service loader's way in. */
  public OciProvider() {}

  @Override
  public String scheme() {
    return DefaultOciRegistry.PROVIDER;
  }

  @Override
  public Registry open(URI uri, Map<String, String> environment, HttpOptions options) {
    boolean hasMore = (uri.getRawPath() != null && !uri.getRawPath().isEmpty())
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null;
    if (uri.getHost() == null || hasMore) {
      throw new IllegalArgumentException("an OCI registry is oci://<host>[:port], nothing more");
    }
    return OciRegistry.builder()
        .registry(uri.getRawAuthority())
        .environment(environment)
        .httpOptions(options)
        .build();
  }
}
