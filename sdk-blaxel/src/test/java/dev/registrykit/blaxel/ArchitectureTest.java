package dev.registrykit.blaxel;

import dev.registrykit.testsupport.provider.ProviderArchitecture;

/** The rules of the house. */
class ArchitectureTest extends ProviderArchitecture {

  ArchitectureTest() {
    super(BlaxelRegistry.class);
  }
}
