package dev.registrykit.github.internal.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of an image with its tags, as the list of versions shows it, which may be some seconds old.
 * Immutable.
 *
 * @param id the identifier in paths
 * @param digest the digest of the manifest
 * @param tags the names of its tags; none for an untagged one
 * @param createdAt when the digest was first pushed
 * @param updatedAt when the version last changed
 * @param deletedAt when it was deleted; null for one that was not
 */
public record Version(
    long id,
    String digest,
    List<String> tags,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** Copies the list. */
  public Version {
    tags = List.copyOf(tags);
  }

  /** Returns whether it has tags beside that one. */
  public boolean hasTagsBeside(String tag) {
    return tags.stream().anyMatch(other -> !other.equals(tag));
  }

  /** Returns its tags beside that one. */
  public List<String> tagsBeside(String tag) {
    return tags.stream().filter(other -> !other.equals(tag)).toList();
  }
}
