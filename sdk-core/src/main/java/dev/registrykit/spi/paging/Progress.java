package dev.registrykit.spi.paging;

import dev.registrykit.ListingProgress;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a listener how far a page is, or a list that is read whole: one call at a time, in growing order. */
final class Progress implements DetailProgress {

  private final @Nullable Consumer<? super ListingProgress> listener;
  private long listed;
  private long completed;
  private OptionalLong total = OptionalLong.empty();
  private boolean hasFailed;

  /**
   * Begins.
   *
   * @param listener null for none
   * @param before how many items came before, which are complete
   */
  Progress(@Nullable Consumer<? super ListingProgress> listener, long before) {
    this.listener = listener;
    this.listed = before;
    this.completed = before;
  }

  /**
   * Says how many items were found so far.
   *
   * @param areComplete whether they lack nothing
   */
  synchronized void listed(long items, OptionalLong totalCount, boolean areComplete) {
    listed = items;
    total = totalCount;
    completed = areComplete ? items : completed;
    tell();
  }

  @Override
  public synchronized void completed(int tags) {
    completed = Math.min(listed, completed + tags);
    tell();
  }

  /** Says that all details are there. */
  synchronized void end() {
    if (completed < listed) {
      completed = listed;
      tell();
    }
  }

  /** A listener that threw is told no more: other threads may still be reading. */
  private void tell() {
    if (listener == null || hasFailed) {
      return;
    }
    hasFailed = true;
    listener.accept(ListingProgress.of(listed, total, completed));
    hasFailed = false;
  }
}
