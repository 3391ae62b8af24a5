package dev.registrykit.github.internal.deletion;

import dev.registrykit.AuthenticationException;
import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.github.internal.deletion.PutBack.End;
import dev.registrykit.github.internal.wire.Manifests;
import dev.registrykit.github.internal.wire.Retold;
import dev.registrykit.github.internal.wire.Version;
import dev.registrykit.github.internal.wire.VersionLists;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes one tag from a version: a placeholder is pushed on the tag, found in the list of versions by its own
 * digest and its only tag, and deleted by its identifier. Whatever goes wrong, the tag is put back.
 *
 * <p>The protocol knows no compare-and-swap: a push by another between the last look at the tag and the
 * placeholder is lost. One that comes later survives, because it takes the tag from the placeholder's version.
 * Thread-safe.
 */
public final class PlaceholderDeletion {

  /** The first look that reads the whole list, not its first page alone; then every doubled one. */
  private static final int FIRST_WHOLE_LOOK = 3;

  private static final int SERVER_ERROR = 500;
  private static final int REQUEST_TIMEOUT = 408;

  private final VersionLists lists;
  private final Versions versions;
  private final Manifests manifests;
  private final Siblings siblings;
  private final Patience patience;

  /** Makes one. */
  public PlaceholderDeletion(
      VersionLists lists,
      Versions versions,
      Manifests manifests,
      Siblings siblings,
      Patience patience) {
    this.lists = lists;
    this.versions = versions;
    this.manifests = manifests;
    this.siblings = siblings;
    this.patience = patience;
  }

  /**
   * Deletes a tag.
   *
   * @param version the version that it is on
   * @param staying its siblings that are to stay, which are looked at in the end
   */
  DeleteResult remove(ImageRef image, String tag, Version version, List<String> staying) {
    Operation step = Operation.on(Operation.onTag("delete", image, tag).description());
    Run run = new Run(image, tag, version.digest(), step);
    OciManifest original = manifests.read(step, image, version.digest());
    Optional<String> left = Placeholder.originalOf(original);
    if (left.isPresent()) {
      run.finish(version);
      return DeleteResult.of(DeleteOutcome.DELETED, left.get());
    }
    run.remove(original);
    siblings.requireLeft(step, image, version.digest(), staying);
    return DeleteResult.of(DeleteOutcome.DELETED, version.digest());
  }

  /** One tag on its way. Its requests are about versions and manifests, whose 404 does not mean the tag. */
  private final class Run {

    private final ImageRef image;
    private final String tag;
    private final String digest;
    private final Operation step;
    private @Nullable Version placed;

    Run(ImageRef image, String tag, String digest, Operation step) {
      this.image = image;
      this.tag = tag;
      this.digest = digest;
      this.step = step;
    }

    /** Deletes the placeholder that another deletion left, or works with. Another one on top would hide the original. */
    void finish(Version left) {
      Optional<Version> now = hasTheTagAlone(left) ? confirmed(left) : Optional.empty();
      if (now.isEmpty()) {
        throw new ConflictException(step.details("it is on a placeholder that another works with"));
      }
      versions.delete(step, image, left.id(), () -> isGone(digest));
      awaitGone(digest);
    }

    void remove(OciManifest original) {
      Placeholder placeholder = Placeholder.of(tag, original, step);
      requireUnmoved();
      boolean isPlaced = false;
      try {
        place(placeholder);
        isPlaced = true;
        placed = awaitListed(placeholder);
        versions.delete(step, image, placed.id(), () -> isGone(placeholder.digest()));
        awaitGone(placeholder.digest());
      } catch (RuntimeException failure) {
        boolean mayArriveLate = !isPlaced && isUnanswered(failure);
        PutBack putBack = new PutBack(
            manifests,
            patience.time(),
            step,
            image,
            tag,
            original,
            placeholder.digest(),
            failure,
            isPlaced,
            mayArriveLate);
        End end = putBack.run();
        if (end != End.GONE || putBack.wasInterrupted()) {
          throw told(failure, end, placeholder);
        }
      }
    }

    private void place(Placeholder placeholder) {
      try {
        manifests.put(step, image, tag, placeholder.mediaType(), placeholder.bytes());
      } catch (AuthenticationException | PermissionDeniedException e) {
        throw Retold.adding(versions.whatPushingTakes(), false, e);
      }
    }

    private void requireUnmoved() {
      String now = manifests.digestOf(step, image, tag);
      if (!now.equals(digest)) {
        throw new ConflictException(step.details("it was pushed again meanwhile, to " + now));
      }
    }

    /** Waits for the version: of this digest and with this tag alone. By the tag alone it may be the old one. */
    private Version awaitListed(Placeholder placeholder) {
      Version[] found = new Version[1];
      int[] looks = {0, FIRST_WHOLE_LOOK};
      boolean isListed = patience.isReached(step.description(), () -> {
        looks[0]++;
        boolean isWhole = looks[0] == looks[1];
        if (isWhole) {
          looks[1] *= 2;
        }
        Optional<Version> listed = look(placeholder, isWhole).flatMap(this::confirmed);
        listed.ifPresent(version -> found[0] = version);
        return listed.isPresent();
      });
      if (!isListed && manifests.find(step, image, tag).filter(digest::equals).isPresent()) {
        throw step.invalid("the registry took the placeholder, and the tag does not point to it");
      }
      if (!isListed) {
        throw new RegistryTimeoutException(
            step.details("GitHub's list of versions did not show the placeholder within "
                + patience.limit().toSeconds() + " s"),
            null);
      }
      return found[0];
    }

    private Optional<Version> look(Placeholder placeholder, boolean isWhole) {
      return isWhole
          ? lists.find(step, image, version -> isPlaceholder(version, placeholder))
          : lists.findOnFirstPage(step, image, version -> isPlaceholder(version, placeholder));
    }

    /** Reads the version once more by its identifier, for the list may be older than what it is now. */
    private Optional<Version> confirmed(Version listed) {
      try {
        return Optional.of(lists.get(step, image, listed.id()))
            .filter(now -> now.digest().equals(listed.digest()) && hasTheTagAlone(now));
      } catch (NotFoundException e) {
        return Optional.empty(); // it is in the list by now, and will be here
      }
    }

    private boolean isPlaceholder(Version version, Placeholder placeholder) {
      return version.digest().equals(placeholder.digest()) && hasTheTagAlone(version);
    }

    private boolean hasTheTagAlone(Version version) {
      if (version.hasTagsBeside(tag)) {
        throw new ConflictException(step.details(
            "another gave the placeholder the tags " + String.join(", ", version.tagsBeside(tag))));
      }
      return version.tags().equals(List.of(tag));
    }

    /** What is left says the exception: no tag but this one was touched, and this one is back, or another's. */
    private RuntimeException told(RuntimeException failure, End end, Placeholder placeholder) {
      if (!(failure instanceof RegistryException e)) {
        return failure;
      }
      RegistryException known =
          e instanceof TagNotFoundException || e instanceof ImageNotFoundException
              ? new NotFoundException(e.details())
              : e;
      if (end != End.PUT_BACK && end != End.PUSHED_OVER) {
        return known;
      }
      String now = end == End.PUT_BACK
          ? "the tag points to " + digest + " again"
          : "another pushed the tag meanwhile";
      String left = placed == null ? " may be left" : " (version " + placed.id() + ") is left";
      return Retold.adding(
          now + "; the empty manifest " + placeholder.digest() + left + " without a tag",
          true,
          known);
    }

    private boolean isGone(String placeholder) {
      return manifests.find(step, image, tag).filter(placeholder::equals).isEmpty();
    }

    /** That GitHub answered so is no proof: a tag that still shows the placeholder is put back. */
    private void awaitGone(String placeholder) {
      if (!patience.isReached(step.description(), () -> isGone(placeholder))) {
        throw step.invalid("GitHub deleted the placeholder, and the registry still shows it after "
            + patience.limit().toSeconds() + " s");
      }
    }
  }

  /** A refusal in plain words was not carried out; all else may be, now or later. */
  private static boolean isUnanswered(RuntimeException failure) {
    if (!(failure instanceof RegistryServiceException e)) {
      return true;
    }
    return e.answerWasLost() || e.statusCode() >= SERVER_ERROR || e.statusCode() == REQUEST_TIMEOUT;
  }
}
