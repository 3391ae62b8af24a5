package dev.registrykit;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A listing that is read page by page while it is iterated.
 *
 * <p>Nothing is sent before the first element is asked for, nothing is fetched ahead unless the options ask for it
 * ({@link ListTagsOptions#withPagesAhead}), and one page is held at a time, except where the SDK has to order the
 * list: then all of it is read and held. Every {@link #iterator()}, {@link #stream()} and {@link #pages()} starts anew.
 * The object is thread-safe; an iterator belongs to one thread. While iterating, the {@link
 * RegistryException}s of the provider come out unchanged.
 *
 * <p><b>Delete after listing, not while listing.</b> Deleting shifts the pages of many providers, so
 * that tags are skipped: {@linkplain #toList() collect first}, then delete.
 *
 * @param <T> what is listed
 * @since 0.1.0
 */
public interface PagedIterable<T> extends Iterable<T> {

  /** Returns the elements, one by one; {@code hasNext()} fetches a page when one is needed. */
  @Override
  Iterator<T> iterator();

  /** Returns the pages, one by one; {@code next()} fetches a page. */
  Iterable<Page<T>> pages();

  /**
   * Fetches the first page.
   *
   * @throws RegistryException if it cannot be had
   */
  Page<T> firstPage();

  /** Returns the elements as a sequential, lazy stream that need not be closed. */
  Stream<T> stream();

  /**
   * Fetches every page and returns all elements, unmodifiable.
   *
   * @throws RegistryException if a page cannot be had; what was read is lost then
   */
  List<T> toList();
}
