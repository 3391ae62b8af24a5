package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On ocimem, which deletes tags, and a manifest without its tags. */
class OcimemDeletionIT extends DeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.OCIMEM, ServerMode.PLAIN);

  OcimemDeletionIT() {
    super(SERVER);
  }

  @Override
  boolean deletesTags() {
    return true;
  }
}
