package dev.registrykit.oci.internal.wire;

import dev.registrykit.oci.OciManifest;

/**
 * What a HEAD tells of a manifest. Immutable.
 *
 * @param digest what a tag points to
 * @param mediaType one of the four that are asked for
 */
public record ManifestHead(String digest, String mediaType) {

  public boolean isIndex() {
    return OciManifest.isIndex(mediaType);
  }
}
