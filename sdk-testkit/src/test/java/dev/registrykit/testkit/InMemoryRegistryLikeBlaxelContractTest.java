package dev.registrykit.testkit;

import dev.registrykit.Feature;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.util.Set;

/** No digests and so no force, full listings, tags in use, names ordered by the server alone. */
class InMemoryRegistryLikeBlaxelContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() {
    return new InMemoryFixture(
        InMemoryRegistry.builder()
            .withFullListings()
            .without(
                Feature.TAG_DIGEST,
                Feature.SERVER_ORDER_BY_CREATED,
                Feature.SERVER_ORDER_BY_UPDATED,
                Feature.SERVER_ORDER_BY_CHANGED)
            .build(),
        Set.of(Difference.NO_MISHAPS, Difference.TAGS_CAN_BE_IN_USE));
  }
}
