package dev.registrykit.testkit;

import dev.registrykit.Feature;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.util.Set;

/** As poor as a registry can be: what is missing is refused or empty, nowhere skipped. */
class InMemoryRegistryReadOnlyContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() {
    return new InMemoryFixture(
        InMemoryRegistry.builder().without(Feature.values()).build(),
        Set.of(Difference.NO_MISHAPS));
  }
}
