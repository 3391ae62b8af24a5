package org.example.tags;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

// snippet: spring-properties
/** What is set below {@code registry}: no secrets, so that it may be shown and logged. */
@ConfigurationProperties("registry")
public record RegistryProperties(
    URI uri,
    String imageForHealth,
    @DefaultValue("3") int maxAttempts,
    @DefaultValue("20s") Duration timeout,
    @DefaultValue("3s") Duration healthTimeout) {

  public RegistryProperties {
    Objects.requireNonNull(uri, "registry.uri is not set");
    Objects.requireNonNull(imageForHealth, "registry.image-for-health is not set");
  }
}
// end
