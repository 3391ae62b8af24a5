package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On zot. */
class ZotManifestIT extends ManifestTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.ZOT, ServerMode.PLAIN);

  ZotManifestIT() {
    super(SERVER);
  }
}
