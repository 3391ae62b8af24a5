package dev.registrykit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.ImageRef;
import dev.registrykit.RateLimitException;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.InMemoryRegistry;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.ScalewayEmulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a program's own tests use the testkit. */
class TestingTest {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  @RegisterExtension
  static final ScalewayEmulatorExtension SCALEWAY = new ScalewayEmulatorExtension();

  @Test
  void withoutHttp() {
    // snippet: in-memory
    try (InMemoryRegistry registry = InMemoryRegistry.create()) {
      String digest = Emulator.digestOf("any text");
      registry.addTag(IMAGE, "prod", digest);
      assertEquals(digest, EverydayTasks.digestOfProd(registry, IMAGE)); // your own code
    }
    // end
  }

  @Test
  void againstTheEmulator() {
    // snippet: emulator
    ScalewayEmulator emulator = SCALEWAY.emulator(); // @RegisterExtension starts and resets it
    emulator.addTag("shop/web", "prod");
    emulator.failNext(9, Fault.rateLimited());
    try (Registry registry = ScalewayRegistry.builder()
        .region(emulator.region())
        .secretKey(emulator.secretKey())
        .baseUrl(emulator.baseUrl().toString())
        .httpOptions(HttpOptions.defaults().withRetryPolicy(RetryPolicy.none()))
        .build()) {
      assertThrows(RateLimitException.class, () -> registry.getTag(IMAGE, "prod"));
    }
    // end
  }
}
