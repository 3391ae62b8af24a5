package dev.registrykit.testkit.internal.scaleway.state;

import java.util.BitSet;

/**
 * The indexes 0 to size-1 without the removed ones; counts and selects in logarithmic time.
 *
 * <p>Costs nothing until the first removal. Then a Fenwick tree counts the removed indexes.
 */
final class LiveIndexes {
  private static final int[] NO_TREE = {};

  private final BitSet removed = new BitSet();
  private int[] removedCounts = NO_TREE;
  private int size;

  int size() {
    return size;
  }

  int liveCount() {
    return size - removedBefore(size);
  }

  boolean isLive(int index) {
    return index >= 0 && index < size && !removed.get(index);
  }

  void grow(int additional) {
    size += additional;
    if (removedCounts.length > 0) {
      buildTree();
    }
  }

  void remove(int index) {
    if (!isLive(index)) {
      return;
    }
    if (removedCounts.length == 0) {
      buildTree();
    }
    removed.set(index);
    countRemoved(index);
  }

  /** How many live indexes are smaller than this one. */
  int rank(int index) {
    return index - removedBefore(index);
  }

  /** The live index that has exactly this many live indexes before it. */
  int select(int rank) {
    if (removedCounts.length == 0) {
      return rank;
    }
    int low = rank;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rank(middle + 1) > rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void buildTree() {
    removedCounts = new int[size + 1];
    removed.stream().forEach(this::countRemoved);
  }

  private void countRemoved(int index) {
    for (int node = index + 1; node < removedCounts.length; node += node & -node) {
      removedCounts[node]++;
    }
  }

  private int removedBefore(int index) {
    if (removedCounts.length == 0) {
      return 0;
    }
    int count = 0;
    for (int node = index; node > 0; node -= node & -node) {
      count += removedCounts[node];
    }
    return count;
  }
}
