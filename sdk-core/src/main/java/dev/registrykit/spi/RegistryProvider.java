package dev.registrykit.spi;

import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import java.net.URI;
import java.util.Map;

/** Opens the registries of one URI scheme; found by {@link java.util.ServiceLoader}. */
public interface RegistryProvider {

  /** Returns the scheme in lower case, which is the provider's name. */
  String scheme();

  /**
   * Opens a registry without sending anything.
   *
   * @throws IllegalArgumentException if the URI or a variable is malformed
   */
  Registry open(URI uri, Map<String, String> environment, HttpOptions options);
}
