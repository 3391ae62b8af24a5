package dev.registrykit.github;

import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;

/** GitHub keeps the contract that all providers keep. */
class GithubRegistryContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() {
    return new GithubFixture();
  }
}
