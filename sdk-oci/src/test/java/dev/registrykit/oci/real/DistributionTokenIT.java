package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3 with tokens. */
class DistributionTokenIT extends TokenTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.TOKEN);

  DistributionTokenIT() {
    super(SERVER);
  }
}
