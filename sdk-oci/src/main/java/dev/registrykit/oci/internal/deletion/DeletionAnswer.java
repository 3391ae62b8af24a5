package dev.registrykit.oci.internal.deletion;

import dev.registrykit.ConflictException;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.oci.internal.wire.Absence;
import java.util.Set;

/** What it means when a registry does not delete: registries agree neither on status nor on code. */
enum DeletionAnswer {
  /** There is no such tag or repository. */
  MISSING,
  /** There may be no such tag, or no such route; asking for the manifest tells. */
  MISSING_OR_UNSUPPORTED,
  /** This registry does not delete such a thing, or nothing at all. */
  UNSUPPORTED,
  /** Anything else, which the exception's class says. */
  REFUSED;

  /** Recorded from distribution 2.8, and read in the sources of Harbor and Pulp. */
  private static final Set<String> UNSUPPORTED_CODES =
      Set.of("UNSUPPORTED", "DIGEST_INVALID", "INVALID_REQUEST");

  static DeletionAnswer of(RegistryServiceException refusal) {
    String code = refusal.errorCode().orElse("");
    if (refusal instanceof NotFoundException) {
      // Its own code means that the registry looked; text alone may be an old router's.
      return Absence.isSaidBy(code) ? MISSING : MISSING_OR_UNSUPPORTED;
    }
    if (refusal instanceof ConflictException) {
      return REFUSED;
    }
    return switch (refusal.statusCode()) {
      case 400 -> UNSUPPORTED_CODES.contains(code) ? UNSUPPORTED : REFUSED;
      case 405 -> UNSUPPORTED;
      default -> REFUSED;
    };
  }
}
