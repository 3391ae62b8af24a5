package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 2.8, which deletes manifests only. */
class DockerRegistryBulkDeletionIT extends BulkDeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DOCKER_REGISTRY, ServerMode.PLAIN);

  DockerRegistryBulkDeletionIT() {
    super(SERVER);
  }

  @Override
  int strictly() {
    return 5 * NAMED + 2;
  }

  @Override
  int forTheDigests() {
    return 1;
  }

  @Override
  int forced() {
    int once = 1 + ALL + 3; // a listing, a HEAD for every tag, and learning of it
    return once + NAMED / TAGS_OF_A_DIGEST * 3;
  }
}
