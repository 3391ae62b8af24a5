package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;

/** On distribution 2.8, which deletes manifests only and lists whole. */
class Distribution2ContractTest extends OciContract {

  Distribution2ContractTest() {
    super(
        OciPersonality.DISTRIBUTION_2,
        OciPreset.GENERIC,
        Difference.TAGS_COME_WHOLE,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.DELETES_IN_STEPS);
  }
}
