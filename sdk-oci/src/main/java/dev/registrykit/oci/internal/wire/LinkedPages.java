package dev.registrykit.oci.internal.wire;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PageCursor;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages by the links that lead to them.
 *
 * <p>A link names the last item of the page before it. Where somebody deletes that one meanwhile, zot
 * answers 404; the list is then read anew up to that place, which can be found if the list is in
 * order.
 */
public final class LinkedPages<T> implements PageFetcher<T> {

  /** A list that changes under every reading is a failure. */
  private static final int MAX_READINGS = 3;

  private final Operation operation;
  private final PageLinks links;
  private final Function<T, String> name;
  private final int maxPages;
  private final Request<T> request;

  /**
   * Makes a fetcher.
   *
   * @param name what an item is called, by which the list is in order if it is
   * @param maxPages how many pages are read anew at most
   */
  public LinkedPages(
      Operation operation,
      PageLinks links,
      Function<T, String> name,
      int maxPages,
      Request<T> request) {
    this.operation = operation;
    this.links = links;
    this.name = name;
    this.maxPages = maxPages;
    this.request = request;
  }

  /** Asks for a page. */
  @FunctionalInterface
  public interface Request<T> {

    /** Returns what is on the page at that address; null for the first. */
    JsonPage<List<T>> send(@Nullable URI page);
  }

  /**
   * Returns this, once it is known that a caller's cursor, if there is one, is of this listing.
   *
   * @throws IllegalArgumentException if it is not
   */
  public LinkedPages<T> startingAt(Optional<PageCursor> cursor) {
    cursor.map(PageCursor::value).ifPresent(links::parse);
    return this;
  }

  @Override
  public FetchedPage<T> fetch(@Nullable String cursor) {
    if (cursor == null) {
      return fetched(request.send(null));
    }
    URI page = links.parse(cursor);
    try {
      return fetched(request.send(page));
    } catch (NotFoundException e) {
      return readAnew(last(page), e);
    }
  }

  private FetchedPage<T> fetched(JsonPage<List<T>> page) {
    return new FetchedPage<>(page.body(), links.format(page.next()), null);
  }

  /** The first page tells whether all that is listed is gone. */
  private FetchedPage<T> readAnew(@Nullable String last, NotFoundException gone) {
    NotFoundException latest = gone;
    for (int reading = 0; reading < MAX_READINGS; reading++) {
      JsonPage<List<T>> first = request.send(null);
      if (last == null) {
        throw changed(latest);
      }
      try {
        return pageBehind(last, first, latest);
      } catch (NotFoundException e) {
        latest = e;
      }
    }
    throw changed(latest);
  }

  private FetchedPage<T> pageBehind(String last, JsonPage<List<T>> first, NotFoundException gone) {
    JsonPage<List<T>> page = first;
    String before = "";
    for (int number = 1; number <= maxPages; number++) {
      List<T> behind = new ArrayList<>();
      for (T item : page.body()) {
        String current = name.apply(item);
        if (current.compareTo(before) < 0) {
          throw changed(gone); // without an order, nothing tells what was seen already
        }
        before = current;
        if (current.compareTo(last) > 0) {
          behind.add(item);
        }
      }
      if (!behind.isEmpty() || page.next() == null) {
        return fetched(new JsonPage<>(behind, page.next()));
      }
      page = request.send(page.next());
    }
    throw operation.invalid("there are more than " + maxPages + " pages");
  }

  private static @Nullable String last(URI page) {
    String query = page.getRawQuery() == null ? "" : page.getRawQuery();
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith("last=")) {
        return URLDecoder.decode(parameter.substring("last=".length()), StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  private InvalidResponseException changed(NotFoundException gone) {
    return operation.invalid("the list changed while it was read", gone);
  }
}
