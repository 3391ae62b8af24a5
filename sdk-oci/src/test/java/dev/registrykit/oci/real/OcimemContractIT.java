package dev.registrykit.oci.real;

import dev.registrykit.testkit.contract.Difference;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On ocimem. */
class OcimemContractIT extends RealRegistryContract {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.OCIMEM, ServerMode.PLAIN);

  OcimemContractIT() {
    super(SERVER, Difference.FORCE_SPARES_SIBLINGS);
  }
}
