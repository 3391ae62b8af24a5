package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On zot, which deletes tags. */
class ZotDeletionIT extends DeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.ZOT, ServerMode.PLAIN);

  ZotDeletionIT() {
    super(SERVER);
  }

  @Override
  boolean deletesTags() {
    return true;
  }
}
