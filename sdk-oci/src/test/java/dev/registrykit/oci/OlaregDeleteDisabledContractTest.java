package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On olareg as it starts by default, with deletion disabled. */
@Thorough
class OlaregDeleteDisabledContractTest extends OciContract {

  OlaregDeleteDisabledContractTest() {
    super(
        OciPersonality.OLAREG_DELETE_DISABLED,
        OciPreset.GENERIC,
        Difference.MISSING_IMAGE_LISTS_NO_TAGS,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.IMAGE_LISTING_MISSING,
        Difference.TAG_DELETION_DISABLED,
        Difference.IMAGE_DELETION_DISABLED);
  }
}
