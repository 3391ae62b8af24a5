package dev.registrykit.github.internal.wire;

import dev.registrykit.PageCursor;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the API's page numbers into cursors. Nothing is counted by the API, and links are not documented:
 * the list ends with a page that has a link but none to the next, and with a short or empty one without
 * links. A page that repeats the one before is refused, for a server that ignores the number would
 * be asked for ever.
 */
public final class PageNumbers<R, T> implements PageFetcher<T> {

  private static final Pattern PLACE = Pattern.compile("([1-9][0-9]{0,8})-([0-9a-f]{1,8})");

  /** The last whose number a cursor can have. */
  private static final int LAST_PAGE = 999_999_999;

  private final Operation operation;
  private final ListingCursors cursors;
  private final IntFunction<NumberedPage<R>> request;
  private final int pageSize;
  private final Function<R, Object> idOf;
  private final Function<List<R>, List<T>> mapper;

  /**
   * Makes a fetcher.
   *
   * @param operation what it is done for
   * @param cursors the cursors of this listing; places depend on the page size too
   * @param request asks for the page of a number, from 1
   * @param pageSize how many items it asks for
   * @param idOf returns what tells items apart
   * @param mapper maps the items of a page
   */
  public PageNumbers(
      Operation operation,
      ListingCursors cursors,
      IntFunction<NumberedPage<R>> request,
      int pageSize,
      Function<R, Object> idOf,
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

  @Override
  public FetchedPage<T> fetch(@Nullable String cursor) {
    Position position = position(cursor);
    NumberedPage<R> page = request.apply(position.page());
    String fingerprint = fingerprint(page);
    if (page.size() > 0 && fingerprint.equals(position.before())) {
      throw operation.invalid("page " + position.page() + " repeats the page before");
    }
    if (page.isUnreadable()) {
      throw operation.invalid("page " + position.page() + " has nothing but entries that are null");
    }
    String next = page.isFollowed(pageSize) ? behind(position.page(), fingerprint) : null;
    return new FetchedPage<>(mapper.apply(page.items()), next, null);
  }

  private String behind(int page, String fingerprint) {
    if (page == LAST_PAGE) {
      throw operation.invalid("the list has no end");
    }
    return cursors.cursor(page + 1 + "-" + fingerprint);
  }

  private String fingerprint(NumberedPage<R> page) {
    return Integer.toHexString(page.items().stream().map(idOf).toList().hashCode());
  }

  private Position position(@Nullable String cursor) {
    if (cursor == null) {
      return new Position(1, "");
    }
    Matcher parts = PLACE.matcher(cursors.place(cursor));
    if (!parts.matches()) {
      throw ListingCursors.foreign(null);
    }
    return new Position(Integer.parseInt(parts.group(1)), parts.group(2));
  }

  /** Where a page begins, and what the one before was like. */
  private record Position(int page, String before) {}
}
