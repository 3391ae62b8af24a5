package dev.registrykit.oci.internal;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.internal.auth.AuthSettings;
import dev.registrykit.spi.support.TimeSource;
import java.net.URI;

/**
 * What a registry is made of, checked.
 *
 * @param auth what its credentials are made of, once there is a transport for them
 * @param usesPlaceholder whether a tag may be deleted by way of a placeholder
 */
public record OciConfiguration(
    URI baseUrl,
    Preset preset,
    AuthSettings auth,
    boolean usesPlaceholder,
    HttpOptions httpOptions,
    TimeSource time) {

  /** Names the place, never a secret. */
  @Override
  public String toString() {
    return "OciConfiguration[baseUrl=" + baseUrl + ", preset=" + preset.name() + "]";
  }
}
