package dev.registrykit.scaleway.internal;

import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.scaleway.ScalewayRegistryBuilder;
import dev.registrykit.spi.RegistryProvider;
import dev.registrykit.spi.config.RegistryUri;
import java.net.URI;
import java.util.Map;

/**
 * Opens {@code scaleway://<region>}. The parameters {@code profile}, {@code project-id}, {@code
 * organization-id} and {@code base-url} are given to the builder.
 */
public final class ScalewayProvider implements RegistryProvider {

  /** For the service loader. */
  public ScalewayProvider() {}

  @Override
  public String scheme() {
    return DefaultScalewayRegistry.PROVIDER;
  }

  @Override
  public Registry open(URI uri, Map<String, String> environment, HttpOptions options) {
    RegistryUri asked = RegistryUri.parse(
        uri, "scaleway://<region>", "profile", "project-id", "organization-id", "base-url");
    ScalewayRegistryBuilder builder = ScalewayRegistry.builder()
        .region(asked.authority())
        .environment(environment)
        .httpOptions(options);
    asked.parameter("profile").ifPresent(builder::profile);
    asked.parameter("project-id").ifPresent(builder::projectId);
    asked.parameter("organization-id").ifPresent(builder::organizationId);
    asked.parameter("base-url").ifPresent(builder::baseUrl);
    return builder.build();
  }
}
