package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;

/** On distribution 3.0. */
class Distribution30ContractTest extends OciContract {

  Distribution30ContractTest() {
    super(
        OciPersonality.DISTRIBUTION_3_0,
        OciPreset.GENERIC,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.FORCE_SPARES_SIBLINGS);
  }
}
