package dev.registrykit.spi.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Checks the addresses of services, before anything is sent there.
 *
 * @since 0.1.0
 */
public final class BaseUrl {

  private static final int MAX_PORT = 65_535;

  /** RFC 1035, 2.3.4, without the byte for each length and the root. */
  private static final int MAX_HOST_LENGTH = 253;

  private static final int MAX_LABEL_LENGTH = 63;

  private static final String HINT =
      "a base URL is http:// or https://, a host, and maybe a port and path";

  private BaseUrl() {}

  /**
   * Returns the URL without a slash at its end.
   *
   * @throws IllegalArgumentException if it is not an absolute HTTP URL of scheme, host, port and
   *     path; the message never repeats user info, which may hold a password
   */
  public static URI parse(String text) {
    Objects.requireNonNull(text, "baseUrl");
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(HINT + "; position " + e.getIndex() + " is malformed");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(HINT + "; this one does not begin so");
    }
    String authority = url.getRawAuthority();
    if (authority != null && authority.indexOf('@') >= 0) {
      throw new IllegalArgumentException(HINT + "; this one holds user info");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(HINT + "; this one has no valid host: "
          + (authority == null ? "none" : shown(authority)));
    }
    if (!isUsableHost(url)) {
      throw new IllegalArgumentException(
          HINT + "; no request can be sent to " + shown(url.getHost()));
    }
    if (!isUsablePort(url)) {
      throw new IllegalArgumentException(HINT + "; port " + url.getPort() + " is out of range");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(HINT + "; this one has a query or a fragment");
    }
    if (!url.normalize().equals(url) || url.getRawPath().startsWith("/..")) {
      throw new IllegalArgumentException(
          HINT + "; this path has . or .. pieces or doubled slashes");
    }
    return URI.create(text.replaceFirst("/+$", ""));
  }

  private static String shown(String host) {
    return host.length() <= MAX_HOST_LENGTH ? host : host.substring(0, MAX_HOST_LENGTH) + "…";
  }

  /**
   * Returns whether a request can be sent to this URL, which need not come from somebody trusted: an
   * absolute one of HTTP or HTTPS, without user info, on a host and a port that the JDK and TLS can
   * take. They refuse a name that ends with a dot, has a piece of more than 63 characters, or more
   * than 253 in all, and some of these with the rawest of exceptions.
   */
  public static boolean isUsable(URI url) {
    return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && isUsableHost(url)
        && isUsablePort(url);
  }

  private static boolean isUsablePort(URI url) {
    return url.getPort() != 0 && url.getPort() <= MAX_PORT;
  }

  private static boolean isUsableHost(URI url) {
    String host = url.getHost();
    if (host.startsWith("[")) { // TLS knows no zones
      return host.indexOf('%') < 0 || !"https".equalsIgnoreCase(url.getScheme());
    }
    return host.length() <= MAX_HOST_LENGTH
        && Arrays.stream(host.split("\\.", -1))
            .allMatch(label -> !label.isEmpty() && label.length() <= MAX_LABEL_LENGTH);
  }

  /**
   * Resolves a reference as RFC 3986 says; {@link URI#resolve(String)} still takes one of a query
   * alone for a sibling of the path.
   *
   * @throws IllegalArgumentException if the reference is no URI
   */
  public static URI resolve(URI base, String reference) {
    if (!reference.startsWith("?")) {
      return base.resolve(reference);
    }
    String text = base.toString();
    int end = text.indexOf('?');
    return URI.create((end < 0 ? text : text.substring(0, end)) + reference);
  }

  /** Returns whether two URLs have the same scheme, host and port. */
  public static boolean isSameOrigin(URI a, URI b) {
    return a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost() != null
        && a.getHost().equalsIgnoreCase(b.getHost())
        && portOf(a) == portOf(b);
  }

  private static int portOf(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
