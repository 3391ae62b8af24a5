package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On Quay. */
@Thorough
class QuayContractTest extends OciContract {

  QuayContractTest() {
    super(OciPersonality.QUAY, OciPreset.QUAY, Difference.FORCE_SPARES_SIBLINGS);
  }
}
