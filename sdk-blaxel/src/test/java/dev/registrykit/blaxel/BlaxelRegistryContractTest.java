package dev.registrykit.blaxel;

import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.util.Set;

/** Blaxel keeps the contract that all providers keep. */
class BlaxelRegistryContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() {
    return new BlaxelFixture(
        "2026-09-22", Set.of(Difference.TAGS_CAN_BE_IN_USE, Difference.TAGS_MAY_LACK_DATES));
  }
}
