package dev.registrykit.scaleway.internal.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The items that an iteration handed out last, by their identifiers: while several pages are under way, so much can
 * be inserted or deleted that what moved is not on the page before. Belongs to one thread.
 */
final class LatestItems<R> {

  private final Function<R, @Nullable String> idOf;
  private final int most;

  /** The page that each was on; those that came first go first. */
  private final Map<String, Integer> pages = new LinkedHashMap<>();

  /**
   * Begins with none.
   *
   * @param most how many are remembered
   */
  LatestItems(Function<R, @Nullable String> idOf, int most) {
    this.idOf = idOf;
    this.most = most;
  }

  /** Returns the items that were on no page before this one, which may be asked for again. */
  List<R> without(int page, List<R> items) {
    List<R> left = items.stream().filter(item -> !wasBefore(page, item)).toList();
    left.forEach(item -> remember(page, item));
    return left;
  }

  private boolean wasBefore(int page, R item) {
    String id = idOf.apply(item);
    Integer before = id == null ? null : pages.get(id);
    return before != null && before < page;
  }

  private void remember(int page, R item) {
    String id = idOf.apply(item);
    if (id != null) {
      pages.put(id, page);
    }
    if (pages.size() > most) {
      pages.remove(pages.keySet().iterator().next());
    }
  }
}
