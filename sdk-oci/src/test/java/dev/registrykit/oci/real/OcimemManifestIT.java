package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On ocimem. */
class OcimemManifestIT extends ManifestTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.OCIMEM, ServerMode.PLAIN);

  OcimemManifestIT() {
    super(SERVER);
  }
}
