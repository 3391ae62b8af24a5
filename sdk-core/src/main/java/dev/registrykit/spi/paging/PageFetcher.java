package dev.registrykit.spi.paging;

import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.ReadsAhead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider for one page.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PageFetcher<T> {

  /** Returns the page that begins at the cursor, or the first page for null. */
  FetchedPage<T> fetch(@Nullable String cursor);

  /**
   * Returns what fetches the pages of one iteration and, with each page that it returns, has already requested up to
   * so many behind it, at the same time. Empty where only a page says where the next one begins, as is so unless a
   * provider knows more: then pages are read ahead one after another.
   *
   * @param reads begins the requests
   * @param operations does each as one operation
   */
  default Optional<PageFetcher<T>> requestingAhead(
      int pages, ReadsAhead reads, OperationRunner operations) {
    return Optional.empty();
  }
}
