package dev.registrykit.github;

/**
 * How a strict deletion takes one tag, and nothing else, from a service that deletes whole versions.
 *
 * @since 0.1.0
 */
public enum StrictDeletion {
  /**
   * Always by a placeholder, a manifest of nothing that is pushed on the tag and deleted as a version of its own. The
   * manifest that the tag pointed to is never deleted. It stays, without a tag if it has no other, and for good, for
   * GitHub collects no garbage. For images whose tags are moved at any time: this way asks for the fewest things to
   * stay as they are between look and deletion.
   */
  BY_PLACEHOLDER,
  /**
   * The default. A version goes whole if the tag is alone on it and it is a part of no tagged index, else the tag goes
   * by a placeholder. That it is alone is not left to the list of versions, which may be old: every tag of the image is
   * looked at, with a HEAD each, and each other tagged manifest is read. A GET counts as a download; one registry
   * object reads each manifest once. Within {@code deleteTags} what the tags point to is looked at once a minute. What
   * is tagged between the look and the deletion, and not yet in GitHub's list, goes too. An index without a tag is
   * not seen.
   */
  WHOLE_VERSION_IF_ALONE,
  /**
   * As {@link #WHOLE_VERSION_IF_ALONE}, but nothing is ever pushed: a tag that shares its version is a {@link
   * dev.registrykit.SharedDigestException}, unless all its siblings are allowed to go, and one whose manifest is
   * a part of a tagged index is a {@link dev.registrykit.oci.ManifestInUseException}.
   */
  WITHOUT_PLACEHOLDER
}
