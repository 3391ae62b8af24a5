package dev.registrykit.oci.real;

import dev.registrykit.testkit.contract.Difference;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On zot, with what is declared for its emulation. */
class ZotContractIT extends RealRegistryContract {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.ZOT, ServerMode.PLAIN);

  ZotContractIT() {
    super(SERVER, Difference.FORCE_SPARES_SIBLINGS);
  }
}
