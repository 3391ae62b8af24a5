package dev.registrykit.scaleway.internal.wire;

import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page as the API sends it.
 *
 * @param items without entries that are null
 * @param size how many there are with them
 * @param totalCount how many the registry counts in all
 */
public record NumberedPage<R>(
    List<R> items, int size, @Nullable Long totalCount) {

  static <R> NumberedPage<R> of(@Nullable List<@Nullable R> items, @Nullable Long totalCount) {
    List<@Nullable R> sent = items == null ? List.of() : items;
    return new NumberedPage<>(
        sent.stream().filter(Objects::nonNull).toList(), sent.size(), totalCount);
  }

  /** Returns whether the registry counts so many in all, and this page has so many of them. */
  boolean isOf(long total, long sizeOfPage) {
    return totalCount != null && totalCount == total && size == sizeOfPage;
  }

  /** Returns how many the registry counts in all; every page of its own says so. */
  public long requiredTotal(Operation operation) {
    if (totalCount == null) {
      throw operation.invalid(
          items.isEmpty()
              ? "the answer has neither items nor a count of them"
              : "the answer does not say how many items there are");
    }
    if (totalCount < size) {
      throw operation.invalid("the server counts " + totalCount + " items but sent " + size);
    }
    return totalCount;
  }
}
