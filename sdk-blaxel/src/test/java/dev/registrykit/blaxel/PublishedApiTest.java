package dev.registrykit.blaxel;

import dev.registrykit.testsupport.PublishedApi;
import java.util.List;

/** What others see of the module. */
class PublishedApiTest extends PublishedApi {

  PublishedApiTest() {
    super(BlaxelRegistry.class);
  }

  @Override
  protected List<Class<?>> entryPoints() {
    return List.of(BlaxelRegistry.class, BlaxelRegistryBuilder.class);
  }
}
