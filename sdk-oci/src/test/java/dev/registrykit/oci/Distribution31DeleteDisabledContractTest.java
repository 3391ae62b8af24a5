package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On distribution 3.1 with deletion disabled. */
@Thorough
class Distribution31DeleteDisabledContractTest extends OciContract {

  Distribution31DeleteDisabledContractTest() {
    super(
        OciPersonality.DISTRIBUTION_3_1_DELETE_DISABLED,
        OciPreset.GENERIC,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.TAG_DELETION_DISABLED,
        Difference.IMAGE_DELETION_DISABLED);
  }
}
