package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3 with passwords. */
class DistributionPasswordIT extends LoginTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.HTPASSWD);

  DistributionPasswordIT() {
    super(SERVER);
  }
}
