package dev.registrykit.testkit.internal.scaleway.state;

/** Hands out the numbers behind ids; none is given twice. */
public final class Numbers {
  private long next = 1;

  public long take() {
    return take(1);
  }

  /** Reserves consecutive numbers and returns the first one. */
  public long take(int count) {
    long first = next;
    next += count;
    return first;
  }
}
