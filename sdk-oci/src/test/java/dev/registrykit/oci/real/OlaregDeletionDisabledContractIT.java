package dev.registrykit.oci.real;

import dev.registrykit.testkit.contract.Difference;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On olareg as it starts by default, with deletion disabled. */
class OlaregDeletionDisabledContractIT extends RealRegistryContract {

  @RegisterExtension
  static final ServerOfClass SERVER =
      new ServerOfClass(RegistryKind.OLAREG, ServerMode.DELETION_DISABLED);

  OlaregDeletionDisabledContractIT() {
    super(
        SERVER,
        Difference.MISSING_IMAGE_LISTS_NO_TAGS,
        Difference.MISSING_IMAGE_IS_MISSING_TAG,
        Difference.IMAGE_LISTING_MISSING,
        Difference.TAG_DELETION_DISABLED,
        Difference.IMAGE_DELETION_DISABLED);
  }
}
