package dev.registrykit.reliability.fuzz;

/** Reads foreign bytes and says what must hold of what came of them. */
@FunctionalInterface
public interface FuzzTarget {

  /**
   * Reads an input.
   *
   * @throws AssertionError if what must hold does not
   * @throws Exception whatever a parser throws that it has not promised
   */
  void read(byte[] input) throws Exception;
}
