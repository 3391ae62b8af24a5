package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On olareg as it starts by default, with deletion disabled. */
class OlaregDeletionDisabledIT extends RefusedDeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.OLAREG, ServerMode.DELETION_DISABLED);

  OlaregDeletionDisabledIT() {
    super(SERVER);
  }
}
