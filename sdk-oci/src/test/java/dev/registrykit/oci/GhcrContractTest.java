package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On GitHub's registry, of which only reading is used. */
@Thorough
class GhcrContractTest extends OciContract {

  GhcrContractTest() {
    super(OciPersonality.GHCR, OciPreset.GHCR, Difference.MISSING_IMAGE_IS_MISSING_TAG);
  }
}
