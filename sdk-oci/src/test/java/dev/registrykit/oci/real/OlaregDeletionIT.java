package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On olareg, which deletes tags. */
class OlaregDeletionIT extends DeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.OLAREG, ServerMode.PLAIN);

  OlaregDeletionIT() {
    super(SERVER);
  }

  @Override
  boolean deletesTags() {
    return true;
  }
}
