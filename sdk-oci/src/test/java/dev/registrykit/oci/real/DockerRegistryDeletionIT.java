package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8, which deletes manifests only. */
class DockerRegistryDeletionIT extends DeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.PLAIN);

  DockerRegistryDeletionIT() {
    super(SERVER);
  }

  @Override
  boolean deletesTags() {
    return false;
  }
}
