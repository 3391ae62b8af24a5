package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8 with deletion disabled. */
class DockerRegistryDeletionDisabledIT extends RefusedDeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.DELETION_DISABLED);

  DockerRegistryDeletionDisabledIT() {
    super(SERVER);
  }
}
