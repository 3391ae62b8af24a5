package dev.registrykit.spi.support;

import dev.registrykit.BulkDeleteListener;
import dev.registrykit.DeleteOptions;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tags of one image that are to be deleted, how carefully, and who hears of it. Immutable. */
public final class TagsToDelete {

  private final Set<String> tags;
  private final DeleteOptions options;
  private final BulkDeleteListener listener;

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
    if (knowsDigests() && !without.isEmpty()) {
      throw new IllegalArgumentException("digests are required, but none is given for " + without);
    }
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

  /** Whether the digest of each tag is given. */
  boolean knowsDigests() {
    return !options.requiredDigests().isEmpty();
  }

  /** Returns the options for one of the tags as if it were the only one: with its own required digest. */
  public DeleteOptions optionsFor(String tag) {
    String digest = options.requiredDigests().get(tag);
    return digest == null ? options : options.onlyIfDigest(digest);
  }

  /** The other tags that may go along with one: those of its digest, or all if digests are not given. */
  Set<String> companions(String tag) {
    String digest = options.requiredDigests().get(tag);
    return tags.stream()
        .filter(other -> !other.equals(tag))
        .filter(
            other -> digest == null || digest.equals(options.requiredDigests().get(other)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
