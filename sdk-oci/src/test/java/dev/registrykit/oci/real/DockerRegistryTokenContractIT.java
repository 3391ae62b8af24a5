package dev.registrykit.oci.real;

import dev.registrykit.testkit.contract.Difference;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8 with tokens. */
class DockerRegistryTokenContractIT extends RealRegistryContract {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.TOKEN);

  DockerRegistryTokenContractIT() {
    super(
        SERVER,
        Difference.TAGS_COME_WHOLE,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.DELETES_IN_STEPS);
  }
}
