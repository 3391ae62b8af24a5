package dev.registrykit.oci.internal.deletion;

import dev.registrykit.DeleteOptions;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.spi.support.Operation;
import java.util.Optional;

/** The digest that a tag must point to, or it is not deleted. */
final class DigestCondition {

  private DigestCondition() {}

  /**
   * Checks it.
   *
   * @throws PreconditionFailedException if the options require another digest than the tag's
   */
  static void require(DeleteOptions options, Operation operation, String digest) {
    Optional<String> required = options.requiredDigest();
    if (required.isPresent() && !required.get().equals(digest)) {
      throw new PreconditionFailedException(
          operation.details("it points to " + digest + ", not to " + required.get()));
    }
  }
}
