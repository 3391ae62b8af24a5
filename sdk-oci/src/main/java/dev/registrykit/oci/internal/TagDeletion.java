package dev.registrykit.oci.internal;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.oci.internal.Capabilities.Deletion;
import dev.registrykit.spi.Intent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes one tag and nothing else, unless forced. Where the registry deletes tags, it is asked to;
 * where it deletes manifests only, a placeholder goes in the tag's stead.
 */
final class TagDeletion {

  private final OciConfiguration configuration;
  private final OciApi api;
  private final TaggedManifests tagged;
  private final Capabilities capabilities;
  private final DeletionProbe probe;
  private final Disappearance disappearance;
  private final PlaceholderDeletion placeholders;

  TagDeletion(
      OciConfiguration configuration,
      OciApi api,
      TaggedManifests tagged,
      Capabilities capabilities,
      DeletionProbe probe,
      Disappearance disappearance) {
    this.configuration = configuration;
    this.api = api;
    this.tagged = tagged;
    this.capabilities = capabilities;
    this.probe = probe;
    this.disappearance = disappearance;
    this.placeholders = new PlaceholderDeletion(api, probe, disappearance);
  }

  DeleteResult remove(ImageRef image, String tag, DeleteOptions options) {
    Intent intent = Intent.onTag("delete", image, tag);
    String digest = null;
    if (options.requiredDigest().isPresent()) {
      digest =
          requireDigest(options, intent, api.headManifest(intent, image, tag).digest());
    }
    if (capabilities.of(image) != Deletion.MANIFEST) {
      Optional<DeleteResult> result = removeTag(image, tag, digest, intent);
      if (result.isPresent()) {
        return result.get();
      }
    }
    try {
      DeleteResult result = options.isForced()
          ? removeManifest(image, tag, options, intent)
          : removeByPlaceholder(image, tag, options, intent);
      capabilities.learn(image, Deletion.MANIFEST);
      return result;
    } catch (UnsupportedFeatureException e) {
      capabilities.forget(image); // deletion may be switched on later, of tags too
      throw e;
    }
  }

  static String requireDigest(DeleteOptions options, Intent intent, String digest) {
    Optional<String> required = options.requiredDigest();
    if (required.isPresent() && !required.get().equals(digest)) {
      throw new PreconditionFailedException(ErrorDetails.of(intent.description())
          .serverMessage("it points to " + digest + ", not to " + required.get())
          .build());
    }
    return digest;
  }

  /** Returns empty if the registry deletes no tags. */
  private Optional<DeleteResult> removeTag(
      ImageRef image, String tag, @Nullable String digest, Intent intent) {
    try {
      api.deleteManifest(intent, image, tag);
    } catch (RegistryServiceException e) {
      switch (DeletionAnswer.of(e)) {
        case MISSING_OR_UNSUPPORTED -> {
          if (e.answerWasLost()) {
            throw e; // the first attempt did it
          }
          api.headManifest(intent, image, tag); // which throws if the tag is what is missing
          return Optional.empty();
        }
        case UNSUPPORTED -> {
          capabilities.forget(image);
          return Optional.empty();
        }
        default -> throw e;
      }
    }
    capabilities.learn(image, Deletion.TAG);
    return Optional.of(DeleteResult.of(disappearance.outcome(intent, image, tag, digest), digest));
  }

  private DeleteResult removeByPlaceholder(
      ImageRef image, String tag, DeleteOptions options, Intent intent) {
    if (!configuration.usesPlaceholder()) {
      api.headManifest(intent, image, tag); // a missing tag is missing first of all
      throw new UnsupportedFeatureException(intent.description()
          + " failed: this registry deletes manifests only, with all their tags, and a placeholder"
          + " may not be used; withForce() deletes the manifest");
    }
    return placeholders.remove(image, tag, options, intent);
  }

  private DeleteResult removeManifest(
      ImageRef image, String tag, DeleteOptions options, Intent intent) {
    String digest = api.headManifest(intent, image, tag).digest();
    requireDigest(options, intent, digest);
    List<String> siblings = tagged.siblings(intent, image, digest, tag);
    if (options.requiredDigest().isPresent()) {
      requireDigest(options, intent, api.headManifest(intent, image, tag).digest());
    }
    try {
      api.deleteManifest(intent, image, digest);
    } catch (RegistryServiceException e) {
      if (DeletionAnswer.of(e) == DeletionAnswer.UNSUPPORTED) {
        throw probe.disabled(intent, e);
      }
      throw e;
    }
    return DeleteResult.of(disappearance.outcome(intent, image, tag, digest), digest)
        .withDeleted(siblings.isEmpty() ? siblings : gone(image, siblings, digest, intent));
  }

  /** Returns those that went: not every registry takes the tags of a manifest along. */
  private List<String> gone(ImageRef image, List<String> siblings, String digest, Intent intent) {
    Set<String> left = Set.copyOf(TaggedManifests.pointingTo(
        digest, tagged.heads(Intent.on(intent.description()), image, siblings)));
    return siblings.stream().filter(name -> !left.contains(name)).toList();
  }
}
