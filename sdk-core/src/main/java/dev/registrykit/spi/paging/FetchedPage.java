package dev.registrykit.spi.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page as the provider sent it, mapped. Immutable.
 *
 * @param items what is on it
 * @param nextCursor where the next page begins; null if this is the last, which nothing else says
 * @param totalCount how many items the provider counts in all; null if it does not say
 * @since 0.1.0
 */
public record FetchedPage<T>(
    List<T> items, @Nullable String nextCursor, @Nullable Long totalCount) {

  /** Copies the list. */
  public FetchedPage {
    items = List.copyOf(items);
  }
}
