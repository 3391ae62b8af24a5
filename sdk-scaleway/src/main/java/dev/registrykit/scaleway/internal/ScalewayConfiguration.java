package dev.registrykit.scaleway.internal;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.spi.support.TimeSource;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a registry is made of, checked. Immutable. */
public record ScalewayConfiguration(
    String region,
    String secretKey,
    @Nullable String projectId,
    @Nullable String organizationId,
    URI baseUrl,
    HttpOptions httpOptions,
    TimeSource time) {

  /** Names the place, never the secret. */
  @Override
  public String toString() {
    return "ScalewayConfiguration[region=" + region + ", baseUrl=" + baseUrl + "]";
  }
}
