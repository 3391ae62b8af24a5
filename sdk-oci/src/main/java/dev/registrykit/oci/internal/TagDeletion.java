package dev.registrykit.oci.internal;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.internal.Capabilities.Deletion;
import dev.registrykit.spi.Operation;
import java.util.List;
import java.util.Optional;

/**
 * Deletes one tag and nothing else, unless forced. Where the registry deletes tags, it is asked to;
 * where it deletes manifests only, a placeholder goes in the tag's stead.
 */
final class TagDeletion {

  private final OciConfiguration configuration;
  private final OciApi api;
  private final TaggedManifests tagged;
  private final Capabilities capabilities;
  private final ManifestDeletion manifests;
  private final Disappearance disappearance;
  private final PlaceholderDeletion placeholders;

  TagDeletion(
      OciConfiguration configuration,
      OciApi api,
      TaggedManifests tagged,
      Capabilities capabilities,
      ManifestDeletion manifests,
      Disappearance disappearance) {
    this.configuration = configuration;
    this.api = api;
    this.tagged = tagged;
    this.capabilities = capabilities;
    this.manifests = manifests;
    this.disappearance = disappearance;
    this.placeholders =
        new PlaceholderDeletion(api, manifests, disappearance, configuration.time());
  }

  DeleteResult remove(ImageRef image, String tag, DeleteOptions options) {
    Operation operation = Operation.onTag("delete", image, tag);
    // A forced deletion asks each time, for what was learnt may be out of date: siblings are at
    // stake.
    if (capabilities.of(image) == Deletion.MANIFEST && !options.isForced()) {
      try {
        return removeByPlaceholder(image, tag, options, operation);
      } catch (UnsupportedFeatureException e) {
        capabilities.forget(image); // it may delete tags by now
      }
    }
    Optional<DeleteResult> result = removeTag(image, tag, options, operation);
    return result.isPresent() ? result.get() : removeWithManifest(image, tag, options, operation);
  }

  static String requireDigest(DeleteOptions options, Operation operation, String digest) {
    Optional<String> required = options.requiredDigest();
    if (required.isPresent() && !required.get().equals(digest)) {
      throw new PreconditionFailedException(
          operation.details("it points to " + digest + ", not to " + required.get()));
    }
    return digest;
  }

  /** Returns empty if the registry deletes no tags. */
  private Optional<DeleteResult> removeTag(
      ImageRef image, String tag, DeleteOptions options, Operation operation) {
    String digest = null;
    if (configuration.preset().looksFirst()) {
      digest = requireDigest(
          options, operation, api.getManifest(operation, image, tag).digest());
    } else if (options.requiredDigest().isPresent()) {
      digest = requireDigest(
          options, operation, api.headManifest(operation, image, tag).digest());
    }
    try {
      api.deleteManifest(operation, image, tag);
    } catch (RegistryServiceException e) {
      switch (DeletionAnswer.of(e)) {
        case MISSING_OR_UNSUPPORTED -> {
          requireThere(image, tag, operation, e);
          return Optional.empty();
        }
        case UNSUPPORTED -> {
          capabilities.learn(image, Deletion.MANIFEST);
          return Optional.empty();
        }
        default -> throw e;
      }
    }
    capabilities.learn(image, Deletion.TAG);
    return Optional.of(
        DeleteResult.of(disappearance.outcome(operation, image, tag, digest), digest));
  }

  /** Throws if it was the tag that a 404 meant, which an attempt before may have deleted. */
  private void requireThere(
      ImageRef image, String tag, Operation operation, RegistryServiceException answer) {
    try {
      api.headManifest(operation, image, tag);
    } catch (TagNotFoundException | ImageNotFoundException missing) {
      throw answer.answerWasLost() ? operation.notFound().apply(answer.details()) : missing;
    }
  }

  private DeleteResult removeWithManifest(
      ImageRef image, String tag, DeleteOptions options, Operation operation) {
    try {
      return options.isForced()
          ? removeManifest(image, tag, options, operation)
          : removeByPlaceholder(image, tag, options, operation);
    } catch (UnsupportedFeatureException e) {
      capabilities.forget(image); // deletion may be switched on later, of tags too
      throw e;
    }
  }

  private DeleteResult removeByPlaceholder(
      ImageRef image, String tag, DeleteOptions options, Operation operation) {
    if (!configuration.usesPlaceholder()) {
      api.headManifest(operation, image, tag); // a missing tag is missing first of all
      throw operation.unsupported(
          "this registry deletes manifests only, with all their tags, and a placeholder may not be"
              + " used; withForce() deletes the manifest",
          Feature.DELETE_TAG,
          null);
    }
    return placeholders.remove(image, tag, options, operation);
  }

  private DeleteResult removeManifest(
      ImageRef image, String tag, DeleteOptions options, Operation operation) {
    String digest = api.headManifest(operation, image, tag).digest();
    requireDigest(options, operation, digest);
    List<String> siblings = tagged.siblings(operation, image, digest, tag);
    if (options.requiredDigest().isPresent()) {
      requireDigest(options, operation, api.headManifest(operation, image, tag).digest());
    }
    manifests.delete(operation, image, digest);
    return DeleteResult.of(disappearance.outcome(operation, image, tag, digest), digest)
        .withDeleted(tagged.gone(operation, image, siblings, digest));
  }
}
