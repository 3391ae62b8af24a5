package dev.registrykit.scaleway.internal.wire;

import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the API's page numbers into cursors. The list ends once as many items have come as the latest
 * page counts in total, because the server may put fewer on a page than it was asked for.
 *
 * <p>If something is deleted meanwhile, the items behind it move up, into pages that were read before. So
 * where the count shrank, those pages are read again.
 */
public final class PageNumbers<R, T> implements PageFetcher<T> {

  private static final Pattern PLACE =
      Pattern.compile("([1-9][0-9]{0,8})-([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{1,8})(-e)?");

  private final Operation operation;
  private final ListingCursors cursors;
  private final IntFunction<NumberedPage<R>> request;
  private final Function<R, @Nullable String> idOf;
  private final Function<List<R>, List<T>> mapper;

  /**
   * Makes a fetcher.
   *
   * @param operation what it is done for
   * @param cursors the cursors of this listing; places depend on order and page size too
   * @param request asks for the page of a number, from 1
   * @param idOf returns the identifier of an item
   * @param mapper maps the items of a page
   */
  public PageNumbers(
      Operation operation,
      ListingCursors cursors,
      IntFunction<NumberedPage<R>> request,
      Function<R, @Nullable String> idOf,
      Function<List<R>, List<T>> mapper) {
    this.operation = operation;
    this.cursors = cursors;
    this.request = request;
    this.idOf = idOf;
    this.mapper = mapper;
  }

  /**
   * Returns this, after checking that the cursor fits.
   *
   * @throws IllegalArgumentException if it is of another listing
   */
  public PageNumbers<R, T> startingAt(Optional<PageCursor> cursor) {
    cursor.map(PageCursor::value).ifPresent(this::position);
    return this;
  }

  /**
   * Returns the listing from a cursor on.
   *
   * @param identity tells items apart
   * @param filter the items to keep
   * @param maxPages the most pages to read
   * @param operations fetches each page as one operation
   * @throws IllegalArgumentException if the cursor is of another listing
   */
  PagedIterable<T> listing(
      Optional<PageCursor> cursor,
      Function<? super T, ?> identity,
      Predicate<? super T> filter,
      int maxPages,
      OperationRunner operations) {
    return Pages.of(new Listing<>(
        operation.description(),
        startingAt(cursor),
        cursor.map(PageCursor::value).orElse(null),
        identity,
        filter,
        maxPages,
        operations));
  }

  @Override
  public FetchedPage<T> fetch(@Nullable String cursor) {
    Position position = cursor == null ? Position.FIRST : position(cursor);
    NumberedPage<R> page = request.apply(position.page());
    long total = page.requiredTotal(operation);
    long seen = position.seen() + page.size();
    requireProgress(position, page, seen, total);
    boolean shrank = total < position.total();
    List<R> items = shrank ? withThoseMovedUp(position, page, total) : page.items();
    Position next =
        new Position(position.page() + 1, seen, total, fingerprint(page), page.size() == 0);
    return new FetchedPage<>(
        mapper.apply(items), seen < total ? cursors.cursor(next.place()) : null, total);
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

  /** Reads the pages before once more, as far back as items can have moved, and puts theirs in front. */
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

  private Position position(String cursor) {
    Matcher parts = PLACE.matcher(cursors.place(cursor));
    if (!parts.matches()) {
      throw ListingCursors.foreign(null);
    }
    return new Position(
        Integer.parseInt(parts.group(1)),
        Long.parseLong(parts.group(2)),
        Long.parseLong(parts.group(3)),
        parts.group(4),
        parts.group(5) != null);
  }

  /** Where a page begins, and what the one before was like. */
  private record Position(
      int page, long seen, long total, String itemsBefore, boolean isAfterEmptyPage) {

    static final Position FIRST = new Position(1, 0, 0, "0", false);

    /** Returns the place for a cursor. */
    String place() {
      String numbers = page + "-" + seen + "-" + total + "-" + itemsBefore;
      return isAfterEmptyPage ? numbers + "-e" : numbers;
    }
  }
}
