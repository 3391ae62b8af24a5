package dev.registrykit.spi.support;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.DeleteOptions;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tags of one image that are to be deleted, how carefully, and who hears of it. Immutable.
 *
 * @since 0.1.0
 */
public final class TagsToDelete {

  private final Set<String> tags;
  private final DeleteOptions options;
  private final BulkDeleteListener listener;

  /** The tags of each required digest; all under none where digests are not required. */
  private final Map<Optional<String>, Set<String>> byDigest = new LinkedHashMap<>();

  /**
   * Checks that the options are for many tags.
   *
   * @throws IllegalArgumentException if they require one digest, or digests, but not of each tag
   */
  public TagsToDelete(Collection<String> tags, DeleteOptions options, BulkDeleteListener listener) {
    this.tags = new LinkedHashSet<>(tags);
    this.options = options;
    this.listener = listener;
    if (options.requiredDigest().isPresent()) {
      throw new IllegalArgumentException("one digest cannot be required for many tags");
    }
    Set<String> without = new LinkedHashSet<>(this.tags);
    without.removeAll(options.requiredDigests().keySet());
    if (requiresDigests() && !without.isEmpty()) {
      throw new IllegalArgumentException("digests are required, but none is given for " + without);
    }
    this.tags.forEach(tag ->
        byDigest.computeIfAbsent(digestOf(tag), digest -> new LinkedHashSet<>()).add(tag));
  }

  /** Returns the names, each once, in the order asked. */
  public List<String> tags() {
    return List.copyOf(tags);
  }

  DeleteOptions options() {
    return options;
  }

  BulkDeleteListener listener() {
    return listener;
  }

  /** Whether the tags may go only if they point to the digests of the options. */
  boolean requiresDigests() {
    return !options.requiredDigests().isEmpty();
  }

  /** The digest that a tag must point to; empty if digests are not required. */
  Optional<String> digestOf(String tag) {
    return Optional.ofNullable(options.requiredDigests().get(tag));
  }

  boolean contains(String tag) {
    return tags.contains(tag);
  }

  /** The tags that may go along with each other: those of one digest, or all if digests are not required. */
  Set<String> ofDigest(Optional<String> digest) {
    return byDigest.getOrDefault(digest, Set.of());
  }

  /**
   * Returns one tag of each required digest, with which the others of the digest may go along; all of them if
   * digests are not required.
   */
  public List<String> oneOfEachDigest() {
    Set<Optional<String>> seen = new HashSet<>();
    return tags.stream()
        .filter(tag -> !requiresDigests() || seen.add(digestOf(tag)))
        .toList();
  }
}
