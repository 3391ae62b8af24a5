package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On Harbor, which deletes manifests only. */
@Thorough
class HarborContractTest extends OciContract {

  HarborContractTest() {
    super(
        OciPersonality.HARBOR,
        OciPreset.HARBOR,
        Difference.DELETES_IN_STEPS,
        Difference.MISSING_IMAGE_IS_MISSING_TAG);
  }
}
