package dev.registrykit;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a listing. Immutable and thread-safe.
 *
 * @param <T> what is listed
 * @since 0.1.0
 */
public interface Page<T> {

  /**
   * Returns what is on this page: unmodifiable, possibly empty even where {@link #hasNext()}, since
   * a filter may have left nothing.
   */
  List<T> items();

  /** Returns whether the provider promised another page. Sends nothing. */
  boolean hasNext();

  /**
   * Fetches the next page, with one request where the provider pages itself. Each call fetches
   * anew.
   *
   * @throws NoSuchElementException if {@link #hasNext()} is false
   * @throws RegistryException if the page cannot be had
   */
  Page<T> next();

  /**
   * Returns where the next page begins, to resume a listing later; empty on the last page. Where the
   * SDK itself ordered the list, the cursor names the last item of this page: resuming reads the whole
   * listing again, and goes on behind that item, whatever was inserted or deleted meanwhile.
   */
  Optional<PageCursor> nextCursor();

  /**
   * Returns how many items the provider counts over all pages before any filtering by the SDK, as
   * of this page, or how many there are where the SDK read and ordered them all; empty where the
   * provider does not say. A figure to show, not one to rely on.
   */
  OptionalLong totalCount();
}
