package dev.registrykit.github.internal.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, as the service sent it.
 *
 * @param items what is on it, without entries that are null
 * @param size how many entries it has, those included
 * @param hasNext whether a {@code Link} says that another page follows; null where there is no such header,
 *     which GitHub does not document here
 */
public record NumberedPage<R>(
    List<R> items, int size, @Nullable Boolean hasNext) {

  static <R> NumberedPage<R> of(@Nullable List<@Nullable R> sent, @Nullable Boolean hasNext) {
    List<@Nullable R> all = sent == null ? List.of() : sent;
    return new NumberedPage<>(
        all.stream().filter(Objects::nonNull).<R>map(Objects::requireNonNull).toList(),
        all.size(),
        hasNext);
  }

  /** Returns whether it would end the list, with entries of which none can be read. */
  public boolean isUnreadable() {
    return hasNext == null && size > 0 && items.isEmpty();
  }

  /**
   * Returns whether another page has to be asked for. A short page without a word of another is the last;
   * so is a full one only if a link says so. An empty page whose link says that more follow is not the last.
   */
  public boolean isFollowed(int pageSize) {
    return hasNext != null ? hasNext : size >= pageSize;
  }
}
