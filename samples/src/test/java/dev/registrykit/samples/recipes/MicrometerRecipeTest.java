package dev.registrykit.samples.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.ScalewayEmulatorExtension;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MicrometerRecipeTest {

  @RegisterExtension
  static final ScalewayEmulatorExtension SCALEWAY = new ScalewayEmulatorExtension();

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void everyRequestIsCountedByOperationStatusAndRepetition() {
    ScalewayEmulator emulator = SCALEWAY.emulator();
    emulator.addTag("shop/web", "1.0");
    emulator.failNext("GET", "/tags", 1, Fault.status(503));
    HttpOptions options = HttpOptions.defaults()
        .withRetryPolicy(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO))
        .withRequestListener(new MicrometerRecipe(meters));
    try (Registry registry = Registries.open(emulator.uri(), emulator.environment(), options)) {
      registry.listTags(ImageRef.of("shop/web")).toList();
    }

    assertEquals(1, timer("ListTags", "503", "false").count());
    assertEquals(1, timer("ListTags", "200", "true").count());
    assertTrue(timer("ListTags", "200", "true").totalTime(TimeUnit.NANOSECONDS) > 0);
    assertEquals(
        emulator.requestCount(),
        meters.get("registry.requests").timers().stream()
            .mapToLong(Timer::count)
            .sum());
  }

  private Timer timer(String operation, String status, String repeated) {
    return meters
        .get("registry.requests")
        .tags("operation", operation, "status", status, "repeated", repeated)
        .timer();
  }
}
