package dev.registrykit;

/**
 * Hears of each tag of {@link Registry#deleteTags(ImageRef, java.util.Collection, DeleteOptions,
 * BulkDeleteListener)} while the run goes on, for progress, for a journal, and to end it early: who refuses
 * all that is left has ended it.
 *
 * <p>It is called by one thread at a time, though not always by the same one; the others wait for it before they
 * begin or end a tag. After an interrupt it still hears how what was under way ended, and the interrupt flag
 * may be set then. It may throw, which ends the run: nothing more is begun, what is under way is waited for
 * and told, and then the caller gets what was thrown first in place of a result.
 *
 * @since 0.1.0
 */
public interface BulkDeleteListener {

  /**
   * Asks whether the deletion of a tag may begin: at most once for each, when it is the tag's turn and the
   * registry asks for no patience, before the first request that may delete it. The others of its {@linkplain
   * DeleteOptions#onlyIfDigests digest} are asked for together with it, for they may go with it. Where
   * digests are not required nobody knows beforehand which those are: one that goes along with another may not
   * have been asked for, or be refused too late.
   *
   * <p>True is no promise: the run may be over before the tag is begun.
   *
   * @param tag the name
   * @return false to leave it alone: it is {@link BulkDeleteResult#notAttempted()}, and goes along with
   *     another only by force
   */
  default boolean mayBegin(String tag) {
    return true;
  }

  /**
   * Tells how the deletion of a tag ended, once for each tag that was attempted or went along with another
   * of the run, and for each that waits if a look fails that all need. The result may know more in the end:
   * which siblings did go along, and that a missing tag was one of them.
   */
  default void ended(BulkDeleteResult.Entry entry) {}
}
