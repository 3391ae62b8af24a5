package dev.registrykit.spi.paging;

/**
 * Turns places in a listing that the SDK orders itself into cursors and back. A place is named by the
 * item before it, so that it survives insertions and deletions elsewhere, and of the item itself.
 */
interface OrderedPlaces<T> {

  /** Returns the cursor of the place behind an item. */
  String behind(T item);

  /**
   * Returns an item that stands where the cursor's item stood, equal to it in the listing's order.
   *
   * @throws IllegalArgumentException if the cursor is of another listing
   */
  T before(String cursor);
}
