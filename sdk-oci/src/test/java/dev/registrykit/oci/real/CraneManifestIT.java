package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On crane's registry. */
class CraneManifestIT extends ManifestTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.CRANE, ServerMode.PLAIN);

  CraneManifestIT() {
    super(SERVER);
  }
}
