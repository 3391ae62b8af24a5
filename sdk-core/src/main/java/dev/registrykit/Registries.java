package dev.registrykit;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.RegistryProvider;
import dev.registrykit.spi.config.RegistryUri;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Opens registries by URI, for programs that learn from their configuration which provider to use.
 *
 * <pre>{@code
 * try (Registry registry = Registries.open(URI.create("oci://registry.example.org"))) {
 *   registry.listImages().forEach(image -> System.out.println(image.ref()));
 * }
 * }</pre>
 *
 * <p>The scheme chooses among the provider modules on the class or module path. Parameters set what the
 * provider's builder can set, variables hold the secrets and what else the vendor's own tools read from
 * them; a parameter counts more than a variable, and a variable more than a file. Values that have
 * characters of URIs in them are percent-encoded.
 *
 * <table>
 * <caption>URIs of the providers</caption>
 * <tr><th>URI</th><th>parameters</th></tr>
 * <tr><td>{@code scaleway://<region>}</td>
 *   <td>{@code base-url}, {@code profile}, {@code project-id}, {@code organization-id}</td></tr>
 * <tr><td>{@code blaxel://<workspace>}</td>
 *   <td>{@code base-url}, {@code api-version}</td></tr>
 * <tr><td>{@code oci://<host>[:port]}</td>
 *   <td>{@code preset}, such as {@code docker-hub}; {@code plain-http}, {@code true} or {@code false};
 *   {@code placeholder}: {@code as-preset}, {@code allowed} or {@code forbidden}; {@code
 *   trusted-realm-host}, which may be given several times; {@code refresh-tokens}, {@code true} or {@code
 *   false}</td></tr>
 * </table>
 *
 * <table>
 * <caption>Variables of the providers</caption>
 * <tr><th>provider</th><th>login</th><th>other settings</th><th>files</th></tr>
 * <tr><td>Scaleway</td>
 *   <td>{@code SCW_SECRET_KEY}</td>
 *   <td>{@code SCW_API_URL}, {@code SCW_PROFILE}, {@code SCW_DEFAULT_PROJECT_ID}, {@code
 *   SCW_DEFAULT_ORGANIZATION_ID}</td>
 *   <td>{@code SCW_CONFIG_PATH}, else below {@code XDG_CONFIG_HOME} or the home directory</td></tr>
 * <tr><td>Blaxel</td>
 *   <td>{@code BL_API_KEY}, or {@code BL_CLIENT_CREDENTIALS}</td>
 *   <td>{@code BL_API_URL}, {@code BL_ENV}, {@code BL_API_VERSION}</td>
 *   <td>below the home directory</td></tr>
 * <tr><td>OCI</td>
 *   <td>{@code OCI_USERNAME} and {@code OCI_PASSWORD}, {@code OCI_TOKEN}, or {@code
 *   OCI_IDENTITY_TOKEN}</td>
 *   <td></td>
 *   <td>the logins of Docker and Podman: {@code REGISTRY_AUTH_FILE}, else {@code DOCKER_CONFIG}, {@code
 *   XDG_RUNTIME_DIR}, {@code XDG_CONFIG_HOME}, and the home directory</td></tr>
 * </table>
 *
 * <p>The home directory is what {@code HOME} or {@code USERPROFILE} says; without either, none is read.
 * The details are said at {@code environment(…)} of the provider's own builder.
 *
 * <p>A URI never holds a secret: URIs are logged and shown. One with user info, or with a parameter that
 * is named like a secret, is refused, and the message does not repeat it.
 *
 * @since 0.1.0
 */
public final class Registries {

  private Registries() {}

  /**
   * Opens a registry with the variables of the process and default HTTP options. Sends nothing.
   *
   * @throws IllegalArgumentException as {@link #open(URI, Map, HttpOptions)} does
   */
  public static Registry open(URI uri) {
    return open(uri, System.getenv(), HttpOptions.defaults());
  }

  /**
   * Opens a registry. Sends nothing.
   *
   * @param variables all variables there are, by name, such as {@code SCW_SECRET_KEY}: neither those of
   *     the process are read beside them, nor the home directory of the user it runs as
   * @throws IllegalArgumentException if no provider module knows the scheme, or the URI, a parameter or a
   *     variable is malformed, or a setting is missing; the message never repeats the value of one
   */
  public static Registry open(URI uri, Map<String, String> variables, HttpOptions options) {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(variables, "variables");
    Objects.requireNonNull(options, "options");
    if (uri.getScheme() == null) {
      throw new IllegalArgumentException("a registry URI begins with a scheme: scaleway://fr-par");
    }
    RegistryUri.requireNoSecrets(uri); // by whatever provider
    Map<String, RegistryProvider> providers = providers();
    RegistryProvider provider = providers.get(uri.getScheme().toLowerCase(Locale.ROOT));
    if (provider == null) {
      throw new IllegalArgumentException(
          "no provider module for " + uri.getScheme() + "://, only for " + providers.keySet());
    }
    return provider.open(uri, variables, options);
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
