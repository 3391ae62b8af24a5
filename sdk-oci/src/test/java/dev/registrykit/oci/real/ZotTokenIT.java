package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On zot with tokens. */
class ZotTokenIT extends TokenTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.ZOT, ServerMode.TOKEN);

  ZotTokenIT() {
    super(SERVER);
  }
}
