package dev.registrykit.spi.paging;

import dev.registrykit.spi.support.OperationRunner;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A listing as a provider offers it, before it becomes a {@link dev.registrykit.PagedIterable}.
 *
 * @param description what is listed, in words for messages, such as {@code list tags of ns/app}
 * @param fetcher asks for a page
 * @param start where to begin; null for the beginning
 * @param identity tells items apart, to notice those that come twice and pages that repeat
 * @param filter the items to keep
 * @param completion fills in what the items of a page that are kept still lack
 * @param maxPages the most pages to read
 * @param operations fetches and completes each page as one operation
 * @since 0.1.0
 */
public record Listing<T>(
    String description,
    PageFetcher<T> fetcher,
    @Nullable String start,
    Function<? super T, ?> identity,
    Predicate<? super T> filter,
    UnaryOperator<List<T>> completion,
    int maxPages,
    OperationRunner operations) {

  /** Refuses {@code null}. */
  public Listing {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(fetcher, "fetcher");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(completion, "completion");
    Objects.requireNonNull(operations, "operations");
  }

  /** Makes a listing whose items lack nothing. */
  public Listing(
      String description,
      PageFetcher<T> fetcher,
      @Nullable String start,
      Function<? super T, ?> identity,
      Predicate<? super T> filter,
      int maxPages,
      OperationRunner operations) {
    this(
        description,
        fetcher,
        start,
        identity,
        filter,
        UnaryOperator.identity(),
        maxPages,
        operations);
  }

  /** Returns the same listing, whose items still lack what they lack. */
  Listing<T> withoutCompletion() {
    return new Listing<>(description, fetcher, start, identity, filter, maxPages, operations);
  }
}
