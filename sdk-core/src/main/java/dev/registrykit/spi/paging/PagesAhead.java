package dev.registrykit.spi.paging;

import dev.registrykit.Page;
import dev.registrykit.spi.support.ReadsAhead;
import dev.registrykit.spi.support.ReadsAhead.Begun;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the pages of one iteration while those behind them are read on another thread, one after another,
 * because only a page says where the next one begins. Belongs to one thread.
 */
final class PagesAhead<T> implements Iterator<Page<T>> {

  private final Listing<T> listing;
  private final int most;
  private final ReadsAhead reads;
  private @Nullable Page<T> current;
  private @Nullable Chain chain;

  /**
   * Makes the iteration.
   *
   * @param most how many pages are read ahead at most
   */
  PagesAhead(Listing<T> listing, int most, ReadsAhead reads) {
    this.listing = listing;
    this.most = most;
    this.reads = reads;
  }

  @Override
  public boolean hasNext() {
    return current == null || current.hasNext();
  }

  @Override
  public Page<T> next() {
    Page<T> page = current == null ? ServerPage.first(listing) : behind(current);
    current = page;
    if (chain == null) {
      chain = new Chain(page);
    }
    chain.go();
    return page;
  }

  /** After a failure the page that failed is asked for anew, as it is where nothing is read ahead. */
  private Page<T> behind(Page<T> page) {
    Chain read = chain;
    Begun<Page<T>> begun = read == null ? null : read.first();
    if (read == null || begun == null) {
      return page.next();
    }
    try {
      Page<T> next = listing.operations().run(begun::await); // which refuses what is closed
      read.removeFirst();
      return next;
    } catch (RuntimeException | Error e) {
      chain = null;
      read.end();
      throw e;
    }
  }

  /** The pages behind the one that was handed out, and the reading of them. */
  private final class Chain {

    private final Queue<Begun<Page<T>>> pages = new ArrayDeque<>();
    private Page<T> last;
    private boolean isReading;

    Chain(Page<T> last) {
      this.last = last;
    }

    /** Begins with the next page if none is being read and there is room for one. */
    synchronized void go() {
      if (!isReading && pages.size() < most && last.hasNext()) {
        isReading = true;
        Page<T> before = last;
        pages.add(reads.begin(() -> read(before)));
      }
    }

    /** Goes on until there is no more room; not after a failure. */
    private Page<T> read(Page<T> before) {
      Page<T> page = before.next();
      goOnBehind(page);
      return page;
    }

    private synchronized void goOnBehind(Page<T> page) {
      last = page;
      isReading = false;
      go();
    }

    synchronized @Nullable Begun<Page<T>> first() {
      return pages.peek();
    }

    synchronized void removeFirst() {
      pages.remove();
    }

    synchronized void end() {
      isReading = true; // so that no other is begun
      pages.forEach(Begun::cancel);
    }
  }
}
