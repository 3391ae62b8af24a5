package dev.registrykit.testkit;

import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.util.Set;

class InMemoryRegistryContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() {
    return new InMemoryFixture(
        InMemoryRegistry.create(),
        Set.of(
            Difference.NO_MISHAPS,
            Difference.STRICT_REFUSES_SHARED_DIGEST,
            Difference.TAGS_CAN_BE_IN_USE,
            Difference.TAGS_MAY_LACK_DATES));
  }
}
