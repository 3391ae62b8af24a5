package dev.registrykit.oci.real;

import dev.registrykit.testkit.contract.Difference;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3 in maintenance. */
class DistributionReadOnlyContractIT extends RealRegistryContract {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.READ_ONLY);

  DistributionReadOnlyContractIT() {
    super(
        SERVER,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.TAG_DELETION_DISABLED,
        Difference.IMAGE_DELETION_DISABLED);
  }
}
