package dev.registrykit.testkit.internal.scaleway;

/** Hands out the numbers behind ids; none is given twice. */
final class Numbers {
  private long next = 1;

  long take() {
    return take(1);
  }

  /** Reserves consecutive numbers and returns the first one. */
  long take(int count) {
    long first = next;
    next += count;
    return first;
  }
}
