package dev.registrykit.oci.real;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On distribution 3. */
class DistributionManifestIT extends ManifestTests {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.DISTRIBUTION, ServerMode.PLAIN);

  DistributionManifestIT() {
    super(SERVER);
  }

  /** It links from a full page to one of nothing. */
  @Override
  int pagesOfAThousand() {
    return 2;
  }
}
