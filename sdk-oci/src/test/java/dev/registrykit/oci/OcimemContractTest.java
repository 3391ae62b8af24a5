package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On ocimem. */
@Thorough
class OcimemContractTest extends OciContract {

  OcimemContractTest() {
    super(OciPersonality.OCIMEM, OciPreset.GENERIC, Difference.FORCE_SPARES_SIBLINGS);
  }
}
