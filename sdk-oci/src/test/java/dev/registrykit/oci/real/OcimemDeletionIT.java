package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On ocimem, which deletes tags, and of a manifest itself only. */
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

  @Override
  boolean tagsGoWithTheirManifest() {
    return false;
  }
}
