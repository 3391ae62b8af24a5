package dev.registrykit;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.RegistryProvider;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Opens registries by URI, for programs that learn from their configuration which provider to use.
 *
 * <p>{@code scaleway://fr-par} for example: the scheme chooses among the provider modules on the class or module path; the rest of the URI,
 * and the variables, are the provider's and described with it. Credentials never stand in the URI.
 */
public final class Registries {

  private Registries() {}

  /** Opens a registry with the process environment and default HTTP options. */
  public static Registry open(URI uri) {
    return open(uri, System.getenv(), HttpOptions.defaults());
  }

  /**
   * Opens a registry. Sends nothing.
   *
   * @param environment the vendor's own variables by name, such as {@code SCW_SECRET_KEY}, read
   *     instead of the process environment
   * @throws IllegalArgumentException if no provider module knows the scheme, or the URI or a
   *     variable is malformed
   */
  public static Registry open(URI uri, Map<String, String> environment, HttpOptions options) {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(options, "options");
    if (uri.getScheme() == null) {
      throw new IllegalArgumentException("a registry URI begins with a scheme: scaleway://fr-par");
    }
    String authority = uri.getRawAuthority(); // user info is null where the host is no valid one
    if (authority != null && authority.indexOf('@') >= 0) {
      throw new IllegalArgumentException("a registry URI holds no credentials");
    }
    Map<String, RegistryProvider> providers = providers();
    RegistryProvider provider = providers.get(uri.getScheme().toLowerCase(Locale.ROOT));
    if (provider == null) {
      throw new IllegalArgumentException(
          "no provider module for " + uri.getScheme() + "://, only for " + providers.keySet());
    }
    return provider.open(uri, environment, options);
  }

  private static Map<String, RegistryProvider> providers() {
    Map<String, RegistryProvider> providers = new TreeMap<>();
    ServiceLoader.load(RegistryProvider.class, Registries.class.getClassLoader())
        .forEach(provider -> providers.put(provider.scheme(), provider));
    ServiceLoader.load(RegistryProvider.class)
        .forEach(provider -> providers.putIfAbsent(provider.scheme(), provider));
    return providers;
  }
}
