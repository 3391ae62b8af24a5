package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8 with passwords. */
class DockerRegistryPasswordIT extends LoginTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.HTPASSWD);

  DockerRegistryPasswordIT() {
    super(SERVER);
  }
}
