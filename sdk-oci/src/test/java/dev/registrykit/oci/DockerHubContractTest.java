package dev.registrykit.oci;

import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testsupport.Thorough;

/** On Docker Hub, of which only reading is used. */
@Thorough
class DockerHubContractTest extends OciContract {

  DockerHubContractTest() {
    super(OciPersonality.DOCKER_HUB, OciPreset.DOCKER_HUB, Difference.MISSING_IMAGE_IS_MISSING_TAG);
  }
}
