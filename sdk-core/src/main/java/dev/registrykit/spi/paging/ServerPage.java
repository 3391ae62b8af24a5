package dev.registrykit.spi.paging;

import dev.registrykit.InvalidResponseException;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.spi.support.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A page of the provider's, guarded against listings that run in circles. Only the absence of a
 * cursor ends a listing, never an empty page.
 */
final class ServerPage<T> implements Page<T> {

  /** A small page repeats the one before if as many items were inserted in front of it meanwhile. */
  private static final int SMALL_PAGE = 9;

  private static final int TOLERATED_REPEATS = 2;

  private final Listing<T> listing;
  private final FetchedPage<T> fetched;
  private final List<?> identities;

  /** What the latest page had that had anything: an empty one may stand before a page that repeats items. */
  private final List<?> latest;

  private final List<T> items;
  private final int number;

  /** Which page each cursor leads to, shared by the pages of one iteration. */
  private final Map<String, Integer> leadsTo;

  /** How many pages before this one had the very same items. */
  private final int repeats;

  /** How many items were kept, of this page and of those before it. */
  private final long listed;

  private ServerPage(
      Listing<T> listing,
      FetchedPage<T> fetched,
      @Nullable ServerPage<T> before,
      Map<String, Integer> leadsTo) {
    this.listing = listing;
    this.fetched = fetched;
    this.identities = isOnly(fetched, before) ? List.of() : identities(listing, fetched);
    this.number = before == null ? 1 : before.number + 1;
    this.leadsTo = leadsTo;
    List<?> latestBefore = before == null ? List.of() : before.latest;
    this.latest = identities.isEmpty() ? latestBefore : identities;
    List<?> identitiesBefore = before == null ? List.of() : before.identities;
    boolean isSame = !identities.isEmpty() && identities.equals(identitiesBefore);
    this.repeats = isSame && before != null ? before.repeats + 1 : 0;
    requireProgress();
    List<T> kept = newItems(latestBefore);
    long listedBefore = before == null ? 0 : before.listed;
    this.listed = listedBefore + kept.size();
    this.items = completed(kept, new Progress(listing.listener(), listedBefore));
  }

  private List<T> completed(List<T> kept, Progress progress) {
    Completion<T> completion = listing.completion();
    progress.listed(listed, totalCount(), completion == null);
    List<T> complete = completion == null ? kept : completion.complete(kept, progress);
    progress.end();
    return complete;
  }

  /** A list of one page has none to be compared with. */
  private static boolean isOnly(FetchedPage<?> fetched, @Nullable ServerPage<?> before) {
    return before == null && fetched.nextCursor() == null;
  }

  private static <T> List<?> identities(Listing<T> listing, FetchedPage<T> fetched) {
    List<Object> identities = new ArrayList<>(fetched.items().size());
    fetched.items().forEach(item -> identities.add(listing.identity().apply(item)));
    return identities;
  }

  static <T> ServerPage<T> first(Listing<T> listing) {
    return first(listing, listing.fetcher());
  }

  /** Returns the first page, fetched by the fetcher of an iteration. */
  static <T> ServerPage<T> first(Listing<T> listing, PageFetcher<T> fetcher) {
    Map<String, Integer> leadsTo = new ConcurrentHashMap<>();
    if (listing.start() != null) {
      leadsTo.put(listing.start(), 1);
    }
    return fetch(listing, fetcher, listing.start(), null, leadsTo);
  }

  /** Fetches a page and completes its items, which is one operation. */
  private static <T> ServerPage<T> fetch(
      Listing<T> listing,
      PageFetcher<T> fetcher,
      @Nullable String cursor,
      @Nullable ServerPage<T> before,
      Map<String, Integer> leadsTo) {
    return listing
        .operations()
        .run(() -> new ServerPage<>(listing, fetcher.fetch(cursor), before, leadsTo));
  }

  /** Leaves out what comes twice, and what the page before had too: an insertion shifts pages by numbers. */
  private List<T> newItems(List<?> identitiesBefore) {
    Set<Object> seen = new HashSet<>(identitiesBefore);
    boolean hasNoRepeats = seen.isEmpty() && areAllDifferent();
    List<T> items = new ArrayList<>(fetched.items().size());
    for (T item : fetched.items()) {
      boolean isNew = hasNoRepeats || seen.add(listing.identity().apply(item));
      if (isNew && listing.filter().test(item)) {
        items.add(item);
      }
    }
    return Collections.unmodifiableList(items);
  }

  /** Of most pages this tells that nothing comes twice, in much less memory than a set of all takes. */
  private boolean areAllDifferent() {
    int[] hashes = fetched.items().stream()
        .mapToInt(item -> Objects.hashCode(listing.identity().apply(item)))
        .sorted()
        .toArray();
    return IntStream.range(1, hashes.length).noneMatch(i -> hashes[i - 1] == hashes[i]);
  }

  private void requireProgress() {
    // Where insertions made it repeat, there are more pages to come.
    boolean endsWithARepeat = repeats > 0 && identities.size() > 1 && !hasNext();
    if (endsWithARepeat || repeats > (identities.size() > SMALL_PAGE ? 0 : TOLERATED_REPEATS)) {
      throw invalid("page " + number + " repeats the page before");
    }
    String next = fetched.nextCursor();
    if (next == null) {
      return;
    }
    if (number >= listing.maxPages()) {
      throw invalid("there are more than " + listing.maxPages() + " pages");
    }
    Integer known = leadsTo.putIfAbsent(next, number + 1);
    if (known != null && known != number + 1) {
      throw invalid("page " + number + " leads back to page " + known);
    }
  }

  private InvalidResponseException invalid(String why) {
    return Operation.on(listing.description()).invalid(why);
  }

  @Override
  public List<T> items() {
    return items;
  }

  @Override
  public boolean hasNext() {
    return fetched.nextCursor() != null;
  }

  @Override
  public Page<T> next() {
    return next(listing.fetcher());
  }

  /** Returns the next page, fetched by the fetcher of an iteration. */
  ServerPage<T> next(PageFetcher<T> fetcher) {
    String cursor = fetched.nextCursor();
    if (cursor == null) {
      throw new NoSuchElementException("this is the last page");
    }
    return fetch(listing, fetcher, cursor, this, leadsTo);
  }

  @Override
  public Optional<PageCursor> nextCursor() {
    @Nullable String cursor = fetched.nextCursor();
    return Optional.ofNullable(cursor).map(PageCursor::new);
  }

  @Override
  public OptionalLong totalCount() {
    Long total = fetched.totalCount();
    return total == null ? OptionalLong.empty() : OptionalLong.of(total);
  }
}
