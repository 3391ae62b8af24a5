package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On distribution 3.0 with deletion disabled, which still deletes tags (CVE-2026-41888). */
@Thorough
class Distribution30DeleteDisabledContractTest extends OciContract {

  Distribution30DeleteDisabledContractTest() {
    super(
        OciPersonality.DISTRIBUTION_3_0_DELETE_DISABLED,
        OciPreset.GENERIC,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.FORCE_SPARES_SIBLINGS,
        Difference.IMAGE_DELETION_DISABLED);
  }
}
