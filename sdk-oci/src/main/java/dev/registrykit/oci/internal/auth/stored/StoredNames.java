package dev.registrykit.oci.internal.auth.stored;

import dev.registrykit.spi.config.HostAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How files and helpers name a registry: by host, by the URL of an old API, or by a namespace. */
final class StoredNames {

  private static final String DOCKER_HUB = "docker.io";

  /** What jib (RegistryAliasGroup) and containers/image (docker/config) take for the same. */
  private static final Set<String> DOCKER_HUB_HOSTS =
      Set.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

  private StoredNames() {}

  /** Returns a host in the one form that is compared here. */
  static String ofHost(String host) {
    String normalized = HostAddress.normalized(host);
    return DOCKER_HUB_HOSTS.contains(normalized) ? DOCKER_HUB : normalized;
  }

  /**
   * Returns the key of a file in the form that is compared here.
   *
   * @param isOldFormat whether the file knows no namespaces, so that a path is an API's
   */
  static String ofKey(String key, boolean isOldFormat) {
    String bare = key.replaceFirst("^https?://", "");
    int slash = bare.indexOf('/');
    String host = ofHost(slash < 0 ? bare : bare.substring(0, slash));
    String path = slash < 0 ? "" : without('/', bare.substring(slash));
    boolean isApi = isOldFormat || !bare.equals(key);
    boolean isHubApi = host.equals(DOCKER_HUB) && (path.equals("/v1") || path.equals("/v2"));
    return isApi || isHubApi ? host : host + path;
  }

  /** Takes away what fills up the end of a text; a regular expression would take the square of its length. */
  static String without(char filling, String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == filling) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Returns the keys under which a repository's login may stand, the most specific first. */
  static List<String> keysFor(String host, String repository) {
    List<String> keys = new ArrayList<>();
    String key = ofHost(host) + (repository.isEmpty() ? "" : "/" + repository);
    for (int slash = key.length(); slash > 0; slash = key.lastIndexOf('/')) {
      key = key.substring(0, slash);
      keys.add(key);
    }
    return keys;
  }

  /** Returns what to call the registry when asking a helper. */
  static String forHelper(String host) {
    return ofHost(host).equals(DOCKER_HUB) ? "https://index.docker.io/v1/" : host;
  }
}
