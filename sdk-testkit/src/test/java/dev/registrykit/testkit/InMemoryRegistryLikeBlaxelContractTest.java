package dev.registrykit.testkit;

import dev.registrykit.Feature;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.util.Set;

/** No digests and so no force, tags in use, names ordered by the server alone. */
class InMemoryRegistryLikeBlaxelContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() {
    return new InMemoryFixture(
        InMemoryRegistry.builder()
            .without(
                Feature.TAG_DIGEST,
                Feature.SERVER_ORDER_BY_CREATED,
                Feature.SERVER_ORDER_BY_UPDATED)
            .build(),
        Set.of(Difference.NO_MISHAPS, Difference.TAGS_CAN_BE_IN_USE));
  }
}
