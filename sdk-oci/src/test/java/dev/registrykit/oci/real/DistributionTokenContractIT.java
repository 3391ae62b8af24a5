package dev.registrykit.oci.real;

import dev.registrykit.testkit.contract.Difference;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3 with tokens. */
class DistributionTokenContractIT extends RealRegistryContract {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.TOKEN);

  DistributionTokenContractIT() {
    super(SERVER, Difference.MISSING_IMAGE_IS_MISSING_TAG, Difference.FORCE_SPARES_SIBLINGS);
  }
}
