package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On zot. */
@Thorough
class ZotContractTest extends OciContract {

  ZotContractTest() {
    super(OciPersonality.ZOT, OciPreset.GENERIC, Difference.FORCE_SPARES_SIBLINGS);
  }
}
