package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8 with tokens. */
class DockerRegistryTokenIT extends TokenTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.TOKEN);

  DockerRegistryTokenIT() {
    super(SERVER);
  }
}
