package dev.registrykit.spi.support;

import java.util.function.Supplier;

/**
 * Does work for a caller as one operation, within the time it may take; where there is a transport, its
 * {@code operation} does.
 *
 * @since 0.1.0
 */
public interface OperationRunner {

  /** Does the work and returns its result. */
  <T> T run(Supplier<T> work);

  /** Returns what works without a limit, where nothing is sent. */
  static OperationRunner unlimited() {
    return Unlimited.INSTANCE;
  }

  /**
   * Has no limit.
   *
   * @since 0.1.0
   */
  enum Unlimited implements OperationRunner {
    /** The only one there is. */
    INSTANCE;

    @Override
    public <T> T run(Supplier<T> work) {
      return work.get();
    }
  }
}
