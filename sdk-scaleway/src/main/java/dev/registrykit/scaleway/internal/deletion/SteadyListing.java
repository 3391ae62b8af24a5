package dev.registrykit.scaleway.internal.deletion;

import dev.registrykit.scaleway.internal.wire.NumberedPage;
import dev.registrykit.spi.support.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Reads a whole listing while others may change it, without missing an item that stays. When an item is
 * deleted, those behind it move into the page before. So pages are read from the last to the first, in
 * the order of creation, in which new items come last.
 */
public final class SteadyListing<R, T> {

  private static final int ATTEMPTS = 3;

  private final Operation operation;
  private final IntFunction<NumberedPage<R>> request;
  private final Function<R, T> mapper;
  private final Function<T, String> idOf;
  private final int maxPages;

  /**
   * Prepares a listing.
   *
   * @param operation what it is done for
   * @param request asks for the page of a number, from 1
   * @param mapper maps an item
   * @param idOf returns the identifier of an item
   * @param maxPages the most pages to read
   */
  public SteadyListing(
      Operation operation,
      IntFunction<NumberedPage<R>> request,
      Function<R, T> mapper,
      Function<T, String> idOf,
      int maxPages) {
    this.operation = operation;
    this.request = request;
    this.mapper = mapper;
    this.idOf = idOf;
    this.maxPages = maxPages;
  }

  /** Reads it: one request if all items are on one page, else one for each page and one more. */
  public List<T> read() {
    String why = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      NumberedPage<R> first = page(1);
      long total = first.requiredTotal(operation);
      if (first.size() >= total) {
        return first.items().stream().map(mapper).toList();
      }
      Map<String, T> items = new LinkedHashMap<>();
      long least = readBackwards(first.size(), total, items);
      if (items.size() >= least) {
        return new ArrayList<>(items.values());
      }
      why = "the server counts " + least + " items but sent " + items.size();
    }
    throw operation.invalid(why);
  }

  /** Returns the smallest count that a page told; so many items were there all the time. */
  private long readBackwards(int pageSize, long total, Map<String, T> items) {
    long pages = pageSize == 0 ? 0 : (total + pageSize - 1) / pageSize;
    if (pages > maxPages) {
      throw operation.invalid("there are more than " + maxPages + " pages");
    }
    long least = total;
    for (int number = (int) pages; number >= 1; number--) {
      NumberedPage<R> page = page(number);
      least = Math.min(least, page.requiredTotal(operation));
      page.items().stream().map(mapper).forEach(item -> items.put(idOf.apply(item), item));
    }
    return least;
  }

  /** Refuses an entry that is null: it could be the very tag that must not be missed. */
  private NumberedPage<R> page(int number) {
    NumberedPage<R> page = request.apply(number);
    if (page.items().size() < page.size()) {
      throw operation.invalid("the registry sent an entry that is null");
    }
    return page;
  }
}
