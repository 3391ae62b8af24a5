package dev.registrykit.oci.internal.deletion;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.PlaceholderLeftException;
import dev.registrykit.oci.internal.deletion.PutBack.End;
import dev.registrykit.oci.internal.deletion.ReplacedTag.TagState;
import dev.registrykit.oci.internal.detail.TaggedManifests;
import dev.registrykit.oci.internal.wire.Digests;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.TimeSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a tag where only manifests can be deleted: a manifest of nothing is pushed on the tag, and
 * deleted, which takes this tag along and no other. Whatever goes wrong, the original is put back;
 * after a kill, {@link #restore} does it by what the placeholder says. In one repository one
 * deletion runs after another.
 *
 * <p>The protocol knows no compare-and-swap: a push by another between the last look at the tag and
 * the placeholder is lost. One that comes later survives, because a registry removes only the tags
 * that point to the manifest it deletes.
 */
public final class PlaceholderDeletion {

  /** Refusals of this kind of manifest, rather than of writing the tag. */
  private static final Set<Integer> KIND_REFUSED = Set.of(400, 415, 422);

  private static final int REQUEST_TIMEOUT = 408;

  private static final int METHOD_NOT_ALLOWED = 405;

  private static final int SERVER_ERROR = 500;

  private final OciApi api;
  private final TaggedManifests tagged;
  private final ManifestDeletion manifests;
  private final PlaceholderRemoval removal;
  private final RepositoryTurns turns;
  private final TimeSource time;

  /** What a run over many tags has learnt; null where one is deleted alone. */
  private final @Nullable Learnt learnt;

  /** Of the registry that a run is on. Thread-safe. */
  private static final class Learnt {
    private final Set<String> pushedBlobs = ConcurrentHashMap.newKeySet();
    private volatile boolean isIndexRefused;
  }

  public PlaceholderDeletion(
      OciApi api,
      TaggedManifests tagged,
      ManifestDeletion manifests,
      PlaceholderRemoval removal,
      RepositoryTurns turns,
      TimeSource time) {
    this(api, tagged, manifests, removal, turns, time, null);
  }

  private PlaceholderDeletion(
      OciApi api,
      TaggedManifests tagged,
      ManifestDeletion manifests,
      PlaceholderRemoval removal,
      RepositoryTurns turns,
      TimeSource time,
      @Nullable Learnt learnt) {
    this.learnt = learnt;
    this.api = api;
    this.tagged = tagged;
    this.manifests = manifests;
    this.removal = removal;
    this.turns = turns;
    this.time = time;
  }

  /**
   * Returns one for a run over many tags of one image, which tries the kinds of placeholders once, and pushes
   * the blob of one once for all tags whose annotations can say the rest.
   */
  PlaceholderDeletion forMany(ManifestDeletion probingOnce) {
    return new PlaceholderDeletion(api, tagged, probingOnce, removal, turns, time, new Learnt());
  }

  /** The registry takes no placeholder of any kind; nothing has changed. */
  static final class NotTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RegistryServiceException refusal;

    NotTakenException(RegistryServiceException refusal) {
      super(refusal);
      this.refusal = refusal;
    }

    RegistryServiceException refusal() {
      return refusal;
    }

    /** Returns what the registry said, without what failed. */
    String reason() {
      return PutBack.reason(refusal);
    }
  }

  /**
   * Deletes the tag.
   *
   * @throws NotTakenException if the registry takes no placeholder
   */
  DeleteResult remove(ImageRef image, String tag, DeleteOptions options, Operation operation)
      throws NotTakenException {
    OciManifest original;
    try {
      original = api.getManifest(operation, image, tag);
    } catch (TagNotFoundException e) {
      if (options.requiredDigest().isEmpty() && removal.removesGhost(operation, image, tag)) {
        return DeleteResult.of(DeleteOutcome.DELETED, null);
      }
      throw e;
    }
    Optional<LeftPlaceholder> left = LeftPlaceholder.of(api, operation, image, original);
    String digest = left.map(LeftPlaceholder::originalDigest).orElse(original.digest());
    DigestCondition.require(options, operation, digest);
    if (left.isPresent()) {
      return turns.inTurn(
          operation, image, () -> removeLeftover(image, tag, original, digest, operation));
    }
    manifests.requireOffered(operation, image);
    Replacement replacement = new Replacement(image, tag, original, operation);
    return turns.inTurn(operation, image, replacement::remove);
  }

  /**
   * Goes on where another deletion stopped, or still is: a placeholder has no other tags. Another
   * one on top of it would be put back as if it were the original.
   */
  private DeleteResult removeLeftover(
      ImageRef image, String tag, OciManifest found, String digest, Operation operation) {
    ReplacedTag way = way(operation, image, tag, null, Placeholder.found(found));
    TagState sight = removal.remove(way);
    DeleteOutcome outcome = sight.isEnd() ? DeleteOutcome.DELETED : DeleteOutcome.ACCEPTED;
    return DeleteResult.of(outcome, digest);
  }

  private ReplacedTag way(
      Operation operation,
      ImageRef image,
      String tag,
      @Nullable OciManifest original,
      Placeholder placeholder) {
    Operation step = Operation.on(operation.description()); // whose 404 does not mean the tag
    return new ReplacedTag(api, tagged, step, image, tag, original, placeholder);
  }

  /**
   * Puts a tag back that points to a placeholder: what was killed could not.
   *
   * @return whether there was anything to do
   * @throws ConflictException if the placeholder is another tag's or does not name its original, or
   *     the tag was pushed again meanwhile
   */
  public boolean restore(ImageRef image, String tag) {
    Operation operation = Operation.onTag("restore", image, tag);
    OciManifest current = api.getManifest(operation, image, tag);
    Optional<LeftPlaceholder> left = LeftPlaceholder.of(api, operation, image, current);
    if (left.isEmpty()) {
      return false;
    }
    String digest = left.get().originalDigest();
    if (digest == null || !tag.equals(left.get().tag())) {
      throw new ConflictException(
          operation.details("it points to a placeholder that does not say what it stands for"));
    }
    Operation step = Operation.on(operation.description());
    OciManifest original = api.getManifest(step, image, digest);
    return turns.inTurn(operation, image, () -> {
      requireUnmoved(operation, image, tag, current.digest());
      api.putManifest(step, image, tag, original);
      requireUnmoved(operation, image, tag, digest);
      return true;
    });
  }

  private void requireUnmoved(Operation operation, ImageRef image, String tag, String digest) {
    String current = api.headManifest(operation, image, tag).digest();
    if (!current.equals(digest)) {
      throw new ConflictException(
          operation.details("it was pushed again meanwhile, to " + current));
    }
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

    /** For requests that need permission to push, which one who may delete may lack. */
    private final Operation placing;

    Replacement(ImageRef image, String tag, OciManifest original, Operation operation) {
      this.image = image;
      this.tag = tag;
      this.original = original;
      this.operation = operation;
      this.placing = Operation.on(operation.description() + " by pushing a placeholder");
    }

    DeleteResult remove() throws NotTakenException {
      if (learnt == null || !learnt.isIndexRefused) {
        try {
          return replaceAndDelete(Placeholder.index(tag, original));
        } catch (NotPlacedException e) {
          if (!e.isOfKind()) {
            throw refused(e.refusal);
          }
        }
      }
      if (learnt != null) {
        learnt.isIndexRefused = true;
      }
      boolean isOfMany = learnt != null && !Placeholder.isDocker(original);
      try {
        return replaceAndDelete(
            isOfMany
                ? Placeholder.imageOfMany(tag, original)
                : Placeholder.imageLike(tag, original));
      } catch (NotPlacedException e) {
        if (!e.isOfKind()) {
          throw refused(e.refusal);
        }
        throw new NotTakenException(e.refusal);
      }
    }

    private RuntimeException refused(RegistryServiceException refusal) {
      boolean takesNoPush = refusal.statusCode() == METHOD_NOT_ALLOWED
          && !(refusal instanceof ConflictException); // which is one for now
      return takesNoPush
          ? placing.unsupported(
              "this registry takes no pushes (" + PutBack.reason(refusal) + ")",
              Feature.DELETE_TAG,
              refusal)
          : refusal;
    }

    private DeleteResult replaceAndDelete(Placeholder placeholder) throws NotPlacedException {
      ReplacedTag way = way(operation, image, tag, original, placeholder);
      placeholder.blob().ifPresent(this::push);
      requireUnmoved(operation, image, tag, original.digest());
      boolean isPlaced = false;
      try {
        place(way);
        isPlaced = true;
        delete(way);
      } catch (PlaceholderLeftException e) {
        throw e; // for all its time it could not be put back
      } catch (RuntimeException failure) {
        // A 500 is the registry's own word; all else may be a gateway's, or follow a lost answer.
        boolean isRegistrysWord =
            failure instanceof RegistryServiceException e && e.statusCode() == SERVER_ERROR;
        PutBack putBack = new PutBack(api, time, way, failure, !isPlaced && !isRegistrysWord);
        if (putBack.run() != End.GONE || putBack.wasInterrupted()) {
          throw failure;
        }
      }
      return DeleteResult.of(DeleteOutcome.DELETED, original.digest());
    }

    private void push(byte[] blob) {
      String digest = Digests.of(blob);
      if (learnt == null || !learnt.pushedBlobs.contains(digest)) {
        api.putBlob(placing, image, digest, blob);
      }
      if (learnt != null) {
        learnt.pushedBlobs.add(digest);
      }
    }

    private void place(ReplacedTag way) throws NotPlacedException {
      try {
        api.putManifest(placing, image, tag, way.placeholder().manifest());
      } catch (RegistryServiceException e) {
        boolean isRefusal = e.statusCode() < SERVER_ERROR && e.statusCode() != REQUEST_TIMEOUT;
        if (!isRefusal || e.answerWasLost()) {
          throw e;
        }
        requireRefused(way, e);
        throw new NotPlacedException(e);
      }
    }

    /** A proxy may refuse what the registry behind it has taken, so that only a look tells. */
    private void requireRefused(ReplacedTag way, RegistryServiceException refusal) {
      End end = new PutBack(api, time, way, refusal, false).run();
      if (end == End.PUT_BACK || end == End.PUSHED_OVER) {
        throw placing.invalid(
            "the placeholder was refused (" + PutBack.reason(refusal)
                + ") and stored all the same; "
                + (end == End.PUT_BACK
                    ? "the original is back"
                    : "another pushed the tag meanwhile"),
            refusal);
      }
    }

    private void delete(ReplacedTag way) {
      if (!removal.remove(way).isEnd()) {
        throw operation.invalid("the registry deleted the placeholder but not the tag");
      }
    }
  }
}
