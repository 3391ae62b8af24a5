package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;

/** On GitHub's registry, of which only reading is used. */
class GhcrContractTest extends OciContract {

  GhcrContractTest() {
    super(OciPersonality.GHCR, OciPreset.GHCR, Difference.MISSING_IMAGE_IS_MISSING_TAG);
  }
}
