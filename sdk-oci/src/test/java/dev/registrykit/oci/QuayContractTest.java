package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;

/** On Quay. */
class QuayContractTest extends OciContract {

  QuayContractTest() {
    super(OciPersonality.QUAY, OciPreset.QUAY, Difference.FORCE_SPARES_SIBLINGS);
  }
}
