package dev.registrykit.spi.paging;

import dev.registrykit.ListTagsOptions;
import dev.registrykit.ListingProgress;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.ParallelReads;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A listing as a provider offers it, before it becomes a {@link dev.registrykit.PagedIterable}.
 *
 * @param description what is listed, in words for messages, such as {@code list tags of ns/app}
 * @param fetcher asks for a page
 * @param start where to begin; null for the beginning
 * @param identity tells items apart, to notice those that come twice and pages that repeat
 * @param filter the items to keep
 * @param maxPages the most pages to read
 * @param operations fetches and completes each page as one operation
 * @param completion fills in what the items of a page that are kept still lack; null if they lack nothing
 * @param listener is told how far it is; null for none
 * @param ahead how pages are read ahead; null if they are not
 * @since 0.1.0
 */
public record Listing<T>(
    String description,
    PageFetcher<T> fetcher,
    @Nullable String start,
    Function<? super T, ?> identity,
    Predicate<? super T> filter,
    int maxPages,
    OperationRunner operations,
    @Nullable Completion<T> completion,
    @Nullable Consumer<? super ListingProgress> listener,
    @Nullable ReadingAhead ahead) {

  /** Refuses {@code null}. */
  public Listing {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(fetcher, "fetcher");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(operations, "operations");
  }

  /** Makes a listing whose items lack nothing, read page by page as they are asked for. */
  public Listing(
      String description,
      PageFetcher<T> fetcher,
      @Nullable String start,
      Function<? super T, ?> identity,
      Predicate<? super T> filter,
      int maxPages,
      OperationRunner operations) {
    this(description, fetcher, start, identity, filter, maxPages, operations, null, null, null);
  }

  /** Returns the same listing, whose items lack what this fills in. */
  public Listing<T> completedBy(Completion<T> how) {
    return with(how, listener, ahead);
  }

  /** Returns the same listing, read ahead and with a listener as the options say. */
  public Listing<T> with(ListTagsOptions options, ParallelReads reads) {
    return with(completion, options.progressListener().orElse(null), ahead)
        .readingAhead(options.pagesAhead(), reads);
  }

  /**
   * Returns the same listing, read ahead.
   *
   * @param pages how many pages at most; 0 for none
   */
  public Listing<T> readingAhead(int pages, ParallelReads reads) {
    return with(completion, listener, pages == 0 ? null : new ReadingAhead(pages, reads));
  }

  /** Returns the same listing, whose items still lack what they lack, and of which nobody is told. */
  Listing<T> bare() {
    return with(null, null, ahead);
  }

  private Listing<T> with(
      @Nullable Completion<T> how,
      @Nullable Consumer<? super ListingProgress> whoever,
      @Nullable ReadingAhead pages) {
    return new Listing<>(
        description, fetcher, start, identity, filter, maxPages, operations, how, whoever, pages);
  }

  /**
   * How pages are read ahead.
   *
   * @param pages how many at most, from 1
   * @param reads whose threads do it
   * @since 0.1.0
   */
  public record ReadingAhead(int pages, ParallelReads reads) {}
}
