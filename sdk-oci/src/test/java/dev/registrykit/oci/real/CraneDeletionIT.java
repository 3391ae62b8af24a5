package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On crane's registry, which deletes tags, and a manifest without its tags. */
class CraneDeletionIT extends DeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.CRANE, ServerMode.PLAIN);

  CraneDeletionIT() {
    super(SERVER);
  }

  @Override
  boolean deletesTags() {
    return true;
  }
}
