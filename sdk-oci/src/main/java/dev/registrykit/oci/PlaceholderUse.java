package dev.registrykit.oci;

/**
 * Whether a tag may be deleted by way of a placeholder, on a registry that deletes manifests only: a
 * manifest of nothing is pushed on the tag and deleted, which takes the tag along and no other.
 */
public enum PlaceholderUse {
  /** As the {@link OciPreset} of the registry says. */
  AS_PRESET,
  /** Use it wherever the registry does not delete tags itself, but where its preset refuses deletion. */
  ALLOWED,
  /**
   * Never; a tag goes there with its manifest, and only if no other tag points to that and no tagged
   * index lists it. Else deleting it fails with a {@link dev.registrykit.SharedDigestException} or a
   * {@link ManifestInUseException}.
   */
  FORBIDDEN
}
