package dev.registrykit.testkit;

import dev.registrykit.Feature;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.util.Set;

/** Names only unless more is asked for, dates from the build, no order of the server's. */
class InMemoryRegistryLikeOciContractTest extends RegistryContract {

  @Override
  protected RegistryFixture newFixture() {
    return new InMemoryFixture(
        InMemoryRegistry.builder()
            .sparingSiblings()
            .without(
                Feature.TAG_UPDATED_AT,
                Feature.SERVER_ORDER_BY_NAME,
                Feature.SERVER_ORDER_BY_CREATED,
                Feature.SERVER_ORDER_BY_CHANGED)
            .build(),
        Set.of(Difference.NO_MISHAPS, Difference.TAGS_MAY_LACK_DATES));
  }
}
