package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3 in maintenance. */
class DistributionReadOnlyIT extends RefusedDeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.READ_ONLY);

  DistributionReadOnlyIT() {
    super(SERVER);
  }
}
