package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3, which deletes tags. */
class DistributionRetentionIT extends RetentionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.PLAIN);

  DistributionRetentionIT() {
    super(SERVER);
  }
}
