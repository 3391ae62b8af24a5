package dev.registrykit.scaleway.internal;

import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the API's page numbers into cursors. The list ends when as many items were sent as the
 * latest page counts in all: the server may put fewer on a page than it was asked for.
 *
 * <p>When something was deleted meanwhile, what stood behind it moves up, into pages that were read
 * before. So where the count shrank, those pages are read once more.
 */
final class PageNumbers<R, T> implements PageFetcher<T> {

  /** The most items the API puts on a page. */
  static final int MAX_PAGE_SIZE = 100;

  /** The order the API documents as its default; always sent, as the vendor's own SDKs do. */
  static final String DEFAULT_ORDER = "created_at_asc";

  private final Operation operation;
  private final String options;
  private final IntFunction<NumberedPage<R>> request;
  private final Function<R, @Nullable String> idOf;
  private final Function<List<R>, List<T>> mapper;

  /**
   * Makes a fetcher.
   *
   * @param operation what it is done for
   * @param options what a cursor depends on, as {@link #options} makes it: it goes with no other
   * @param request asks for the page of a number, from 1
   * @param idOf returns the identifier of an item
   * @param mapper maps the items of a page
   */
  PageNumbers(
      Operation operation,
      String options,
      IntFunction<NumberedPage<R>> request,
      Function<R, @Nullable String> idOf,
      Function<List<R>, List<T>> mapper) {
    this.operation = operation;
    this.options = options;
    this.request = request;
    this.idOf = idOf;
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

  /**
   * Returns the listing from a cursor on.
   *
   * @throws IllegalArgumentException if the cursor is of another listing
   */
  PagedIterable<T> listing(
      ScalewayApi api,
      Optional<PageCursor> cursor,
      Function<? super T, ?> identity,
      Predicate<? super T> filter) {
    return Pages.of(new Listing<>(
        operation.description(),
        startingAt(cursor),
        cursor.map(PageCursor::value).orElse(null),
        identity,
        filter,
        api.maxPages(),
        api.operations()));
  }

  @Override
  public FetchedPage<T> fetch(@Nullable String cursor) {
    Position position = cursor == null ? Position.FIRST : parse(cursor);
    NumberedPage<R> page = request.apply(position.page());
    long total = page.requiredTotal(operation);
    long seen = position.seen() + page.size();
    requireProgress(position, page, seen, total);
    boolean shrank = total < position.total();
    List<R> items = shrank ? withThoseMovedUp(position, page, total) : page.items();
    Position next =
        new Position(position.page() + 1, seen, total, fingerprint(page), page.size() == 0);
    return new FetchedPage<>(mapper.apply(items), seen < total ? write(next) : null, total);
  }

  private void requireProgress(Position position, NumberedPage<R> page, long seen, long total) {
    boolean shrank = total < position.total();
    boolean isShort = seen < total && page.size() == 0 && position.isAfterEmptyPage();
    if (isShort || (seen > total && !shrank)) {
      throw operation.invalid("the server counts " + total + " items but sent " + seen);
    }
    boolean isRepeated = page.size() > 0 && fingerprint(page).equals(position.itemsBefore());
    if (isRepeated && seen >= total && total <= position.total()) {
      throw operation.invalid("page " + position.page() + " repeats the page before");
    }
  }

  private String fingerprint(NumberedPage<R> page) {
    List<@Nullable String> ids = new ArrayList<>();
    page.items().forEach(item -> ids.add(idOf.apply(item)));
    return Integer.toHexString(ids.hashCode());
  }

  /** Puts in front what the pages before hold now, as far back as anything can have moved. */
  private List<R> withThoseMovedUp(Position position, NumberedPage<R> page, long total) {
    List<R> items = new ArrayList<>();
    long pagesBefore = position.page() - 1L;
    long start = position.seen();
    long least = total;
    for (int number = position.page() - 1; number >= 1; number--) {
      NumberedPage<R> before = request.apply(number);
      least = Math.min(least, before.requiredTotal(operation));
      boolean isAsItWas =
          number == pagesBefore && fingerprint(before).equals(position.itemsBefore());
      items.addAll(0, isAsItWas ? List.of() : before.items());
      start -= Math.max(1, position.seen() / pagesBefore);
      if (start <= position.seen() - (position.total() - least)) {
        break;
      }
    }
    items.addAll(page.items());
    return items;
  }

  private String write(Position position) {
    return "%s-%s-%s-%s-%s%s"
        .formatted(
            position.page(),
            position.seen(),
            position.total(),
            position.itemsBefore(),
            options,
            position.isAfterEmptyPage() ? "-e" : "");
  }

  private Position parse(String cursor) {
    Matcher parts = Pattern.compile("([1-9][0-9]{0,8})-([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{1,8})-"
            + Pattern.quote(options)
            + "(-e)?")
        .matcher(cursor);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "this page cursor belongs to another listing, or to other options");
    }
    return new Position(
        Integer.parseInt(parts.group(1)),
        Long.parseLong(parts.group(2)),
        Long.parseLong(parts.group(3)),
        parts.group(4),
        parts.group(5) != null);
  }

  /**
   * A page as the API sends it.
   *
   * @param items without entries that are null
   * @param size how many there are with them
   */
  record NumberedPage<R>(List<R> items, int size, @Nullable Long totalCount) {

    static <R> NumberedPage<R> of(@Nullable List<@Nullable R> items, @Nullable Long totalCount) {
      List<@Nullable R> sent = items == null ? List.of() : items;
      return new NumberedPage<>(
          sent.stream().filter(Objects::nonNull).toList(), sent.size(), totalCount);
    }

    /** Returns how many the registry counts in all; every page of its own says so. */
    long requiredTotal(Operation operation) {
      if (totalCount == null) {
        throw operation.invalid(
            items.isEmpty()
                ? "the answer has neither items nor a count of them"
                : "the answer does not say how many items there are");
      }
      if (totalCount < size) {
        throw operation.invalid("the server counts " + totalCount + " items but sent " + size);
      }
      return totalCount;
    }
  }

  /** Where a page begins, and what the one before was like. */
  private record Position(
      int page, long seen, long total, String itemsBefore, boolean isAfterEmptyPage) {

    static final Position FIRST = new Position(1, 0, 0, "0", false);
  }
}
