package dev.registrykit.spi.paging;

import dev.registrykit.Page;
import dev.registrykit.PagedIterable;
import dev.registrykit.spi.paging.Listing.ReadingAhead;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.ReadsAhead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link PagedIterable}s; the pager of every provider.
 *
 * @since 0.1.0
 */
public final class Pages<T> implements PagedIterable<T> {

  private final Supplier<Page<T>> first;
  private final Supplier<Iterator<Page<T>>> iteration;

  private Pages(Supplier<Page<T>> first, Supplier<Iterator<Page<T>>> iteration) {
    this.first = first;
    this.iteration = iteration;
  }

  /** Returns a listing in the provider's own pages and order, one request a page. */
  public static <T> PagedIterable<T> of(Listing<T> listing) {
    return new Pages<>(() -> ServerPage.first(listing), () -> iteration(listing));
  }

  private static <T> Iterator<Page<T>> iteration(Listing<T> listing) {
    ReadingAhead ahead = listing.ahead();
    if (ahead == null) {
      return iteration(listing, listing.fetcher());
    }
    ReadsAhead reads = ahead.reads().ahead(Operation.on(listing.description()));
    return listing
        .fetcher()
        .requestingAhead(ahead.pages(), reads, listing.operations())
        .map(fetcher -> iteration(listing, fetcher))
        .orElseGet(() -> new PagesAhead<>(listing, ahead.pages(), reads));
  }

  private static <T> Iterator<Page<T>> iteration(Listing<T> listing, PageFetcher<T> fetcher) {
    return new PageIterator<>(() -> ServerPage.first(listing, fetcher), page -> page.next(fetcher));
  }

  /**
   * Returns a listing that is read whole, completed and ordered here before its first page is there. Items
   * that come twice are kept once. One that begins behind an item costs the same: all is read and ordered
   * again, and what stands behind its place is handed out.
   *
   * @param listing what is read; it begins at the beginning
   * @param before what equals, in this order, the item to begin behind; null for the beginning
   * @param cursors makes the cursor of the place behind an item
   */
  static <T> PagedIterable<T> ordered(
      Listing<T> listing,
      Comparator<? super T> order,
      @Nullable T before,
      Function<T, String> cursors,
      int pageSize) {
    Supplier<Page<T>> first = () -> listing.operations().run(() -> {
      List<T> all = readOrdered(listing, order);
      return SlicedPage.at(
          before == null ? 0 : firstBehind(before, all, order), all, cursors, pageSize);
    });
    return new Pages<>(first, () -> new PageIterator<>(first, Page::next));
  }

  private static <T> int firstBehind(T place, List<T> ordered, Comparator<? super T> order) {
    int start = 0;
    while (start < ordered.size() && order.compare(ordered.get(start), place) <= 0) {
      start++;
    }
    return start;
  }

  private static <T> List<T> readOrdered(Listing<T> listing, Comparator<? super T> order) {
    Progress progress = new Progress(listing.listener(), 0);
    List<T> all = readWhole(listing, progress);
    Completion<T> completion = listing.completion();
    List<T> ordered =
        new ArrayList<>(completion == null ? all : completion.complete(all, progress));
    progress.end();
    ordered.sort(order);
    return ordered;
  }

  private static <T> List<T> readWhole(Listing<T> listing, Progress progress) {
    Map<Object, T> items = new LinkedHashMap<>();
    for (Page<T> page : of(listing.bare()).pages()) {
      page.items().forEach(item -> items.putIfAbsent(listing.identity().apply(item), item));
      progress.listed(items.size(), page.totalCount(), listing.completion() == null);
    }
    return List.copyOf(items.values());
  }

  @Override
  public Page<T> firstPage() {
    return first.get();
  }

  @Override
  public Iterable<Page<T>> pages() {
    return iteration::get;
  }

  @Override
  public Iterator<T> iterator() {
    return new ItemIterator<>(iteration.get());
  }

  @Override
  public Stream<T> stream() {
    return StreamSupport.stream(
        () -> Spliterators.spliteratorUnknownSize(
            iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
        Spliterator.ORDERED | Spliterator.NONNULL,
        false);
  }

  @Override
  public List<T> toList() {
    List<T> items = new ArrayList<>();
    pages().forEach(page -> items.addAll(page.items()));
    return Collections.unmodifiableList(items);
  }

  /** Fetches each page when it is asked for. */
  private static final class PageIterator<T, P extends Page<T>> implements Iterator<Page<T>> {

    private final Supplier<P> first;
    private final Function<P, P> next;
    private @Nullable P current;

    PageIterator(Supplier<P> first, Function<P, P> next) {
      this.first = first;
      this.next = next;
    }

    @Override
    public boolean hasNext() {
      return current == null || current.hasNext();
    }

    @Override
    public Page<T> next() {
      P page = current == null ? first.get() : next.apply(current);
      current = page;
      return page;
    }
  }

  private static final class ItemIterator<T> implements Iterator<T> {

    private final Iterator<Page<T>> pages;
    private Iterator<T> items = Collections.emptyIterator();

    ItemIterator(Iterator<Page<T>> pages) {
      this.pages = pages;
    }

    @Override
    public boolean hasNext() {
      while (!items.hasNext() && pages.hasNext()) {
        items = pages.next().items().iterator();
      }
      return items.hasNext();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the listing has no more items");
      }
      return items.next();
    }
  }
}
