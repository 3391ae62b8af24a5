package dev.registrykit;

import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far a listing of tags is, for whoever waits for it; {@link ListTagsOptions#withProgressListener}. Immutable.
 *
 * @since 0.1.0
 */
public final class ListingProgress {

  private final long listed;
  private final OptionalLong total;
  private final long completed;

  private ListingProgress(long listed, OptionalLong total, long completed) {
    this.listed = listed;
    this.total = total;
    this.completed = completed;
  }

  /** Returns such progress. */
  public static ListingProgress of(long listed, OptionalLong total, long completed) {
    return new ListingProgress(listed, Objects.requireNonNull(total, "total"), completed);
  }

  /** Returns how many tags were found so far, without those that the options leave out. */
  public long listed() {
    return listed;
  }

  /**
   * Returns how many tags the registry counts in all, those included that the options leave out; empty where it does
   * not say. A figure to show, not one to rely on.
   */
  public OptionalLong total() {
    return total;
  }

  /**
   * Returns how many of the tags found have what was asked for, which is all of them where the list itself brings
   * it; a tag that turned out to be deleted meanwhile counts too.
   */
  public long completed() {
    return completed;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListingProgress that
        && listed == that.listed
        && total.equals(that.total)
        && completed == that.completed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(listed, total, completed);
  }

  /** Returns such as {@code 40 of 100 tags complete, 120 in all}. */
  @Override
  public String toString() {
    String all = total.isPresent() ? ", " + total.getAsLong() + " in all" : "";
    return completed + " of " + listed + " tags complete" + all;
  }
}
