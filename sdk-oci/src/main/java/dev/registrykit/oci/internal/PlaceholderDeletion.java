package dev.registrykit.oci.internal;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.PlaceholderLeftException;
import dev.registrykit.spi.Operation;
import dev.registrykit.spi.OperationContext;
import dev.registrykit.spi.TimeSource;
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

  /** How often putting back starts anew when the thread is interrupted in it. */
  private static final int MAX_INTERRUPTS = 5;

  /** Refusals of this kind of manifest, rather than of writing the tag. */
  private static final Set<Integer> KIND_REFUSED = Set.of(400, 415, 422);

  private static final int REQUEST_TIMEOUT = 408;

  private static final int SERVER_ERROR = 500;

  private static final String FAILED = " failed: ";

  private final OciApi api;
  private final ManifestDeletion manifests;
  private final Disappearance disappearance;
  private final TimeSource time;

  PlaceholderDeletion(
      OciApi api, ManifestDeletion manifests, Disappearance disappearance, TimeSource time) {
    this.api = api;
    this.manifests = manifests;
    this.disappearance = disappearance;
    this.time = time;
  }

  DeleteResult remove(ImageRef image, String tag, DeleteOptions options, Operation operation) {
    OciManifest original = api.getManifest(operation, image, tag);
    TagDeletion.requireDigest(options, operation, original.digest());
    if (Placeholder.isOne(original)) {
      return removeLeftover(image, tag, original.digest(), operation);
    }
    manifests.requireOffered(operation, image);
    return new Replacement(image, tag, original, operation).remove();
  }

  /**
   * Goes on where another deletion stopped, or still is: a placeholder has no other tags. Another
   * one on top of it would be put back as if it were the original.
   */
  private DeleteResult removeLeftover(
      ImageRef image, String tag, String digest, Operation operation) {
    manifests.delete(operation, image, digest);
    return DeleteResult.of(disappearance.outcome(operation, image, tag, digest), digest);
  }

  /** The registry refused the placeholder, so that nothing has changed. */
  private static final class NotPlacedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RegistryServiceException refusal;

    NotPlacedException(RegistryServiceException refusal) {
      super(refusal);
      this.refusal = refusal;
    }

    boolean isOfKind() {
      return KIND_REFUSED.contains(refusal.statusCode());
    }
  }

  /** One tag on its way. Belongs to one thread. */
  private final class Replacement {

    private final ImageRef image;
    private final String tag;
    private final OciManifest original;
    private final Operation operation;

    /** For requests whose 404 does not mean that the tag is missing. */
    private final Operation step;

    /** For requests that need permission to push, which one who may delete may lack. */
    private final Operation placing;

    Replacement(ImageRef image, String tag, OciManifest original, Operation operation) {
      this.image = image;
      this.tag = tag;
      this.original = original;
      this.operation = operation;
      this.step = Operation.on(operation.description());
      this.placing = Operation.on(operation.description() + " by pushing a placeholder");
    }

    DeleteResult remove() {
      try {
        return replaceAndDelete(Placeholder.index());
      } catch (NotPlacedException e) {
        if (!e.isOfKind()) {
          throw e.refusal;
        }
      }
      try {
        return replaceAndDelete(Placeholder.imageLike(original));
      } catch (NotPlacedException e) {
        throw e.isOfKind() ? takesNoPlaceholder(e.refusal) : e.refusal;
      }
    }

    private UnsupportedFeatureException takesNoPlaceholder(RegistryServiceException refusal) {
      return operation.unsupported(
          "this registry deletes manifests only, with all their tags, and takes no placeholder;"
              + " withForce() deletes the manifest; it said: "
              + reason(refusal),
          Feature.DELETE_TAG,
          refusal);
    }

    /** Leaves out what failed, which the message that it becomes a part of says already. */
    private String reason(RuntimeException failure) {
      String message = String.valueOf(failure.getMessage());
      int start = message.indexOf(FAILED);
      return start < 0 ? message : message.substring(start + FAILED.length());
    }

    private DeleteResult replaceAndDelete(Placeholder placeholder) throws NotPlacedException {
      placeholder.blob().ifPresent(blob -> api.putBlob(placing, image, Digests.of(blob), blob));
      requireUnmoved();
      boolean isPlaced = false;
      try {
        place(placeholder);
        isPlaced = true;
        delete(placeholder);
        if (!isGone(placeholder)) {
          throw operation.invalid("the registry deleted the placeholder but not the tag");
        }
      } catch (RuntimeException failure) {
        // A 500 is the registry's own word; all else may be a gateway's, or follow a lost answer.
        boolean isRegistrysWord =
            failure instanceof RegistryServiceException e && e.statusCode() == SERVER_ERROR;
        boolean mayArriveLate = !isPlaced && !isRegistrysWord;
        if (!isGoneOrPutBack(placeholder, mayArriveLate, failure)) {
          throw failure;
        }
      }
      return DeleteResult.of(DeleteOutcome.DELETED, original.digest());
    }

    private void requireUnmoved() {
      String current = api.headManifest(operation, image, tag).digest();
      if (!current.equals(original.digest())) {
        throw new ConflictException(
            operation.details("it was pushed again meanwhile, to " + current));
      }
    }

    private void place(Placeholder placeholder) throws NotPlacedException {
      try {
        api.putManifest(placing, image, tag, placeholder.manifest());
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

    private boolean isGone(Placeholder placeholder) {
      return disappearance.isTagGone(step, image, tag, current -> isAnothers(current, placeholder));
    }

    /** A look may still show the original, and a registry may name the placeholder differently. */
    private boolean isAnothers(String digest, Placeholder placeholder) {
      return !digest.equals(placeholder.digest())
          && !digest.equals(original.digest())
          && !placeholder.is(api.getManifest(step, image, tag));
    }

    /** Returns whether the tag turns out to be gone after a failure that is no interrupt. */
    private boolean isGoneOrPutBack(
        Placeholder placeholder, boolean mayArriveLate, RuntimeException failure) {
      boolean wasInterrupted = false;
      try {
        for (int interrupts = 0; ; interrupts++) {
          wasInterrupted |= Thread.interrupted(); // the flag would end these requests too
          try {
            return OperationContext.withOwnTime(
                    TIME_TO_PUT_BACK, time, () -> isGoneOrPutBack(placeholder, mayArriveLate))
                && !wasInterrupted;
          } catch (RuntimeException e) {
            failure.addSuppressed(e);
            if (!Thread.currentThread().isInterrupted() || interrupts == MAX_INTERRUPTS) {
              throw new PlaceholderLeftException(
                  image, tag, original.digest(), placeholder.digest(), reason(failure), failure);
            }
          }
        }
      } finally {
        if (wasInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private boolean isGoneOrPutBack(Placeholder placeholder, boolean mayArriveLate) {
      Optional<OciManifest> current = current();
      boolean isReplaced = current.filter(placeholder::is).isPresent();
      // A push that nobody answered may be carried out after the look, so that one more follows it.
      boolean mayBeReplaced = mayArriveLate && current.filter(original::equals).isPresent();
      if (isReplaced || mayBeReplaced) {
        api.putManifest(step, image, tag, original);
        current = current();
        if (current.filter(placeholder::is).isPresent()) {
          throw operation.invalid(
              "the original was put back, but the tag points to the placeholder");
        }
      }
      return current.isEmpty(); // else it never left, or another pushed
    }

    /** A 404 without a code may be a gateway's, whose registry is away and has the tag. */
    private Optional<OciManifest> current() {
      try {
        return Optional.of(api.getManifest(step, image, tag));
      } catch (NotFoundException e) {
        if (e.errorCode().isEmpty()) {
          throw e;
        }
        return Optional.empty();
      }
    }
  }
}
