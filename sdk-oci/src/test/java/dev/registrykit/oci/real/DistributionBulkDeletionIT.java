package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3, which deletes tags: no more than two requests a tag, and no look at others. */
class DistributionBulkDeletionIT extends BulkDeletionTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.PLAIN);

  DistributionBulkDeletionIT() {
    super(SERVER);
  }

  @Override
  int strictly() {
    return 2 * NAMED;
  }

  @Override
  int forTheDigests() {
    return NAMED;
  }

  @Override
  int forced() {
    return 2 * NAMED;
  }
}
