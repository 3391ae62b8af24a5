package dev.registrykit.oci.real;

import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.io.IOException;
import java.util.Set;

/** The contract that all providers keep, on a real server. */
abstract class RealRegistryContract extends RegistryContract {

  private final ServerOfClass server;
  private final Set<Difference> differences;

  RealRegistryContract(ServerOfClass server, Difference... differences) {
    this.server = server;
    this.differences = Set.of(differences);
  }

  @Override
  protected final RegistryFixture newFixture() throws IOException {
    RegistryServer empty = server.emptied();
    return new RealRegistryFixture(empty, server.hands(), differences);
  }
}
