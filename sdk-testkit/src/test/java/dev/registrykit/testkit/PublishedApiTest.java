package dev.registrykit.testkit;

import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testsupport.PublishedApi;
import java.util.List;

/** What others see of the module. */
class PublishedApiTest extends PublishedApi {

  PublishedApiTest() {
    super(InMemoryRegistry.class);
  }

  @Override
  protected List<Class<?>> entryPoints() {
    return List.of(
        InMemoryRegistry.class,
        OciEmulator.class,
        OciEmulatorExtension.class,
        BlaxelEmulator.class,
        BlaxelEmulatorExtension.class,
        ScalewayEmulator.class,
        ScalewayEmulatorExtension.class,
        RegistryContract.class);
  }
}
