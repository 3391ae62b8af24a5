package dev.registrykit.spi;

import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/** A page of a list that is here already, whole and ordered. */
final class SlicedPage<T> implements Page<T> {

  private final List<T> all;
  private final int start;
  private final int end;

  private SlicedPage(List<T> all, int start, int pageSize) {
    this.all = all;
    this.start = start;
    this.end = Math.min(all.size(), start + pageSize);
  }

  static <T> SlicedPage<T> first(List<T> all, int pageSize) {
    return new SlicedPage<>(List.copyOf(all), 0, pageSize);
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
    return new SlicedPage<>(all, end, end - start);
  }

  @Override
  public Optional<PageCursor> nextCursor() {
    return Optional.empty();
  }

  @Override
  public OptionalLong totalCount() {
    return OptionalLong.of(all.size());
  }
}
