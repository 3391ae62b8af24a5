package dev.registrykit;

/**
 * Hears of each tag of {@link Registry#deleteTags(ImageRef, java.util.Collection, DeleteOptions,
 * BulkDeleteListener)} while the run goes on, for progress, for a journal, and to end it early.
 *
 * <p>It is called by one thread at a time, though not always by the same one. What it throws ends the run:
 * nothing more is begun, what is under way is waited for, and then the caller gets what was thrown in place of a
 * result.
 */
public interface BulkDeleteListener {

  /**
   * Asks whether the deletion of a tag may begin. Asked at most once for each, before the first request
   * that may delete it. A tag that may take others of the run along is asked for together with these where
   * {@link DeleteOptions#onlyIfDigests} tells which they are; otherwise one that goes along with another has
   * not been asked for.
   *
   * @return false to leave it alone: it is {@link BulkDeleteResult#notAttempted()}, and without force does
   *     not go along with another
   */
  default boolean mayBegin(String tag) {
    return true;
  }

  /**
   * Tells how the deletion of a tag ended, once for each tag that was attempted. What is looked up at the end
   * of a run, such as which siblings went along, may be in the result alone.
   */
  default void ended(BulkDeleteResult.Entry entry) {}
}
