package dev.registrykit.retention;

import java.io.IOException;

/** Where a run writes down what it does. */
@FunctionalInterface
interface Journal {

  /** Keeps nothing. */
  Journal NONE = entry -> {};

  /**
   * Writes an entry down, so that it outlives the process.
   *
   * @throws IOException if it may not have been written
   */
  void append(JournalEntry entry) throws IOException;
}
