package org.example.tags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.registrykit.testkit.Fault;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class RegistryHealthTest extends EmulatedRegistry {

  private static final String REGISTRY = "/actuator/health/registry";

  @Test
  void itIsUpForOneRequest() {
    assertHealth(200, "UP", "it lists tags");

    assertThat(EMULATOR.requestCount()).isEqualTo(1);
  }

  @Test
  void manyLooksAtTheApplicationCostOneRequest() {
    assertThat(get("/actuator/health")).hasStatusOk();
    assertThat(get("/actuator/health")).hasStatusOk();

    assertThat(EMULATOR.requestCount()).isEqualTo(1);
  }

  @Test
  void aRegistryThatAsksToSlowDownIsUp() {
    EMULATOR.failNext(Fault.rateLimited());

    assertHealth(200, "UP", "it asks to slow down");
    assertThat(EMULATOR.requestCount()).isEqualTo(1);
  }

  @Test
  void aRegistryWithoutTheImageIsUp() {
    EMULATOR.reset();
    EMULATOR.requireBasic("ci", "any password");

    assertHealth(200, "UP", "it says that there is no shop/web");
  }

  @Test
  void aRegistryThatFailsIsDownAfterOneAttempt() {
    EMULATOR.failNext(Fault.status(503));

    MvcTestResult answer = get(REGISTRY);

    assertThat(answer).hasStatus(503);
    assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo("DOWN");
    assertThat(EMULATOR.requestCount()).isEqualTo(1);
  }

  @Test
  void aLoginThatIsRefusedIsDown() {
    EMULATOR.failAll(Fault.status(401));

    assertThat(get(REGISTRY)).hasStatus(503);
  }

  private void assertHealth(int status, String state, String reason) {
    MvcTestResult answer = get(REGISTRY);
    assertThat(answer).hasStatus(status);
    assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo(state);
    assertThat(answer).bodyJson().extractingPath("$.details.reason").isEqualTo(reason);
  }
}
