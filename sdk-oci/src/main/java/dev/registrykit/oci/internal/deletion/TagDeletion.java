package dev.registrykit.oci.internal.deletion;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.ManifestInUseException;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.oci.internal.deletion.Capabilities.Deletion;
import dev.registrykit.oci.internal.deletion.PlaceholderDeletion.NotTakenException;
import dev.registrykit.oci.internal.detail.TaggedManifests;
import dev.registrykit.oci.internal.wire.ManifestHead;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.BulkDeletion;
import dev.registrykit.spi.support.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes one tag and nothing else, unless forced. Where the registry deletes tags, it is asked to;
 * where it deletes manifests only, a placeholder goes in the tag's stead, or, where that may not be
 * and nothing else hangs on it, the manifest.
 */
public final class TagDeletion {

  private final OciConfiguration configuration;
  private final OciApi api;
  private final TaggedManifests tagged;
  private final Capabilities capabilities;
  private final ManifestDeletion manifests;
  private final DeletionCheck deletionCheck;
  private final PlaceholderRemoval ghosts;
  private final PlaceholderDeletion placeholders;

  /** The run over many tags, of which some may take each other along; null for one alone. */
  private final @Nullable BulkDeletion run;

  private volatile boolean wasToldInThisRun;

  public TagDeletion(
      OciConfiguration configuration,
      OciApi api,
      TaggedManifests tagged,
      Capabilities capabilities,
      ManifestDeletion manifests,
      DeletionCheck deletionCheck,
      PlaceholderRemoval ghosts,
      PlaceholderDeletion placeholders) {
    this(
        configuration,
        api,
        tagged,
        capabilities,
        manifests,
        deletionCheck,
        ghosts,
        placeholders,
        null);
  }

  private TagDeletion(
      OciConfiguration configuration,
      OciApi api,
      TaggedManifests tagged,
      Capabilities capabilities,
      ManifestDeletion manifests,
      DeletionCheck deletionCheck,
      PlaceholderRemoval ghosts,
      PlaceholderDeletion placeholders,
      @Nullable BulkDeletion run) {
    this.run = run;
    this.configuration = configuration;
    this.api = api;
    this.tagged = tagged;
    this.capabilities = capabilities;
    this.manifests = manifests;
    this.deletionCheck = deletionCheck;
    this.ghosts = ghosts;
    this.placeholders = placeholders;
  }

  /**
   * Returns one for a run over many tags of one image: it probes once, looks at all tags once for all
   * that are forced, and lets tags of the run take each other along.
   */
  public TagDeletion forMany(BulkDeletion run) {
    ManifestDeletion probingOnce = manifests.forMany();
    return new TagDeletion(
        configuration,
        api,
        tagged.remembering(),
        capabilities,
        probingOnce,
        deletionCheck,
        ghosts,
        placeholders.forMany(probingOnce),
        run);
  }

  /**
   * Returns one of those tags of each digest that were seen when one of the run was forced, for the others
   * of the digest may go with it; all of them, if none were seen.
   */
  public List<String> oneOfEachDigest(List<String> tags) {
    return tagged.oneOfEachDigest(tags);
  }

  /** What a registry said when it was asked to delete a tag. */
  private enum Answer {
    ACCEPTED,
    /** The registry's own word that it deletes no tags. */
    UNSUPPORTED,
    /** It may have been a gateway's word, and nothing is known of the registry. */
    UNCLEAR
  }

  public DeleteResult remove(ImageRef image, String tag, DeleteOptions options) {
    Operation operation = Operation.onTag("delete", image, tag);
    // A forced deletion asks each time, for what was learnt may be out of date: siblings are at
    // stake.
    if (capabilities.of(image) == Deletion.MANIFEST && (!options.isForced() || wasToldInThisRun)) {
      try {
        return options.isForced()
            ? removeForced(image, tag, options, operation)
            : removeAlone(image, tag, options, operation, Answer.UNSUPPORTED);
      } catch (UnsupportedFeatureException e) {
        capabilities.forget(image); // it may delete tags by now
      }
    }
    String digest = digestBefore(image, tag, options, operation);
    Answer answer;
    try {
      answer = ask(image, tag, options, operation);
    } catch (TagNotFoundException | ImageNotFoundException e) {
      if (digest == null || !e.answerWasLost()) {
        throw e;
      }
      return DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, digest); // its first attempt did it
    }
    if (answer == Answer.ACCEPTED) {
      capabilities.learn(image, Deletion.TAG);
      return DeleteResult.of(deletionCheck.outcomeOfTag(operation, image, tag, digest), digest);
    }
    if (answer == Answer.UNSUPPORTED) {
      capabilities.learn(image, Deletion.MANIFEST);
      wasToldInThisRun = run != null;
    }
    try {
      return options.isForced() && answer == Answer.UNSUPPORTED
          ? removeForced(image, tag, options, operation)
          : removeAlone(image, tag, options, operation, answer);
    } catch (UnsupportedFeatureException e) {
      capabilities.forget(image); // deletion may be switched on later, of tags too
      throw e;
    }
  }

  /** Returns what the tag points to, where it has to be known before its deletion is asked for. */
  private @Nullable String digestBefore(
      ImageRef image, String tag, DeleteOptions options, Operation operation) {
    String digest;
    if (configuration.preset().looksFirst()) {
      digest = api.getManifest(operation, image, tag).digest();
    } else if (options.requiredDigest().isPresent()) {
      digest = api.headManifest(operation, image, tag).digest();
    } else {
      return null;
    }
    DigestCondition.require(options, operation, digest);
    return digest;
  }

  /**
   * Asks for the tag's deletion, and once more where a refusal may be somebody else's than the
   * registry's, or siblings would go because of it.
   */
  private Answer ask(ImageRef image, String tag, DeleteOptions options, Operation operation) {
    boolean isKnown = capabilities.of(image) == Deletion.MANIFEST;
    Answer answer = askOnce(image, tag, operation);
    boolean isEnough = answer == Answer.ACCEPTED
        || (answer == Answer.UNSUPPORTED && (isKnown || !options.isForced()));
    return isEnough ? answer : askOnce(image, tag, operation);
  }

  private Answer askOnce(ImageRef image, String tag, Operation operation) {
    try {
      api.deleteManifest(operation, image, tag);
      return Answer.ACCEPTED;
    } catch (RegistryServiceException e) {
      switch (DeletionAnswer.of(e)) {
        case UNSUPPORTED -> {
          return e.errorCode().isPresent() ? Answer.UNSUPPORTED : Answer.UNCLEAR;
        }
        case MISSING_OR_UNSUPPORTED -> {
          requireThere(image, tag, operation, e);
          return Answer.UNCLEAR;
        }
        case MISSING -> throw missing(image, tag, operation, e);
        default -> throw e;
      }
    }
  }

  /** Throws if it was the tag that a 404 meant, which an attempt before may have deleted. */
  private void requireThere(
      ImageRef image, String tag, Operation operation, RegistryServiceException answer) {
    if (api.findManifest(operation, image, tag).isEmpty()) {
      throw missing(image, tag, operation, answer);
    }
  }

  /** After a server that failed, the tag may be listed still and lead nowhere. */
  private RuntimeException missing(
      ImageRef image, String tag, Operation operation, RegistryServiceException answer) {
    boolean isHalfDone = answer.answerWasLost() && tagged.lists(operation, image, tag);
    if (isHalfDone && !ghosts.areGhostsGone(operation, image, List.of(tag))) {
      return operation.invalid("the registry cannot find the tag, and goes on listing it", answer);
    }
    boolean isAboutTag =
        answer instanceof TagNotFoundException || answer instanceof ImageNotFoundException;
    return isAboutTag ? answer : operation.notFound().apply(answer.details());
  }

  /** Deletes the tag and nothing else, by a placeholder if there may be one. */
  private DeleteResult removeAlone(
      ImageRef image, String tag, DeleteOptions options, Operation operation, Answer answer) {
    if (!configuration.usesPlaceholder()) {
      return removeUnshared(
          image, tag, options, operation, answer, "a placeholder may not be used", null);
    }
    try {
      return placeholders.remove(image, tag, options, operation);
    } catch (NotTakenException e) {
      String why = "it takes no placeholder (" + e.reason() + ")";
      return removeUnshared(image, tag, options, operation, answer, why, e.refusal());
    }
  }

  /**
   * Deletes the manifest if the caller allows that tags go with it, none goes that is not named, and no
   * index breaks. Without a word of the caller's nobody knows what is pushed between look and deletion.
   */
  private DeleteResult removeUnshared(
      ImageRef image,
      String tag,
      DeleteOptions options,
      Operation operation,
      Answer answer,
      String whyNotAlone,
      @Nullable RegistryServiceException refusal) {
    OciManifest manifest = api.getManifest(operation, image, tag); // first of all it may be missing
    DigestCondition.require(options, operation, manifest.digest());
    if (answer != Answer.UNSUPPORTED) {
      throw operation.unsupported(
          "nothing in the registry's own words says how it deletes, and " + whyNotAlone,
          Feature.DELETE_TAG,
          refusal);
    }
    DeleteOptions word = run == null ? options : run.options();
    boolean isAllowed = options.isForced() || !word.allowedSiblings().isEmpty();
    if (!isAllowed && options.allowedSiblings().isEmpty()) {
      throw deletesManifestsOnly(operation, whyNotAlone, refusal);
    }
    Map<String, ManifestHead> others = othersThan(tag, options, operation, image);
    List<String> siblings = TaggedManifests.pointingTo(manifest.digest(), others);
    if (!isAllowed && siblings.isEmpty()) {
      throw deletesManifestsOnly(operation, whyNotAlone, refusal); // as for one alone
    }
    List<String> inTheWay = new ArrayList<>(siblings);
    inTheWay.removeAll(options.allowedSiblings());
    if (!options.isForced() && !inTheWay.isEmpty()) {
      throw new SharedDigestException(
          inTheWay,
          operation.details("this registry deletes manifests only, with all their tags, and "
              + whyNotAlone + "; the tags " + String.join(", ", inTheWay)
              + " point to the same manifest"));
    }
    requireInNoIndex(operation, image, options, manifest, others);
    return removeManifest(
        image, tag, options, operation, manifest.digest(), siblings, 1 + others.size());
  }

  private static UnsupportedFeatureException deletesManifestsOnly(
      Operation operation, String whyNotAlone, @Nullable RegistryServiceException refusal) {
    return operation.unsupported(
        "this registry deletes manifests only, with all their tags, and " + whyNotAlone
            + "; withForce() or allowingSiblings(…) deletes the manifest",
        Feature.DELETE_TAG,
        refusal);
  }

  /**
   * Deletes the manifest with all its tags, unless that takes none along, or an index of another tag
   * lists it: then the tag goes alone, as on a registry that deletes tags.
   */
  private DeleteResult removeForced(
      ImageRef image, String tag, DeleteOptions options, Operation operation) {
    if (tagged.isRememberedAlone(tag)) {
      return removeAlone(image, tag, options, operation, Answer.UNSUPPORTED);
    }
    OciManifest manifest = api.getManifest(operation, image, tag);
    DigestCondition.require(options, operation, manifest.digest());
    Map<String, ManifestHead> others = tagged.rememberedHeadsBut(tag, operation, image);
    List<String> siblings = TaggedManifests.pointingTo(manifest.digest(), others);
    boolean isAlone = siblings.isEmpty()
        || !tagged.rememberedIndexTags(operation, image, manifest, others).isEmpty();
    return isAlone
        ? removeAlone(image, tag, options, operation, Answer.UNSUPPORTED)
        : removeManifest(
            image, tag, options, operation, manifest.digest(), siblings, 1 + others.size());
  }

  /** What the other tags point to, looked at right before, or, forced, as the run has seen it. */
  private Map<String, ManifestHead> othersThan(
      String tag, DeleteOptions options, Operation operation, ImageRef image) {
    return options.isForced()
        ? tagged.rememberedHeadsBut(tag, operation, image)
        : tagged.headsBut(tag, operation, image);
  }

  private void requireInNoIndex(
      Operation operation,
      ImageRef image,
      DeleteOptions options,
      OciManifest manifest,
      Map<String, ManifestHead> others) {
    List<String> indexTags = options.isForced()
        ? tagged.rememberedIndexTags(operation, image, manifest, others)
        : tagged.indexTags(operation, image, manifest, others);
    if (!indexTags.isEmpty()) {
      throw new ManifestInUseException(
          indexTags,
          operation.details("this registry deletes manifests only, and this one is a part of the"
              + " index tagged " + String.join(", ", indexTags)));
    }
  }

  /** Probes first: the registry's own word that it deletes manifests. */
  private DeleteResult removeManifest(
      ImageRef image,
      String tag,
      DeleteOptions options,
      Operation operation,
      String digest,
      List<String> siblings,
      int allTags) {
    manifests.requireOffered(operation, image);
    if (options.requiredDigest().isPresent()) {
      DigestCondition.require(
          options, operation, api.headManifest(operation, image, tag).digest());
    }
    if (run != null) {
      run.mayTakeAlong(tag, siblings);
    }
    boolean isInDoubt = manifests.delete(operation, image, digest);
    List<String> all = new ArrayList<>(siblings);
    all.add(tag);
    Set<String> mayBeLeft = deletionCheck.mayBeLeft(operation, image, all, allTags);
    DeleteOutcome outcome = mayBeLeft.contains(tag)
        ? deletionCheck.outcomeOfTag(operation, image, tag, digest)
        : DeleteOutcome.DELETED;
    List<String> gone = deletionCheck.gone(operation, image, siblings, mayBeLeft);
    if (isInDoubt) {
      outcome = ghosts.areGhostsGone(operation, image, all) ? outcome : DeleteOutcome.ACCEPTED;
    }
    return DeleteResult.of(outcome, digest).withDeleted(gone);
  }
}
