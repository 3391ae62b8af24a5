package dev.registrykit.blaxel;

import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;
import dev.registrykit.testsupport.Thorough;
import java.util.Set;

/** Blaxel keeps it in the API's older generation too, which sends every list whole. */
@Thorough
class BlaxelRegistryOlderGenerationContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() {
    return new BlaxelFixture(
        "2026-04-28",
        Set.of(
            Difference.TAGS_CAN_BE_IN_USE,
            Difference.TAGS_MAY_LACK_DATES,
            Difference.TAGS_COME_WHOLE,
            Difference.IMAGES_COME_WHOLE));
  }
}
