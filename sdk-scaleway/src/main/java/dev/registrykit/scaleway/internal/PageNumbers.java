package dev.registrykit.scaleway.internal;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.PageCursor;
import dev.registrykit.spi.FetchedPage;
import dev.registrykit.spi.Operation;
import dev.registrykit.spi.PageFetcher;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the API's page numbers into cursors. The list ends when as many items were sent as the
 * latest page counts in all: the server may put fewer on a page than it was asked for.
 */
final class PageNumbers<R, T> implements PageFetcher<T> {

  /** The most items the API puts on a page. */
  static final int MAX_PAGE_SIZE = 100;

  /** The order the API documents as its default; always sent, as the vendor's own SDKs do. */
  static final String DEFAULT_ORDER = "created_at_asc";

  private final String description;
  private final String options;
  private final IntFunction<NumberedPage<R>> request;
  private final Function<List<R>, List<T>> mapper;

  /**
   * Makes a fetcher.
   *
   * @param description what is listed, in words
   * @param options what a cursor depends on, as {@link #options} makes it: it goes with no other
   * @param request asks for the page of a number, from 1
   * @param mapper maps the items of a page
   */
  PageNumbers(
      String description,
      String options,
      IntFunction<NumberedPage<R>> request,
      Function<List<R>, List<T>> mapper) {
    this.description = description;
    this.options = options;
    this.request = request;
    this.mapper = mapper;
  }

  /**
   * Returns what a cursor depends on: order and page size to read, and the rest as a fingerprint,
   * for a cursor in another list would skip items in silence.
   */
  static String options(String orderBy, int pageSize, @Nullable Object... rest) {
    return orderBy + "." + pageSize + "."
        + Integer.toHexString(Arrays.asList(rest).hashCode());
  }

  /**
   * Returns this, once the cursor is known to fit.
   *
   * @throws IllegalArgumentException if it is of another listing
   */
  PageNumbers<R, T> startingAt(Optional<PageCursor> cursor) {
    cursor.map(PageCursor::value).ifPresent(this::parse);
    return this;
  }

  @Override
  public FetchedPage<T> fetch(@Nullable String cursor) {
    Position position = cursor == null ? new Position(1, 0, false) : parse(cursor);
    NumberedPage<R> page = request.apply(position.page());
    List<R> items = page.items() == null ? List.of() : page.items();
    long seen = position.seen() + items.size();
    boolean hasMore = hasMore(page.totalCount(), seen, items.isEmpty(), position);
    return new FetchedPage<>(
        mapper.apply(items.stream().filter(Objects::nonNull).toList()),
        hasMore ? write(new Position(position.page() + 1, seen, items.isEmpty())) : null,
        page.totalCount());
  }

  private boolean hasMore(@Nullable Long total, long seen, boolean isEmpty, Position position) {
    if (total == null) {
      if (isEmpty && position.page() == 1) {
        throw invalid("the answer has neither items nor a count of them");
      }
      return !isEmpty;
    }
    if (seen >= total) {
      return false;
    }
    if (isEmpty && position.isAfterEmptyPage()) {
      throw invalid("the server counts " + total + " items but sent " + seen);
    }
    return true;
  }

  private InvalidResponseException invalid(String why) {
    return Operation.on(description).invalid(why);
  }

  private String write(Position position) {
    return "%s-%s-%s%s"
        .formatted(
            position.page(), position.seen(), options, position.isAfterEmptyPage() ? "-e" : "");
  }

  private Position parse(String cursor) {
    Matcher parts = Pattern.compile(
            "([1-9][0-9]{0,8})-([0-9]{1,18})-" + Pattern.quote(options) + "(-e)?")
        .matcher(cursor);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "this page cursor belongs to another listing, or to other options");
    }
    return new Position(
        Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3) != null);
  }

  /** A page as the API sends it; anything may be missing. */
  record NumberedPage<R>(
      @Nullable List<@Nullable R> items, @Nullable Long totalCount) {}

  private record Position(int page, long seen, boolean isAfterEmptyPage) {}
}
