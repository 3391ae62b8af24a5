package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On distribution 2.8 in maintenance. */
@Thorough
class Distribution2ReadOnlyContractTest extends OciContract {

  Distribution2ReadOnlyContractTest() {
    super(
        OciPersonality.DISTRIBUTION_2_READ_ONLY,
        OciPreset.GENERIC,
        Difference.TAGS_COME_WHOLE,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.TAG_DELETION_DISABLED,
        Difference.IMAGE_DELETION_DISABLED);
  }
}
