package org.example.demo;

import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;

// snippet: contract
/** The demo provider keeps the contract that all providers keep. */
class DemoRegistryContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() throws Exception {
    return new DemoFixture();
  }
}
// end
