package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On olareg. */
class OlaregManifestIT extends ManifestTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.OLAREG, ServerMode.PLAIN);

  OlaregManifestIT() {
    super(SERVER);
  }
}
