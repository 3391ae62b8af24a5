package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8, which deletes manifests only. */
class DockerRegistryRetentionIT extends RetentionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.PLAIN);

  DockerRegistryRetentionIT() {
    super(SERVER);
  }
}
