package dev.registrykit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Registry#deleteTags} did: for every tag that was asked for, in the order asked, how its
 * deletion ended, or that it was not attempted. Nothing is left out. Immutable.
 *
 * @since 0.1.0
 */
public final class BulkDeleteResult {

  private final List<Entry> entries;
  private final @Nullable RegistryException stoppedBy;

  private BulkDeleteResult(List<Entry> entries, @Nullable RegistryException stoppedBy) {
    this.entries = entries;
    this.stoppedBy = stoppedBy;
  }

  /**
   * Makes a result, for tests and provider modules.
   *
   * @param entries one for each tag, in the order asked
   * @param stoppedBy what ended the run before all were attempted; null for nothing
   * @throws IllegalArgumentException if two entries are about one tag
   */
  public static BulkDeleteResult of(List<Entry> entries, @Nullable RegistryException stoppedBy) {
    List<Entry> copy = List.copyOf(entries);
    if (copy.stream().map(Entry::tag).distinct().count() < copy.size()) {
      throw new IllegalArgumentException("a tag has one entry, not several");
    }
    return new BulkDeleteResult(copy, stoppedBy);
  }

  /** Returns one entry for each tag that was asked for, in that order. */
  public List<Entry> entries() {
    return entries;
  }

  /**
   * Returns what ended the run early, because it made the rest pointless: an {@link
   * AuthenticationException}, a {@link RegistryInterruptedException}, an {@link
   * UnsupportedFeatureException}, or, if the registry was closed, a {@link RegistryIOException}. Tags
   * that were under way in that moment were finished or have a failure of their own. Empty if there was
   * no such end: then every tag was attempted that no {@link BulkDeleteListener} refused.
   */
  public Optional<RegistryException> stoppedBy() {
    return Optional.ofNullable(stoppedBy);
  }

  /**
   * Returns the results of those tags whose deletion ended well, in the order asked; what was not there
   * is among them as {@link DeleteOutcome#ALREADY_ABSENT} where a single deletion would say so.
   */
  public Map<String, DeleteResult> deleted() {
    return byTag(Entry::result);
  }

  /**
   * Returns the exceptions of those tags whose deletion failed, in the order asked. A tag that may have gone along
   * with another, of which nobody knows whether it was deleted, has the exception of that one, whose {@link
   * RegistryException#mayHaveTakenEffect()} is true.
   */
  public Map<String, RegistryException> failures() {
    return byTag(Entry::failure);
  }

  private <T> Map<String, T> byTag(Function<Entry, Optional<T>> part) {
    Map<String, T> found = new LinkedHashMap<>();
    entries.forEach(entry -> part.apply(entry).ifPresent(it -> found.put(entry.tag(), it)));
    return Collections.unmodifiableMap(found);
  }

  /**
   * Returns the names of the tags for whose deletion alone nothing was sent, because the run had ended
   * before, or the {@link BulkDeleteListener} refused them, in the order asked.
   */
  public List<String> notAttempted() {
    return entries.stream()
        .filter(entry -> !entry.isAttempted())
        .map(Entry::tag)
        .toList();
  }

  /** Returns whether the deletion of every tag ended well. */
  public boolean isComplete() {
    return entries.stream().allMatch(entry -> entry.result().isPresent());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BulkDeleteResult that
        && entries.equals(that.entries)
        && Objects.equals(stoppedBy, that.stoppedBy);
  }

  @Override
  public int hashCode() {
    return Objects.hash(entries, stoppedBy);
  }

  /** Returns how many tags ended how, for logs. */
  @Override
  public String toString() {
    return "BulkDeleteResult[deleted=%d, failed=%d, notAttempted=%d%s]"
        .formatted(
            deleted().size(),
            failures().size(),
            notAttempted().size(),
            stoppedBy == null ? "" : ", stopped by " + stoppedBy.getMessage());
  }

  /**
   * How the deletion of one tag ended. Immutable.
   *
   * @since 0.1.0
   */
  public static final class Entry {

    private final String tag;
    private final @Nullable DeleteResult result;
    private final @Nullable RegistryException failure;

    private Entry(String tag, @Nullable DeleteResult result, @Nullable RegistryException failure) {
      this.tag = Objects.requireNonNull(tag, "tag");
      this.result = result;
      this.failure = failure;
    }

    /** Makes the entry of a tag whose deletion ended well. */
    public static Entry deleted(String tag, DeleteResult result) {
      return new Entry(tag, Objects.requireNonNull(result, "result"), null);
    }

    /** Makes the entry of a tag whose deletion failed. */
    public static Entry failed(String tag, RegistryException failure) {
      return new Entry(tag, null, Objects.requireNonNull(failure, "failure"));
    }

    /** Makes the entry of a tag for whose deletion nothing was sent. */
    public static Entry notAttempted(String tag) {
      return new Entry(tag, null, null);
    }

    /** Returns the name of the tag. */
    public String tag() {
      return tag;
    }

    /** Returns what its deletion did; empty if it failed or was not attempted. */
    public Optional<DeleteResult> result() {
      return Optional.ofNullable(result);
    }

    /**
     * Returns why its deletion failed, whose {@link RegistryException#mayHaveTakenEffect()} tells whether
     * the tag may be gone all the same; empty if it did not fail or was not attempted.
     */
    public Optional<RegistryException> failure() {
      return Optional.ofNullable(failure);
    }

    /** Returns whether its deletion was begun. */
    public boolean isAttempted() {
      return result != null || failure != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry that
          && tag.equals(that.tag)
          && Objects.equals(result, that.result)
          && Objects.equals(failure, that.failure);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tag, result, failure);
    }

    /** Returns the tag and how it ended, for logs. */
    @Override
    public String toString() {
      if (result != null) {
        return tag + ": " + result;
      }
      return tag + ": " + (failure == null ? "not attempted" : failure.getMessage());
    }
  }
}
