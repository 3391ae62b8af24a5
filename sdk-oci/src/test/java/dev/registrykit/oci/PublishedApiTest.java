package dev.registrykit.oci;

import dev.registrykit.testsupport.PublishedApi;
import java.util.List;

/** What others see of the module. */
class PublishedApiTest extends PublishedApi {

  PublishedApiTest() {
    super(OciRegistry.class);
  }

  @Override
  protected List<Class<?>> entryPoints() {
    return List.of(OciRegistry.class, OciRegistryBuilder.class);
  }
}
