package org.example.tags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.registrykit.testkit.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RegistryMetricsTest extends EmulatedRegistry {

  @Test
  void everyRequestIsCountedByItsStatus(@Autowired MeterRegistry meters) {
    long served = count(meters, "200");
    long refused = count(meters, "503");
    EMULATOR.failRequest(2, Fault.status(503));

    get("/tags?image=shop/web");
    get("/tags?image=shop/web");

    assertThat(count(meters, "200")).isEqualTo(served + 1);
    assertThat(count(meters, "503")).isEqualTo(refused + 1);
    assertThat(get("/actuator/metrics/registry.requests")).hasStatusOk();
  }

  private static long count(MeterRegistry meters, String status) {
    return meters
        .find("registry.requests")
        .tags("operation", "listTags", "status", status)
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }
}
