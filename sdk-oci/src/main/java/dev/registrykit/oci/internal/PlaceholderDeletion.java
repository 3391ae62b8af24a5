package dev.registrykit.oci.internal;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.PlaceholderLeftException;
import dev.registrykit.spi.Intent;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes a tag where only manifests can be deleted: a manifest of nothing is pushed on the tag, and
 * deleted, which takes this tag along and no other. Whatever goes wrong, the original is put back.
 *
 * <p>The protocol knows no compare-and-swap: a push by another between the last look at the tag and
 * the placeholder is lost. One that comes later survives, because a registry removes only the tags
 * that point to the manifest it deletes.
 */
final class PlaceholderDeletion {

  /** Putting back is worth some time even to a caller that is in a hurry, or was interrupted. */
  private static final Duration TIME_TO_PUT_BACK = Duration.ofSeconds(30);

  /** Refusals of this kind of manifest, rather than of writing the tag. */
  private static final Set<Integer> KIND_REFUSED = Set.of(400, 415, 422);

  private static final int REQUEST_TIMEOUT = 408;

  private final OciApi api;
  private final ManifestDeletion manifests;
  private final Disappearance disappearance;

  PlaceholderDeletion(OciApi api, ManifestDeletion manifests, Disappearance disappearance) {
    this.api = api;
    this.manifests = manifests;
    this.disappearance = disappearance;
  }

  DeleteResult remove(ImageRef image, String tag, DeleteOptions options, Intent intent) {
    OciManifest original = api.getManifest(intent, image, tag);
    TagDeletion.requireDigest(options, intent, original.digest());
    manifests.requireOffered(intent, image);
    return new Replacement(image, tag, original, intent).remove();
  }

  /** The registry refused the placeholder, so that nothing has changed. */
  private static final class NotPlacedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RegistryServiceException refusal;

    NotPlacedException(RegistryServiceException refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }

  /** One tag on its way. Belongs to one thread. */
  private final class Replacement {

    private final ImageRef image;
    private final String tag;
    private final OciManifest original;
    private final Intent intent;

    /** For requests whose 404 does not mean that the tag is missing. */
    private final Intent step;

    Replacement(ImageRef image, String tag, OciManifest original, Intent intent) {
      this.image = image;
      this.tag = tag;
      this.original = original;
      this.intent = intent;
      this.step = Intent.on(intent.description());
    }

    DeleteResult remove() {
      try {
        return replaceAndDelete(Placeholder.index());
      } catch (NotPlacedException e) {
        if (!KIND_REFUSED.contains(e.refusal.statusCode())) {
          throw e.refusal;
        }
      }
      try {
        return replaceAndDelete(Placeholder.imageLike(original));
      } catch (NotPlacedException e) {
        throw e.refusal;
      }
    }

    private DeleteResult replaceAndDelete(Placeholder placeholder) throws NotPlacedException {
      placeholder.blob().ifPresent(blob -> api.putBlob(step, image, Digests.of(blob), blob));
      requireUnmoved();
      try {
        place(placeholder);
        delete(placeholder);
        if (!disappearance.isTagGone(
            step, image, tag, current -> !current.equals(placeholder.digest()))) {
          throw intent.invalid("the registry deleted the placeholder but not the tag");
        }
      } catch (RegistryException failure) {
        putBack(placeholder, failure);
      }
      return DeleteResult.of(DeleteOutcome.DELETED, original.digest());
    }

    private void requireUnmoved() {
      String current = api.headManifest(intent, image, tag).digest();
      if (!current.equals(original.digest())) {
        throw new ConflictException(ErrorDetails.of(intent.description())
            .serverMessage("it was pushed again meanwhile, to " + current)
            .build());
      }
    }

    private void place(Placeholder placeholder) throws NotPlacedException {
      try {
        api.putManifest(step, image, tag, placeholder.manifest());
      } catch (RegistryServiceException e) {
        boolean isRefused = e.statusCode() < 500 && e.statusCode() != REQUEST_TIMEOUT;
        if (isRefused && !e.answerWasLost()) {
          throw new NotPlacedException(e);
        }
        throw e;
      }
    }

    private void delete(Placeholder placeholder) {
      try {
        manifests.delete(step, image, placeholder.digest());
      } catch (NotFoundException e) {
        // Gone all the same, by whomever; a look at the tag decides.
      }
    }

    /** Returns if the tag turns out to be gone; else throws, with the original back on the tag. */
    private void putBack(Placeholder placeholder, RegistryException failure) {
      boolean wasInterrupted = Thread.interrupted(); // the flag would end these requests too
      try {
        if (isGoneOrPutBack(placeholder) && !wasInterrupted) {
          return;
        }
      } catch (RegistryException e) {
        failure.addSuppressed(e);
        throw new PlaceholderLeftException(
            image, tag, original.digest(), placeholder.digest(), reason(failure), failure);
      } finally {
        if (wasInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
      throw failure;
    }

    private String reason(RegistryException failure) {
      return String.valueOf(failure.getMessage())
          .replaceFirst("^\\Q" + intent.description() + " failed: \\E", "");
    }

    private boolean isGoneOrPutBack(Placeholder placeholder) {
      Intent back = step.within(TIME_TO_PUT_BACK);
      Optional<String> current = current(back);
      if (current.isEmpty()) {
        return true;
      }
      if (current.get().equals(placeholder.digest())) {
        api.putManifest(back, image, tag, original);
        if (!current(back).equals(Optional.of(original.digest()))) {
          throw intent.invalid("the original was put back, but the tag does not point to it");
        }
      }
      return false; // it never left, or another pushed
    }

    private Optional<String> current(Intent back) {
      try {
        return Optional.of(api.headManifest(back, image, tag).digest());
      } catch (NotFoundException e) {
        return Optional.empty();
      }
    }
  }
}
