package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On distribution 2.8 with deletion disabled. */
@Thorough
class Distribution2DeleteDisabledContractTest extends OciContract {

  Distribution2DeleteDisabledContractTest() {
    super(
        OciPersonality.DISTRIBUTION_2_DELETE_DISABLED,
        OciPreset.GENERIC,
        Difference.TAGS_COME_WHOLE,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.TAG_DELETION_DISABLED,
        Difference.IMAGE_DELETION_DISABLED);
  }
}
