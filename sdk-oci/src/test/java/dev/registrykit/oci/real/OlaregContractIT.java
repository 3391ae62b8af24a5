package dev.registrykit.oci.real;

import dev.registrykit.testkit.contract.Difference;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On olareg, which has no list of images, and lists no tags of an image that is not there. */
class OlaregContractIT extends RealRegistryContract {

  @RegisterExtension
  static final ServerOfClass SERVER = new ServerOfClass(RegistryKind.OLAREG, ServerMode.PLAIN);

  OlaregContractIT() {
    super(
        SERVER,
        Difference.FORCE_SPARES_SIBLINGS,
        Difference.MISSING_IMAGE_LISTS_NO_TAGS,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.IMAGE_LISTING_MISSING);
  }
}
