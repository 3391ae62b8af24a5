package dev.registrykit.oci.internal;

import dev.registrykit.oci.OciManifest;

/**
 * What a HEAD tells of a manifest. Immutable.
 *
 * @param digest what a tag points to
 * @param mediaType one of the four that are asked for
 */
record ManifestHead(String digest, String mediaType) {

  boolean isIndex() {
    return OciManifest.isIndex(mediaType);
  }
}
