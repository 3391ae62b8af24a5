package dev.registrykit.oci.internal.auth;

import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.config.HostAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides where tokens may be fetched. A registry names the address itself, in the {@code realm} of
 * its challenge, so a hostile one would send the caller's password or its request anywhere.
 *
 * <p>Nothing at all is sent to an address that is not https (http is good enough where the registry
 * itself is), that has user info or a fragment, or that lies inside (see {@link HostAddress}) and is
 * not the registry's own host and port. Names are not resolved: a name that leads inside must still
 * show a certificate, except to a registry of plain http.
 *
 * <p>A login is sent to the registry's own host; to a host below it; to the hosts that well-known
 * registries use; and to the registry's parent domain or a host below that, if the parent has at
 * least three labels and is no cloud's. Three, because without a list of public suffixes two could
 * be {@code co.uk} or {@code github.io}, whose neighbours are strangers. All else is refused until
 * the caller trusts it. It is refused rather than tried without the login, because an image that is
 * private would then seem to be missing.
 */
final class RealmPolicy {

  /** Who fetches tokens elsewhere: the registry's host, and that of its tokens. */
  private static final Map<String, String> WELL_KNOWN = Map.of(
      "docker.io", "auth.docker.io",
      "index.docker.io", "auth.docker.io",
      "registry-1.docker.io", "auth.docker.io",
      "registry.hub.docker.com", "auth.docker.io",
      "registry.gitlab.com", "gitlab.com");

  /** Domains under which customers get names of three labels and more. */
  private static final List<String> SHARED_DOMAINS = List.of(
      "amazonaws.com",
      "amazonaws.com.cn",
      "azure.com",
      "azurecr.io",
      "appspot.com",
      "googleusercontent.com",
      "oraclecloud.com",
      "windows.net");

  private static final int MIN_PARENT_LABELS = 3;

  private final URI registry;
  private final String registryHost;
  private final Set<String> trusted;

  /**
   * Makes the policy of a registry.
   *
   * @param trustedHosts hosts that may have the login, wherever they lie; with a port if it is not
   *     the scheme's own
   * @throws IllegalArgumentException if one of them is not a host, or host and port
   */
  RealmPolicy(URI registry, Set<String> trustedHosts) {
    this.registry = Objects.requireNonNull(registry, "registry");
    this.registryHost = HostAddress.normalized(registry.getHost());
    this.trusted =
        trustedHosts.stream().map(RealmPolicy::requireHost).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns a host that a caller trusts, in lower case.
   *
   * @throws IllegalArgumentException if it is not a host, or host and port
   */
  static String requireHost(String host) {
    Objects.requireNonNull(host, "trustedRealmHost");
    URI uri = parse("https://" + host)
        .filter(parsed -> parsed.getHost() != null)
        .filter(parsed -> host.equals(parsed.getRawAuthority()) && !host.endsWith(":"))
        .filter(parsed -> parsed.getRawUserInfo() == null)
        .orElseThrow(() -> new IllegalArgumentException(
            "trustedRealmHost is a host such as auth.example.org, or host:port"));
    return HostAddress.normalized(uri.getHost()) + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /** Returns the address that a realm names, if it is one. */
  static Optional<URI> parse(String realm) {
    try {
      return Optional.of(URI.create(realm));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns what speaks against asking there, in words that repeat nothing but the host. */
  Optional<String> objection(URI realm, Login login) {
    return objectionToForm(realm)
        .or(() -> isTrusted(realm) ? Optional.empty() : objectionToHost(realm, login));
  }

  private Optional<String> objectionToForm(URI realm) {
    String scheme = realm.getScheme() == null ? "" : realm.getScheme().toLowerCase(Locale.ROOT);
    boolean isPlain = scheme.equals("http");
    if (!isPlain && !scheme.equals("https")) {
      return Optional.of("the registry's token endpoint is no https URL");
    }
    if (realm.getRawAuthority() != null && realm.getRawAuthority().indexOf('@') >= 0) {
      return Optional.of("the registry's token endpoint has user info in its URL");
    }
    if (!BaseUrl.isUsable(realm)) {
      return Optional.of("the registry's token endpoint has no valid host");
    }
    if (realm.getRawFragment() != null) {
      return Optional.of("the registry's token endpoint has a fragment in its URL");
    }
    if (isPlain && !registry.getScheme().equalsIgnoreCase("http")) {
      return Optional.of("the registry's token endpoint " + shown(realm) + " is not https");
    }
    return Optional.empty();
  }

  private boolean isTrusted(URI realm) {
    String host = HostAddress.normalized(realm.getHost());
    return trusted.contains(host + ":" + portOf(realm))
        || (hasDefaultPort(realm) && trusted.contains(host));
  }

  private Optional<String> objectionToHost(URI realm, Login login) {
    String host = HostAddress.normalized(realm.getHost());
    if (HostAddress.isInside(host) && !isRegistryItself(realm)) {
      return Optional.of("the registry's token endpoint " + shown(realm)
          + " is an address of this machine or its network; if that is right, allow it with "
          + setting(realm));
    }
    if (login.isSecret() && !mayHaveLogin(host, realm)) {
      return Optional.of("the registry's token endpoint " + shown(realm)
          + " is another's host, which does not get the login; if that is right, allow it with "
          + setting(realm));
    }
    return Optional.empty();
  }

  private boolean isRegistryItself(URI realm) {
    return HostAddress.normalized(realm.getHost()).equals(registryHost)
        && portOf(realm) == portOf(registry);
  }

  private boolean mayHaveLogin(String host, URI realm) {
    if (host.equals(registryHost)) {
      return true;
    }
    if (HostAddress.isLiteral(host) || HostAddress.isLiteral(registryHost)) {
      return false;
    }
    return (host.equals(WELL_KNOWN.get(registryHost)) && hasDefaultPort(realm))
        || isBelow(host, registryHost)
        || isOfOwnParent(host);
  }

  private boolean isOfOwnParent(String host) {
    String parent = registryHost.substring(registryHost.indexOf('.') + 1);
    boolean isShared = SHARED_DOMAINS.stream()
        .anyMatch(domain -> parent.equals(domain) || isBelow(parent, domain));
    return parent.split("\\.", -1).length >= MIN_PARENT_LABELS
        && !isShared
        && (host.equals(parent) || isBelow(host, parent));
  }

  private static boolean isBelow(String host, String domain) {
    return host.endsWith("." + domain);
  }

  private static String setting(URI realm) {
    return "trustedRealmHost(\"" + shown(realm) + "\")";
  }

  /** Returns the host, with the port where it is not the scheme's own. */
  static String shown(URI uri) {
    String host = HostAddress.normalized(uri.getHost());
    return hasDefaultPort(uri) ? host : host + ":" + portOf(uri);
  }

  private static boolean hasDefaultPort(URI uri) {
    return portOf(uri) == (uri.getScheme().equalsIgnoreCase("https") ? 443 : 80);
  }

  private static int portOf(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
