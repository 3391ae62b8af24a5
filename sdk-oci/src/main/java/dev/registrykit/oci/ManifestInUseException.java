package dev.registrykit.oci;

import dev.registrykit.ConflictException;
import dev.registrykit.ErrorDetails;
import java.util.List;

/**
 * Nothing was deleted, because the manifest is a part of multi-platform images, which would be
 * broken without it. {@link OciRegistry#deleteManifest} with {@link
 * dev.registrykit.DeleteOptions#withForce()} deletes all the same; {@code deleteTag} never does.
 *
 * @since 0.1.0
 */
public final class ManifestInUseException extends ConflictException {

  private static final long serialVersionUID = 1L;

  private final String[] indexTags;

  /** Makes an exception that names the tags of the images. */
  public ManifestInUseException(List<String> indexTags, ErrorDetails details) {
    super(details);
    this.indexTags = indexTags.toArray(String[]::new);
  }

  /** Returns the tags of the indexes that list the manifest, as far as they are known. */
  public List<String> indexTags() {
    return List.of(indexTags);
  }
}
