package dev.registrykit.spi.paging;

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
}
