package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3, which deletes tags. */
class DistributionDeletionIT extends DeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.PLAIN);

  DistributionDeletionIT() {
    super(SERVER);
  }

  @Override
  boolean deletesTags() {
    return true;
  }
}
