package dev.registrykit.oci.real;

import dev.registrykit.testkit.contract.Difference;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8 in maintenance. */
class DockerRegistryReadOnlyContractIT extends RealRegistryContract {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.READ_ONLY);

  DockerRegistryReadOnlyContractIT() {
    super(
        SERVER,
        Difference.TAGS_COME_WHOLE,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.TAG_DELETION_DISABLED,
        Difference.IMAGE_DELETION_DISABLED);
  }
}
