package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8 in maintenance. */
class DockerRegistryReadOnlyIT extends RefusedDeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.READ_ONLY);

  DockerRegistryReadOnlyIT() {
    super(SERVER);
  }
}
