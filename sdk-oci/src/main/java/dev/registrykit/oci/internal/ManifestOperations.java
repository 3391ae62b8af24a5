package dev.registrykit.oci.internal;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.oci.ManifestInUseException;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.deletion.DeletionCheck;
import dev.registrykit.oci.internal.deletion.ManifestDeletion;
import dev.registrykit.oci.internal.deletion.PlaceholderRemoval;
import dev.registrykit.oci.internal.detail.TaggedManifests;
import dev.registrykit.oci.internal.wire.Absence;
import dev.registrykit.oci.internal.wire.Digests;
import dev.registrykit.oci.internal.wire.FallbackIndex;
import dev.registrykit.oci.internal.wire.ManifestHead;
import dev.registrykit.oci.internal.wire.ManifestReader;
import dev.registrykit.oci.internal.wire.ManifestReader.UnreadableException;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.oci.internal.wire.Referrers;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with manifests. */
final class ManifestOperations {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.oci");

  private static final int METHOD_NOT_ALLOWED = 405;

  private final OciApi api;
  private final TaggedManifests tagged;
  private final ManifestDeletion deletion;
  private final DeletionCheck deletionCheck;
  private final PlaceholderRemoval placeholders;
  private final Referrers referrers;

  ManifestOperations(
      OciConfiguration configuration,
      OciApi api,
      TaggedManifests tagged,
      ManifestDeletion deletion,
      DeletionCheck deletionCheck,
      PlaceholderRemoval placeholders) {
    this.api = api;
    this.tagged = tagged;
    this.deletion = deletion;
    this.deletionCheck = deletionCheck;
    this.placeholders = placeholders;
    this.referrers = new Referrers(configuration, api);
  }

  OciManifest get(ImageRef image, String reference) {
    return api.getManifest(operation("get", image, reference), image, reference);
  }

  /**
   * Checks what a caller wants to write, before anything is sent.
   *
   * @param reference a tag, or the digest of the bytes
   * @throws IllegalArgumentException if the bytes are no manifest of that type and digest
   */
  OciManifest checked(String reference, String mediaType, byte[] bytes) {
    boolean isDigest = reference.indexOf(':') >= 0;
    String digest = isDigest ? reference : Digests.of(bytes);
    if (isDigest && !Digests.matches(digest, bytes)) {
      throw new IllegalArgumentException("the bytes do not have the digest " + digest);
    }
    try {
      return ManifestReader.read(mediaType, digest, bytes);
    } catch (UnreadableException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  String put(ImageRef image, String reference, OciManifest manifest) {
    Operation operation = onManifest("put", image, reference);
    boolean keepsReferrers = push(operation, image, reference, manifest);
    if (manifest.subject().isPresent() && !keepsReferrers) {
      new FallbackIndex(api, referrers).add(operation, image, manifest);
    }
    return manifest.digest();
  }

  String tag(ImageRef image, String source, String newTag) {
    String description = "tag " + source + " of " + image + " as " + newTag;
    OciManifest manifest = api.getManifest(
        new Operation(description, operation("tag", image, source).notFound()), image, source);
    push(Operation.on(description), image, newTag, manifest);
    return manifest.digest();
  }

  /** Where nothing may be pushed, as in maintenance, 405 says so; zot's and Quay's DENIED does not. */
  private boolean push(
      Operation operation, ImageRef image, String reference, OciManifest manifest) {
    try {
      return api.putManifest(operation, image, reference, manifest);
    } catch (RegistryServiceException e) {
      if (e.statusCode() != METHOD_NOT_ALLOWED || e instanceof ConflictException) {
        throw e;
      }
      String code = e.errorCode().map(said -> " " + said).orElse("");
      throw operation.unsupported(
          "this registry takes no pushes, or is read-only (HTTP 405" + code + ")", null, e);
    }
  }

  PagedIterable<OciDescriptor> referrers(
      ImageRef image, String digest, @Nullable String artifactType) {
    return referrers.list(image, digest, artifactType);
  }

  DeleteResult delete(ImageRef image, String digest, DeleteOptions options) {
    Operation operation = onManifest("delete", image, digest);
    OciManifest manifest;
    try {
      manifest = api.getManifest(operation, image, digest);
    } catch (NotFoundException e) {
      return absent(digest, options, e);
    }
    Map<String, ManifestHead> heads = heads(operation, image);
    if (!options.isForced()) {
      requireUnused(operation, image, manifest, heads);
    }
    try {
      deletion.delete(operation, image, digest);
    } catch (NotFoundException e) {
      return absent(digest, options, e);
    }
    List<String> tags = TaggedManifests.pointingTo(digest, heads);
    DeleteOutcome outcome = deletionCheck.outcomeOfManifest(operation, image, digest);
    Set<String> left = tags.isEmpty() ? Set.of() : deletionCheck.listed(operation, image, tags);
    if (!left.isEmpty() && !placeholders.areGhostsGone(operation, image, left)) {
      outcome = DeleteOutcome.ACCEPTED;
    }
    if (manifest.subject().isPresent()) {
      forgetReferrer(operation, image, manifest);
    }
    return DeleteResult.of(outcome, digest)
        .withDeleted(deletionCheck.gone(operation, image, tags, left));
  }

  private static DeleteResult absent(String digest, DeleteOptions options, NotFoundException e) {
    // Without a code nobody may have looked: a gateway, or another server at a wrong address.
    if (options.ignoresMissing() && Absence.isProved(e)) {
      return DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, digest);
    }
    throw e;
  }

  /**
   * Some registries do not know a repository that has manifests only, or has lost its last tag, and
   * say so.
   */
  private Map<String, ManifestHead> heads(Operation operation, ImageRef image) {
    try {
      return tagged.heads(operation, image);
    } catch (ImageNotFoundException e) {
      return Map.of();
    }
  }

  /** The deletion is done by now, and an entry that leads nowhere harms nobody. */
  private void forgetReferrer(Operation operation, ImageRef image, OciManifest manifest) {
    try {
      new FallbackIndex(api, referrers).remove(operation, image, manifest);
    } catch (RegistryException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn("{}: done, but it may still be listed as a referrer", operation.description(), e);
    }
  }

  /** Costs a request an index. */
  private void requireUnused(
      Operation operation, ImageRef image, OciManifest manifest, Map<String, ManifestHead> heads) {
    List<String> tags = TaggedManifests.pointingTo(manifest.digest(), heads);
    if (!tags.isEmpty()) {
      throw new SharedDigestException(
          tags, operation.details("the tags " + String.join(", ", tags) + " point to it"));
    }
    List<String> indexTags = tagged.indexTags(operation, image, manifest, heads);
    if (!indexTags.isEmpty()) {
      throw new ManifestInUseException(
          indexTags,
          operation.details("it is a part of the index tagged " + String.join(", ", indexTags)));
    }
  }

  private static Operation operation(String verb, ImageRef image, String reference) {
    return reference.indexOf(':') >= 0
        ? onManifest(verb, image, reference)
        : Operation.onTag(verb, image, reference);
  }

  private static Operation onManifest(String verb, ImageRef image, String reference) {
    return Operation.on(verb + " manifest " + reference + " of " + image);
  }
}
