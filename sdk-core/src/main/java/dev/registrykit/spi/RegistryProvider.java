package dev.registrykit.spi;

import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import java.net.URI;
import java.util.Map;

/**
 * Opens the registries of one URI scheme; found by {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
public interface RegistryProvider {

  /** Returns the scheme in lower case, which is the provider's name. */
  String scheme();

  /**
   * Opens a registry without sending anything.
   *
   * @param uri has neither user info nor a parameter that is named like a secret; {@link
   *     dev.registrykit.spi.config.RegistryUri} reads the rest
   * @param variables all variables there are: neither those of the process nor anything else of the user
   *     it runs as is read beside them
   * @throws IllegalArgumentException if the URI or a variable is malformed, or a setting is missing
   */
  Registry open(URI uri, Map<String, String> variables, HttpOptions options);
}
