package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3 with deletion disabled. */
class DistributionDeletionDisabledIT extends RefusedDeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.DELETION_DISABLED);

  DistributionDeletionDisabledIT() {
    super(SERVER);
  }
}
