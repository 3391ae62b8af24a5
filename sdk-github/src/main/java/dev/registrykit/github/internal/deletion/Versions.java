package dev.registrykit.github.internal.deletion;

import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.github.internal.wire.Absence;
import dev.registrykit.github.internal.wire.GithubApi;
import dev.registrykit.github.internal.wire.Owners;
import dev.registrykit.spi.support.Operation;

/** Deletes versions, whose 404 does not tell whether they are gone or may not be deleted. Thread-safe. */
public final class Versions {

  private final GithubApi api;
  private final Owners owners;

  /** Makes one for an owner. */
  public Versions(GithubApi api, Owners owners) {
    this.api = api;
    this.owners = owners;
  }

  /**
   * Deletes a version that was just seen; one request.
   *
   * @return whether this call did it; false if an attempt before, whose answer was lost, had done it
   * @throws PermissionDeniedException if GitHub says that it does not know it, as it does where the token may
   *     not delete
   */
  boolean delete(Operation operation, ImageRef image, long id) {
    try {
      api.deleteVersion(operation, owners.owner(operation), image, id);
      return true;
    } catch (NotFoundException e) {
      if (e.answerWasLost()) {
        return false;
      }
      throw explained(e);
    }
  }

  /** Returns the exception for a 404 to the deletion of what is there: GitHub hides it, or a gateway is in the way. */
  public RegistryServiceException explained(NotFoundException e) {
    return Absence.isGithubsWord(e)
        ? denied(
            e,
            "it can be read, so the token may not delete it: "
                + api.tokenKind().whatDeletingTakes())
        : e;
  }

  /** Returns the exception for a 404 to the list of versions of what the registry has. */
  public PermissionDeniedException unlisted(NotFoundException e) {
    return denied(
        e,
        "the registry has it, so the token may not see it here: "
            + api.tokenKind().whatReadingTakes());
  }

  /** Returns what the token needs to push a placeholder. */
  String whatPushingTakes() {
    return api.tokenKind().whatPushingTakes();
  }

  private static PermissionDeniedException denied(RegistryServiceException e, String why) {
    ErrorDetails details = e.details();
    PermissionDeniedException denied = new PermissionDeniedException(details.toBuilder()
        .serverMessage(details.serverMessage().map(said -> said + "; " + why).orElse(why))
        .build());
    denied.addSuppressed(e); // the class takes no cause
    return denied;
  }
}
