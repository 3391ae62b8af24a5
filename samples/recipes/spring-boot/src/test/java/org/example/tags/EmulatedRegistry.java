package org.example.tags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

/** The whole application, once for all tests, on a registry inside this JVM. */
@SpringBootTest(
    properties = {"registry.max-attempts=1", "management.endpoint.health.show-details=always"})
abstract class EmulatedRegistry {

  static final OciEmulator EMULATOR = OciEmulator.start(OciPersonality.DISTRIBUTION_3_0);

  MockMvcTester http;

  @DynamicPropertySource
  static void registry(DynamicPropertyRegistry properties) {
    EMULATOR.requireBasic("ci", "any password");
    properties.add("registry.uri", EMULATOR::uri);
    properties.add("registry.image-for-health", () -> "shop/web");
    EMULATOR.environment().forEach((name, value) -> properties.add(name, () -> value));
  }

  @BeforeEach
  void fill(@Autowired WebApplicationContext application) {
    EMULATOR.reset();
    EMULATOR.requireBasic("ci", "any password");
    EMULATOR.addTag("shop/web", "1.0");
    EMULATOR.addTag("shop/web", "1.1");
    EMULATOR.addTag("shop/web", "1.2");
    http = MockMvcTester.from(application);
    get("/tags?image=shop/web"); // the first request of each learns how to log in
    get("/actuator/health/registry");
    EMULATOR.clearRequests();
  }

  MvcTestResult get(String uri) {
    return http.get().uri(uri).exchange();
  }

  static void assertProblem(MvcTestResult answer, int status) {
    assertThat(answer).hasStatus(status);
    assertThat(answer).hasContentType("application/problem+json");
    assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo(status);
  }
}
