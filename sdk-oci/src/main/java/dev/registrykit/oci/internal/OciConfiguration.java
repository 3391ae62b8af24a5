package dev.registrykit.oci.internal;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.internal.auth.OciCredentials;
import dev.registrykit.spi.support.TimeSource;
import java.net.URI;

/**
 * What a registry is made of, checked.
 *
 * @param usesPlaceholder whether a tag may be deleted by way of a placeholder
 * @param listsHousekeepingTags whether tags that stand for referrers are listed
 */
public record OciConfiguration(
    URI baseUrl,
    Preset preset,
    OciCredentials credentials,
    boolean usesPlaceholder,
    boolean listsHousekeepingTags,
    HttpOptions httpOptions,
    TimeSource time) {

  /** Names the place, never a secret. */
  @Override
  public String toString() {
    return "OciConfiguration[baseUrl=" + baseUrl + ", preset=" + preset.name() + "]";
  }
}
