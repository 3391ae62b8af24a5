package dev.registrykit.oci.internal;

import dev.registrykit.oci.OciPreset;
import dev.registrykit.spi.config.BaseUrl;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry is, and what is known of it.
 *
 * @param host what stands in references and in stored logins, maybe with a port
 */
public record OciEndpoint(URI baseUrl, String host, Preset preset) {

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:[a-zA-Z0-9.-]+|\\[[0-9a-fA-F:.]+\\])(?::[0-9]{1,5})?");

  /** Where Docker's tools, too, expect no certificate. */
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\])(?::[0-9]{1,5})?");

  /**
   * Makes an endpoint.
   *
   * @param registry a host, maybe with a port, or a URL; null for the preset's own
   * @param name the preset; null to choose it by the host
   * @param plainHttp whether a host is asked over plain http; null to do so on this machine only
   * @throws IllegalArgumentException if nothing says where the registry is, or the URL is of the other
   *     kind
   */
  public static OciEndpoint of(
      @Nullable String registry, @Nullable OciPreset name, @Nullable Boolean plainHttp) {
    String place = registry != null ? registry : hostOf(name);
    boolean isUrl = place.contains("://");
    if (!isUrl && !HOST_AND_PORT.matcher(place).matches()) {
      throw new IllegalArgumentException(
          "a registry is a host, maybe with a port, or a URL; this one is neither");
    }
    boolean isPlain = plainHttp != null ? plainHttp : LOOPBACK.matcher(place).matches();
    URI url = BaseUrl.parse(isUrl ? place : (isPlain ? "http://" : "https://") + place);
    Preset preset = name != null ? Preset.of(name) : Preset.ofHost(url.getHost());
    String host = host(url);
    boolean isReferenceHost = preset.apiHost() != null && preset.hosts().contains(host);
    boolean isHttps = isReferenceHost || url.getScheme().equalsIgnoreCase("https");
    if (plainHttp != null && plainHttp == isHttps) {
      throw new IllegalArgumentException(host + " is asked over " + (isHttps ? "https" : "http")
          + ", which plainHttp contradicts");
    }
    return new OciEndpoint(
        isReferenceHost ? URI.create("https://" + preset.apiHost()) : url, host, preset);
  }

  /** Leaves out a port that goes without saying. */
  private static String host(URI url) {
    boolean isUsual = url.getPort() == (url.getScheme().equalsIgnoreCase("https") ? 443 : 80);
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return isUsual || url.getPort() < 0 ? host : host + ":" + url.getPort();
  }

  /**
   * Returns the user that goes with the registry's tokens.
   *
   * @throws IllegalArgumentException if users have names of their own there
   */
  public String requireUser() {
    if (preset.user() == null) {
      throw new IllegalArgumentException(
          "a password alone is not enough for " + host + ": set user and password with basic(…)");
    }
    return preset.user();
  }

  private static String hostOf(@Nullable OciPreset name) {
    if (name == null) {
      throw new IllegalArgumentException("no registry: set it with registry(…) or preset(…)");
    }
    return Preset.of(name)
        .onlyHost()
        .orElseThrow(() -> new IllegalArgumentException(
            "the preset " + name + " stands for many hosts: set one with registry(…)"));
  }

  /** Names the place. */
  @Override
  public String toString() {
    return baseUrl.toString();
  }
}
