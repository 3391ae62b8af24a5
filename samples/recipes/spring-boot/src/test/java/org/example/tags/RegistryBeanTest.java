package org.example.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RegistryBeanTest {

  private final ApplicationContextRunner application = new ApplicationContextRunner()
      .withUserConfiguration(RegistryConfiguration.class)
      .withBean(SimpleMeterRegistry.class)
      .withPropertyValues("registry.image-for-health=shop/web");

  @Test
  void theRegistryIsClosedWithTheApplication() {
    Registry[] registry = new Registry[1];
    application
        .withPropertyValues("registry.uri=oci://127.0.0.1:9")
        .run(context -> registry[0] = context.getBean(Registry.class));

    assertThatIllegalStateException()
        .isThrownBy(() -> registry[0].getTag(ImageRef.of("shop/web"), "1.0"));
  }

  @Test
  void anApplicationWithoutAUriDoesNotStart() {
    application.run(
        context -> assertThat(context).getFailure().hasRootCauseMessage("registry.uri is not set"));
  }
}
