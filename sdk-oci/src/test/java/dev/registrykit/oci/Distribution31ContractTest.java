package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On distribution 3.1. */
@Thorough
class Distribution31ContractTest extends OciContract {

  Distribution31ContractTest() {
    super(
        OciPersonality.DISTRIBUTION_3_1,
        OciPreset.GENERIC,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.FORCE_SPARES_SIBLINGS);
  }
}
