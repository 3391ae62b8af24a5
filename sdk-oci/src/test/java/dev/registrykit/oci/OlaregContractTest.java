package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On olareg, which has no list of images, and lists no tags of an image that is not there. */
@Thorough
class OlaregContractTest extends OciContract {

  OlaregContractTest() {
    super(
        OciPersonality.OLAREG,
        OciPreset.GENERIC,
        Difference.FORCE_SPARES_SIBLINGS,
        Difference.MISSING_IMAGE_LISTS_NO_TAGS,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.IMAGE_LISTING_MISSING);
  }
}
