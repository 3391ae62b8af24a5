package dev.registrykit.blaxel.internal.wire;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.PageCursor;
import dev.registrykit.blaxel.internal.generated.model.PaginationMeta;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes the API's cursors on, marked with the listing they belong to. The list ends where {@code
 * hasMore} says so, never with an empty page. Takes the place that page numbers have on Scaleway.
 */
public final class CursorPages<R, T> implements PageFetcher<T> {

  /** The most items that the vendor's own tools ask for. */
  public static final int MAX_PAGE_SIZE = 100;

  private final String description;
  private final ListingCursors cursors;
  private final Function<@Nullable String, CursorPage<R>> request;
  private final Function<List<R>, List<T>> mapper;

  /**
   * Makes a fetcher.
   *
   * @param description what is listed, in words
   * @param cursors those of this listing; the service binds its own to filters and order
   * @param request asks for the page that begins at the service's cursor, or for the first
   * @param mapper maps the items of a page
   */
  public CursorPages(
      String description,
      ListingCursors cursors,
      Function<@Nullable String, CursorPage<R>> request,
      Function<List<R>, List<T>> mapper) {
    this.description = description;
    this.cursors = cursors;
    this.request = request;
    this.mapper = mapper;
  }

  /**
   * Returns this, once the cursor is known to fit.
   *
   * @throws IllegalArgumentException if it is of another listing
   */
  public CursorPages<R, T> startingAt(Optional<PageCursor> cursor) {
    cursor.map(PageCursor::value).ifPresent(this::place);
    return this;
  }

  /** The service takes an empty cursor for none, and would begin again. */
  private String place(String cursor) {
    String place = cursors.place(cursor);
    if (place.isEmpty()) {
      throw ListingCursors.foreign(null);
    }
    return place;
  }

  @Override
  public FetchedPage<T> fetch(@Nullable String cursor) {
    CursorPage<R> page = request.apply(cursor == null ? null : place(cursor));
    List<R> items = page.items() == null
        ? List.of()
        : page.items().stream().filter(Objects::nonNull).toList();
    String next = next(page);
    return new FetchedPage<>(
        mapper.apply(items), next == null ? null : cursors.cursor(next), page.totalCount());
  }

  private @Nullable String next(CursorPage<R> page) {
    if (page.isWhole()) {
      return null;
    }
    PaginationMeta meta = page.meta();
    if (meta == null || (page.items() == null && meta.getHasMore() == null)) {
      throw invalid("the answer does not say whether there is more");
    }
    String cursor = meta.getNextCursor() == null ? "" : meta.getNextCursor();
    if (Boolean.FALSE.equals(meta.getHasMore())) {
      return null;
    }
    if (cursor.isEmpty() && meta.getHasMore() != null) {
      throw invalid("there is more, but the answer does not say where");
    }
    return cursor.isEmpty() ? null : cursor;
  }

  private InvalidResponseException invalid(String why) {
    return Operation.on(description).invalid(why);
  }

  /**
   * A page as the API sends it; anything may be missing.
   *
   * @param isWhole whether it is the whole list, as older versions of the API send it
   */
  public record CursorPage<R>(
      @Nullable List<@Nullable R> items,
      @Nullable PaginationMeta meta,
      boolean isWhole,
      @Nullable Long totalCount) {

    public static <R> CursorPage<R> whole(@Nullable List<@Nullable R> items) {
      return new CursorPage<>(items, null, true, null);
    }

    static <R> CursorPage<R> of(@Nullable List<@Nullable R> items, @Nullable PaginationMeta meta) {
      return new CursorPage<>(items, meta, false, null);
    }

    /** Counts what the service counts, which is the whole workspace, so only where that is listed. */
    public CursorPage<R> counted() {
      return meta == null || Boolean.TRUE.equals(meta.getTotalIsPartial())
          ? this
          : new CursorPage<>(items, meta, isWhole, meta.getTotal());
    }
  }
}
