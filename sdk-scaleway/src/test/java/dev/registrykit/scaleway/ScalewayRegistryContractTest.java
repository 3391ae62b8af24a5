package dev.registrykit.scaleway;

import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;

/** Scaleway keeps the contract that all providers keep. */
class ScalewayRegistryContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() {
    return new ScalewayFixture();
  }
}
