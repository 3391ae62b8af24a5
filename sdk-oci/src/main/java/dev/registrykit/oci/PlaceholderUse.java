package dev.registrykit.oci;

/**
 * Whether a tag may be deleted by way of a placeholder, on a registry that deletes manifests only: a
 * manifest of nothing is pushed on the tag and deleted, which takes the tag along and no other.
 *
 * @since 0.1.0
 */
public enum PlaceholderUse {
  /** As the {@link OciPreset} of the registry says. */
  AS_PRESET,
  /** Use it wherever the registry does not delete tags itself, but where its preset refuses deletion. */
  ALLOWED,
  /**
   * Never; there a strict deletion is an {@link dev.registrykit.UnsupportedFeatureException}, unless {@link
   * dev.registrykit.DeleteOptions#allowingSiblings} says which tags may go with the manifest.
   */
  FORBIDDEN
}
