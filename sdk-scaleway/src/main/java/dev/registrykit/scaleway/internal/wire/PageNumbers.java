package dev.registrykit.scaleway.internal.wire;

import dev.registrykit.PageCursor;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.ReadsAhead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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

  /** How far back what moved down is known again: more than can move while a round is under way. */
  private static final int LATEST_PAGES = 64;

  /** As many pages as a listing has at most by default; a cursor that was tampered with may ask for any number. */
  private static final int MAX_READ_AGAIN = 10_000;

  private final Operation operation;
  private final ListingCursors cursors;
  private final IntFunction<NumberedPage<R>> request;
  private final int pageSize;
  private final Function<R, @Nullable String> idOf;
  private final Function<List<R>, List<T>> mapper;

  /**
   * Makes a fetcher.
   *
   * @param operation what it is done for
   * @param cursors the cursors of this listing; places depend on order and page size too
   * @param request asks for the page of a number, from 1
   * @param pageSize how many items it asks for
   * @param idOf returns the identifier of an item
   * @param mapper maps the items of a page
   */
  public PageNumbers(
      Operation operation,
      ListingCursors cursors,
      IntFunction<NumberedPage<R>> request,
      int pageSize,
      Function<R, @Nullable String> idOf,
      Function<List<R>, List<T>> mapper) {
    this.operation = operation;
    this.cursors = cursors;
    this.request = request;
    this.pageSize = pageSize;
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
  Listing<T> listing(
      Optional<PageCursor> cursor,
      Function<? super T, ?> identity,
      Predicate<? super T> filter,
      int maxPages,
      OperationRunner operations) {
    return new Listing<>(
        operation.description(),
        startingAt(cursor),
        cursor.map(PageCursor::value).orElse(null),
        identity,
        filter,
        maxPages,
        operations);
  }

  @Override
  public FetchedPage<T> fetch(@Nullable String cursor) {
    Position position = position(cursor);
    return page(position, request.apply(position.page()), List.of(), items -> items);
  }

  /** Requests the next pages at the same time, since they have numbers and the registry counts its items. */
  @Override
  public Optional<PageFetcher<T>> requestingAhead(
      int pages, ReadsAhead reads, OperationRunner operations) {
    RequestsAhead<R> ahead = new RequestsAhead<>(
        request, pageSize, pages, read -> reads.beginRequest(pages, operations, read));
    LatestItems<R> latest = new LatestItems<>(idOf, LATEST_PAGES * pageSize);
    return Optional.of(cursor -> {
      Position position = position(cursor);
      NumberedPage<R> answer = ahead.page(position.page());
      FetchedPage<T> page = page(
          position,
          answer,
          ahead.discardedAt(position.page()),
          items -> latest.without(position.page(), items));
      if (page.nextCursor() != null) {
        Position next = position(page.nextCursor());
        ahead.request(next.page(), next.seen(), next.total());
      }
      return page;
    });
  }

  /**
   * Returns a page that was answered.
   *
   * @param discarded what was counted since the page before, in any order
   * @param selection the items to hand out
   */
  private FetchedPage<T> page(
      Position position,
      NumberedPage<R> page,
      List<Long> discarded,
      UnaryOperator<List<R>> selection) {
    long total = page.requiredTotal(operation);
    long moved = mostMovedUp(position.total(), discarded, total);
    long seen = position.seen() + page.size();
    requireProgress(position, page, seen, total, moved > 0);
    List<R> items = moved > 0 ? withThoseMovedUp(position, page, total, moved) : page.items();
    Position next =
        new Position(position.page() + 1, seen, total, fingerprint(page), page.size() == 0);
    return new FetchedPage<>(
        mapper.apply(selection.apply(items)),
        seen < total ? cursors.cursor(placeOf(next)) : null,
        total);
  }

  /** Of no more digits than are read again. */
  private String placeOf(Position next) {
    String place = next.place();
    if (!PLACE.matcher(place).matches()) {
      throw operation.invalid("page " + next.page() + " of " + next.total() + " items cannot be");
    }
    return place;
  }

  /** Returns how many items can have been deleted in front: as many as the counts can have shrunk in all. */
  private static long mostMovedUp(long before, List<Long> discarded, long total) {
    long highest = Math.max(before, total);
    for (long count : discarded) {
      highest = Math.max(highest, count);
    }
    long moved = highest - total;
    for (long count : discarded) {
      moved += Math.min(highest - count, Integer.MAX_VALUE); // whatever a server counts
    }
    return moved;
  }

  private void requireProgress(
      Position position, NumberedPage<R> page, long seen, long total, boolean shrank) {
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
  private List<R> withThoseMovedUp(
      Position position, NumberedPage<R> page, long total, long moved) {
    List<R> items = new ArrayList<>();
    long pagesBefore = position.page() - 1L;
    long start = position.seen();
    long least = total;
    long sizeBefore = pagesBefore == 0 ? 1 : Math.max(1, position.seen() / pagesBefore);
    if (Math.min(pagesBefore, moved / sizeBefore) > MAX_READ_AGAIN) {
      throw operation.invalid("so many items are gone since the page before that more than "
          + MAX_READ_AGAIN + " pages would have to be read again");
    }
    for (int number = position.page() - 1; number >= 1; number--) {
      NumberedPage<R> before = request.apply(number);
      least = Math.min(least, before.requiredTotal(operation));
      boolean isAsItWas =
          number == pagesBefore && fingerprint(before).equals(position.itemsBefore());
      items.addAll(0, isAsItWas ? List.of() : before.items());
      start -= sizeBefore;
      if (start <= position.seen() - (moved + total - least)) {
        break;
      }
    }
    items.addAll(page.items());
    return items;
  }

  private Position position(@Nullable String cursor) {
    if (cursor == null) {
      return Position.FIRST;
    }
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
