package org.example.tags;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** The registry in {@code /actuator/health}. These classes moved to other packages in Spring Boot 4. */
@Component
class RegistryHealthIndicator extends AbstractHealthIndicator {

  private final RegistryProbe probe;

  RegistryHealthIndicator(RegistryProbe probe) {
    this.probe = probe;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    RegistryProbe.Answer answer = probe.ask();
    (answer.isUp() ? health.up() : health.down()).withDetail("reason", answer.reason());
  }
}
