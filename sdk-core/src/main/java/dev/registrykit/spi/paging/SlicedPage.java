package dev.registrykit.spi.paging;

import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** A page of a list that is here already, whole and ordered. */
final class SlicedPage<T> implements Page<T> {

  private final List<T> all;
  private final Function<T, String> cursors;
  private final int start;
  private final int pageSize;
  private final int end;

  private SlicedPage(List<T> all, Function<T, String> cursors, int start, int pageSize) {
    this.all = all;
    this.cursors = cursors;
    this.start = start;
    this.pageSize = pageSize;
    this.end = Math.min(all.size(), start + pageSize);
  }

  /** Returns the page that begins at an index of the list. */
  static <T> SlicedPage<T> at(int start, List<T> all, Function<T, String> cursors, int pageSize) {
    return new SlicedPage<>(List.copyOf(all), cursors, start, pageSize);
  }

  @Override
  public List<T> items() {
    return all.subList(start, end);
  }

  @Override
  public boolean hasNext() {
    return end < all.size();
  }

  @Override
  public Page<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("this is the last page");
    }
    return new SlicedPage<>(all, cursors, end, pageSize);
  }

  @Override
  public Optional<PageCursor> nextCursor() {
    return hasNext()
        ? Optional.of(new PageCursor(cursors.apply(all.get(end - 1))))
        : Optional.empty();
  }

  @Override
  public OptionalLong totalCount() {
    return OptionalLong.of(all.size());
  }
}
