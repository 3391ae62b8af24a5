package dev.registrykit.spi.paging;

import java.util.List;

/**
 * Fills in what the items of a listing still lack.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Completion<T> {

  /**
   * Returns the items in their order, without those that are gone by now.
   *
   * @param progress may be told how far it is; what it was not told is told when this returns
   */
  List<T> complete(List<T> items, DetailProgress progress);
}
