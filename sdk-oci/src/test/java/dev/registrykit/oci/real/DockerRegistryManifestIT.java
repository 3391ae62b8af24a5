package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8. */
class DockerRegistryManifestIT extends ManifestTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.PLAIN);

  DockerRegistryManifestIT() {
    super(SERVER);
  }
}
