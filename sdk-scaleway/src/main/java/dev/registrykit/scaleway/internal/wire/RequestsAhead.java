package dev.registrykit.scaleway.internal.wire;

import dev.registrykit.spi.support.ReadsAhead.Begun;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Requests pages at the same time before they are asked for, for one iteration; belongs to one thread.
 *
 * <p>The pages of a round are used only once all answers are there and each of them counts as many items as the page
 * before the round did, and has as many as it was asked for: what changes between any two requests, in whatever
 * order they are answered, shows in a count. Otherwise nothing but the counts of the round is used, and from then on
 * each page is requested when it is asked for. A round is requested when the last page of the one before is handed
 * out.
 */
final class RequestsAhead<R> {

  private final IntFunction<NumberedPage<R>> request;
  private final int pageSize;
  private final int most;
  private final Function<Supplier<NumberedPage<R>>, Begun<NumberedPage<R>>> threads;
  private final Queue<Begun<NumberedPage<R>>> round = new ArrayDeque<>();
  private int next;
  private long total;
  private boolean isChecked;
  private boolean isOver;
  private List<Long> discarded = List.of();

  /**
   * Begins with nothing requested.
   *
   * @param request asks for the page of a number, from 1
   * @param pageSize how many items it asks for
   * @param most how many pages to request at a time
   * @param threads begins a request on another thread
   */
  RequestsAhead(
      IntFunction<NumberedPage<R>> request,
      int pageSize,
      int most,
      Function<Supplier<NumberedPage<R>>, Begun<NumberedPage<R>>> threads) {
    this.request = request;
    this.pageSize = pageSize;
    this.most = most;
    this.threads = threads;
  }

  /** Returns a page, from the round if it is there and may be used. What it failed with comes out as it is. */
  NumberedPage<R> page(int number) {
    if (round.isEmpty()) {
      return request.apply(number);
    }
    try {
      if (number == next && mayBeUsed()) {
        NumberedPage<R> page = round.element().await();
        round.remove();
        next++;
        return page;
      }
    } catch (RuntimeException | Error e) {
      end();
      throw e;
    }
    end();
    return request.apply(number);
  }

  private boolean mayBeUsed() {
    if (isChecked) {
      return true;
    }
    for (Begun<NumberedPage<R>> begun : round) {
      if (!begun.isOverInTime()) {
        return false;
      }
    }
    isChecked = isAsExpected();
    return isChecked;
  }

  private boolean isAsExpected() {
    int number = next;
    for (Begun<NumberedPage<R>> begun : round) {
      if (!isAsExpected(number++, begun.find())) {
        return false;
      }
    }
    return true;
  }

  /** A page that failed fails where it is asked for. */
  private boolean isAsExpected(int number, Optional<NumberedPage<R>> answer) {
    long size = Math.min(pageSize, total - (number - 1L) * pageSize);
    return answer.isEmpty() || answer.get().isOf(total, size);
  }

  /** Returns what was counted so far. */
  private List<Long> counts() {
    return round.stream()
        .flatMap(begun -> begun.find().stream())
        .flatMap(page -> Stream.ofNullable(page.totalCount()))
        .toList();
  }

  /** Returns the counts of the round that began with this page and was not used; none for any other page. */
  List<Long> discardedAt(int number) {
    return isOver && number == next ? discarded : List.of();
  }

  private void end() {
    isOver = true;
    discarded = isChecked ? List.of() : counts();
    round.forEach(Begun::cancel);
    round.clear();
  }

  /**
   * Requests the next round, if the one before was used up and the pages so far were full.
   *
   * @param number its first page
   * @param seen how many items came before
   * @param counted how many the registry counts; no more pages are requested than that makes
   */
  void request(int number, long seen, long counted) {
    if (isOver || !round.isEmpty() || seen != (number - 1L) * pageSize) {
      return;
    }
    next = number;
    total = counted;
    isChecked = false;
    long last = (counted - 1) / pageSize + 1;
    for (int each = number; each <= last && round.size() < most; each++) {
      int page = each;
      round.add(threads.apply(() -> request.apply(page)));
    }
  }
}
