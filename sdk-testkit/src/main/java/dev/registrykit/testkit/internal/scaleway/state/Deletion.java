package dev.registrykit.testkit.internal.scaleway.state;

/** A deletion under way: how often the thing may still be read before it is gone. */
public final class Deletion {
  private final Runnable removal;
  private int readsLeft;

  Deletion(int reads, Runnable removal) {
    this.readsLeft = reads;
    this.removal = removal;
  }

  /** Called once per request that has shown the thing, after its answer was made. */
  void wasShown() {
    readsLeft--;
    finishWhenDue();
  }

  void finishWhenDue() {
    if (readsLeft <= 0) {
      removal.run();
    }
  }
}
