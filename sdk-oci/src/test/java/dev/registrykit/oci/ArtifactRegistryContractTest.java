package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On Google's Artifact Registry, whose listings say everything. */
@Thorough
class ArtifactRegistryContractTest extends OciContract {

  ArtifactRegistryContractTest() {
    super(
        OciPersonality.ARTIFACT_REGISTRY,
        OciPreset.ARTIFACT_REGISTRY,
        Difference.FORCE_SPARES_SIBLINGS,
        Difference.MISSING_IMAGE_IS_MISSING_TAG);
  }
}
