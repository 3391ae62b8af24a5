package dev.registrykit.scaleway;

import dev.registrykit.testsupport.PublishedApi;
import java.util.List;

/** What others see of the module. */
class PublishedApiTest extends PublishedApi {

  PublishedApiTest() {
    super(ScalewayRegistry.class);
  }

  @Override
  protected List<Class<?>> entryPoints() {
    return List.of(ScalewayRegistry.class, ScalewayRegistryBuilder.class);
  }
}
