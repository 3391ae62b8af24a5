package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On zot with passwords. */
class ZotPasswordIT extends LoginTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.ZOT, ServerMode.HTPASSWD);

  ZotPasswordIT() {
    super(SERVER);
  }
}
