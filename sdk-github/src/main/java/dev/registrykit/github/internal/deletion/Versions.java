package dev.registrykit.github.internal.deletion;

import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.github.internal.wire.Absence;
import dev.registrykit.github.internal.wire.GithubApi;
import dev.registrykit.github.internal.wire.Owners;
import dev.registrykit.spi.support.Operation;
import java.util.function.BooleanSupplier;

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
   * @param isGone asked after a 404: whether the registry says that the tag is gone, as it is if another did it
   * @return whether this call did it; false if an attempt before, whose answer was lost, had done it, or another
   * @throws PermissionDeniedException if GitHub says that it does not know what is there, as it does where the token
   *     may not delete
   */
  boolean delete(Operation operation, ImageRef image, long id, BooleanSupplier isGone) {
    try {
      api.deleteVersion(operation, owners.owner(operation), image, id);
      return true;
    } catch (NotFoundException e) {
      if (e.answerWasLost() || isKnownToBe(isGone)) {
        return false;
      }
      throw explained(e);
    }
  }

  private static boolean isKnownToBe(BooleanSupplier gone) {
    try {
      return gone.getAsBoolean();
    } catch (RegistryException e) {
      return false; // nobody knows, and GitHub's answer stands
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
