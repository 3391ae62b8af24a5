package dev.registrykit.oci.internal.deletion;

import dev.registrykit.ImageRef;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.detail.TaggedManifests;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tag on its way from what it pointed to, over its placeholder, to its end.
 *
 * @param original what it pointed to; null if that is not known
 */
record ReplacedTag(
    OciApi api,
    TaggedManifests tagged,
    Operation step,
    ImageRef image,
    String tag,
    @Nullable OciManifest original,
    Placeholder placeholder) {

  /** What a look shows. */
  enum TagState {
    ORIGINAL,
    PLACEHOLDER,
    /** What somebody else has pushed. */
    ANOTHERS,
    /** Listed, but without a manifest: docker-registry 2.8.2 failed to delete it half way. */
    GHOST,
    GONE;

    /** Returns whether nothing of ours is left on the tag. */
    boolean isEnd() {
      return this == GONE || this == ANOTHERS;
    }
  }

  /**
   * Looks: a GET.
   *
   * @param isInDoubt whether a tag without a manifest may still be listed, which is one request more
   */
  TagState look(boolean isInDoubt) {
    Optional<OciManifest> current = api.findManifest(step, image, tag);
    if (current.isEmpty() && isInDoubt && tagged.lists(step, image, tag)) {
      current = api.findManifest(step, image, tag); // another may have pushed in between
      if (current.isEmpty()) {
        return TagState.GHOST;
      }
    }
    return current.map(this::sight).orElse(TagState.GONE);
  }

  private TagState sight(OciManifest current) {
    // A registry may name the placeholder differently.
    if (placeholder.is(current)) {
      return TagState.PLACEHOLDER;
    }
    boolean isOriginal = original != null && original.digest().equals(current.digest());
    return isOriginal ? TagState.ORIGINAL : TagState.ANOTHERS;
  }
}
